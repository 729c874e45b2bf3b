"""How sure it is that the first paragraph found is an answer, and the verdict that stands for."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.languages import read_words, ru
from index.ranking import Asked
from index.reranking import Match
from index.types import Question, Verdict


@dataclass(frozen=True, slots=True)
class Surety:
    """How sure signals make an answer: what each adds to the log-odds, and the sum without them.

    From a confidence of `answer_bar` on it is an answer, of `near_bar` worth showing as a near
    miss.
    """

    weights: tuple[float, ...]
    base: float
    answer_bar: float
    near_bar: float


#: Confidence from which a passage is an answer, and from which it is worth showing as a near miss.
#: At the first, nearly nine in ten answerable questions of the larger set fitted on are answered.
ANSWER_BAR = 0.45
NEAR_BAR = 0.2

#: What each of `find_signals` adds to the log-odds of an answer, and the sum without them. Fitted
#: by `make fit-confidence` on half of the questions; docs/benchmarks.md has the other's figures.
SIGNAL_WEIGHTS = (1.48, 3.88, 1.9, 1.25)
BASE_LOG_ODDS = -6.73

BY_WORDS = Surety(SIGNAL_WEIGHTS, BASE_LOG_ODDS, ANSWER_BAR, NEAR_BAR)

#: Words of a question of which a passage must have each.
SHORT_WORDS = 2

#: What a paragraph has of its own where every word of a question is in the article's title: that
#: says neither.
_UNTOLD = 0.5

_NAMING = re.compile(r"[0-9A-Za-z]")


def confidence(signals: Sequence[float], surety: Surety = BY_WORDS) -> float:
    """Return how sure it is that what gave the signals is an answer, 0..1; 0 without signals."""
    if not signals:
        return 0.0
    told = zip(surety.weights, signals, strict=True)
    log_odds = surety.base + sum(weight * signal for weight, signal in told)
    return 1 / (1 + math.exp(-log_odds))


def find_signals(
    asked: Asked, first: Match, sequence: Sequence[int], title: Sequence[int]
) -> tuple[float, ...]:
    """Return what speaks for the first of the ranked documents; `sequence` and `title` are its own.

    Its score as a share of what all words would score. What the paragraph itself has of the words
    that the title has not, by weight: every paragraph of an article has those of the title. How
    little it lacks of the rarest name or number, beside the rarest word: another port is no answer;
    who is in a hurry writes names small, then those count that the dictionary has. The weight
    that stands close together in it, in words as rare as any: a match of many words says more than
    one of two. Words that no article has count as the rarest: leaving them out is the easy mistake.
    """
    question, words = asked.question, asked.field.snapshot
    weights = [word.weight for word in question.words]
    shares = [
        share if has else 0.0
        for share, has in zip(first.shares, _stand_in(sequence, asked), strict=True)
    ]
    named = _named(question.text)
    lacking = [
        weight * (1 - share)
        for word, weight, share in zip(question.words, weights, shares, strict=True)
        if share < 1 and (word.form in named or ru.is_name(word.form))
    ]
    return (
        first.score / (sum(weights) * (words.parameters.k1 + 1)),
        _own_share(weights, shares, _stand_in(title, asked)),
        1 - max(lacking, default=0.0) / max(weights),
        first.window / words.most_idf,
    )


def _stand_in(sequence: Sequence[int], asked: Asked) -> list[bool]:
    """Return by word of the question whether it, or one that begins like it, is in a sequence."""
    entries = set(sequence)
    return [
        any(number in entries or ~number in entries for number in alike) for alike in asked.alike
    ]


def _own_share(
    weights: Sequence[float], shares: Sequence[float], in_title: Sequence[bool]
) -> float:
    """Return the share, by weight, that a paragraph has of the words that its title has not."""
    telling = [
        (weight, share)
        for weight, share, is_topic in zip(weights, shares, in_title, strict=True)
        if not is_topic
    ]
    whole = sum(weight for weight, _ in telling)
    return sum(weight * share for weight, share in telling) / whole if whole else _UNTOLD


def _named(text: str) -> set[str]:
    """Return the words that name something: with a capital within the text, a digit, in Latin."""
    return {
        token.form
        for token in read_words(text)
        if _NAMING.search(token.span.of(text))
        or (token.span.start and token.span.of(text)[0].isupper())
    }


def judge(
    confidence: float, question: Question, first: Match | None, surety: Surety = BY_WORDS
) -> Verdict:
    """Return the verdict that a confidence in the first passage stands for.

    Where words that no article has weigh more than half, a near miss is none: to name them says
    more than a passage about something else.
    """
    if first is None:
        return Verdict.NONE
    if confidence >= surety.answer_bar and not _lacks_the_point(first):
        return Verdict.ANSWER
    weight = sum(word.weight for word in question.words)
    missing = sum(word.weight for word in question.words if word.is_missing)
    is_near = confidence >= surety.near_bar and missing <= weight / 2
    return Verdict.NEAR if is_near else Verdict.NONE


def _lacks_the_point(first: Match) -> bool:
    """Return whether a passage has one of two words only, or no word but by its first letters.

    Two words are a matter and what is asked of it; «привет» is not «привёл». Of the questions
    measured none has its answer in such a passage: docs/benchmarks.md, Answers.
    """
    return 1 not in first.shares or (len(first.shares) == SHORT_WORDS and 0 in first.shares)
