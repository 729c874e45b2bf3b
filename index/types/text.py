"""Places in a text, words, languages."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open range `[start, stop)` of code points in a text."""

    start: int
    stop: int

    def of(self, text: str) -> str:
        """Return the slice of `text` that the span covers."""
        return text[self.start : self.stop]

    def shifted(self, by: int) -> "Span":
        """Return the span moved `by` code points to the right."""
        return Span(self.start + by, self.stop + by)

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two spans share a code point."""
        return self.start < other.stop and other.start < self.stop


class Language(StrEnum):
    """The languages the bot speaks and reads, by their ISO 639-1 codes."""

    RU = "ru"
    EN = "en"
    AZ = "az"


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a text.

    `form` is the word as it is compared: NFC, lower case, ё as е. `lemmas` are its plausible
    dictionary forms, the likeliest first; a number or an unknown word is its own lemma.
    """

    span: Span
    form: str
    lemmas: tuple[str, ...]

    @property
    def lemma(self) -> str:
        """Return the likeliest dictionary form."""
        return self.lemmas[0]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a word form may be: its dictionary form and its grammemes, by OpenCorpora's names."""

    lemma: str
    grammemes: frozenset[str]
    is_known: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered slice of an article, without outer white space; numbers count from 1.

    `terms` are the words in text order, each with its plausible lemmas, the likeliest first.
    """

    number: int
    span: Span
    terms: tuple[tuple[str, ...], ...]
