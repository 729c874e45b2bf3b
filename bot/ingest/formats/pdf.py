"""PDF files: the words on their pages, lines put together to paragraphs again."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from statistics import quantiles

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from bot.errors import UserError
from bot.ingest.documents import Document

#: Beginnings of list items, each a paragraph of its own.
_ITEM = re.compile(r"(?:[•▪–—-]|\(?\d{1,3}[.)]|[а-яa-z]\))\s")
_HYPHENS = "-\u00ad\u2010"
_ENDS = (".", "!", "?", "…", ":", ";", "»", "”", '"')

#: A line shorter than this part of a full one ends its paragraph if it also ends a sentence, and
#: by itself is a heading below the second part. Full is what nine lines of ten do not exceed.
_SHORT, _HEADING = 0.85, 0.6

#: A line on so many pages, at their edge, is a running head.
_REPEATED = 3


def read(content: bytes, url: str | None = None) -> Document:  # noqa: ARG001 - as all readers
    """Return the text of a PDF file, a line for each paragraph; its title if its words have it.

    Raises:
        UserError: it has a password, is damaged, or holds pictures only.

    """
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UserError("The file is protected by a password. Remove the password, please.")
        pages = [_page_lines(page.extract_text()) for page in reader.pages]
        stated = reader.metadata.title if reader.metadata else None
    except DependencyError as error:  # a cipher that only a password opens
        raise UserError(
            "The file is protected by a password. Remove the password, please."
        ) from error
    except PyPdfError as error:
        raise UserError("The file is damaged.") from error
    lines = list(_without_running_heads(pages))
    if not any(line for line in lines):
        raise UserError("There is no text in the PDF, only pictures.")
    text = "\n".join(_paragraphs(lines))
    title = " ".join((stated or "").split())
    # Programs put names of files and templates there; a real title is read in the text as well.
    is_real = (
        title and title.casefold() in " ".join(text[: 20 * len(title) + 500].split()).casefold()
    )
    return Document(text, title=title if is_real else None)


def _page_lines(text: str) -> list[str]:
    """Return the lines of a page, an empty one for a gap; one with its number only is left out."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    while lines and (not lines[-1] or lines[-1].isdecimal()):
        lines.pop()
    while lines and (not lines[0] or lines[0].isdecimal()):
        lines.pop(0)
    return lines


def _without_running_heads(pages: Sequence[list[str]]) -> Iterator[str]:
    """Yield the lines of all pages without those that stand at the edge of several."""
    edges = Counter(edge for lines in pages if lines for edge in {lines[0], lines[-1]})
    for lines in pages:
        shown = list(lines)
        if shown and edges[shown[0]] >= _REPEATED:
            shown.pop(0)
        if shown and edges[shown[-1]] >= _REPEATED:
            shown.pop()
        yield from shown


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    lengths = [len(line) for line in lines if line]
    full = quantiles(lengths, n=10)[-1] if len(lengths) > 1 else lengths[0]
    paragraph = ""
    last = 0  # the length of the line before
    for line in lines:
        if paragraph and (not line or _begins(line, paragraph, last / full)):
            yield paragraph
            paragraph = ""
        if line:
            paragraph, last = _joined(paragraph, line), len(line)
    if paragraph:
        yield paragraph


def _begins(line: str, before: str, filled: float) -> bool:
    """Return whether a line begins a paragraph; `filled` is how full the line before it was."""
    if _ITEM.match(line):
        return True
    if before.endswith(_ENDS):
        return filled < _SHORT
    return filled < _HEADING and line[0].isupper()


def _joined(paragraph: str, line: str) -> str:
    """Return a paragraph with one more line; a word that was cut at its end is whole again."""
    if not paragraph:
        return line
    if paragraph[-1] in _HYPHENS and paragraph[-2:-1].isalpha() and line[0].islower():
        return paragraph[:-1] + line
    return f"{paragraph} {line}"
