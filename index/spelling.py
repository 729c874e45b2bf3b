"""Questions as they were meant: another keyboard layout, Latin letters, a slip of the finger.

Each function proposes; what an article has is never changed. `Known` says whether a word means
something: whether an article has it, or the dictionary.
"""

import re
from collections.abc import Callable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from index.languages import is_stop_word, lemmas, ru, tokenize
from index.types import Token

Known = Callable[[Token], bool]

#: Shorter words have too many neighbours one letter away to guess at.
LEAST_LETTERS = 4

#: One letter wrong, missing, extra, or two neighbours swapped: four typing slips in five.
#: Source: Damerau 1964.
MOST_EDITS = 1

_QWERTY = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ"
_LAYOUT = str.maketrans(_QWERTY, _RUSSIAN)

#: Letters and groups of letters, the longest first. Source: the passport, library and chat habits
#: of writing Russian in Latin letters; where they differ, what the words of a corpus decide.
_LATIN = (
    *(
        ("tsya", "тся"),
        ("shch", "щ"),
        ("sch", "щ"),
        ("zh", "ж"),
        ("kh", "х"),
        ("ts", "ц"),
        ("ch", "ч"),
        ("sh", "ш"),
    ),
    *(("yu", "ю"), ("iu", "ю"), ("ju", "ю"), ("ya", "я"), ("ja", "я"), ("yo", "ё"), ("jo", "ё")),
    *(("ye", "е"), ("ck", "к"), ("ph", "ф"), ("x", "кс"), ("w", "в")),
    *(("a", "а"), ("b", "б"), ("v", "в"), ("g", "г"), ("d", "д"), ("e", "е"), ("z", "з")),
    *(("i", "и"), ("j", "й"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о")),
    *(("p", "п"), ("q", "к"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("f", "ф")),
    *(("h", "х"), ("c", "ц"), ("y", "ы"), ("'", "ь"), ("ʼ", "ь"), ("’", "ь")),
)
_LATIN_LETTERS = dict(_LATIN)
_LATIN_PART = re.compile("|".join(re.escape(latin) for latin, _ in _LATIN))
#: «y» and «i» close a syllable as й: «morskoy», «noviy», «Azerbaydzhan».
_SHORT_I = re.compile(r"(?<=[аеёиоуыэюя])[иы](?![аеёиоуыэюя])")
_HAS_LATIN = re.compile(r"[A-Za-z]")


def mend(text: str, vocabulary: Mapping[str, int]) -> str:
    """Return the question as it was meant, the text itself when there is nothing to mend.

    `vocabulary` are the words that articles have, each with the number of paragraphs it is in.
    """

    def is_known(token: Token) -> bool:
        return any(lemma in vocabulary for lemma in token.lemmas)

    meant = untangle(text, lambda token: is_known(token) or bool(correct(token, vocabulary)))
    pieces, position = [], 0
    for token in tokenize(meant):
        if token.span.start < position or is_known(token) or is_stop_word(token):
            continue
        correction = correct(token, vocabulary)
        if correction:
            pieces += [meant[position : token.span.start], correction]
            position = token.span.stop
    return "".join((*pieces, meant[position:]))


def untangle(text: str, is_known: Known) -> str:
    """Return the text as it was meant when it was typed in Latin letters for Russian ones.

    Each stretch without a space that no article has as it stands is read in the other keyboard
    layout («[fhnbz»: «хартия») or letter by letter («hartiya»). Where both readings are words, that
    one is taken which makes words of more stretches; where neither is, the stretch stays.
    """
    chunks = text.split()
    foreign = [n for n, chunk in enumerate(chunks) if _is_foreign(chunk, is_known)]
    if not foreign:
        return text
    readings = [{n: read(chunks[n]) for n in foreign} for read in (_from_layout, _from_latin)]
    telling = [{n: w for n, w in reading.items() if _means(w, is_known)} for reading in readings]
    for reading in sorted(telling, key=len):  # the reading that tells more has the last word
        for number, word in reading.items():
            chunks[number] = word
    return " ".join(chunks) if any(telling) else text


def correct(token: Token, vocabulary: Mapping[str, int]) -> str | None:
    """Return what a word that no article has was a slip for, in its form if we can, or None.

    Among words one edit away the most frequent, then the first by alphabet. Short words, numbers
    and words that the dictionary knows are no slips.
    """
    if len(token.form) < LEAST_LETTERS or not token.form.isalpha() or ru.is_known(token.form):
        return None
    found: dict[str, str] = {}
    for typed in dict.fromkeys((*token.lemmas, token.form)):
        for near, _, _ in process.extract(
            typed, list(vocabulary), scorer=OSA.distance, score_cutoff=MOST_EDITS, limit=None
        ):
            found.setdefault(near, typed)
    if not found:
        return None
    best = min(found, key=lambda near: (-vocabulary[near], near))
    mended = _mended(token.form, found[best], best)
    return mended if best in lemmas(mended) else best


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


def _is_foreign(chunk: str, is_known: Known) -> bool:
    """Return whether a stretch is typed in Latin letters and is no word that we know."""
    return bool(_HAS_LATIN.search(chunk)) and not all(map(is_known, tokenize(chunk)))


def _means(chunk: str, is_known: Known) -> bool:
    """Return whether all words of a stretch are known: to the articles, or to the dictionary."""
    tokens = tokenize(chunk)
    return bool(tokens) and all(
        is_known(token) or is_stop_word(token) or ru.is_known(token.form) for token in tokens
    )


def _from_layout(chunk: str) -> str:
    return chunk.translate(_LAYOUT)


def _from_latin(chunk: str) -> str:
    """Return the chunk read letter by letter: «kogda» «когда», «Ozyornoi» «озёрной»."""
    written = _LATIN_PART.sub(lambda part: _LATIN_LETTERS[part[0]], chunk.lower())
    return _SHORT_I.sub("й", written)
