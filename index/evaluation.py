"""How good the answers are, on questions whose paragraphs are known.

No file is read here: passages, questions and results are values.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from index.across import find_answer
from index.answering import find_excerpt
from index.engine import PolicyIndex
from index.languages import detect_language
from index.paragraphs import find_terms
from index.semantic import Encoder, Meaning
from index.types import (
    Answer,
    IndexedArticle,
    IndexedParagraph,
    IndexedVector,
    Language,
    Span,
    Verdict,
)
from index.vectors import Near

#: How deep a ranking is looked at, as usual for MRR and nDCG of passages.
DEPTH = 10

#: Evaluation passages have no dates; ranking does not look at them.
_NO_DAY = date.min


class Without(StrEnum):
    """What is taken out of the index before each question is asked."""

    PARAGRAPH = "paragraph"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class GoldPassage:
    """A passage of the evaluation corpus."""

    id: str
    article: str
    title: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question and the ids of the passages that answer it.

    `answers` are the words that answer, as the passages have them, where that is known.
    """

    id: str
    text: str
    passages: tuple[str, ...]
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What the index made of a question: its best ten passages, the best first.

    `sentence` is the best sentence within the first passage's text, None when nothing was found.
    """

    question: GoldQuestion
    verdict: Verdict
    confidence: float
    passages: tuple[tuple[str, float], ...]
    sentence: Span | None
    signals: tuple[float, ...] = ()

    @property
    def rank(self) -> int | None:
        """Return the place of the first right passage among the ten, from 1."""
        found = (n for n, (key, _) in enumerate(self.passages, 1) if key in self.question.passages)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a run, each in 0..1."""

    questions: int
    recall_at_1: float
    recall_at_3: float
    mrr_at_10: float
    ndcg_at_10: float
    verdicts: dict[Verdict, float]


class Evaluation:
    """An index of passages that questions are asked of, whole or with something taken out.

    With `encoder` it knows what they mean.
    """

    def __init__(self, passages: Sequence[GoldPassage], encoder: Encoder | None = None) -> None:
        self._passages = dict(enumerate(passages, start=1))
        self._ids = {passage.id: key for key, passage in self._passages.items()}
        self._articles = {article.id: article for article in as_articles(passages, first_id=1)}
        self._article_of = {
            paragraph.id: article.id
            for article in self._articles.values()
            for paragraph in article.paragraphs
        }
        self._index = PolicyIndex()
        self._index.add(tuple(self._articles.values()), len(self._articles))
        self._meaning = Meaning(encoder) if encoder else None
        self._vectors: dict[int, list[IndexedVector]] = {}
        if encoder and self._meaning:
            self._vectors = {key: self._embed(key, encoder) for key in self._articles}
            self._meaning.replace((), [row for rows in self._vectors.values() for row in rows])

    def ask(self, question: GoldQuestion, without: Without | None = None) -> Result:
        """Return what the index makes of a question."""
        with self._taken_out(question, without):
            answer = find_answer(self._index, self._meaning, question.text)
        return self._result(question, answer)

    def find_near(
        self, question: GoldQuestion, n: int, language: Language, without: Without | None = None
    ) -> list[Near]:
        """Return the `n` passages nearest in meaning in a language, with an encoder."""
        with self._taken_out(question, without):
            return (
                self._meaning.nearest(question.text, n, language=language) if self._meaning else []
            )

    @contextmanager
    def _taken_out(self, question: GoldQuestion, without: Without | None) -> Iterator[None]:
        """Take the right passages or their articles out for as long as the block lasts."""
        gold = {self._ids[key] for key in question.passages if key in self._ids}
        touched = {self._article_of[key] for key in gold} if without else set()
        self._replace(touched, gold if without is Without.PARAGRAPH else None)
        yield
        self._replace(touched, set())

    def _embed(self, article_id: int, encoder: Encoder) -> list[IndexedVector]:
        """Return what the paragraphs of an article mean."""
        article = self._articles[article_id]
        return [
            IndexedVector(
                paragraph.id,
                article_id,
                paragraph.number,
                article.day,
                article.language,
                encoder.passage(self._passages[paragraph.id].text),
            )
            for paragraph in article.paragraphs
        ]

    def _replace(self, article_ids: Iterable[int], left_out: set[int] | None) -> None:
        """Put the articles in anew without some paragraphs; with None, leave the articles out."""
        version = self._index.version
        for article_id in sorted(article_ids):
            article = self._articles[article_id]
            if self._index.has(article_id):
                self._index.remove(article_id, version)
            rows: list[IndexedVector] = []
            if left_out is not None:
                kept = tuple(p for p in article.paragraphs if p.id not in left_out)
                self._index.add((replace(article, paragraphs=kept),), version)
                known = self._vectors.get(article_id, [])
                rows = [row for row in known if row.paragraph_id not in left_out]
            if self._meaning:
                self._meaning.replace([article_id], rows)

    def _result(self, question: GoldQuestion, answer: Answer) -> Result:
        hits = answer.hits[:DEPTH]
        first = self._passages[hits[0].paragraph_id].text if hits else None
        return Result(
            question=question,
            verdict=answer.verdict,
            confidence=answer.confidence,
            passages=tuple((self._passages[hit.paragraph_id].id, hit.score) for hit in hits),
            sentence=find_excerpt(first, answer.question).sentence if first is not None else None,
            signals=answer.signals,
        )


def summarise(results: Sequence[Result]) -> Summary:
    """Return the figures of a run; all 0 when there were no questions."""
    count = max(len(results), 1)
    ranks = [result.rank for result in results if result.rank is not None]
    verdicts = Counter(result.verdict for result in results)
    return Summary(
        questions=len(results),
        recall_at_1=sum(rank <= 1 for rank in ranks) / count,
        recall_at_3=sum(rank <= 3 for rank in ranks) / count,
        mrr_at_10=sum(1 / rank for rank in ranks) / count,
        ndcg_at_10=sum(map(_ndcg, results)) / count,
        verdicts={verdict: verdicts[verdict] / count for verdict in Verdict},
    )


def _ndcg(result: Result) -> float:
    """Return the gain over that of the best ranking. Source: Järvelin, Kekäläinen 2002."""
    gains = (
        1 / math.log2(place + 1)
        for place, (key, _) in enumerate(result.passages, start=1)
        if key in result.question.passages
    )
    best = sum(1 / math.log2(place + 1) for place in _places(result.question.passages))
    return sum(gains) / best if best else 0.0


def _places(passages: Sequence[str]) -> range:
    return range(1, min(len(passages), DEPTH) + 1)


def as_articles(passages: Sequence[GoldPassage], *, first_id: int = 0) -> list[IndexedArticle]:
    """Return the passages as the articles they belong to; paragraph ids count from `first_id`."""
    grouped: dict[str, list[tuple[int, GoldPassage]]] = {}
    for key, passage in enumerate(passages, start=first_id):
        grouped.setdefault(passage.article, []).append((key, passage))
    return [
        IndexedArticle(
            id=number,
            title=members[0][1].title,
            day=_NO_DAY,
            language=detect_language(members[0][1].text),
            source=None,
            paragraphs=tuple(
                IndexedParagraph(key, passage.number, find_terms(passage.text))
                for key, passage in members
            ),
        )
        for number, members in enumerate(grouped.values(), start=1)
    ]
