"""From the text of a file to an article that can be published, or a clear sentence why not."""

import re
from dataclasses import dataclass
from datetime import date

from bot.errors import UserError
from bot.ingest.documents import Document
from bot.ingest.header import Header, parse_header
from bot.store.drafts import Described
from index.facts import Facts, find_facts
from index.languages import detect_language
from index.lexicon import SHIPPED, Lexicon
from index.paragraphs import find_paragraphs
from index.sentences import find_sentences
from index.types import Article, Language, Paragraph

#: The longest text taken, in bytes of UTF-8: about 1 500 pages. Source: docs/reliability.md.
MOST_TEXT_BYTES = 5_000_000

#: A title made of the first sentence is cut at the last word that fits: two lines on a phone.
MOST_TITLE_LETTERS = 90

#: A title that is longer is none: somebody put the text there.
LONGEST_TITLE = 300

#: What no reader sees, and what turns the order of letters around, so that a quotation would read
#: other than it is. Source: Unicode Standard, 23.2 (embeddings, overrides, isolates).
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")

#: Letters that the languages we read are written in; a look at so many letters tells them.
_KNOWN_LETTERS = re.compile("[A-Za-z\u00c0-\u024f\u0400-\u04ffА-Яа-я]")
_LOOK = 20_000

_WORD = re.compile(r"[^\W_]")


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
        UserError: no words, too long, another language, no date, a header that cannot be read.

    """
    return draft_document(Document(text), overrides)


def draft_document(document: Document, overrides: Overrides = Overrides()) -> Draft:
    """Return the draft of a document. A header goes before what else the document says.

    Raises:
        UserError: as `make_draft`.

    """
    known = describe(document, overrides)
    if known.day is None:
        raise UserError("What day did the article come out? For example: 22.01.2026")
    return prepare(
        Article(known.title, known.text, known.day, known.language, known.url, known.source)
    )


def describe(document: Document, overrides: Overrides = Overrides()) -> Described:
    """Return what a document says of itself, its day None if it says none; looks for no facts.

    Raises:
        UserError: no words, too long, another language, or a header that cannot be read.

    """
    text = document.text
    header = parse_header(text) if document.may_have_header else Header(text)
    body = _UNSEEN.sub("", header.body).strip()
    if len(body.encode()) > MOST_TEXT_BYTES:
        raise UserError("The text is longer than 5 MB. Split it, please.")
    words = _WORD.search(body)
    if words is None:
        raise UserError("There are no words in this text.")
    if not _is_readable(body):
        raise UserError("I read Russian, English and Azerbaijani. This is another language.")
    line = body[body.rfind("\n", 0, words.start()) + 1 :].partition("\n")[0]
    title = overrides.title or header.title or document.title or first_words(line.strip())
    return Described(
        title=title if len(title) <= LONGEST_TITLE else first_words(title),
        text=body,
        day=overrides.day or header.day or document.day,
        language=overrides.language or header.language or detect_language(body),
        url=overrides.url or header.url or document.url,
        source=overrides.source or header.source or document.source,
    )


def prepare(article: Article, lexicon: Lexicon = SHIPPED) -> Draft:
    """Return an article with its paragraphs and facts: ten milliseconds for a thousand letters."""
    paragraphs = find_paragraphs(article.text)
    facts = find_facts(article.text, article.day, article.language, lexicon=lexicon)
    return Draft(article, paragraphs, facts)


def _is_readable(body: str) -> bool:
    """Return whether at least half of the letters are of a script that we read."""
    letters = [letter for letter in body[:_LOOK] if letter.isalpha()]
    return 2 * len(_KNOWN_LETTERS.findall(body[:_LOOK])) >= len(letters)


def first_words(paragraph: str) -> str:
    """Return the first sentence of a paragraph, cut at a word with «…» when it is long."""
    sentences = find_sentences(paragraph)
    sentence = " ".join((sentences[0].of(paragraph) if sentences else paragraph).split())
    if len(sentence) <= MOST_TITLE_LETTERS:
        return sentence.removesuffix(".")
    cut = sentence[: MOST_TITLE_LETTERS + 1].rsplit(" ", 1)[0]
    return cut[:MOST_TITLE_LETTERS].rstrip(" ,;:—–-") + "…"
