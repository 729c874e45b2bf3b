"""The ideas that the ranking is made of, and those that were tried and left, one function each.

Each row of the ladder adds one idea to the row before, until `PolicyIndex` itself; each row after
it adds to the whole something that did not help enough to be kept.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks.meaning import encoder
from benchmarks.rivals import Ranking, lemmas, telling_lemmas
from index.across import find_answer
from index.bm25 import BM25, Field, Snapshot, shortlist, top_n
from index.engine import PolicyIndex
from index.evaluation import DEPTH, GoldPassage, as_articles
from index.languages import ru
from index.paragraphs import find_terms
from index.ranking import Asked, passage_bag, prepare, read_question, with_starts
from index.reranking import DEPTH as RERANKED
from index.reranking import Match, Weights, rerank
from index.semantic import Meaning
from index.sequences import Sequences, pack_sequence
from index.synonyms import Synonyms
from index.types import IndexedVector, Question

Passages = Sequence[GoldPassage]
NO_SYNONYMS = Synonyms.of([])
#: What an idea adds to the score of each match, for a question.
Extra = Callable[["Fields", Question, Sequence[Match]], list[float]]
#: Paragraphs of an article that speak for one another.
BEST_OF_ARTICLE = 3

#: How far apart, in telling words, neighbours of the question may stand in a paragraph.
PAIR_WORDS = 2
PAIR_STEPS = [step for step in range(-PAIR_WORDS, PAIR_WORDS + 1) if step]


@dataclass(frozen=True, slots=True)
class Fields:
    """The passages as the engine keeps them, and their texts, which it does not keep."""

    texts: list[str]
    words: Snapshot  # and their first letters
    sequences: Sequences
    articles: NDArray[np.int64]

    @classmethod
    def of(cls, passages: Passages) -> "Fields":
        """Return the fields of passages."""
        names = list(dict.fromkeys(passage.article for passage in passages))
        model, bags = BM25(), _bags(passages)
        model.add(map(with_starts, bags), map(len, bags))
        words = model.snapshot
        terms = [find_terms(passage.text) for passage in passages]
        return cls(
            texts=[passage.text for passage in passages],
            words=words,
            sequences=Sequences.of(pack_sequence(each, words) for each in terms),
            articles=np.array([names.index(passage.article) for passage in passages]),
        )

    def matches(self, question: Question, weights: Weights) -> list[Match]:
        """Return the first hundred, ranked again."""
        asked = prepare(question, self.words)
        found = shortlist([asked.field], RERANKED)
        return rerank(asked, found, self.sequences, self.articles, weights)


def best_lemmas(passages: Passages) -> Ranking:
    """Return BM25 over the likeliest lemma of each word, title counted once."""
    model = BM25([lemmas(f"{passage.title} {passage.text}") for passage in passages])
    return lambda question: _numbers(model.top_n(telling_lemmas(question), DEPTH))


def all_lemmas(passages: Passages) -> Ranking:
    """Return BM25 over every plausible lemma in paragraphs, the likeliest known in questions."""
    texts = [find_terms(f"{passage.title} {passage.text}") for passage in passages]
    return _by_words(BM25([[word for each in text for word in each] for text in texts]))


def heavy_title(passages: Passages) -> Ranking:
    """Return the same with the words of the title counted three times."""
    return _by_words(BM25(_bags(passages)))


def synonyms(passages: Passages) -> Ranking:
    """Return the same with the table of synonyms."""
    return _by_words(BM25(_bags(passages)), None)


def prefixes(passages: Passages) -> Ranking:
    """Return the same with the field of first letters: the first stage of the engine."""
    fields = Fields.of(passages)
    words = fields.words

    def best(text: str) -> list[int]:
        asked = prepare(read_question(text, words), words)
        return _numbers(top_n([asked.field], DEPTH))

    return best


def reranked(weights: Weights, extra: Extra | None = None) -> Callable[[Passages], Ranking]:
    """Return the idea of ranking the first hundred again with these weights."""

    def make(passages: Passages) -> Ranking:
        fields = Fields.of(passages)

        def best(text: str) -> list[int]:
            question = read_question(text, fields.words)
            matches = fields.matches(question, weights)
            more = extra(fields, question, matches) if extra else [0.0] * len(matches)
            ranked = sorted(
                zip(matches, more, strict=True), key=lambda each: -each[0].score - each[1]
            )
            return [match.document for match, _ in ranked[:DEPTH]]

        return best

    return make


def whole_engine(passages: Passages) -> Ranking:
    """Return the answers of `PolicyIndex`: all of it, with slips mended."""
    index = PolicyIndex()
    index.add(as_articles(passages), 1)
    return lambda question: [hit.paragraph_id for hit in index.answer(question).hits[:DEPTH]]


def with_meanings(passages: Passages) -> Ranking:
    """Return the same with the extra `[semantic]`: the first eight in order by meaning too."""
    articles = as_articles(passages)
    index, meaning = PolicyIndex(), Meaning(encoder())
    index.add(articles, 1)
    rows = [
        IndexedVector(
            paragraph.id,
            article.id,
            paragraph.number,
            article.day,
            article.language,
            meaning.encoder.passage(passages[paragraph.id].text),
        )
        for article in articles
        for paragraph in article.paragraphs
    ]
    meaning.replace((), rows)

    def best(text: str) -> list[int]:
        return [hit.paragraph_id for hit in find_answer(index, meaning, text).hits[:DEPTH]]

    return best


def whole_article(fields: Fields, _question: Question, matches: Sequence[Match]) -> list[float]:
    """Return 0.3 of what the best of its article score together, as a mean."""
    scores: dict[int, list[float]] = defaultdict(list)
    for match in matches:
        scores[fields.articles[match.document]].append(match.score)
    best = {
        article: 0.3 * sum(sorted(each)[-BEST_OF_ARTICLE:]) / BEST_OF_ARTICLE
        for article, each in scores.items()
    }
    return [best[fields.articles[match.document]] for match in matches]


def skip_bigrams(fields: Fields, question: Question, matches: Sequence[Match]) -> list[float]:
    """Return 0.3 of the weight of neighbours of the question that are neighbours here."""
    sequences = [fields.sequences[match.document] for match in matches]
    weight = 0.3 * _weight(question)
    asked = prepare(question, fields.words)
    return [weight * _pair_share(asked, each) for each in sequences]


def _pair_share(asked: Asked, sequence: Sequence[int]) -> float:
    """Return the share, by weight, of neighbouring words that stand close in a document too: 0..1.

    `sequence` is that of the document; a question of one word has no pairs.
    """
    places: dict[int, list[int]] = {number: [] for numbers in asked.alike for number in numbers}
    place = 0
    for entry in sequence:
        place += entry >= 0
        number = entry if entry >= 0 else ~entry
        if number in places:
            places[number].append(place)
    total = close = 0.0
    words = zip(asked.question.words, asked.alike, strict=True)
    for (word, numbers), (next_word, others) in pairwise(words):
        weight = min(word.weight, next_word.weight)
        total += weight
        beside = {place for number in others for place in places[number]}
        firsts = (place for number in numbers for place in places[number])
        if any(place + step in beside for place in firsts for step in PAIR_STEPS):
            close += weight
    return close / total if total else 0.0


def what_is_asked(fields: Fields, question: Question, matches: Sequence[Match]) -> list[float]:
    """Return a tenth of the question's weight when there is a number or date and one is asked."""
    asked = re.search(r"\b(когда|сколько|насколько)\b", question.text, re.IGNORECASE)
    months = "|".join(month[:3] for month in ru.MONTHS)
    given = re.compile(rf"\d|\b({months})")
    weight = 0.1 * _weight(question) if asked else 0.0
    return [weight * bool(given.search(fields.texts[match.document])) for match in matches]


def short_paragraphs(fields: Fields, question: Question, matches: Sequence[Match]) -> list[float]:
    """Return up to a tenth of the question's weight for a paragraph of few words."""
    lengths = [len(fields.sequences[match.document]) for match in matches]
    return [0.1 * _weight(question) / (1 + length / 100) for length in lengths]


IDEAS: dict[str, Callable[[Passages], Ranking]] = {
    "likeliest lemmas, k1 1.2, b 0.5": best_lemmas,
    "+ every plausible lemma": all_lemmas,
    "+ title three times": heavy_title,
    "+ synonyms": synonyms,
    "+ first five letters, 0.5": prefixes,
    "+ best of synonyms, letters 1": reranked(Weights(window=0.0)),
    "+ words close together, 0.75": reranked(Weights()),
    "paragraf": whole_engine,
    "paragraf with `[semantic]`": with_meanings,
    "not kept: whole article, 0.3": reranked(Weights(), whole_article),
    "not kept: skip-bigrams": reranked(Weights(), skip_bigrams),
    "not kept: what is asked for": reranked(Weights(), what_is_asked),
    "not kept: short paragraphs": reranked(Weights(), short_paragraphs),
}


def _bags(passages: Passages) -> list[tuple[str, ...]]:
    return [passage_bag(find_terms(p.text), find_terms(p.title)) for p in passages]


def _by_words(model: BM25, table: Synonyms | None = NO_SYNONYMS) -> Ranking:
    words = model.snapshot
    return lambda text: _numbers(
        top_n([Field(words, read_question(text, words, table).terms)], DEPTH)
    )


def _weight(question: Question) -> float:
    return sum(word.weight for word in question.words)


def _numbers(ranked: Sequence[tuple[int, float]]) -> list[int]:
    return [number for number, _ in ranked]
