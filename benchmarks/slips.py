"""Questions with one random typing slip each, the same in every run."""

import random
import re

from index.evaluation import GoldQuestion

#: Words that slips are made in: shorter ones are not mended by anything.
_WORD = re.compile(r"[^\W\d_]{4,}")

#: The rows of the keyboard: a wrong letter is a neighbour of the right one.
_ROWS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def mistyped(question: GoldQuestion) -> str:
    """Return the question with a letter of one of its words wrong, missing, doubled or swapped."""
    source = random.Random(question.id)
    words = [*_WORD.finditer(question.text)]
    if not words:
        return question.text
    word = source.choice(words)
    at = source.randrange(word.start(), word.end() - 1)
    one, two = question.text[at : at + 2]
    slip = source.choice((_neighbour(one, source) + two, two, one + one + two, two + one))
    return question.text[:at] + slip + question.text[at + 2 :]


def _neighbour(letter: str, source: random.Random) -> str:
    """Return a letter beside the given one on the keyboard."""
    row = next((row for row in _ROWS if letter.lower() in row), None)
    if row is None:
        return letter
    place = row.index(letter.lower())
    return source.choice([row[n] for n in (place - 1, place + 1) if 0 <= n < len(row)])
