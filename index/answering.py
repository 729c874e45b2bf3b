"""Is it an answer, how sure are we, and which words of the passage to show."""

import re

from index.bm25 import Snapshot
from index.languages import tokenize
from index.ranking import coverage
from index.sentences import find_sentences
from index.types import Excerpt, Question, Span, Verdict

#: Confidence from which a passage is an answer, and from which it is worth showing as a near miss.
#: Set on half of the golden questions of the demo corpus, see docs/benchmarks.md.
ANSWER_BAR = 0.15
NEAR_BAR = 0.05

#: The letters that words of one root mostly share («энергетика», «энергетический»).
PREFIX_LETTERS = 5

#: What a shared prefix is worth beside a shared lemma when sentences of a passage are compared.
_PREFIX_SHARE = 0.5

#: What a sentence gains when it holds the kind of thing asked for, as a share of the question's
#: whole weight: enough to choose between two equals, too little to beat a missing word.
_KIND_BONUS = 0.15

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


def confidence(question: Question, model: Snapshot, document: int, score: float) -> float:
    """Return how sure it is that the document answers the question, 0..1.

    The share of the best score such words could have, times the share of the question's meaning
    that the document has words for. Words that no article has count as the rarest.

    Source: the best single signal found on public question sets, docs/benchmarks.md.
    """
    best = sum(word.weight for word in question.words) * (model.parameters.k1 + 1)
    return min(1.0, score / best * coverage(question, model, document)) if best else 0.0


def judge(confidence: float) -> Verdict:
    """Return the verdict that a confidence stands for."""
    if confidence >= ANSWER_BAR:
        return Verdict.ANSWER
    return Verdict.NEAR if confidence >= NEAR_BAR else Verdict.NONE


def find_excerpt(text: str, question: Question) -> Excerpt:
    """Return the sentence of a passage that answers best, and the words that match.

    A sentence is worth the idf of the question's words in it, a word that only shares its first
    letters counting less, and somewhat more when it holds what the question asks for (когда: a
    date, сколько: a number, кто: a name, где: a place). Of equals the first is taken.
    """
    sentences = find_sentences(text) or (Span(0, len(text)),)
    best = max(sentences, key=lambda span: _worth(span.of(text), question))
    return Excerpt(best, _find_matches(text, question))


def _worth(sentence: str, question: Question) -> float:
    lemmas = {lemma for token in tokenize(sentence) for lemma in token.lemmas}
    prefixes = {lemma[:PREFIX_LETTERS] for lemma in lemmas}
    worth = 0.0
    for word in question.words:
        if lemmas.intersection(word.terms):
            worth += word.weight
        elif len(word.lemma) >= PREFIX_LETTERS and word.lemma[:PREFIX_LETTERS] in prefixes:
            worth += word.weight * _PREFIX_SHARE
    asked = any(ask.search(question.text) and kind.search(sentence) for ask, kind in _ASKED)
    return worth + (sum(word.weight for word in question.words) * _KIND_BONUS if asked else 0.0)


def _find_matches(text: str, question: Question) -> tuple[Span, ...]:
    """Return the spans of matching words, in order, without overlaps."""
    terms = set(question.terms)
    spans: list[Span] = []
    for token in tokenize(text):
        is_new = not spans or not token.span.overlaps(spans[-1])
        if is_new and terms.intersection(token.lemmas):
            spans.append(token.span)
    return tuple(spans)
