"""Words around a place of a text, without reading the whole text.

Everything here looks at a bounded stretch, so that calling it at every name stays linear.
"""

import re

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")

#: How far a phrase around a name may reach: the longest official titles are shorter.
_REACH = 200

#: How much of that is read first for so many words: names come in lists of thousands.
_FIRST_CHARS, _CHARS_A_WORD = 20, 8

_SENTENCE_STOP = ".!?…\n\r\u2028\u2029"
_OPENING = " \u00a0\t«„“\"'(–—-•*"


def is_sentence_start(text: str, start: int) -> bool:
    """Return whether nothing but marks and dashes stands between `start` and the sentence's start.

    A full stop before counts as an end, so the word after an abbreviation may be taken for a start.
    """
    at = start - 1
    while at >= 0 and start - at < _REACH and text[at] in _OPENING:
        at -= 1
    return at < 0 or text[at] in _SENTENCE_STOP or text[at] == ":"


def left_words(text: str, start: int, limit: int) -> list[tuple[int, str]]:
    """Return up to `limit` words before `start` in its clause, the nearest first, with positions.

    A clause ends at a full stop, comma, colon, dash with spaces, bracket or line break; words in
    marks belong to it.
    """
    floor = max(0, start - _REACH)
    near = max(floor, start - _FIRST_CHARS - limit * _CHARS_A_WORD)
    found, is_whole = _clause_words(text, near, start)
    if near > floor and not is_whole and len(found) <= limit:  # the last may be half a word
        found, _ = _clause_words(text, floor, start)
    return found[:limit]


def _clause_words(text: str, floor: int, start: int) -> tuple[list[tuple[int, str]], bool]:
    """Return the words between in the clause of `start`, nearest first, and if it begins there."""
    cut = -1
    for stop in _CLAUSE_STOP.finditer(text, floor, start):
        cut = stop.end()
    words = _WORD.finditer(text, max(cut, floor), start)
    return [(word.start(), word[0]) for word in words][::-1], cut >= 0


_CLAUSE_STOP = re.compile(r"[!?…;:,()\n\r]|(?<![\s.][А-ЯЁа-яёA-Z])\.|\s[-–—−]\s|»,")
