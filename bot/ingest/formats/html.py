"""Web pages: the article of a page without what stands around it, and what it says of itself."""

import re
from datetime import date

from trafilatura import bare_extraction
from trafilatura.settings import Document as Found

from bot.errors import UserError
from bot.ingest.documents import Document

#: The day that a page gives for itself, and not one found somewhere in its words: a wrong date
#: would be quoted, a missing one is asked for.
_DATES = {"original_date": True, "extensive_search": False}

#: A list item begins with this in what the library gives back.
_ITEM = re.compile(r"^[-*] ", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\s*\n")


def read(content: bytes, url: str | None = None) -> Document:
    """Return the article of a page: a line for each block, the title and day that it states.

    Raises:
        UserError: there is no article in it.

    """
    found = bare_extraction(
        content,
        url=url,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params=_DATES,
    )
    if not isinstance(found, Found) or not (found.text or "").strip():
        raise UserError("There is no article on this page.")
    return Document(
        text=_BLANK_LINES.sub("\n", _ITEM.sub("", found.text or "")).strip(),
        title=_line(found.title),
        day=_day(found.date),
        source=_publisher(_line(found.author), _line(found.sitename)),
        may_have_header=False,
    )


def _publisher(author: str | None, site: str | None) -> str | None:
    """Return «Анна Ким, Вестник», or what there is of it."""
    names = [name for name in (author, site) if name]
    if len(names) > 1 and names[0].casefold() == names[1].casefold():
        names.pop()
    return ", ".join(names).replace("; ", ", ") or None


def _line(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
