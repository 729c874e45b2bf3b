"""Events and quotes made of a sentence, by the extractors themselves."""

from dataclasses import replace
from datetime import date

from bot.locales import get_locale
from bot.replies.passage import View
from index.facts import find_facts
from index.types import (
    Certainty,
    Language,
    Passage,
    QuotedWords,
    QuoteKind,
    Span,
    Speaker,
    SpeakerKind,
    TimelineItem,
)

TODAY = date(2026, 2, 1)
DAY = date(2026, 1, 22)
VIEW = View(get_locale(Language.RU), TODAY, "paragraf_bot")

#: A passage stands somewhere in its article, so places in one are not places in the other.
OFFSET = 100


def a_passage(
    text: str, number: int = 1, *, day: date = DAY, title: str = "Тарвия и её порты"
) -> Passage:
    """Return a passage of an article with an address."""
    return Passage(
        paragraph_id=1000 + number,
        article_id=7,
        version_id=70,
        version=1,
        number=number,
        title=title,
        day=day,
        url="https://example.org/tarviya",
        source="Вестник",
        span=Span(OFFSET, OFFSET + len(text)),
        text=text,
    )


def items_of(*texts: str, day: date = DAY, language: Language = Language.RU) -> list[TimelineItem]:
    """Return the events of texts, each text a passage; ids count from 1."""
    items: list[TimelineItem] = []
    for number, text in enumerate(texts, start=1):
        facts = find_facts(text, day, language)
        for event in facts.events:
            moved = replace(
                event,
                date=replace(event.date, span=event.date.span.shifted(OFFSET)),
                label=event.label.shifted(OFFSET),
            )
            persons = tuple(person.name for person in facts.people.persons)
            sectors = tuple(hit.sector for hit in facts.sectors.get(1, ()))
            passage = a_passage(text, number, day=day)
            items.append(TimelineItem(len(items) + 1, passage, moved, persons, sectors))
    return items


SPEAKER = Speaker(
    "Игорь Лисовец", SpeakerKind.PERSON, Certainty.STATED, role="министр транспорта Тарвии"
)


def a_quote(
    text: str = "Министр сказал: «Порт готов».",
    *words: str,
    speaker: Speaker | None = SPEAKER,
    mention: str | None = None,
    is_day_stated: bool = True,
    occasion: str | None = None,
    kind: QuoteKind = QuoteKind.DIRECT,
) -> QuotedWords:
    """Return a quote of `words`, cut from the text; by default all that is between its marks."""
    cut = words or (text.partition("«")[2].rpartition("»")[0],)
    starts = [text.index(each) for each in cut]
    return QuotedWords(
        id=3,
        passages=(a_passage(text, 12),),
        spans=tuple(
            Span(OFFSET + start, OFFSET + start + len(each))
            for start, each in zip(starts, cut, strict=True)
        ),
        kind=kind,
        speaker=speaker,
        person_id=5,
        mention=mention,
        day=date(2026, 1, 20),
        is_day_stated=is_day_stated,
        occasion=occasion,
        sectors=(),
    )
