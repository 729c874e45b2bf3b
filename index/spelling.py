"""Questions as they were meant: another keyboard layout, Latin letters, a slip of the finger.

Each function proposes; what an article has is never changed. A word is known when an article has
it; one that only the dictionary has is no slip.
"""

import re
from collections.abc import Callable, Collection, Iterator
from itertools import pairwise
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from index.languages import STOP_WORDS, az, en, is_stop_word, lemmas, read_words, ru, tokenize
from index.letters import (
    Means,
    in_latin,
    in_latin_without_signs,
    in_layout,
    untangle,
)
from index.numerals import reword_numbers
from index.transcription import spell_in_latin
from index.types import Token


class Vocabulary(Protocol):
    """The words that articles have."""

    def __contains__(self, word: str, /) -> bool:
        """Return whether articles have a word."""
        ...

    def count(self, word: str, /) -> int:
        """Return in how many paragraphs a word is, 0 for one that articles do not have."""
        ...

    def near(self, typed: str, /) -> Collection[str]:
        """Return words among which all those of articles are that are one edit away."""
        ...


#: Shorter words have too many neighbours one letter away to guess at.
LEAST_LETTERS = 4

#: One letter wrong, missing, extra, or two neighbours swapped: four typing slips in five.
#: Source: Damerau 1964.
MOST_EDITS = 1

#: A unit written to its number: «60га», «2,3млн».
_GLUED = re.compile(
    r"(\d)(га|км|м|см|кг|т|тыс|млн|млрд|руб|квт|мвт|гвт|лет|год[а-я]*|дн[а-я]*|час[а-я]*)\b",
    re.IGNORECASE,
)

_ALPHABET = "абвгдежзийклмнопрстуфхцчшщъыьэюя"

#: «М4», «М-4», «G20».
_LETTERS_DIGITS = re.compile(r"\b([^\W\d_]{1,5})(-?)(\d{1,4})\b")

#: Little words by which a language of Latin letters is told.
_FOREIGN = frozenset(word for word in en.STOP_WORDS | az.STOP_WORDS if len(word) > 1)


#: Endings that sound alike and are written one for another.
_ENDINGS = (("ться", "тся"), ("тся", "ться"), ("ца", "тся"), ("ца", "ться"))


def mend(text: str, vocabulary: Vocabulary) -> str:
    """Return the question as it was meant, the text itself when there is nothing to mend."""
    if all(_is_told(token, vocabulary) for token in read_words(text)):
        return text
    meant = _GLUED.sub(r"\1 \2", _untangled(text, vocabulary))
    meant = reword_numbers(_hyphenated(meant, vocabulary), vocabulary.__contains__)
    meant = _joined(meant, vocabulary)
    pieces, position = [], 0
    corrections: dict[str, str | None] = {}  # a word said twice is looked up once
    for token in tokenize(meant):
        if token.span.start < position or _is_told(token, vocabulary):
            continue
        if token.form not in corrections:
            corrections[token.form] = correct(token, vocabulary)
        if correction := corrections[token.form]:
            pieces += [meant[position : token.span.start], correction]
            position = token.span.stop
    return "".join((*pieces, meant[position:]))


def _untangled(text: str, vocabulary: Vocabulary) -> str:
    """Return the text in the letters it was meant in.

    What articles have goes before what is a slip away from it, and that before the dictionary.
    """

    def all_of(is_meant: Callable[[Token, Vocabulary], bool]) -> Means:
        def means(chunk: str) -> bool:
            tokens = tokenize(chunk)
            return bool(tokens) and all(is_meant(token, vocabulary) for token in tokens)

        return means

    def is_strange(chunk: str) -> bool:
        return not any(_is_word(token, vocabulary) for token in tokenize(chunk))

    of_articles = (
        ((in_layout, in_latin), all_of(_is_told)),
        ((in_latin_without_signs,), all_of(_is_told)),
    )
    if _is_foreign(text):
        return untangle(text, is_strange, of_articles)
    near = ((in_layout, in_latin), all_of(_is_near))
    meant = untangle(text, is_strange, (*of_articles, near))
    # What is in no article may be Russian in Latin letters where the rest is: «charter» is not.
    ways = (in_layout,) if meant == text else (in_layout, in_latin)
    return untangle(meant, is_strange, ((ways, all_of(_is_word)),))


def _is_foreign(text: str) -> bool:
    """Return whether a text is in a language of Latin letters, by the little words of it."""
    return any(
        token.form in _FOREIGN and not any(map(_is_stop_form, in_latin(token.form)))
        for token in read_words(text)
    )


def _is_stop_form(form: str) -> bool:
    return form in ru.STOP_WORDS


def _hyphenated(text: str, vocabulary: Vocabulary) -> str:
    """Return the text with letters and digits put together as articles have them: «м4», «М-4»."""

    def put(match: re.Match[str]) -> str:
        letters, hyphen, digits = match.groups()
        other = f"{letters}{'' if hyphen else '-'}{digits}"
        forms = [tokenize(each)[0].form for each in (match[0], other)]
        return other if forms[0] not in vocabulary and forms[1] in vocabulary else match[0]

    return _LETTERS_DIGITS.sub(put, text)


def _joined(text: str, vocabulary: Vocabulary) -> str:
    """Return the text with words joined that articles have in one: «видео связь»."""
    tokens = [token for token in tokenize(text) if token.form.isalpha()]
    joined, position = [], 0
    for first, second in pairwise(tokens):
        if first.span.start < position or text[first.span.stop : second.span.start] != " ":
            continue
        if is_stop_word(first) or all(_is_told(token, vocabulary) for token in (first, second)):
            continue
        word = first.span.of(text) + second.span.of(text)
        if all(_is_known(token, vocabulary) for token in tokenize(word)):
            joined += [text[position : first.span.start], word]
            position = second.span.stop
    return "".join((*joined, text[position:]))


def correct(token: Token, vocabulary: Vocabulary) -> str | None:
    """Return what a word that no article has was a slip for, in its form if we can, or None.

    A name that articles have in Latin letters, then among words one edit away the most frequent,
    then the first by alphabet. Short words, numbers and words that the dictionary knows are no
    slips.
    """
    if len(token.form) < LEAST_LETTERS or not token.form.isalpha():
        return None
    if written := _in_latin_letters(token, vocabulary):
        return written
    if ru.is_known(token.form):
        return None
    found: dict[str, str] = {}
    for typed in dict.fromkeys((*token.lemmas, token.form)):
        for near, _, _ in process.extract(
            typed, vocabulary.near(typed), scorer=OSA.distance, score_cutoff=MOST_EDITS, limit=None
        ):
            if near in vocabulary and near not in STOP_WORDS:  # «four» is not «our»
                found.setdefault(near, typed)
    if not found:
        return _correct_form(token.form, vocabulary)
    best = min(found, key=lambda near: (-vocabulary.count(near), near))
    mended = _mended(token.form, found[best], best)
    return mended if best in lemmas(mended) else best


def _in_latin_letters(token: Token, vocabulary: Vocabulary) -> str | None:
    """Return a Russian word as articles have it in Latin letters, in any case, or None."""
    spellings = spell_in_latin(token.form, token.lemmas)
    known = (text for text, terms in spellings if any(term in vocabulary for term in terms))
    return next(known, None)


def _correct_form(form: str, vocabulary: Vocabulary) -> str | None:
    """Return the form of a word of the articles one edit away, by the dictionary, or None.

    A slip may leave a form whose dictionary form cannot be guessed: «граинце» for «границе».
    """
    found: dict[str, int] = {}
    for near in filter(ru.is_known, _near_forms(form)):
        count = max(vocabulary.count(lemma) for lemma in lemmas(near))
        if count:
            found[near] = count
    return min(found, key=lambda near: (-found[near], near), default=None)


def _near_forms(form: str) -> Iterator[str]:
    """Yield what is one edit away, and what ends in letters that sound alike."""
    for written, meant in _ENDINGS:
        if form.endswith(written):
            yield form.removesuffix(written) + meant
    for at in range(len(form) + 1):
        head, tail = form[:at], form[at:]
        yield from (head + letter + tail for letter in _ALPHABET)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _ALPHABET)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def _mended(form: str, typed: str, near: str) -> str:
    """Return the typed form with the edit that turns its lemma into the word of the index.

    Where the edit is in an ending that form and lemma do not share, the word of the index.
    """
    edits = list(Levenshtein.editops(typed, near))
    if any(form[: edit.src_pos + 1] != typed[: edit.src_pos + 1] for edit in edits):
        return near
    mended = list(form)
    for edit in reversed(edits):
        if edit.tag == "insert":
            mended.insert(edit.src_pos, near[edit.dest_pos])
        elif edit.tag == "delete":
            del mended[edit.src_pos]
        else:
            mended[edit.src_pos] = near[edit.dest_pos]
    return "".join(mended)


def _is_known(token: Token, vocabulary: Vocabulary) -> bool:
    return any(lemma in vocabulary for lemma in token.lemmas)


def _is_told(token: Token, vocabulary: Vocabulary) -> bool:
    """Return whether a word is known to the articles, or tells nothing."""
    return _is_known(token, vocabulary) or is_stop_word(token)


def _is_near(token: Token, vocabulary: Vocabulary) -> bool:
    """Return whether a word is known to the articles, or a slip away from one that is."""
    return _is_told(token, vocabulary) or correct(token, vocabulary) is not None


def _is_word(token: Token, vocabulary: Vocabulary) -> bool:
    """Return whether a word is known to the articles, or to the dictionary."""
    return _is_told(token, vocabulary) or ru.is_known(token.form)
