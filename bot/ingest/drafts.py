"""From the text of a file to an article that can be published, or a clear sentence why not."""

from dataclasses import dataclass
from datetime import date

from bot.errors import UserError
from bot.ingest.header import parse_header
from index.facts import Facts, find_facts
from index.languages import detect_language
from index.paragraphs import find_paragraphs
from index.sentences import find_sentences
from index.types import Article, Language, Paragraph

#: The longest text taken, in bytes of UTF-8: about 1 500 pages. Source: docs/reliability.md.
MOST_TEXT_BYTES = 5_000_000

#: A title made of the first sentence is cut at the last word that fits: two lines on a phone.
MOST_TITLE_LETTERS = 90


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the person adding an article says about it; goes before what the file says."""

    title: str | None = None
    day: date | None = None
    url: str | None = None
    source: str | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An article with its paragraphs and what it says, ready to be published."""

    article: Article
    paragraphs: tuple[Paragraph, ...]
    facts: Facts


def make_draft(text: str, overrides: Overrides = Overrides()) -> Draft:
    """Return the draft of a text that may begin with a header.

    The stored text is the body as it is, without outer white space. Takes ten milliseconds for a
    thousand characters.

    Raises:
        UserError: no words, too long, no date, or a header that cannot be read.

    """
    header = parse_header(text)
    body = header.body.strip()
    if len(body.encode()) > MOST_TEXT_BYTES:
        raise UserError("The text is longer than 5 MB. Split it, please.")
    paragraphs = find_paragraphs(body)
    if not any(paragraph.terms for paragraph in paragraphs):
        raise UserError("There are no words in it.")
    day = overrides.day or header.day
    if day is None:
        raise UserError("What day did the article come out? For example: 22.01.2026")
    article = Article(
        title=overrides.title or header.title or first_words(paragraphs[0].span.of(body)),
        text=body,
        day=day,
        language=overrides.language or header.language or detect_language(body),
        url=overrides.url or header.url,
        source=overrides.source or header.source,
    )
    return Draft(article, paragraphs, find_facts(body, day, article.language))


def first_words(paragraph: str) -> str:
    """Return the first sentence of a paragraph, cut at a word with «…» when it is long."""
    sentences = find_sentences(paragraph)
    sentence = " ".join((sentences[0].of(paragraph) if sentences else paragraph).split())
    if len(sentence) <= MOST_TITLE_LETTERS:
        return sentence.removesuffix(".")
    cut = sentence[: MOST_TITLE_LETTERS + 1].rsplit(" ", 1)[0]
    return cut[:MOST_TITLE_LETTERS].rstrip(" ,;:—–-") + "…"
