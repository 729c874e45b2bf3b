"""What a text has told so far: its last dates, and the year in which its story plays."""

import re
from bisect import bisect_left
from collections import deque
from enum import Enum

from index.dates.narrated import Narrated, Told, ToldYear, is_fine, other_year
from index.dates.periods import Period
from index.dates.scan import Tokens
from index.types import Precision

#: How far back the date is looked for from which another is counted, in tokens: a paragraph or so.
NARRATED_REACH = 120

_REMEMBERED = 5

#: «Так, в 2016 году», «2016 год:»: what may stand before the year that begins a sentence, or
#: a clause («напомнил, что в 2016 году»).
_OPENING = re.compile(rb"(?P<sentence>^|[.\"])(?:[x&],?){0,2}$|,[x&]{1,2}$")
#: What stands after the date of an entry in a chronicle.
_AFTER_LEADING = re.compile(r"\.?(?: *[.:\n]| +[–—-] |$)|\. ")
_OPENING_TOKENS = 5
_LONGEST_OPENING_WORD = len("затем")
#: «### 2016 год:» has no more marks around its year.
_HEADING_MARKS = 8


def _holds_day(near: list[tuple[int, int, Period]]) -> bool:
    return bool(near) and is_fine(near[-1][2], "e")


class _Scope(Enum):
    """How far a year is the year of what follows it."""

    SENTENCE = "sentence"
    LINE = "line"
    LINES = "lines"


class Story:
    """The dates that a text has named, for those that are counted from them."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._symbols = bytes(tokens.symbols)
        self._lines = [found.start() for found in re.finditer("\n", tokens.text)]
        self._told: deque[tuple[int, int, Period]] = deque(maxlen=_REMEMBERED)
        self._year: tuple[int, int, _Scope] | None = None  # which, after what token, how far
        self._leading: Period | None = None
        self._document: tuple[int, int, Period] | None = None
        self._day: tuple[int, int, Period] | None = None

    def add(self, first: int, last: int, told: Period) -> None:
        """Remember a date that stands at some tokens; apart if of a document («от 12 апреля»)."""
        if self._symbols[first : first + 1] == b"g":
            self._document = (first, last, told)
            return
        self._told.append((first, last, told))
        if told.precision is Precision.DAY:
            self._day = (first, last, told)
        day = told.first or told.last
        if day is None:
            return
        if self._leads(first, last):
            self._leading = told
        scope = self._scope(first, last, told)
        if scope is not None:
            self._year = (day.year, last, scope)
        elif self._year is not None and day.year != self._year[0]:
            self._year = None

    def _scope(self, first: int, last: int, told: Period) -> "_Scope | None":
        """Return how far a year that was told is the year of what follows."""
        is_year = told.precision is Precision.YEAR and not told.is_relative
        if not is_year or told.is_approximate or not told.first or not told.last:
            return None
        is_sentence = self._begins(first)
        if is_sentence and self._symbols[last + 1 : last + 2] in {b"", b"."}:
            return _Scope.LINES if self._is_line(first, last) else _Scope.LINE
        if is_sentence is None or self._symbols[first : first + 1] != b"v":
            return None
        return _Scope.LINE if is_sentence else _Scope.SENTENCE

    def before(self, place: int, last: int, when: object) -> Told | None:
        """Return the date that one at some tokens is counted from: the last that was told.

        Not what the one before it is compared with: «5 % в мае, 6 % в мае прошлого года; годом
        ранее».
        """
        near = [each for each in self._told if place - each[1] <= NARRATED_REACH]
        if isinstance(when, Narrated) and when.unit in "ewdD":
            while len(near) > 1 and not is_fine(near[-1][2], when.unit):
                near.pop()  # «5 мая … план на 2027 год. На следующий день»
            if when.unit == "e" and when.today is None and not _holds_day(near) and self._day:
                near = [self._day]  # «в тот же день», paragraphs later
            if self._symbols[place : place + 1] == b"g" and self._document is not None:
                near = [self._document]  # «от 12 января …, от 19-го»
        leading = self._leading if self._leads(place, last) else None
        if not near:
            return Told(leading, is_beside=False, leading=leading) if leading else None
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
            leading=leading,
        )

    def _year_at(self, place: int) -> ToldYear | None:
        """Return the year in which the story plays at a token."""
        if self._year is None:
            return None
        year, at, scope = self._year
        is_beside = self._is_beside(at, place)
        if scope is _Scope.SENTENCE and not is_beside:
            return None
        if scope is not _Scope.LINES and self._line(at) != self._line(place):
            return None
        return ToldYear(year, is_beside)

    def _leads(self, first: int, last: int) -> bool:
        """Return whether a date begins its line as in a chronicle: «8 июня. …», «8 июня — …»."""
        is_first = first == 0 or self._line(first - 1) != self._line(first)
        is_first = is_first or self._tokens.text[self._tokens.starts[first - 1]] == "\n"
        stop = self._tokens.stops[last]
        return is_first and _AFTER_LEADING.match(self._tokens.text, stop) is not None

    def _is_beside(self, at: int, place: int) -> bool:
        """Return whether two tokens, not too far apart, stand in one sentence."""
        if place - at > NARRATED_REACH:
            return False
        return self._symbols.find(b".", at, place) < 0

    def _begins(self, first: int) -> bool | None:
        """Return whether a date begins its sentence, False for a clause; None for neither.

        But for words like «так», «затем».
        """
        found = _OPENING.search(self._symbols, max(0, first - _OPENING_TOKENS), first)
        words = range(found.start(), first) if found else ()
        if found is None or any(len(self._tokens.word(at)) > _LONGEST_OPENING_WORD for at in words):
            return None
        return found["sentence"] is not None

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
