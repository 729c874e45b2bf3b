"""Dates named in a text, and the events they date."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.types.text import Span


class Precision(StrEnum):
    """How fine a date is as its source gives it; RANGE is an interval of finer parts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as a text names it: an interval of days, inclusive; an open end is None.

    `is_approximate`: the text says «около», «в начале», «неделю назад», so the days are the frame
    in which it happened. `is_relative`: the days were counted from a reference day.
    """

    span: Span
    first: date | None
    last: date | None
    precision: Precision
    is_approximate: bool = False
    is_relative: bool = False


@dataclass(frozen=True, slots=True)
class SpeechDay:
    """The day on which the words in `span` were said; relative dates in them count from it."""

    span: Span
    day: date
    is_stated: bool = True


class Modality(StrEnum):
    """How sure a text is of an event: it happened, is planned or hoped for, or others say so."""

    HAPPENED = "happened"
    PLANNED = "planned"
    HOPED = "hoped"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Event:
    """Something a text dates: `label` is the clause that tells it, to be cut from the text."""

    date: DateMention
    label: Span
    modality: Modality
