"""A question becomes weighted words, and words become ranked paragraphs.

What a passage's bag of terms is, and what a question's, is decided here and nowhere else.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.bm25 import Field, Snapshot
from index.courtesy import find_asked
from index.languages import group_compounds, is_stop_word, read_words
from index.numerals import with_other_numbers
from index.synonyms import Synonyms, expand, shipped
from index.transcription import find_otherwise
from index.types import Question, QuestionWord, Token

#: How often the title's words are counted in each paragraph of the article. Source: +6 points of
#: R@1 on corpora with headings, docs/benchmarks.md.
TITLE_WEIGHT = 3

#: A question's distinct words beyond this are ignored: nobody asks so much at once, and the time
#: of a search grows with each. Source: docs/reliability.md, limits.
MOST_WORDS = 64


#: The letters that words of one root mostly share («энергетика», «энергетический»).
PREFIX_LETTERS = 5

#: What ends the terms that are first letters. No lemma has it, so both are kept in one index; the
#: length of a paragraph counts lemmas alone, so first letters weigh what they would weigh apart.
START_MARK = "*"

#: Lemmas whose first letters are at hand: each word of a text would make a string of its own.
CACHED_STARTS = 20_000

#: What first letters weigh beside lemmas. Source: docs/benchmarks.md;
#: anything from a quarter to one does about as well.
PREFIX_WEIGHT = 0.5


#: What sharing the first letters is worth beside sharing the lemma, where words are compared.
PREFIX_SHARE = 0.5


_YEAR, _YEAR_NUMBER = "год", re.compile(r"(?:1[89]|20)\d\d")
_PERCENT = "процент"


def passage_bag(
    terms: Sequence[Sequence[str]], title_terms: Sequence[Sequence[str]]
) -> tuple[str, ...]:
    """Return what a paragraph is found by: every plausible lemma of its words and of its title."""
    words = [lemma for lemmas in terms for lemma in lemmas]
    title = [lemma for lemmas in title_terms for lemma in lemmas]
    return (*words, *title * TITLE_WEIGHT)


@lru_cache(CACHED_STARTS)
def start_of(lemma: str) -> str:
    """Return the first letters of a lemma as the term they are kept as.

    A shorter lemma stands for its own: no other has the same.
    """
    return lemma[:PREFIX_LETTERS] + START_MARK if len(lemma) >= PREFIX_LETTERS else lemma


def with_starts(bag: Sequence[str]) -> tuple[str, ...]:
    """Return the terms of a paragraph: what it is found by, and the first letters of each.

    Of short lemmas that would be the same documents, as often: some four in ten postings.
    """
    return (*bag, *(start_of(lemma) for lemma in bag if len(lemma) >= PREFIX_LETTERS))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as one state of an index is asked it.

    `field` is what is searched: the lemmas, then their different first letters. By word of the
    question `starts` has the place of its own first letters among these, and `alike` the numbers of
    those of the word and its synonyms.
    """

    question: Question
    field: Field
    starts: Sequence[int]
    alike: Sequence[Collection[int]]


def prepare(question: Question, model: Snapshot) -> Asked:
    """Return the question as `model` is asked it, first letters at `PREFIX_WEIGHT`."""
    places: dict[str, int] = {}
    starts, alike = [], []
    for word in question.words:
        starts.append(places.setdefault(start_of(word.lemma), len(places)))
        found = map(model.find, map(start_of, word.terms or (word.lemma,)))
        alike.append({term.number for term in found if term})
    weights = [1.0] * len(question.terms) + [PREFIX_WEIGHT] * len(places)
    field = Field(model, (*question.terms, *places), weights=weights)
    return Asked(question, field, starts, alike)


def read_question(text: str, model: Snapshot, synonyms: Synonyms | None = None) -> Question:
    """Return the question's telling words, each once, in order, with their weights in `model`.

    Words of a phrase that `synonyms` has (the table that comes with the engine if None) stand for
    its synonyms too.

    Of a compound («дата-центр») the whole and the parts are words of their own when articles have
    the whole, else the parts are, else the whole is a missing word. A question of stop words alone
    («что это?») has no words; a greeting before it and thanks after it are none of its words.
    """
    words: dict[str, QuestionWord] = {}
    for compound in group_compounds(_asked_tokens(text, model)):
        for word in _known_words(compound, model):
            words.setdefault(word.lemma, word)
    known = tuple(words.values())[:MOST_WORDS]
    expanded = expand(known, model, synonyms or shipped())
    return Question(text, with_other_numbers(expanded, model))


def _asked_tokens(text: str, model: Snapshot) -> list[Token]:
    """Return the words of a text that are asked for: no courtesies, no «год» after its number.

    Nor initials, and «процент», where articles do not have them: they write «%».
    """
    asked = find_asked(text)
    tokens = [token for token in read_words(text) if token.span.overlaps(asked)]
    kept: list[Token] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.lemma == _YEAR and before is not None and _YEAR_NUMBER.fullmatch(before.form):
            continue
        is_bare = token.lemma == _PERCENT or (len(token.form) == 1 and token.form.isalpha())
        if not is_bare or any(map(model.document_frequency, token.lemmas)):
            kept.append(token)
    return kept


def _known_words(compound: list[Token], model: Snapshot) -> list[QuestionWord]:
    """Return the words of a compound that articles have, or the whole as a missing one."""
    words = [_question_word(token, model) for token in compound if not is_stop_word(token)]
    whole, *parts = words
    if not parts or not whole.is_missing:
        return words
    return parts if any(not part.is_missing for part in parts) else [whole]


def _question_word(token: Token, model: Snapshot) -> QuestionWord:
    """Return the word with the likeliest of its lemmas that the index has."""
    known = next((lemma for lemma in token.lemmas if model.document_frequency(lemma)), None)
    if known is None:
        # «полив» is taken for a form of «полить» first; articles may have «поливать».
        starts = (each for each in token.lemmas if model.document_frequency(start_of(each)))
        lemma = next(starts, token.lemma)
        return QuestionWord(token.form, lemma, (), model.idf(lemma))
    if others := find_otherwise(token, model.document_frequency):
        terms = (known, *others)
        return QuestionWord(token.form, known, terms, min(map(model.idf, terms)))
    return QuestionWord(token.form, known, (known,), model.idf(known))
