"""Whether somebody speaks for himself: «я», «мы», a verb in the first person."""

import re

from index.languages.ru import readings
from index.quotes.frame import Frame

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")

#: Words and forms of somebody who speaks for himself; the author of news has none of them.
_FIRST_PERSON = frozenset(
    "я мы меня мне мной нас нам нами мой моя мое мои моего моей моих наш наша наше наши нашего "
    "нашей наших нашему нашим нашими нашу мою моим".split()
)


def words_of_line(frame: Frame, number: int) -> list[str]:
    """Return the first words of a paragraph in lower case."""
    line = frame.lines[number]
    return [m[0].lower() for m in _WORD.finditer(line.of(frame.masked)[:1500])]


def speaks_for_himself(words: list[str]) -> bool:
    """Return whether words in lower case are of somebody who says «I» or «we»."""
    return any(word in _FIRST_PERSON or is_first_person(word) for word in words)


def is_first_person(word: str) -> bool:
    """Return whether the word is a verb in the first person."""
    first = readings(word)[0]
    return first.is_known and "VERB" in first.grammemes and "1per" in first.grammemes
