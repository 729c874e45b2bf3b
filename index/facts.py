"""All extractors over one article: dates, events, quotes, people, sectors.

Each is defined in its own module; what belongs here is the order they need each other in.
"""

from dataclasses import dataclass
from datetime import date

from index.dates import find_dates, find_speech_days
from index.events import find_events
from index.lexicon import SHIPPED, Lexicon
from index.paragraphs import find_paragraphs
from index.people import find_cast, find_organisations
from index.quotes import find_quotes
from index.sectors import find_sectors
from index.types import DateMention, Event, Language, People, Quote, SectorHit, SpeechDay


@dataclass(frozen=True, slots=True)
class Facts:
    """What an article says, each fact with its place in the text, in text order.

    `sectors` holds those of each paragraph by its number, paragraphs without any left out.
    `speech_days` are the days on which quotes were said, where the text tells.
    """

    dates: tuple[DateMention, ...]
    events: tuple[Event, ...]
    quotes: tuple[Quote, ...]
    people: People
    sectors: dict[int, tuple[SectorHit, ...]]
    speech_days: tuple[SpeechDay, ...]


def find_facts(
    text: str,
    day: date,
    language: Language,
    *,
    lexicon: Lexicon = SHIPPED,
    home: str | None = None,
) -> Facts:
    """Return the facts of an article that came out on `day`.

    `lexicon` is what the corpus has of its own; `home` is the code of the
    country whose «глава государства» is meant when no country is named. The same input always
    gives the same facts. Takes time linear in the length of `text`; never raises.
    """
    aliases, table = lexicon.people, lexicon.sectors
    cast = find_cast(text, aliases)
    quotes = find_quotes(text, day, cast=cast, aliases=aliases, home=home)
    dates = find_dates(text, day, language)
    spans = [quote.spans for quote in quotes]
    speech_days = find_speech_days(text, spans, day, language, dates)
    if speech_days:  # relative words inside a quote count from the day it was said
        dates = find_dates(text, day, language, speech_days)
    return Facts(
        dates=dates,
        events=find_events(text, dates, day, language),
        quotes=quotes,
        people=People(cast.persons, find_organisations(text, cast.places)),
        sectors={
            paragraph.number: sectors
            for paragraph in find_paragraphs(text)
            if (sectors := find_sectors(paragraph.span.of(text), table))
        },
        speech_days=speech_days,
    )
