"""Pages and feeds of the web, fetched so that nobody can make us ask what is not public.

Addresses are checked by ssrfguard, which connects to the very address that it has checked. Around
it are the bounds that no such library sets: time in all, size unpacked, kinds of content.
"""

import asyncio
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from urllib.parse import urlsplit

import httpx
from ssrfguard import Policy, SSRFGuardError, TooManyRedirectsError
from ssrfguard.httpx import AsyncClient

from bot.errors import UserError
from bot.failpoints import reach

# Source of the numbers: docs/reliability.md, what is fetched.
MOST_S = 20.0
MOST_BYTES = 5_000_000
MOST_REDIRECTS = 5

#: What a page or a file may be called by its server.
PAGES = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/markdown",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)

#: What a feed may be called; many servers know no better than the last four.
FEEDS = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+xml",
        "application/xml",
        "text/xml",
        "text/html",
        "text/plain",
    }
)

_POLICY = Policy(max_redirects=MOST_REDIRECTS)
_HEADERS = {"User-Agent": "Paragraf", "Accept": "*/*", "Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the content it gave last, by which it is asked for another."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched: from where in the end, when, its bytes; None when it has not changed."""

    url: str
    fetched_at: datetime
    content: bytes | None
    validators: Validators = Validators()


def require_link(url: str) -> str:
    """Return an address that may be fetched, without asking anybody for it.

    Raises:
        UserError: another scheme or port, a name and password, or an address that is not public.

    """
    try:
        _POLICY.check_url(url)
    except SSRFGuardError as error:
        raise _forbidden() from error
    return url


async def fetch(
    url: str,
    kinds: Collection[str] = PAGES,
    known: Validators = Validators(),
    most_s: float = MOST_S,
) -> Page:
    """Return what an address gives, within bounds of time and size.

    Raises:
        UserError: the address is not public, or the server gives nothing that can be taken.

    """
    require_link(url)
    try:
        async with asyncio.timeout(most_s):
            async with AsyncClient(
                policy=_POLICY, trust_env=False, follow_redirects=True, headers=_HEADERS
            ) as client:
                return await _get(client, url, kinds, known)
    except TimeoutError as error:
        raise UserError("The site does not answer for more than 20 seconds.") from error
    except TooManyRedirectsError as error:
        raise UserError("The site sends from address to address without end.") from error
    except SSRFGuardError as error:
        raise _forbidden() from error
    except httpx.TimeoutException as error:
        raise UserError("The site does not answer for more than 20 seconds.") from error
    except (httpx.HTTPError, httpx.InvalidURL, zlib.error) as error:
        raise UserError("The site cannot be reached.") from error


async def _get(client: AsyncClient, url: str, kinds: Collection[str], known: Validators) -> Page:
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    asked = {name: value for name, value in headers.items() if value}
    async with client.stream("GET", url, headers=asked, timeout=MOST_S) as response:
        at = datetime.now(UTC)
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return Page(str(response.url), at, None, validators=known)
        if response.status_code != httpx.codes.OK:
            raise UserError("The site answers with code {code}.", code=response.status_code)
        kind = _kind(response.headers.get("Content-Type"))
        if kind and kind not in kinds:
            raise UserError("There is no text at this address, but {kind}.", kind=kind)
        content = await _bounded(response)
        reach("ingest.fetched")
        given = Validators(response.headers.get("ETag"), response.headers.get("Last-Modified"))
        return Page(str(response.url), at, content, given)


async def _bounded(response: httpx.Response) -> bytes:
    """Return the content, counted while it is unpacked. Raises: UserError if it is too large.

    The library would unpack a part of it whole, and a part can be a thousand times itself.
    """
    packing = response.headers.get("Content-Encoding", "identity").lower()
    if packing not in ("identity", "gzip"):
        raise UserError("The site cannot be reached.")
    gzip = zlib.decompressobj(zlib.MAX_WBITS | 16) if packing == "gzip" else None
    content = bytearray()
    async for part in response.aiter_raw():
        room = MOST_BYTES + 1 - len(content)
        content += gzip.decompress(part, room) if gzip else part
        if len(content) > MOST_BYTES:
            raise UserError("The page is larger than 5 MB.")
    return bytes(content)


def _kind(header: str | None) -> str:
    """Return what a server calls its content, "" where it does not say."""
    message = Message()
    message["Content-Type"] = header or ""
    return message.get_content_type() if header else ""


def _forbidden() -> UserError:
    return UserError("This address cannot be opened.")


def site_of(url: str) -> str:
    """Return the name of the site of an address, without `www.`."""
    return (urlsplit(url).hostname or url).removeprefix("www.")
