"""Articles, and the paragraphs they are quoted by."""

from dataclasses import dataclass
from datetime import date

from index.types.text import Language, Span


@dataclass(frozen=True, slots=True)
class Article:
    """An article as a reader knows it: what it says and where it comes from."""

    title: str
    text: str
    day: date
    language: Language
    url: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class IndexedParagraph:
    """A paragraph as the index keeps it: the key it is found by, its place and its words."""

    id: int
    number: int
    terms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """An article as the index keeps it: no text, since the store is the one keeper of texts."""

    id: int
    title: str
    day: date
    language: Language
    source: str | None
    paragraphs: tuple[IndexedParagraph, ...]


@dataclass(frozen=True, slots=True)
class IndexedVector:
    """What a paragraph means, as `index.semantic` packs it, and the place of the paragraph."""

    paragraph_id: int
    article_id: int
    number: int
    day: date
    language: Language
    vector: bytes


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph ready to be quoted: `text` is the stored `version.text[span.start:span.stop]`."""

    paragraph_id: int
    article_id: int
    version_id: int
    version: int
    title: str
    day: date
    url: str | None
    source: str | None
    number: int
    span: Span
    text: str
