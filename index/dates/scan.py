"""The text as a row of symbols, one a token, which the rules of a language match.

    d day number  o its ordinal  Y year  D decade  n other number  N full numeric date  t time
    i day and month in figures, or a decimal
    x any other word   - dash   , ( ) / themselves   . end of a sentence   " quotation mark

A language adds its own letters for its words: months, weekdays, units, prepositions.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

Lexicon = Mapping[str, tuple[str, int]]

#: Reads a number's ending: «21-го» → ("o", 21), «90-е» → ("D", 1990); None is no date's ending.
Ordinal = Callable[[int, str], tuple[str, int] | None]

_DASHES = "-‐‑‒–—−―"
_TOKEN = re.compile(
    r"(?P<numeric>(?P<day>[0-9]{1,2})[./](?P<month>[0-9]{1,2})[./](?P<year>[0-9]{4}|[0-9]{2})(?!(?!г\b)[\w/]|\.[0-9])"
    r"|(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})(?!\w))"
    r"|(?P<short_day>[0-9]{1,2})\.(?P<short_month>0[1-9]|1[0-2])(?![\w%]|[.,:][0-9]|\s?%)"
    r"|(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?![0-9])"
    r"|(?P<quantity>[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?![0-9])|[0-9]+(?:[.,][0-9]+)+)"
    r"|(?P<number>[0-9]+)(?:[-‐‑–'’]?(?P<ending>[^\W\d_]{1,5})(?![^\W_]))?"
    r"|(?P<short>[^\W\d_]\. ?[^\W\d_]\.)"  # с. г.
    r"|(?P<word>\w+)"
    r"|(?P<line>\n)"
    r"|(?P<mark>[^\w\s])"
)
_MARKS = {
    **dict.fromkeys(_DASHES, "-"),
    **{char: char for char in ",()/"},
    **dict.fromkeys(".!?…;", "."),
    **dict.fromkeys('«»“”„"', '"'),
}
_FIRST_YEAR, _LAST_YEAR = 1000, 2199
_LAST_DAY = 31
_CENTURY_PIVOT = 70  # 12.06.69 is 2069, 12.06.70 is 1970, as POSIX has it (near enough: 69)
_ONE_LETTER = str.maketrans("ёЁıİ", "ееii")
_MONEY_SIGNS = "$€£₽№#"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: `symbols[i]` stands for `text[starts[i]:stops[i]]`."""

    text: str
    symbols: bytearray
    starts: list[int]
    stops: list[int]
    values: list[int]

    def word(self, index: int) -> str:
        """Return a token in lower case with ё as е."""
        return fold(self.text[self.starts[index] : self.stops[index]])


def fold(word: str) -> str:
    """Return the word as lexicons spell it: lower case, е for ё, i for the dotless and dotted ı."""
    return word.translate(_ONE_LETTER).lower()


def scan(text: str, lexicon: Lexicon, ordinal: Ordinal) -> Tokens:
    """Return the tokens of `text`. A point that ends an abbreviation belongs to it («2010 г.»)."""
    tokens = Tokens(text, bytearray(), [], [], [])
    symbols, starts, stops, values = tokens.symbols, tokens.starts, tokens.stops, tokens.values
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        start, stop = match.span()
        if kind == "short":
            symbol, value = lexicon.get(fold(match[0]).replace(" ", ""), ("x", 0))
        elif kind == "word":
            word = fold(match[0])
            symbol, value = lexicon.get(word, ("x", 0))
            if text[stop : stop + 1] == "." and (found := lexicon.get(word + ".")):
                (symbol, value), stop = found, stop + 1
        elif kind == "mark":
            if starts and start < stops[-1]:
                continue  # the point of an abbreviation
            symbol, value = _MARKS.get(match[0], "x"), 0
        elif kind == "line":
            symbol, value = ".", 0
        else:
            symbol, value = _number(match, text, ordinal)
        symbols += symbol.encode()
        starts.append(start)
        stops.append(stop)
        values.append(value)
    return tokens


def _number(match: re.Match[str], text: str, ordinal: Ordinal) -> tuple[str, int]:
    if match["numeric"]:
        return _numeric_date(match)
    if match["short_day"]:
        day = int(match["short_day"])
        is_day = 1 <= day <= _LAST_DAY
        return ("i", day * 100 + int(match["short_month"])) if is_day else ("n", 0)
    if match["time"]:
        return ("t", 0)
    if match["quantity"]:
        return ("n", 0)
    digits, ending = match["number"], match["ending"]
    value = int(digits) if len(digits) <= len("2199") else 0
    if ending:
        return ordinal(value, fold(ending)) or ("n", value)
    return (_plain_number(match, text, value), value)


#: «В сезоне-2024/25»: years, unlike the number of a name.
_OF_A_SEASON = re.compile(r"(?i)(?:сезон\w*|лет[оа]|зим[аы]|весн[аы]|осен[ьи]|\bmid)[-–]$")


def _plain_number(match: re.Match[str], text: str, value: int) -> str:
    """Return the symbol of a number without an ending; one of a name («ТМА-13») is no day."""
    start, stop = match.span()
    before, after = text[max(0, start - 2) : start], text[stop : stop + 2].strip()[:1]
    named = len(before) == len("а-") and before[1] in "-–" and before[0].isalpha()
    named = named and not _OF_A_SEASON.search(text, max(0, start - 10), start)
    if named or after in {"%", "°", "$", "€"} or before.strip()[-1:] in set(_MONEY_SIGNS):
        return "n"
    if _FIRST_YEAR <= value <= _LAST_YEAR and len(match["number"]) == len("2026"):
        return "Y"
    return "d" if 1 <= value <= _LAST_DAY else "n"


def _numeric_date(match: re.Match[str]) -> tuple[str, int]:
    """Return the ordinal of the day, which the rule of numeric dates turns back into one."""
    try:
        if match["iso"]:
            return ("N", date.fromisoformat(match["iso"]).toordinal())
        year = int(match["year"])
        if len(match["year"]) == len("26"):
            year += 1900 if year >= _CENTURY_PIVOT else 2000
        return ("N", date(year, int(match["month"]), int(match["day"])).toordinal())
    except ValueError:
        return ("n", 0)
