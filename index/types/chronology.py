"""Stored facts ready to be shown: each with the passage that proves it."""

from dataclasses import dataclass
from datetime import date

from index.types.articles import Passage
from index.types.dates import Event
from index.types.people import QuoteKind, Speaker
from index.types.text import Span


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """A dated event. The spans of `event` are in the version's text, as `passage.span` is.

    `persons` are the names of whom the passage speaks, `sectors` the ids of what it is about.
    """

    id: int
    passage: Passage
    event: Event
    persons: tuple[str, ...]
    sectors: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return the clause that tells the event, as the passage has it."""
        return self.event.label.shifted(-self.passage.span.start).of(self.passage.text)


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """A quote with its speaker. `passages` are the paragraphs it stands in, in order.

    `spans` are in the version's text, without outer marks and the author's words in between.
    `speaker` is None when he is not established; `mention` are the words that then stand for him.
    `day` is the day of speech, `is_day_stated` whether the text tells it or the context implies it.
    `person_id` is the stored person who spoke, None for others.
    """

    id: int
    passages: tuple[Passage, ...]
    spans: tuple[Span, ...]
    kind: QuoteKind
    speaker: Speaker | None
    person_id: int | None
    mention: str | None
    day: date
    is_day_stated: bool
    occasion: str | None
    sectors: tuple[str, ...]
