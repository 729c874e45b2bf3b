"""Russian dates: words, grammar, rules."""

from index.dates.russian.grammar import GRAMMAR
from index.dates.russian.rules import RULES

__all__ = ["GRAMMAR", "RULES"]
