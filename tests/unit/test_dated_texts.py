"""Whole texts of many kinds: each date has its days, each event its modality, and nothing else."""

import re
from dataclasses import dataclass
from datetime import date

import pytest

from index.facts import find_facts
from index.languages import detect_language
from index.types import Span
from tests.unit.tables import DATA

#: {words|days|modality}: without a modality it is a date only, without days it may be read or not.
_MARK = re.compile(r"\{([^{}|]*)\|([^{}|]*)(?:\|(\w+))?\}")
_MODALITIES = {"h": "happened", "p": "planned", "o": "hoped", "r": "reported"}


@dataclass(frozen=True, slots=True)
class Dated:
    """A text, the days of its dates in order, the modalities of its events by place of the date."""

    name: str
    day: date
    text: str
    days: list[str]
    free: list[Span]
    modalities: dict[Span, str]


def read(block: str) -> Dated:
    """Return the text of a block of the table, its marks taken out."""
    head, body = block.split("\n", 1)
    name, day = head.split()
    text, at = "", 0
    days: list[str] = []
    free: list[Span] = []
    modalities: dict[Span, str] = {}
    for mark in _MARK.finditer(body):
        text += body[at : mark.start()]
        span = Span(len(text), len(text) + len(mark[1]))
        text, at = text + mark[1], mark.end()
        if not mark[2]:
            free.append(span)
            continue
        days.append(mark[2])
        if mark[3]:
            modalities[span] = _MODALITIES[mark[3]]
    return Dated(name, date.fromisoformat(day), text + body[at:], days, free, modalities)


SOURCE = (DATA / "dated_texts.txt").read_text("utf-8")
BLOCKS = [block for block in re.split(r"(?m)^### ", SOURCE)[1:] if block.strip()]


@pytest.mark.parametrize("dated", [pytest.param(read(b), id=b.split()[0]) for b in BLOCKS])
def test_a_text_is_dated_as_a_reader_dates_it(dated: Dated) -> None:
    """No date is left out, none is added, and what is planned or hoped is told as such."""
    facts = find_facts(dated.text, dated.day, detect_language(dated.text))
    days = [
        f"{mention.first or ''}..{mention.last or ''}"
        for mention in facts.dates
        if not any(mention.span.overlaps(each) for each in dated.free)
    ]
    assert days == dated.days
    for span, modality in dated.modalities.items():
        told = [str(event.modality) for event in facts.events if event.date.span.overlaps(span)]
        assert told[:1] == [modality], span.of(dated.text)
