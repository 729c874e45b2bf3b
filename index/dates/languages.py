"""The languages dates are read in; a new one is a module and its lines here."""

from index.dates import azerbaijani, english, russian
from index.types import Language

GRAMMARS = {
    Language.RU: russian.GRAMMAR,
    Language.EN: english.GRAMMAR,
    Language.AZ: azerbaijani.GRAMMAR,
}
RULES = {
    Language.RU: russian.RULES,
    Language.EN: english.RULES,
    Language.AZ: azerbaijani.RULES,
}
