"""English dates: words, grammar, rules."""

from index.dates.english.grammar import GRAMMAR
from index.dates.english.rules import RULES

__all__ = ["GRAMMAR", "RULES"]
