"""Plain text in the encodings Russian files come in."""

import codecs
import re

from charset_normalizer import from_bytes

from bot.errors import UserError
from bot.ingest.documents import Document

#: What Russian text files are written in beside UTF-8, by how often one meets them.
ENCODINGS = ["cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic"]

_MARKED = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LINE_END = re.compile("\r\n?|\x0b|\x0c|\x85")


def read(content: bytes, url: str | None = None) -> Document:  # noqa: ARG001 - as all readers
    """Return the text of a file, which may begin with a header."""
    return Document(read_text(content))


def read_text(content: bytes) -> str:
    """Return the text with one kind of line end, without a byte order mark.

    Raises:
        UserError: it is not text in an encoding that we know.

    """
    text = _decoded(content)
    if _CONTROLS.search(text):
        raise UserError("This is not a text file.")
    return _LINE_END.sub("\n", text).removeprefix("\ufeff")


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKED.items():
        if content.startswith(mark):
            return _strictly(content, encoding)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(content, cp_isolation=ENCODINGS).best()
        if best is None:
            raise UserError("This is not a text file.") from None
        return str(best)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UserError("This is not a text file.") from error
