"""What a file or page turns out to be: its text, and what it says about itself."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Format(StrEnum):
    """A kind of file that can be read."""

    TXT = "txt"
    MD = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file, a line a paragraph; `source` is who published it, each None if untold.

    `may_have_header` says that lines like `title: …` at its top are meant for us.
    """

    text: str
    title: str | None = None
    day: date | None = None
    source: str | None = None
    url: str | None = None
    may_have_header: bool = True


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An item of a feed: what it is known by, where it is, its day as ISO has it, if it has one."""

    key: str
    url: str
    title: str
    day: str | None = None


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """A feed as it was read; `minutes` is how often it wants to be looked at, None if untold."""

    title: str
    items: tuple[FeedItem, ...]
    minutes: int | None = None
