"""Whole texts of many kinds: what is annotated is found, and nothing else."""

import re
from dataclasses import dataclass
from datetime import date

import pytest

from index.facts import find_facts
from index.languages import detect_language
from index.types import QuoteKind, Span
from tests.unit.tables import DATA

_MARK = re.compile(r"⟦([~+]?)|⟧|\{|\|([^{}|⟧]*)\}")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with what is to be found in it; what is `free` may be read either way."""

    name: str
    day: date
    text: str
    days: list[str]
    free_dates: list[Span]
    free_quotes: list[Span]
    quotes: list[list[Span]]
    speakers: list[str]
    persons: set[str] | None  # None where quotes alone are annotated


def read(block: str) -> Annotated:
    """Return the text of a block of the table, its marks taken out."""
    head, *lines = block.strip("\n").split("\n")
    name, day = head.split()
    notes = {line[0]: line[1:].strip() for line in lines if line[:1] in {"@", "%"}}
    annotated = "\n".join(line for line in lines if line[:1] not in {"@", "%"}).strip("\n")
    text, at, opened = "", 0, [0, 0]
    days: list[str] = []
    free_dates: list[Span] = []
    free_quotes: list[Span] = []
    quotes: list[list[Span]] = []
    sign = ""
    for mark in _MARK.finditer(annotated):
        text += annotated[at : mark.start()]
        at = mark.end()
        if mark[0][0] == "⟦":
            opened[0], sign = len(text), mark[1]
        elif mark[0] == "{":
            opened[1] = len(text)
        elif mark[0] == "⟧":
            span = Span(opened[0], len(text))
            if sign == "+":
                quotes[-1].append(span)
            elif sign == "~":
                free_quotes.append(span)
            else:
                quotes.append([span])
        elif mark[2]:
            days.append(mark[2])
        else:
            free_dates.append(Span(opened[1], len(text)))
    text += annotated[at:]
    return Annotated(
        name,
        date.fromisoformat(day),
        text,
        days,
        free_dates,
        free_quotes,
        quotes,
        [each.strip() for each in notes["@"].split(";") if each.strip()],
        {each.strip() for each in notes["%"].split(";") if each.strip()} if "%" in notes else None,
    )


BLOCKS = (DATA / "texts_ru.txt").read_text(encoding="utf-8").split("\n### ")[1:]


@pytest.mark.parametrize("annotated", [pytest.param(read(b), id=b.split()[0]) for b in BLOCKS])
def test_a_whole_text_is_read_as_a_reader_reads_it(annotated: Annotated) -> None:
    """Dates with their days, quotes with their speakers, and persons by their names."""
    text = annotated.text
    facts = find_facts(text, annotated.day, detect_language(text))

    days = [
        f"{mention.first or ''}..{mention.last or ''}"
        for mention in facts.dates
        if not any(mention.span.overlaps(each) for each in annotated.free_dates)
    ]
    assert days == annotated.days or annotated.persons is None
    quotes = [
        quote
        for quote in facts.quotes
        if quote.kind is not QuoteKind.FRAGMENT and quote.spans[0] not in annotated.free_quotes
    ]
    said = [[span.of(text) for span in quote.spans] for quote in quotes]
    assert said == [[span.of(text) for span in spans] for spans in annotated.quotes]
    speakers = [quote.speaker.name if quote.speaker else "-" for quote in quotes]
    assert speakers == annotated.speakers
    persons = {person.name for person in facts.people.persons}
    assert annotated.persons in (None, persons)
