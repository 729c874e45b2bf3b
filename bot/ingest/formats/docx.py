"""Word files: paragraphs and tables in their order, without pictures and footnotes."""

from collections.abc import Iterator
from io import BytesIO

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph

from bot.errors import UserError
from bot.ingest.archives import opened
from bot.ingest.documents import Document
from bot.ingest.signatures import MAIN_PART, unknown_kind

#: The style of a document's title in every language of Word. Source: python-docx, default styles.
TITLE_STYLE = "Title"


def read(content: bytes, url: str | None = None) -> Document:  # noqa: ARG001 - as all readers
    """Return the text of a Word file, a line for each paragraph and row; its title by its style.

    Raises:
        UserError: it is another kind of archive, too large inside, or has no words.

    """
    with opened(content) as archive:
        if MAIN_PART not in archive.namelist():
            raise unknown_kind()
    try:
        document = docx.Document(BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise UserError("The file is damaged.") from error
    title: str | None = None
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph) and block.style and block.style.name == TITLE_STYLE:
            title = title or " ".join(block.text.split())
        lines.extend(_lines(block))
    if not lines:
        raise UserError("There are no words in this text.")
    return Document("\n".join(lines), title=title or None)


def _lines(block: Paragraph | Table) -> Iterator[str]:
    """Yield the lines of a block: of a table one for each row, joined cells once."""
    if isinstance(block, Paragraph):
        yield from (line for line in map(str.strip, block.text.splitlines()) if line)
        return
    for row in block.rows:
        cells = {cell._tc: " ".join(cell.text.split()) for cell in row.cells}
        if line := " · ".join(filter(None, cells.values())):
            yield line
