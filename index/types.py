"""The values that cross module borders: frozen, slotted, comparable.

Positions are half-open and count code points of the stored text. Days are `datetime.date`.
No behaviour beyond what a value can say about itself belongs here.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open range `[start, stop)` of code points in a text."""

    start: int
    stop: int

    def of(self, text: str) -> str:
        """Return the slice of `text` that the span covers."""
        return text[self.start : self.stop]

    def shifted(self, by: int) -> "Span":
        """Return the span moved `by` code points to the right."""
        return Span(self.start + by, self.stop + by)

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two spans share a code point."""
        return self.start < other.stop and other.start < self.stop


class Language(StrEnum):
    """The languages the bot speaks and reads, by their ISO 639-1 codes."""

    RU = "ru"
    EN = "en"
    AZ = "az"


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a text.

    `form` is the word as it is compared: NFC, lower case, ё as е. `lemmas` are its plausible
    dictionary forms, the likeliest first; a number or an unknown word is its own lemma.
    """

    span: Span
    form: str
    lemmas: tuple[str, ...]

    @property
    def lemma(self) -> str:
        """Return the likeliest dictionary form."""
        return self.lemmas[0]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a word form may be: its dictionary form and its grammemes, by OpenCorpora's names."""

    lemma: str
    grammemes: frozenset[str]
    is_known: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered slice of an article, without outer white space; numbers count from 1.

    `terms` are the words in text order, each with its plausible lemmas, the likeliest first.
    """

    number: int
    span: Span
    terms: tuple[tuple[str, ...], ...]


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
class Passage:
    """A paragraph ready to be quoted: `text` is the stored `version.text[span.start:span.stop]`."""

    paragraph_id: int
    article_id: int
    version: int
    title: str
    day: date
    url: str | None
    source: str | None
    number: int
    span: Span
    text: str


class Verdict(StrEnum):
    """What the corpus says to a question."""

    ANSWER = "answer"
    NEAR = "near"  # close, but perhaps not the answer; shown as such
    NONE = "none"


@dataclass(frozen=True, slots=True)
class QuestionWord:
    """A word of a question that carries meaning.

    `terms` are the index terms it stands for, none when no article has the word. `weight` is its
    idf; a word that no article has weighs as much as the rarest one.
    """

    form: str
    lemma: str
    terms: tuple[str, ...]
    weight: float

    @property
    def is_missing(self) -> bool:
        """Return whether no article has the word."""
        return not self.terms


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the index reads it: its words without stop words, each once."""

    text: str
    words: tuple[QuestionWord, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """Return the terms to search for, in the question's order."""
        return tuple(term for word in self.words for term in word.terms)

    @property
    def missing_words(self) -> tuple[str, ...]:
        """Return the dictionary forms of the words that no article has."""
        return tuple(word.lemma for word in self.words if word.is_missing)


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph found, the best first in any sequence of them; `score` has no upper bound."""

    paragraph_id: int
    article_id: int
    number: int
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What the index makes of a question.

    `hits` are there for every verdict: with `NONE` they are the nearest paragraphs, not an answer.
    `confidence` is in 0..1. `index_version` is the last change the index had seen.
    """

    question: Question
    verdict: Verdict
    confidence: float
    hits: tuple[Hit, ...]
    index_version: int
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What to show of a passage: its best sentence and the words that match, within its text."""

    sentence: Span
    highlights: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A hit with its words: what is quoted, from where, and what of it to show."""

    passage: Passage
    excerpt: Excerpt
    score: float


@dataclass(frozen=True, slots=True)
class CitedAnswer:
    """An answer with the passages that prove it, the best first.

    With `Verdict.NONE` they are the nearest passages, of which only the headings are shown.
    """

    answer: Answer
    quotations: tuple[Quotation, ...]


class Precision(StrEnum):
    """How fine a date is as its source gives it; RANGE is an interval of finer parts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as a text names it: an interval of days, inclusive; an open end is None.

    `is_approximate`: the text says «около», «в начале», «неделю назад», so the days are the frame
    in which it happened. `is_relative`: the days were counted from a reference day.
    """

    span: Span
    first: date | None
    last: date | None
    precision: Precision
    is_approximate: bool = False
    is_relative: bool = False


@dataclass(frozen=True, slots=True)
class SpeechDay:
    """The day on which the words in `span` were said; relative dates in them count from it."""

    span: Span
    day: date
    is_stated: bool = True


class Modality(StrEnum):
    """How sure a text is of an event: it happened, is planned or hoped for, or others say so."""

    HAPPENED = "happened"
    PLANNED = "planned"
    HOPED = "hoped"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Event:
    """Something a text dates: `label` is the clause that tells it, to be cut from the text."""

    date: DateMention
    label: Span
    modality: Modality


class Certainty(StrEnum):
    """Why a speaker is held to be who he is; what is less than this is not resolved at all."""

    STATED = "stated"  # the attribution names him
    ROLE = "role"  # it names a role, and the article says whose role it is
    CONTEXT = "context"  # a pronoun, the paragraph before, or the corpus's table of aliases


class SpeakerKind(StrEnum):
    """What spoke: documents and organisations are speakers of their own kind."""

    PERSON = "person"
    ORGANISATION = "organisation"
    DOCUMENT = "document"


class QuoteKind(StrEnum):
    """How a quote stands in its text.

    DIRECT is a sentence or more in marks or after a dash, INTEGRATED a whole clause in marks inside
    the author's sentence, FRAGMENT some words of a clause, BLOCK whole paragraphs without marks.
    """

    DIRECT = "direct"
    INTEGRATED = "integrated"
    FRAGMENT = "fragment"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody an article names.

    `name` is the longest nominative form seen in the article, `role` his role in its words,
    `aliases` all the other forms he is named by, `gender` masc, femn or None. `key` is what tells
    two people apart: first name, patronymic and surname, without case endings; "" for what is
    not known.
    """

    name: str
    role: str | None
    aliases: tuple[str, ...]
    mentions: tuple[Span, ...]
    gender: str | None
    key: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body an article names: `name` is the longest form seen, `aliases` are the others."""

    name: str
    aliases: tuple[str, ...]
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Who is in an article, in the order of first mention."""

    persons: tuple[Person, ...]
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said a quote, by the name the article gives.

    `role` is the role in the article's words, `identity` the full name by the corpus's table of
    aliases when the article has less than that. `person` is the position in `People.persons`.
    """

    name: str
    kind: SpeakerKind
    certainty: Certainty
    role: str | None = None
    identity: str | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody, as an article gives them.

    `spans` leave out the outer marks and the author's words in between. `speaker` is None when he
    is not established; `mention` are the words that name him, `attribution` those and the verb.
    `sentences` is the whole sentence or sentences that hold the quote and its attribution,
    `before` the paragraph before: there, in this order, the day and place of speech may stand.
    `occasion` names the event or medium («в интервью местным телеканалам»).
    """

    spans: tuple[Span, ...]
    kind: QuoteKind
    speaker: Speaker | None
    mention: Span | None
    attribution: Span | None
    sentences: Span
    before: Span | None
    occasion: Span | None


@dataclass(frozen=True, slots=True)
class SectorHit:
    """A sector a paragraph is about; `weight` is greater than 0, and higher is more telling."""

    sector: str
    weight: float
    terms: tuple[str, ...]
