"""Tests of `bot.store`, one file a module."""
