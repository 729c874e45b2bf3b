"""Words that mean the same: США and Соединённые Штаты, ЦОД and центр обработки данных.

A question that has one phrase of a group is asked for the others as well. The table ships a base
(`synonyms.toml`); a corpus gives its own groups beside it.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from index.bm25 import Snapshot
from index.languages import is_stop_word, tokenize
from index.types import QuestionWord

#: The lemmas of a phrase, without stop words.
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of phrases, found by the first lemma of each phrase."""

    others: dict[Phrase, tuple[Phrase, ...]]
    starts: dict[str, tuple[Phrase, ...]]
    own: frozenset[str] = frozenset()

    @classmethod
    def of(cls, groups: Sequence[Sequence[str]], own: frozenset[str] = frozenset()) -> "Synonyms":
        """Return the table of groups of phrases; phrases without telling words are left out.

        `own` are the lemmas that a corpus has given itself: none of them is a typing slip.
        """
        others: dict[Phrase, tuple[Phrase, ...]] = {}
        starts: dict[str, tuple[Phrase, ...]] = {}
        for group in groups:
            readings = [_phrases(text) for text in group]
            for number, phrases in enumerate(readings):
                rest = [other for n, them in enumerate(readings) if n != number for other in them]
                for phrase in phrases:
                    others[phrase] = (*others.get(phrase, ()), *rest)
                    starts[phrase[0]] = (*starts.get(phrase[0], ()), phrase)
        found = {word: _longest_first(phrases) for word, phrases in starts.items()}
        return cls(others, found, own)

    def phrases_for(self, text: str) -> tuple[str, ...]:
        """Return what else a text as a whole is called, each phrase in dictionary forms."""
        found = (other for phrase in _phrases(text) for other in self.others.get(phrase, ()))
        return tuple(dict.fromkeys(" ".join(phrase) for phrase in found))


@cache
def shipped() -> Synonyms:
    """Return the table that comes with the engine."""
    return Synonyms.of(_shipped_groups())


@lru_cache(8)
def with_own(groups: tuple[tuple[str, ...], ...]) -> Synonyms:
    """Return the table that comes with the engine, and a corpus's own groups beside it."""
    if not groups:
        return shipped()
    own = {
        lemma for group in groups for text in group for phrase in _phrases(text) for lemma in phrase
    }
    return Synonyms.of([*_shipped_groups(), *groups], frozenset(own))


def are_telling(phrases: Sequence[str]) -> bool:
    """Return whether each phrase of a group has a telling word, and not all of them the same."""
    readings = [_phrases(text) for text in phrases]
    return all(readings) and len(set(readings)) > 1


@cache
def _shipped_groups() -> tuple[tuple[str, ...], ...]:
    text = files("index").joinpath("synonyms.toml").read_text(encoding="utf-8")
    return tuple(map(tuple, tomllib.loads(text)["groups"]))


def expand(
    words: Sequence[QuestionWord], model: Snapshot, synonyms: Synonyms
) -> tuple[QuestionWord, ...]:
    """Return the words of a question, those of a known phrase with the terms of its synonyms.

    Every word of the phrase takes them, since «ИИ» says both of «искусственный интеллект»: of each
    other phrase the rarest word that articles have, so that «центр обработки данных» does not
    outweigh «ЦОД» by its length.
    """
    expanded = list(words)
    for start, phrase in _find_phrases(words, synonyms):
        known = [*filter(None, (_rarest(other, model) for other in synonyms.others[phrase]))]
        for place in range(start, start + len(phrase)):
            word = expanded[place]
            terms = tuple(dict.fromkeys((*word.terms, *known)))
            if terms != word.terms:
                weight = min((model.idf(term) for term in terms), default=word.weight)
                expanded[place] = QuestionWord(word.form, word.lemma, terms, weight)
    return tuple(expanded)


def _find_phrases(
    words: Sequence[QuestionWord], synonyms: Synonyms
) -> Iterator[tuple[int, Phrase]]:
    """Yield the phrases of the table in a question with their places, the longest at each."""
    lemmas = tuple(word.lemma for word in words)
    place = 0
    while place < len(lemmas):
        found = next(
            (
                phrase
                for phrase in synonyms.starts.get(lemmas[place], ())
                if lemmas[place : place + len(phrase)] == phrase
            ),
            None,
        )
        if found:
            yield place, found
        place += len(found) if found else 1


def _rarest(phrase: Phrase, model: Snapshot) -> str | None:
    """Return the rarest word of a phrase, None unless articles have all of them."""
    if not all(map(model.document_frequency, phrase)):
        return None
    return max(phrase, key=model.idf)


def _phrases(text: str) -> tuple[Phrase, ...]:
    """Return the lemmas of a phrase in each way that a question may have them.

    A compound («дата-центр») is its whole and its parts, the whole alone, or the parts alone, as
    articles have them.
    """
    tokens = [token for token in tokenize(text) if not is_stop_word(token)]
    spans = [token.span for token in tokens]
    is_whole = [
        any(a != b and b.start >= a.start and b.stop <= a.stop for b in spans) for a in spans
    ]
    is_part = [
        any(a != b and a.start >= b.start and a.stop <= b.stop for b in spans) for a in spans
    ]
    every = tuple(token.lemma for token in tokens)
    wholes = tuple(token.lemma for token, part in zip(tokens, is_part, strict=True) if not part)
    parts = tuple(token.lemma for token, whole in zip(tokens, is_whole, strict=True) if not whole)
    return tuple(dict.fromkeys(filter(None, (every, wholes, parts))))


def _longest_first(phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    return tuple(sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))
