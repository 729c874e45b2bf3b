"""What an editor sends, and what it says: text, a post, a file, a link."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from bot.errors import UserError
from bot.failpoints import reach
from bot.ingest.documents import Document
from bot.ingest.drafts import describe
from bot.ingest.fetch import fetch, site_of
from bot.ingest.limited import read_document
from bot.store.articles import find_worded
from bot.store.database import Database
from bot.store.drafts import Described, Fetched, Origin

#: Returns the bytes of a file that was sent. Raises: UserError if they cannot be had.
Download = Callable[[str], Awaitable[bytes]]

#: What is fetched from its address, which is then that of the page in the end.
_FETCHED = (Origin.LINK, Origin.FEED)


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: one of text, link and file; `day` is used where the article gives none.

    `is_day_assumed` says that nobody has named that day: it is the message's own. `feed` is the
    title of the feed that it is from, `is_auto` says that it is published without asking.
    """

    origin: Origin
    text: str = ""
    url: str | None = None
    file_id: str | None = None
    name: str = ""
    day: date | None = None
    is_day_assumed: bool = False
    source: str | None = None
    feed: str = ""
    is_auto: bool = False

    def to_payload(self) -> dict[str, object]:
        """Return it as what JSON can hold."""
        return {**asdict(self), "day": self.day and self.day.isoformat()}


def as_sent(payload: Mapping[str, Any]) -> Sent:
    """Return what `to_payload` has made a payload of."""
    day = payload["day"]
    fields = {name: payload[name] for name in Sent.__slots__}
    return Sent(
        **{
            **fields,
            "origin": Origin(payload["origin"]),
            "day": date.fromisoformat(day) if day else None,
        }
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """What was sent, read: ready to be kept as a draft."""

    described: Described
    origin: Origin
    page: Fetched | None = None


async def take(sent: Sent, content: bytes) -> Taken:
    """Return what something says that was sent; `content` is that of a file.

    Raises:
        UserError: it cannot be had, or not read.

    """
    page: Fetched | None = None
    if sent.file_id is not None:
        reach("ingest.fetched")
        document = await read_document(content, sent.name)
    elif sent.origin in _FETCHED and sent.url:
        fetched = await fetch(sent.url)
        page = Fetched(fetched.content or b"", fetched.fetched_at)
        document = await read_document(page.content, "", fetched.url)
        document = replace(
            document, source=document.source or site_of(fetched.url), url=fetched.url
        )
    else:
        document = Document(sent.text)
    reach("ingest.extracted")
    return Taken(complete(describe(document), sent), sent.origin, page)


def complete(described: Described, sent: Sent) -> Described:
    """Return what is known of an article, with what the message tells where the text does not."""
    return replace(
        described,
        day=described.day or sent.day,
        is_day_assumed=described.day is None and sent.is_day_assumed,
        url=described.url or (sent.url if sent.origin not in _FETCHED else None),
        source=described.source or sent.source,
    )


async def require_new(db: Database, described: Described) -> None:
    """Raise UserError if a published article has this very text."""
    known = await find_worded(db, described.text)
    if known:
        raise UserError("Article {id} has this very text already.", id=known[0])
