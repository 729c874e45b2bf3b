"""Markdown: its words without its signs, one line a paragraph."""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.ingest.documents import Document
from bot.ingest.formats import txt
from bot.ingest.header import parse_header


def read(content: bytes, url: str | None = None) -> Document:  # noqa: ARG001 - as all readers
    """Return the text of a Markdown file: header lines as they are, then a line for each block.

    Raises:
        UserError: it is not text in an encoding that we know.

    """
    text = txt.read_text(content)
    body = parse_header(text).body
    header = text[: len(text) - len(body)]
    blocks = MarkdownIt("commonmark").enable("table").parse(body)
    return Document(header + "\n".join(_lines(blocks)))


def _lines(blocks: Sequence[Token]) -> Iterator[str]:
    for block in blocks:
        if block.type == "inline":
            yield "".join(_words(block.children or ()))
        elif block.type in ("fence", "code_block"):
            yield from block.content.splitlines()


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield what a reader would see of a line: text, code, the words of links and pictures."""
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " "
        elif token.type in ("text", "code_inline", "image"):
            yield token.content
