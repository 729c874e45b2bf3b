"""The command line, one module a verb. A verb reads its arguments, makes a call, prints."""

from bot.cli.main import main

__all__ = ["main"]
