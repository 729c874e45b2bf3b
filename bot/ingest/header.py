"""What an article says about itself before its first paragraph: title, date, link, source."""

import re
from dataclasses import dataclass
from datetime import date

from bot.errors import UserError
from index.languages import az, en, fold, lemmas, ru
from index.types import Language

_FIELD = re.compile(r"\s*(title|date|url|source|language)\s*:\s*(.*?)\s*", re.IGNORECASE)
_INLINE = re.compile(r"\s*date\s+(\d{4}-\d\d-\d\d)\s+(?=\S)", re.IGNORECASE)
_FENCE = re.compile(r"\s*---\s*")

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_WRITTEN = re.compile(r"(\d{1,2})\s+([^\W\d_]+)\s+(\d{4})(?:\s*г(?:\.|ода)?)?")
_MONTHS = {
    name: number
    for months in (ru.MONTHS, en.MONTHS, az.MONTHS)
    for number, name in enumerate(months, start=1)
}


@dataclass(frozen=True, slots=True)
class Header:
    """The fields found, each None when the text does not give it, and the text without them."""

    body: str
    title: str | None = None
    day: date | None = None
    url: str | None = None
    source: str | None = None
    language: Language | None = None


def parse_header(text: str) -> Header:
    """Return the header of an article file and its body.

    Header lines (`title: …`, `date: …`) stand at the top in any order and case, perhaps between
    lines of `---`; the first other line begins the body. The inline form ` date 2026-01-22 Text …`
    is read too.

    Raises:
        UserError: a header has a date, a link or a language that cannot be read.

    """
    inline = _INLINE.match(text)
    if inline:
        return Header(text[inline.end() :], day=parse_day(inline[1]))
    fields: dict[str, str] = {}
    position = 0
    for line in text.splitlines(keepends=True):
        field = _FIELD.fullmatch(line)
        if field:
            fields[field[1].lower()] = field[2]
        elif line.strip() and not _FENCE.fullmatch(line):
            break
        position += len(line)
    if not fields:
        return Header(text)
    return Header(
        text[position:],
        title=fields.get("title") or None,
        day=parse_day(fields["date"]) if fields.get("date") else None,
        url=parse_url(fields["url"]) if fields.get("url") else None,
        source=fields.get("source") or None,
        language=parse_language(fields["language"]) if fields.get("language") else None,
    )


def parse_day(text: str) -> date:
    """Return the day that `2026-01-22`, `22.01.2026` or `22 января 2026` names.

    Raises:
        UserError: it is none of these, or no calendar has the day.

    """
    try:
        return _read_day(text.strip())
    except ValueError as error:
        raise UserError("“{text}” is not a date. Write it like 22.01.2026.", text=text) from error


def parse_url(text: str) -> str:
    """Return an address that a reader can open.

    Raises:
        UserError: it does not begin with http:// or https://.

    """
    if not re.fullmatch(r"https?://[^\s/]\S*", text, re.IGNORECASE):
        raise UserError("“{text}” is not a link. It begins with https://", text=text)
    return text


def parse_language(text: str) -> Language:
    """Return the language of a code: ru, en or az.

    Raises:
        UserError: it is another word.

    """
    try:
        return Language(text.lower())
    except ValueError as error:
        raise UserError("“{text}” is not a language. Use ru, en or az.", text=text) from error


def _read_day(text: str) -> date:
    if match := _ISO.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DOTTED.fullmatch(text):
        return date(int(match[3]), int(match[2]), int(match[1]))
    if match := _WRITTEN.fullmatch(text):
        return date(int(match[3]), _month(match[2]), int(match[1]))
    raise ValueError(text)


def _month(word: str) -> int:
    for name in (fold(word), *lemmas(word)):
        if name in _MONTHS:
            return _MONTHS[name]
    raise ValueError(word)
