"""Which words of a passage to show: its best sentence, and what matches."""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.languages import tokenize
from index.ranking import PREFIX_LETTERS, PREFIX_SHARE
from index.sentences import find_sentences
from index.types import Excerpt, Question, Span, Token

#: What a sentence gains when it holds the kind of thing asked for, as a share of the question's
#: whole weight: enough to choose between two equals, too little to beat a missing word.
_KIND_BONUS = 0.15

#: Passages kept as they were read, none longer than a message shows: the best of a corpus answer
#: many questions. Some twenty kilobytes each.
READ_PASSAGES = 256
READ_CHARS = 4_000

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
