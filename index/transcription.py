"""Names in the other alphabet: articles may have «Масдар» in one place and Masdar in another.

What a dictionary has is no name unless it says so: `port` is not taken for «порт».
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from index.languages import lemmas, ru
from index.letters import in_latin, in_latin_letters
from index.types import Token

#: Shorter words are written alike by chance.
LEAST_LETTERS = 4

#: Words whose spellings are at hand: a question is read in several steps, and names come back.
CACHED_NAMES = 10_000

_RUSSIAN = re.compile("[а-я]+")
_LATIN = re.compile("[a-z]+")
_CASE = re.compile("(?:ом|ой|а|у|е|и|ы)$")


def find_otherwise(token: Token, knows: Callable[[str], object]) -> tuple[str, ...]:
    """Return the terms that a name is in the letters of the other alphabet, of those known."""
    terms = _terms_otherwise(token.form)
    return tuple(filter(knows, terms)) if terms else ()


@lru_cache(CACHED_NAMES)
def spell_in_latin(form: str, forms: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return how a Russian word may be written in Latin letters, in any case, with the lemmas."""
    if not _RUSSIAN.fullmatch(form):
        return ()
    stems = dict.fromkeys((form, *forms, _CASE.sub("", form)))
    spellings = dict.fromkeys(each for stem in stems for each in in_latin_letters(stem))
    return tuple((written, lemmas(written)) for written in spellings)


@lru_cache(CACHED_NAMES)
def _terms_otherwise(form: str) -> tuple[str, ...]:
    if len(form) < LEAST_LETTERS or not _may_be_name(form):
        return ()
    found = _russian_terms(form) if _LATIN.fullmatch(form) else _latin_terms(form)
    return tuple(dict.fromkeys(found))


def _latin_terms(form: str) -> Iterator[str]:
    for _, terms in spell_in_latin(form, lemmas(form)):
        yield from terms


def _russian_terms(form: str) -> Iterator[str]:
    for reading in in_latin(form):
        if _may_be_name(reading):
            yield from lemmas(reading)


def _may_be_name(form: str) -> bool:
    """Return whether a word is a name by the dictionary, or it does not know the word."""
    return not ru.is_known(form) or ru.is_name(form)
