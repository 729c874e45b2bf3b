"""What the re-ranking is held against: the same, one document and one word at a time."""

from collections.abc import Sequence

from index.bm25 import Snapshot
from index.ranking import PREFIX_SHARE, PREFIX_WEIGHT, start_of
from index.reranking import WINDOW_WORDS, Weights
from index.types import Question, QuestionWord

Ranked = tuple[int, float, tuple[float, ...], float]


def oracle_ranking(
    question: Question,
    model: Snapshot,
    sequences: Sequence[Sequence[int]],
    articles: Sequence[int],
    depth: int,
) -> list[Ranked]:
    """Return the best `depth` documents by the first score, with the final one, best first."""
    first = []
    for document in range(model.numbers):
        starts = dict.fromkeys(start_of(word.lemma) for word in question.words)
        score = sum(_score(term, model, document) for term in question.terms)
        score += PREFIX_WEIGHT * sum(_score(start, model, document) for start in starts)
        if score > 0:
            first.append((-score, document))
    found = [_final(question, model, at, sequences[at]) for _, at in sorted(first)[:depth]]
    return sorted(found, key=lambda each: (-each[1], articles[each[0]], each[0]))


def _final(question: Question, model: Snapshot, document: int, sequence: Sequence[int]) -> Ranked:
    of_words, shares = [], []
    for word in question.words:
        best = max((_score(term, model, document) for term in word.terms), default=0.0)
        has_start = _score(start_of(word.lemma), model, document) > 0
        of_words.append(best)
        shares.append(1.0 if best else PREFIX_SHARE * has_start)
    starts = dict.fromkeys(start_of(word.lemma) for word in question.words)
    window = _window(question, model, sequence, shares)
    score = sum(of_words)
    score += Weights().prefixes * sum(_score(start, model, document) for start in starts)
    score += Weights().window * (model.parameters.k1 + 1) * window
    return document, score, tuple(shares), window


def _window(
    question: Question, model: Snapshot, sequence: Sequence[int], shares: Sequence[float]
) -> float:
    found = [_places(word, model, sequence) for word in question.words]
    worths = [0.0]
    for begin in {place for places in found for place in places}:
        worth = 0.0
        for word, share, places in zip(question.words, shares, found, strict=True):
            if any(begin <= place < begin + WINDOW_WORDS for place in places):
                worth += word.weight * share
        worths.append(worth)
    return max(worths)


def _places(word: QuestionWord, model: Snapshot, sequence: Sequence[int]) -> list[int]:
    """Return at which places of a sequence a word or a synonym may stand, by first letters."""
    numbers = {model.vocabulary.find(start_of(term)) for term in word.terms or (word.lemma,)}
    places, place = [], 0
    for entry in sequence:
        place += entry >= 0
        if (entry if entry >= 0 else ~entry) in numbers:
            places.append(place)
    return places


def _score(term: str, model: Snapshot, document: int) -> float:
    return float(model.scores_of([term], [document])[0])
