"""Is it an answer, how sure are we, and which words of the passage to show."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.bm25 import Snapshot
from index.languages import read_words, tokenize
from index.ranking import PREFIX_LETTERS, PREFIX_SHARE
from index.reranking import Match
from index.sentences import find_sentences
from index.types import Excerpt, Question, Span, Token, Verdict


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
#: At the first, nearly nine in ten answerable questions of the half fitted on are answered.
ANSWER_BAR = 0.4
NEAR_BAR = 0.2

#: What each of `find_signals` adds to the log-odds of an answer, and the sum without them. Fitted
#: by `make fit-confidence` on half of the questions; docs/benchmarks.md has the other's figures.
SIGNAL_WEIGHTS = (0.67, 2.8, 1.44, 4.35, 1.41, 0.65, 0.48)
BASE_LOG_ODDS = -8.3

BY_WORDS = Surety(SIGNAL_WEIGHTS, BASE_LOG_ODDS, ANSWER_BAR, NEAR_BAR)

#: Words of a question of which a passage must have each.
SHORT_WORDS = 2

#: What a sentence gains when it holds the kind of thing asked for, as a share of the question's
#: whole weight: enough to choose between two equals, too little to beat a missing word.
_KIND_BONUS = 0.15

#: Passages kept as they were read, none longer than a message shows: the best of a corpus answer
#: many questions. Some twenty kilobytes each.
READ_PASSAGES = 256
READ_CHARS = 4_000

_NAMING = re.compile(r"[0-9A-Za-z]")
_MONTH = "январ|феврал|март|апрел|ма[йяе]|июн|июл|август|сентябр|октябр|ноябр|декабр"
_ASKED = (
    (
        re.compile(r"\bкогда\b", re.IGNORECASE),
        re.compile(rf"\d{{4}}|\d\s*(?:{_MONTH})|\b(?:{_MONTH})", re.IGNORECASE),
    ),
    (re.compile(r"\bсколько\b|\bнасколько\b", re.IGNORECASE), re.compile(r"\d")),
    (
        re.compile(r"\bкто\b|\bкем\b|\bкому\b", re.IGNORECASE),
        re.compile(r"[а-яё,] [А-ЯЁA-Z][а-яёa-z]+"),
    ),
    (re.compile(r"\bгде\b|\bкуда\b", re.IGNORECASE), re.compile(r"\b(?:в|во|на) [А-ЯЁA-Z]")),
)


def confidence(signals: Sequence[float], surety: Surety = BY_WORDS) -> float:
    """Return how sure it is that what gave the signals is an answer, 0..1; 0 without signals."""
    if not signals:
        return 0.0
    told = zip(surety.weights, signals, strict=True)
    log_odds = surety.base + sum(weight * signal for weight, signal in told)
    return 1 / (1 + math.exp(-log_odds))


def find_signals(
    question: Question, ranked: Sequence[Match], pairs: float, words: Snapshot
) -> tuple[float, ...]:
    """Return what speaks for the first of the ranked documents, mostly in 0..1; none without any.

    Its score as a share of what all words would score; the share of the question's weight that
    stands close together in it; its lead over the second; the share of the weight that is not names
    or numbers it lacks; `pairs`, the neighbours of the question that are neighbours in it; how it
    has the rarest word; its score in words that no other document has, since a match of many words
    says more than one of two. Words that no article has count as the rarest: leaving them out is
    the easy mistake.
    """
    if not ranked:
        return ()
    first = ranked[0]
    second = ranked[1].score if len(ranked) > 1 else 0.0
    weights = [word.weight for word in question.words]
    named = _named(question.text)
    lacking = sum(
        word.weight
        for word, share in zip(question.words, first.shares, strict=True)
        if share < 1 and word.form in named
    )
    weight, per_word = sum(weights), words.parameters.k1 + 1
    most = weight * per_word
    return (
        first.score / most,
        first.window / weight,
        (first.score - second) / most,
        1 - lacking / weight,
        pairs,
        first.shares[weights.index(max(weights))],
        first.score / (words.most_idf * per_word),
    )


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


def find_excerpt(text: str, question: Question) -> Excerpt:
    """Return the sentence of a passage that answers best, and the words that match.

    A sentence is worth the idf of the question's words in it, a word that only shares its first
    letters counting less, and somewhat more when it holds what the question asks for (когда: a
    date, сколько: a number, кто: a name, где: a place). Of equals the first is taken.
    """
    sentences, tokens = _read_again(text) if len(text) <= READ_CHARS else _read(text)
    best = max(sentences, key=lambda span: _worth(span, text, tokens, question))
    return Excerpt(best, _find_matches(tokens, question))


def _read(text: str) -> tuple[tuple[Span, ...], tuple[Token, ...]]:
    """Return the sentences of a passage, itself if it has none, and its words."""
    return find_sentences(text) or (Span(0, len(text)),), tokenize(text)


_read_again = lru_cache(READ_PASSAGES)(_read)


def _worth(span: Span, text: str, tokens: Sequence[Token], question: Question) -> float:
    sentence = span.of(text)
    lemmas = {lemma for token in tokens if token.span.overlaps(span) for lemma in token.lemmas}
    prefixes = {lemma[:PREFIX_LETTERS] for lemma in lemmas}
    worth = 0.0
    for word in question.words:
        if lemmas.intersection(word.terms):
            worth += word.weight
        elif len(word.lemma) >= PREFIX_LETTERS and word.lemma[:PREFIX_LETTERS] in prefixes:
            worth += word.weight * PREFIX_SHARE
    asked = any(ask.search(question.text) and kind.search(sentence) for ask, kind in _ASKED)
    return worth + (sum(word.weight for word in question.words) * _KIND_BONUS if asked else 0.0)


def _find_matches(tokens: Sequence[Token], question: Question) -> tuple[Span, ...]:
    """Return the spans of matching words, in order, without overlaps."""
    terms = set(question.terms)
    spans: list[Span] = []
    for token in tokens:
        is_new = not spans or not token.span.overlaps(spans[-1])
        if is_new and terms.intersection(token.lemmas):
            spans.append(token.span)
    return tuple(spans)
