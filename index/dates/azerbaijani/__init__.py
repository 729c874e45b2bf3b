"""Azerbaijani dates: words, grammar, rules."""

from index.dates.azerbaijani.grammar import GRAMMAR
from index.dates.azerbaijani.rules import RULES

__all__ = ["GRAMMAR", "RULES"]
