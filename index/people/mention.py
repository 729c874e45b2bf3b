"""A name as it stands in a text; which person it is of is for `persons`."""

from dataclasses import dataclass

from index.people.forms import Agreement
from index.types import Span


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name in a text: its words by what they are, without those that only stand beside it.

    `readings` are the cases and genders all its words agree in. `is_sure` is false for a single
    word that nothing but its capital letter speaks for.
    """

    span: Span
    first: str
    patronymic: str
    surname: str
    readings: Agreement
    is_sure: bool

    @property
    def is_nominative(self) -> bool:
        """Return whether the name may be a subject."""
        return any(case == "nomn" for case, _ in self.readings)

    @property
    def genders(self) -> frozenset[str]:
        """Return the genders the form allows."""
        return frozenset(gender for _, gender in self.readings)
