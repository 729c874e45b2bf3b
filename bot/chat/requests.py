"""What is meant by «хартия 2025», «с августа», «энергетика»: a topic, a period, a sector."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from bot.errors import UserError
from index.dates import find_dates
from index.dates.periods import Period, year_of, years
from index.languages import detect_language, is_stop_word, lemmas, tokenize
from index.people import Aliases, match_person
from index.sectors import Sector, list_sectors
from index.types import DateMention, Language, Person, Precision, Span

#: A longer request is refused, as a question is. Source: docs/reliability.md, limits.
MOST_QUESTION = 1000

#: First words that ask for quotes or for a timeline, in every language of the bot.
QUOTES = frozenset({"цитата", "цитаты", "цитату", "quote", "quotes", "sitat", "sitatlar"})
TIMELINES = frozenset(
    (
        "хроника хронику хроники хронология хронологию таймлайн события timeline chronology events"
        " xronologiya xronika hadisələr"
    ).split()
)

#: A year or two at the end: find_dates asks for «в» or «год» before it believes one. What stands
#: before another word may count it («2000 мегаватт»).
_YEARS = re.compile(r"(?<![\w.,])((?:1[89]|20)\d\d)(?:\s?[-–—]\s?((?:1[89]|20)\d\d))?\s*$")
#: «До 2000 мегаватт» counts, «до 2030» hardly ever.
_SINCE = re.compile(
    r"(?<![\w-])(?:после|до|с|since|after|before|until) (?!2000)20[0-4]\d(?!\S)", re.IGNORECASE
)
#: Months of English as people type them; «may» and «march» also mean something else.
_LOWER_MONTH = re.compile(
    r"\b(?:january|february|april|june|july|august|september|october|november|december)\b"
    r"|(?<=\bin |\bby |\bof )(?:march|may)\b|\b(?:march|may)(?= (?:20)?\d\d\b)"
)
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*\.?")
_LATIN = re.compile("[a-zəğıöşüç]", re.IGNORECASE)
_SECTOR = re.compile(
    r"^\s*(?:сектор[аеу]?|sector|sahə(?:si)?)(?!\w)[\s:—-]*|\s+(?:sector|sahəsi?)\s*$",
    re.IGNORECASE,
)
#: With a colon a sector is meant and nothing else.
_SECTOR_LABEL = re.compile(r"\s*(?:сектор|sector|sahə)\s*:", re.IGNORECASE)
_HALVES = re.compile(r"\s(?:и|&|and|və)\s")


@dataclass(frozen=True, slots=True)
class Request:
    """What a list is asked for: `words` are those that name neither a period nor a sector."""

    words: str
    period: DateMention | None = None
    sector: Sector | None = None

    @property
    def days(self) -> tuple[date, date] | None:
        """Return the first and the last day of the period, None without one."""
        if self.period is None:
            return None
        return self.period.first or date.min, self.period.last or date.max

    @property
    def since(self) -> date:
        """Return the first day of the period, the first of all days without one."""
        return self.days[0] if self.days else date.min

    @property
    def until(self) -> date:
        """Return the last day of the period, the last of all days without one."""
        return self.days[1] if self.days else date.max


def read_wish(text: str) -> tuple[str, str]:
    """Return the first word of a text, which may ask for a list, and the others."""
    first, _, rest = text.strip().partition(" ")
    return first.casefold().strip(":,./!?"), rest


def read_request(text: str, today: date) -> Request:
    """Return what the words after a command ask for. Relative dates count from today.

    Raises:
        UserError: there are too many words, or what stands after «сектор:» is none.

    """
    if len(text) > MOST_QUESTION:
        raise UserError("The question is longer than 1000 characters. Shorten it, please.")
    request = read_any_period(text, today)
    sector = find_sector(request.words)
    if sector is None and _SECTOR_LABEL.match(request.words):
        raise UserError("There is no such sector. Those that there are: /sectors")
    return replace(request, words="", sector=sector) if sector else request


def read_any_period(text: str, today: date) -> Request:
    """Return the period that words name that are no sentence, and the other words.

    A month and nothing else tells no language: «yanvarda», «2025-ci il».
    """
    request = read_period(text, today)
    if request.period is None and _LATIN.search(text):
        return _read_period(text, today, Language.AZ)
    return request


def read_period(text: str, today: date) -> Request:
    """Return the period that a text names, and its other words, also if they name a sector."""
    return _read_period(text, today, detect_language(text))


def _read_period(text: str, today: date, language: Language) -> Request:
    typed = _LOWER_MONTH.sub(lambda match: match[0].capitalize(), text)
    mentions = find_dates(typed, today, language) or tuple(_bare_years(text, today, language))
    # Whoever asks for «последнюю неделю» gets these very days.
    mentions = tuple(
        replace(each, is_approximate=each.is_approximate and not each.is_relative)
        for each in mentions
    )
    words = _without(text, [mention.span for mention in mentions])
    return Request(words, _together(mentions))


def find_sector(words: str) -> Sector | None:
    """Return the sector that words name, whole or by half («логистика»), in any language.

    The word «сектор» may stand before the name, or behind it: «energy sector».
    """
    wanted = lemmas_of(_SECTOR.sub("", words))
    if not wanted:
        return None
    return _sectors_by_lemmas().get(wanted)


@cache
def _sectors_by_lemmas() -> dict[frozenset[str], Sector]:
    """Return the first sector of each name and half of a name, by its lemmas."""
    found: dict[frozenset[str], Sector] = {}
    for sector in list_sectors():
        for _, name in sector.names:
            for part in (name, *_HALVES.split(name)):
                found.setdefault(lemmas_of(part), sector)
    return found


def find_person(words: str, names: Sequence[str], table: Aliases | None = None) -> tuple[str, str]:
    """Return the one of `names` that words name, "" for nobody, and the words that are left.

    Of what is left, initials are dropped with the name, and «о» where it begins or ends it.
    `table` is the corpus's, the shipped one if None.
    """
    people = [Person(name, None, (), (), None, ("", "", "")) for name in names]
    found = match_person(words, people, table)
    if not found:
        return "", words
    person = found[0]
    left = [word for word in _WORD.findall(words) if not match_person(word, [person], table)]
    inner = range(1, len(left) - 1)
    kept = [
        word
        for place, word in enumerate(left)
        if len(word.rstrip(".")) > 1 or (word.islower() and place in inner)
    ]
    return person.name, " ".join(kept)


def _together(mentions: Sequence[DateMention]) -> DateMention | None:
    """Return the period from the first to the last of several dates."""
    if len(mentions) < 2:
        return mentions[0] if mentions else None
    firsts, lasts = [m.first for m in mentions], [m.last for m in mentions]
    return DateMention(
        mentions[0].span,
        None if None in firsts else min(day for day in firsts if day),
        None if None in lasts else max(day for day in lasts if day),
        Precision.RANGE,
    )


def _bare_years(text: str, today: date, language: Language) -> list[DateMention]:
    """Return the years of a request that stand alone: last of all, or «после 2025» anywhere."""
    found = []
    for match in _SINCE.finditer(text):
        read = find_dates(f"{match[0]} года", today, language)[:1]
        found += [replace(each, span=Span(*match.span())) for each in read]
    if found:
        return found
    for match in _YEARS.finditer(text):
        first, last = int(match[1]), int(match[2] or match[1])
        period: Period | None = year_of(first) if first == last else years(first, last)
        if period is not None:
            found.append(
                DateMention(Span(*match.span()), period.first, period.last, period.precision)
            )
    return found


def _without(text: str, spans: Sequence[Span]) -> str:
    """Return a text without some of its places, and without double spaces."""
    kept, position = [], 0
    for span in sorted(spans):
        kept.append(text[position : span.start])
        position = span.stop
    return " ".join(" ".join((*kept, text[position:])).split())


def lemmas_of(words: str) -> frozenset[str]:
    """Return the likeliest lemmas of the telling words."""
    return frozenset(
        lemmas(token.span.of(words))[0] for token in tokenize(words) if not is_stop_word(token)
    )
