"""Which kind a file is, by how it begins: names and senders may say anything."""

import re
from pathlib import PurePath

from bot.errors import UserError
from bot.ingest.documents import Format

#: A PDF begins with `%PDF-` within so many bytes. Source: ISO 32000-1, Annex H, 3.4.1.
PDF_WITHIN = 1024

#: The part without which an archive is no Word file. Source: ECMA-376, 1, 11.3.10.
MAIN_PART = "word/document.xml"

ZIP = b"PK\x03\x04"
#: An empty archive has an end only. Source: .ZIP File Format Specification, 4.3.16.
EMPTY_ZIP = b"PK\x05\x06"
#: The container of old Word files, and of new ones with a password. Source: [MS-CFB] 2.2.
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
#: Names in it are in UTF-16. Source: [MS-OFFCRYPTO] 2.3.4.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

#: The beginning of a page after its byte order mark, declaration and comments.
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,1000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|article|script)\b",
    re.IGNORECASE | re.DOTALL,
)

#: What each name promises, by its ending.
_ENDINGS = {
    ".txt": Format.TXT,
    ".text": Format.TXT,
    ".md": Format.MD,
    ".markdown": Format.MD,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".docx": Format.DOCX,
    ".pdf": Format.PDF,
}

#: Names of files that can be read, for folders and archives.
READABLE = frozenset(_ENDINGS)

#: Beginnings of what is not text, though it may look like it for a while.
_OTHERS = (b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")


def find_format(content: bytes, name: str) -> Format:
    """Return the kind of a file. The name decides only between kinds that are plain text.

    Raises:
        UserError: the kind is none that can be read, or not the one that the name promises.

    """
    promised = _ENDINGS.get(PurePath(name).suffix.lower())
    if b"%PDF-" in content[:PDF_WITHIN]:
        return Format.PDF
    if content.startswith(ZIP):
        return Format.DOCX
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise UserError("The file is protected by a password. Remove the password, please.")
        raise UserError("This is an old Word file. Save it as docx, please.")
    if promised in (Format.PDF, Format.DOCX):
        raise UserError("This is no {format} file, though it is called so.", format=promised.value)
    if _HTML.match(content):
        return Format.HTML
    is_other = content.startswith((*_OTHERS, EMPTY_ZIP))
    if is_other and promised in (Format.TXT, Format.MD):
        raise UserError("This is not a text file.")
    if is_other or (promised is None and _has_ending(name)):
        raise unknown_kind()
    return promised or Format.TXT


def unknown_kind() -> UserError:
    """Return the refusal of a file whose kind cannot be read."""
    formats = ", ".join(Format)
    return UserError("I cannot read files of this kind. I read: {formats}.", formats=formats)


def _has_ending(name: str) -> bool:
    """Return whether a name ends like that of some kind of file: `a.exe`, not `Протокол от 5.`."""
    return re.fullmatch(r"\.[A-Za-z][A-Za-z0-9]{0,5}", PurePath(name).suffix) is not None
