"""Questions, answers, and what of a passage is shown."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from index.types.articles import Passage
from index.types.text import Span


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
        """Return the words that no article has: dictionary forms, of Latin letters as they stand.

        The Latin ones that are no Russian words have but a stem («quot»).
        """
        missing = (word for word in self.words if word.is_missing)
        return tuple(word.form if word.form.isascii() else word.lemma for word in missing)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which paragraphs may be found: those that fit everything that is not None.

    `days` are the first and the last on which their articles may have come out.
    """

    days: tuple[date, date] | None = None
    articles: frozenset[int] | None = None
    paragraphs: frozenset[int] | None = None


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
    `confidence` is in 0..1, made of the `signals` of `index.confidence`, of which there are none
    without hits. `index_version` is the last change the index had seen. `is_across` says that the
    hits are in another language than the question, and were found by meaning alone.
    """

    question: Question
    verdict: Verdict
    confidence: float
    hits: tuple[Hit, ...]
    index_version: int
    signals: tuple[float, ...] = ()
    suggestion: str | None = None
    is_across: bool = False


@dataclass(frozen=True, slots=True)
class WordShare:
    """A word of a question, and its share of what makes a paragraph an answer, 0..1.

    The shares of all words are 1 in sum, or 0 when the paragraph has none of them.
    """

    word: QuestionWord
    share: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a paragraph answers a question, as the index stands at change `index_version`.

    `suggestion` is how the question was read, if not as it was written. `likeness` is the share
    that the likeness in meaning has beside the words, None where it took no part.
    """

    question: Question
    shares: tuple[WordShare, ...]
    suggestion: str | None
    index_version: int
    likeness: float | None = None


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
