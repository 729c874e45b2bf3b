"""Which hits are worth showing, which say the same, and which tell one fact differently.

The last two compare words, never meanings: copies share nearly all of them, and two that differ
share what the question asks about and most of the sentence, but not its numbers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.languages import is_stop_word, tokenize
from index.types import Hit, Question, Quotation

#: A hit with less of the first one's score has only the commoner of the question's words.
RELEVANT_SHARE = 0.5

#: The share of common words from which a paragraph is a copy of another. Reprints change a word or
#: two; two reports of one event share half.
COPY_LIKENESS = 0.8

#: And that of words as they are written, below which lemmas need not be compared: a cheap look.
SURFACE_LIKENESS = 0.4

#: A passage must have this much of the first one's score to tell what the first one tells.
RIVAL_SHARE = 0.8

#: The share of common words from which two sentences tell one fact.
FACT_LIKENESS = 0.4

#: Words of the question that weigh at least this much of its heaviest are the rare ones.
RARE_SHARE = 0.6

#: Texts whose words are kept, none longer than a message shows: the best passages of a corpus
#: answer many questions. A few kilobytes each.
READ_TEXTS = 1_000
READ_CHARS = 4_000

_MONTH = re.compile(
    "январ|феврал|март|апрел|май|мая|июн|июл|август|сентябр|октябр|ноябр|декабр", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Group:
    """A passage, and the near-copies of it in other places, in their order."""

    quotation: Quotation
    copies: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    words: frozenset[str]
    numbers: frozenset[str]


def relevant(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the hits worth showing beside the first: not far behind it, in their order."""
    if not hits:
        return ()
    least = hits[0].score * RELEVANT_SHARE
    return tuple(hit for hit in hits if hit.score >= least)


def group_copies(quotations: Sequence[Quotation]) -> tuple[Group, ...]:
    """Return the quotations with near-copies of an earlier one laid under it, in their order.

    A copy has the same numbers: a paragraph that differs in one is another statement.
    """
    groups: list[tuple[frozenset[str], list[Quotation]]] = []
    for quotation in quotations:
        words = frozenset(quotation.passage.text.casefold().split())
        for first, members in groups:
            is_like = _share(first, words) >= SURFACE_LIKENESS
            if is_like and _is_copy(members[0].passage.text, quotation.passage.text):
                members.append(quotation)
                break
        else:
            groups.append((words, [quotation]))
    return tuple(Group(members[0], tuple(members[1:])) for _, members in groups)


def _is_copy(text: str, other: str) -> bool:
    one, two = _read(text), _read(other)
    return one.numbers == two.numbers and _likeness(one, two) >= COPY_LIKENESS


def find_rival(groups: Sequence[Group], question: Question) -> int | None:
    """Return the place of the first group that tells the fact of the first one differently.

    Their best sentences share the rare words of the question and most of their own, and each has
    a number or a month that the other has not. None if all agree.
    """
    least = groups[0].quotation.score * RIVAL_SHARE if groups else 0.0
    near = [place for place, each in enumerate(groups) if each.quotation.score >= least][1:]
    if not near:
        return None
    first = _read(_sentence(groups[0]))
    if not _has_rare(first, question):
        return None
    for place in near:
        told = _read(_sentence(groups[place]))
        differs = first.numbers - told.numbers and told.numbers - first.numbers
        is_one_fact = _likeness(first, told) >= FACT_LIKENESS and _has_rare(told, question)
        if differs and is_one_fact:
            return place
    return None


def _sentence(group: Group) -> str:
    return group.quotation.excerpt.sentence.of(group.quotation.passage.text)


def _read(text: str) -> _Words:
    return _find_words.__wrapped__(text) if len(text) > READ_CHARS else _find_words(text)


@lru_cache(READ_TEXTS)
def _find_words(text: str) -> _Words:
    words: set[str] = set()
    numbers: set[str] = set()
    for token in tokenize(text):
        if token.form[0].isdigit() or _MONTH.match(token.form):
            numbers.add(token.lemma)
        elif not is_stop_word(token):
            words.add(token.lemma)
    return _Words(frozenset(words), frozenset(numbers))


def _likeness(one: _Words, other: _Words) -> float:
    return _share(one.words, other.words)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of their words that both have, 0..1; of two without words none."""
    union = one | other
    return len(one & other) / len(union) if union else 0.0


def _has_rare(told: _Words, question: Question) -> bool:
    """Return whether a sentence has the rare words of a question, which must have some."""
    heaviest = max((word.weight for word in question.words), default=0.0)
    rare = [word for word in question.words if word.weight >= heaviest * RARE_SHARE and word.terms]
    return bool(rare) and all(
        not told.words.isdisjoint(word.terms) or not told.numbers.isdisjoint(word.terms)
        for word in rare
    )
