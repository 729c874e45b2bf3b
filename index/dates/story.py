"""What a text has told so far: its last dates, and the year in which its story plays."""

import re
from bisect import bisect_left
from collections import deque

from index.dates.narrated import Narrated, Told, ToldYear, other_year
from index.dates.periods import Period
from index.dates.scan import Tokens
from index.types import Precision

#: How far back the date is looked for from which another is counted, in tokens: a paragraph or so.
NARRATED_REACH = 120

_REMEMBERED = 5

#: «Так, в 2016 году», «2016 год:»: what may stand before the year that begins a sentence.
_OPENING = re.compile(rb"(?:^|[.\"])(?:[x&],?){0,2}$")
_OPENING_TOKENS = 5
_LONGEST_OPENING_WORD = len("затем")
#: «### 2016 год:» has no more marks around its year.
_HEADING_MARKS = 8


class Story:
    """The dates that a text has named, for those that are counted from them."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._symbols = bytes(tokens.symbols)
        self._lines = [found.start() for found in re.finditer("\n", tokens.text)]
        self._told: deque[tuple[int, int, Period]] = deque(maxlen=_REMEMBERED)
        self._year: tuple[int, int, bool] | None = None  # which, after what token, for how long

    def add(self, first: int, last: int, told: Period) -> None:
        """Remember a date that stands at some tokens."""
        self._told.append((first, last, told))
        day = told.first or told.last
        if day is None:
            return
        is_year = (
            told.precision is Precision.YEAR and not told.is_relative and not told.is_approximate
        )
        if is_year and told.first and told.last and self._begins(first):
            is_heading = self._symbols[last + 1 : last + 2] in {b"", b"."}
            if is_heading or self._symbols[first : first + 1] == b"v":
                self._year = (day.year, last, is_heading and self._is_line(first, last))
                return
        if self._year is not None and day.year != self._year[0]:
            self._year = None

    def before(self, place: int, when: object) -> Told | None:
        """Return the date that one at a token is counted from: the last that was told.

        Not what the one before it is compared with: «5 % в мае, 6 % в мае прошлого года; годом
        ранее».
        """
        near = [each for each in self._told if place - each[1] <= NARRATED_REACH]
        if not near:
            return None
        start, at, told = near[-1]
        if isinstance(when, Narrated) and when.keeps_part and len(near) > 1:
            one = near[-2][2]
            before = other_year(one, one.first, one.last, -1) if one.first and one.last else None
            if before and (before.first, before.last) == (told.first, told.last):
                told = one
        return Told(
            told,
            is_beside=self._is_beside(at, place),
            is_next=self._symbols[at + 1 : place] in {b"", b","},
            is_when=self._symbols[start : start + 1] == b"v",
            is_of_line=self._line(at) == self._line(place),
            year=self._year_at(place),
        )

    def _year_at(self, place: int) -> ToldYear | None:
        """Return the year in which the story plays at a token."""
        if self._year is None:
            return None
        year, at, is_heading = self._year
        if not is_heading and self._line(at) != self._line(place):
            return None
        return ToldYear(year, self._is_beside(at, place))

    def _is_beside(self, at: int, place: int) -> bool:
        """Return whether two tokens, not too far apart, stand in one sentence."""
        if place - at > NARRATED_REACH:
            return False
        return self._symbols.find(b".", at, place) < 0

    def _begins(self, first: int) -> bool:
        """Return whether a date begins its sentence, but for words like «так», «затем»."""
        found = _OPENING.search(self._symbols, max(0, first - _OPENING_TOKENS), first)
        words = range(found.start(), first) if found else ()
        return found is not None and all(
            len(self._tokens.word(at)) <= _LONGEST_OPENING_WORD for at in words
        )

    def _is_line(self, first: int, last: int) -> bool:
        """Return whether the tokens are all of their line: a heading."""
        line, text = self._line(first), self._tokens.text
        start = self._lines[line - 1] + 1 if line else 0
        stop = self._lines[line] if line < len(self._lines) else len(text)
        around = text[start : self._tokens.starts[first]] + text[self._tokens.stops[last] : stop]
        return len(around) <= _HEADING_MARKS and not any(char.isalnum() for char in around)

    def _line(self, place: int) -> int:
        """Return the number of the line a token stands in."""
        return bisect_left(self._lines, self._tokens.starts[place])
