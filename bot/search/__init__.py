"""The live index: fed from the store, kept in a file where it is large, asked for answers."""

from bot.search.answering import MOST_QUOTATIONS, UNREAD, Search
from bot.search.meaning import open_meaning

__all__ = ["MOST_QUOTATIONS", "UNREAD", "Search", "open_meaning"]
