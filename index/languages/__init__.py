"""Words: where they are in a text and which dictionary forms they may have.

The script of a word decides its language: Cyrillic is read as Russian, Latin with one of the
Azerbaijani letters as Azerbaijani, other Latin as English; numbers stay as they are. So one text
may mix them freely, and a question is read exactly as an article is.

Adding a language: a module beside this one, and its lines in `_lemmas` and `STOP_WORDS`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from index.languages import az, en, ru
from index.types import Language, Span, Token

_MARKS = "\u0300-\u036f"  # combining marks: decomposed letters and stress signs
_HYPHENS = "\u002d\u2010\u2011\u2012\u2013\u2212"
_APOSTROPHES = "\u0027\u2019\u02bc"
_SPACES = "\u0020\u00a0\u2009\u202f"
_ATOM = rf"[^\W_](?:[^\W_]|[{_MARKS}])*"

_NUMBER = re.compile(
    rf"\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?:[.,]\d+)?(?![^\W_])"  # 2 000, thousands set apart
    r"|\d+(?:[.,]\d+)+(?![^\W_])"  # 12,5 and 01.02.2026
)
_WORD = re.compile(rf"{_ATOM}(?:[{_HYPHENS}{_APOSTROPHES}]{_ATOM})*")
_TOKEN = re.compile(rf"(?<![^\W_])(?P<number>{_NUMBER.pattern})|(?P<word>{_WORD.pattern})")
_PART = re.compile(_ATOM)
_DIGITS = re.compile(r"\d+")
_ENDING = re.compile(r"[а-яё]{1,3}")  # of an ordinal: 21-го, 5-й, 90-е
_CYRILLIC = re.compile("[а-яё]")
_STRESS = re.compile("[\u0300\u0301]")  # what NFC leaves of it: Cyrillic has no letters with it
_ONE_SIGN = str.maketrans({**dict.fromkeys("‐‑‒–−", "-"), **dict.fromkeys("’ʼ", "'")})

STOP_WORDS = ru.STOP_WORDS | en.STOP_WORDS | az.STOP_WORDS

#: Word forms kept with their lemmas. 50 000 hold the vocabulary of a large corpus of news; ten
#: thousand are pushed out again and again by real text. A form costs about 300 bytes.
CACHED_FORMS = 100_000

#: Questions whose words are kept while they are answered.
KEPT_TEXTS = 64

#: Words kept as they are written, with their forms: the common ones of questions and passages.
CACHED_WORDS = 20_000

#: In Azerbaijani prose about a fifth of the letters are its own; one in twenty tells it from
#: English, which borrows a ç or an ü now and then.
_AZ_LETTER_SHARE = 20


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the words and numbers of `text`, in text order.

    A hyphenated word comes whole and then in its parts («дата-центр», «дата», «центр»), a decimal
    likewise, so their spans overlap. «2 000» is one token, 2000; an ordinal («21-го») is its
    number. Takes time linear in the length of `text`. Never raises.
    """
    return tuple(_tokens(text))


@lru_cache(KEPT_TEXTS)
def read_words(text: str) -> tuple[Token, ...]:
    """Return `tokenize(text)`, at once for a text that was just read: a question is read thrice."""
    return tokenize(text)


def lemmas(word: str) -> tuple[str, ...]:
    """Return the plausible dictionary forms of one word, the likeliest first; never empty."""
    return _lemmas(fold(word), word.isupper())


def fold(word: str) -> str:
    """Return `word` as it is compared: NFC, lower case, ё as е, no stress signs, one hyphen."""
    word = _STRESS.sub("", unicodedata.normalize("NFC", word))
    return az.lower(word).replace("ё", "е").translate(_ONE_SIGN)


def is_stop_word(token: Token) -> bool:
    """Return whether the word says nothing by itself: prepositions, «который», «когда»."""
    return token.form in STOP_WORDS or token.lemma in STOP_WORDS


def group_compounds(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Yield each telling word with the parts that lie within it; those of stop words are none."""
    compound: list[Token] = []
    for token in tokens:
        if compound and token.span.overlaps(compound[0].span):
            compound.append(token)
            continue
        if compound:
            yield compound
        compound = [] if is_stop_word(token) else [token]
    if compound:
        yield compound


def detect_language(text: str) -> Language:
    """Return the language most words of `text` are written in; Russian when it has none."""
    words = [word for word in _PART.findall(text) if not word[0].isdigit()]
    cyrillic = sum(1 for word in words if _CYRILLIC.search(word.lower()))
    if cyrillic * 2 >= len(words):
        return Language.RU
    letters = sum(map(len, words))
    special = sum(char in az.LETTERS for char in text)
    return Language.AZ if special * _AZ_LETTER_SHARE >= letters else Language.EN


def _tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "number":
            yield from _number_tokens(match)
        elif (word := match[0]).isalnum():  # the most are: neither a compound nor with signs
            yield _token(match.span(), word)
        else:
            yield from _word_tokens(match)


def _number_tokens(match: re.Match[str]) -> Iterator[Token]:
    """Yield the number whole, thousands joined, then each part of a decimal or a dotted date."""
    whole = "".join(char for char in match[0] if char not in _SPACES)
    yield _token(match.span(), whole.replace(",", "."))
    if "." in whole or "," in whole:
        for part in _DIGITS.finditer(match[0]):
            yield _token((match.start() + part.start(), match.start() + part.end()), part[0])


def _word_tokens(match: re.Match[str]) -> Iterator[Token]:
    """Yield a word whole and, when it is a compound, its parts."""
    parts = [*_PART.finditer(match[0])]
    if len(parts) == 1:
        yield _token(match.span(), match[0])
        return
    if len(parts) == 2 and parts[0][0].isdigit() and _ENDING.fullmatch(parts[1][0].lower()):
        yield _token((match.start(), match.start() + parts[0].end()), parts[0][0])
        return
    yield _token(match.span(), match[0])
    for part in parts:
        if len(part[0]) > 1 or part[0].isdigit():  # a lone letter is an ending: charter's, д'Эстен
            yield _token((match.start() + part.start(), match.start() + part.end()), part[0])


def _token(span: tuple[int, int], word: str) -> Token:
    return Token(Span(*span), *_read(word))


@lru_cache(CACHED_WORDS)
def _read(word: str) -> tuple[str, tuple[str, ...]]:
    """Return a word as it is compared, and its lemmas."""
    form = fold(word)
    return form, _lemmas(form, word.isupper())


@lru_cache(CACHED_FORMS)
def _lemmas(form: str, is_upper: bool) -> tuple[str, ...]:
    """Return the lemmas of a folded form; capitals throughout speak for an abbreviation."""
    if _CYRILLIC.search(form):
        return ru.lemmas(form, is_upper=is_upper)
    if not form.isascii():
        return az.lemmas(form)
    return en.lemmas(form) if form.isalpha() or "'" in form else (form,)
