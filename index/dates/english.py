"""The rules of English dates, in order, and the words they are made of.

v in, during   a on   S since, from   T until   K by   p to   f after   g of   : the
M month   W weekday   s season   y year   l month   w week   e day   q quarter   h half   c century
R last -1, this 0, next 1   E early, end   O ordinal   Q number   r Q1…Q4   A today…   < ago
~ about   ! no   > later   ^ earlier   = than   & and   X weekend   B between   P coming
"""

import re
from collections.abc import Callable
from datetime import date

from index.dates import periods
from index.dates.periods import Period
from index.dates.rules import Grammar, Hit, Kind, Open, Refusal, Result, Rule
from index.dates.scan import Tokens
from index.languages.en import MONTHS
from index.types import Precision

_BEFORE = r"(?P<about>~)?(?P<open>S|T|K|f|p|v|a|!>=|!\^=)?(?P<about2>~)?:?(?P<part>E)?g?:?"
_YEAR = r"(?:,?(?P<year>Y)|g?(?P<rel>R)y)?"
_DAYS_A_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_OPENS = {
    "S": Open.FROM,
    "f": Open.FROM,
    "!^=": Open.FROM,
    "T": Open.TILL,
    "K": Open.BY,
    "!>=": Open.BY,
    "p": Open.BY,
}

_PLAIN = (
    ("v", 0, "in during throughout within for"), ("a", 0, "on at"), ("S", 0, "since from starting"),
    ("T", 0, "until till before"), ("K", 0, "by"), ("p", 0, "to through"), ("f", 0, "after"),
    ("g", 0, "of"), (":", 0, "the"), ("&", 0, "and"), ("B", 0, "between"), ("y", 0, "year"),
    ("l", 0, "month months"), ("w", 0, "week weeks"), ("e", 0, "day days"), ("L", 0, "years"),
    ("q", 0, "quarter"), ("h", 0, "half"), ("c", 0, "century"), ("R", -1, "last past previous"),
    ("R", 0, "this current"), ("R", 1, "next coming upcoming"),
    ("~", 0, "about around approximately"),
    ("E", 0, "early beginning start"), ("E", 2, "mid middle"), ("E", 1, "late end"),
    ("<", 0, "ago"),
    ("!", 0, "no not"), (">", 0, "later"), ("^", 0, "earlier"), ("=", 0, "than"), ("A", 0, "today"),
    ("A", -1, "yesterday"), ("A", 1, "tomorrow"), ("X", 0, "weekend"), ("s", 1, "spring"),
    ("s", 2, "summer"), ("s", 3, "autumn fall"), ("s", 4, "winter"), ("r", 1, "q1"), ("r", 2, "q2"),
    ("r", 3, "q3"), ("r", 4, "q4"),
)  # fmt: skip
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_ORDINALS = "first second third fourth".split()


def _words() -> dict[str, tuple[str, int]]:
    words: dict[str, tuple[str, int]] = {}
    for number, name in enumerate(MONTHS, 1):
        words[name] = ("M", number)
        words[name[:3] + "."] = ("M", number)
    words["sept."] = ("M", 9)
    words.update({name: ("W", number) for number, name in enumerate(_WEEKDAYS)})
    words.update({name: ("Q", number) for number, name in enumerate(_NUMBERS, 1)})
    words.update({name: ("O", number) for number, name in enumerate(_ORDINALS, 1)})
    for symbol, value, forms in _PLAIN:
        words.update(dict.fromkeys(forms.split(), (symbol, value)))
    words.update({"a": ("Q", 1), "an": ("Q", 1)})
    return words


def ordinal(value: int, ending: str) -> tuple[str, int] | None:
    """Return the symbol of a number with an English ending: «9th», «1990s»."""
    if ending == "s" and value % 10 == 0 and 1000 <= value <= 2190:
        return ("D", value)
    if ending in {"st", "nd", "rd", "th"} and 1 <= value <= 31:
        return ("o", value)
    return None


def opens(hit: Hit) -> Open:
    """Return what the preposition before a date makes of it."""
    return _OPENS.get(hit.match["open"].decode(), Open.NO) if hit.has("open") else Open.NO


def aims(_hit: Hit) -> bool:
    """Return False: no English preposition points ahead by itself."""
    return False


_FUTURE = frozenset(
    """
    will shall would may might plans plan planned expected scheduled due set hopes aims intends
    """.split()
)
_PAST = frozenset(
    """
    was were had did said told took held met began became came went made saw won lost rose fell left
    """.split()
)


def sign(word: str) -> int | None:
    """Return the time an English verb speaks of: -1, 0, 1; None for other words."""
    if word in _FUTURE:
        return 1
    if word in _PAST or (word.endswith("ed") and len(word) > len("need")):
        return -1
    return 0 if word in {"is", "are", "has", "have"} else None


def _numeric(hit: Hit) -> Result:
    return periods.day(date.fromordinal(hit.value("full")))


def _day(hit: Hit) -> Result:
    month, day = hit.value("month"), hit.value("a")
    if day > _DAYS_A_MONTH[month - 1]:
        return Refusal.NO_DATE
    return hit.in_year(lambda year: periods.day_of(year, month, day), is_day=True)


def _day_range(hit: Hit) -> Result:
    month, first, last = hit.value("month"), hit.value("a"), hit.value("b")
    if last > _DAYS_A_MONTH[month - 1] or first >= last:
        return Refusal.NO_DATE
    return hit.in_year(lambda year: periods.days(year, month, first, last), is_day=True)


def _month(hit: Hit) -> Result:
    month = hit.value("month")
    return hit.in_year(lambda year: periods.month_of(year, month))


def _relative_month(hit: Hit) -> Result:
    """Return «last December», «next May»: the last one over, the next one to begin."""
    lean, month = hit.value("next"), hit.value("month")
    year = (
        hit.anchor.year
        + (lean > 0 and month <= hit.anchor.month)
        - (lean < 0 and month >= hit.anchor.month)
    )
    period = periods.month_of(year, month)
    return period.relative() if period else None


def _numbered(make: Callable[[int, int], Period | None], most: int) -> Callable[[Hit], Result]:
    def build(hit: Hit) -> Result:
        number = hit.value("a")
        return hit.in_year(lambda year: make(year, number)) if 1 <= number <= most else None

    return build


def _season(hit: Hit) -> Result:
    number = hit.value("season")
    if hit.has("next"):
        period = periods.season_of(hit.anchor.year + hit.value("next"), number)
        return period.relative() if period else None
    return hit.in_year(lambda year: periods.season_of(year, number))


def _year_range(hit: Hit) -> Result:
    return periods.years(hit.value("a"), hit.value("b"))


def _year(hit: Hit) -> Result:
    """Return a year after a preposition, unless it counts what follows: «in 2000 homes»."""
    following = hit.word(hit.match.end())
    counts = following.endswith("s") and following not in {"was", "is", "as", "has", "its", "this"}
    if (
        counts
        and following.isalpha()
        and not hit.tokens.text[hit.tokens.starts[hit.match.end()]].isupper()
    ):
        return None
    return periods.year_of(hit.value("year"))


def _decade(hit: Hit) -> Result:
    first = hit.value("a")
    return periods.years(first, first + 9, Precision.DECADE)


def _century(hit: Hit) -> Result:
    number = hit.value("a")
    return periods.years((number - 1) * 100 + 1, number * 100, Precision.CENTURY)


def _unit(hit: Hit, by: int) -> Period | None:
    """Return the day, week, month, quarter or year `by` units from today."""
    unit = hit.match["unit"].decode()
    if unit == "e":
        found = periods.shifted(hit.anchor, by)
        return periods.day(found) if found else None
    if unit in "yL":
        return periods.year_of(hit.anchor.year + by)
    make = {"l": periods.month_from, "w": periods.week_of, "q": periods.quarter_from}[unit]
    return make(hit.anchor, by)


def _relative_unit(hit: Hit) -> Result:
    found = _unit(hit, hit.value("next") if hit.has("next") else 0)
    return found.relative() if found else None


def _ago(hit: Hit) -> Result:
    found = _unit(hit, -hit.value("n"))
    return found.relative(is_approximate=hit.match["unit"] != b"e") if found else None


def _ahead(hit: Hit) -> Result:
    if hit.lean() != 1:
        return None
    found = _unit(hit, hit.value("n"))
    return found.relative(is_approximate=hit.match["unit"] != b"e") if found else None


def _window(hit: Hit) -> Result:
    """Return the time up to today or from it: «over the past two months»."""
    unit, by = hit.match["unit"].decode(), hit.value("next") * hit.value("n")
    if unit in "ew":
        edge = periods.shifted(hit.anchor, by * (7 if unit == "w" else 1))
    else:
        edge = periods.months_later(hit.anchor, by * (1 if unit == "l" else 12))
    if edge is None or not by:
        return None
    first, last = sorted((edge, hit.anchor))
    return Period(first, last, Precision.RANGE, is_approximate=True, is_relative=True)


def _weekday(hit: Hit) -> Result:
    lean = hit.value("next") if hit.has("next") else (1 if hit.lean() == 1 else 0)
    day = periods.weekday_near(hit.anchor, hit.value("weekday"), lean)
    return periods.day(day).relative() if day else None


def _weekend(hit: Hit) -> Result:
    lean = hit.value("next")
    saturday = periods.weekday_near(
        hit.anchor, 5, 1 if lean >= 0 and hit.anchor.weekday() < 5 else 0
    )
    sunday = periods.shifted(saturday, 1) if saturday else None
    return Period(saturday, sunday, Precision.RANGE, is_relative=True) if sunday else None


def _deictic(hit: Hit) -> Result:
    if hit.value("deictic") == 0 and hit.is_quoted():
        return None
    day = periods.shifted(hit.anchor, hit.value("deictic"))
    return periods.day(day).relative() if day else None


def _rule(
    name: str,
    core: str,
    build: Callable[[Hit], Result],
    kind: Kind = Kind.OTHER,
    before: str = _BEFORE,
) -> Rule:
    return Rule(name, re.compile((before + core).encode()), build, kind)


RULES = (
    _rule("numeric", "(?P<full>N)", _numeric, Kind.DAY),
    _rule(
        "day range",
        rf"B?(?P<a>[do])(?P<joint>[-p&])(?P<b>[do])g?(?P<month>M){_YEAR}",
        _day_range,
        Kind.DAY,
    ),
    _rule(
        "month day range",
        rf"B?(?P<month>M)(?P<a>[do])(?P<joint>[-p&])(?P<b>[do]){_YEAR}",
        _day_range,
        Kind.DAY,
    ),
    _rule("day", rf"(?P<a>[do])g?(?P<month>M){_YEAR}", _day, Kind.DAY),
    _rule("month day", rf"(?P<month>M):?(?P<a>[do]){_YEAR}", _day, Kind.DAY),
    _rule("month of a year", r"(?P<month>M)(?:,?g?(?P<year>Y)|g?(?P<rel>R)y)", _month, Kind.MONTH),
    _rule("relative month", r"(?P<next>R)(?P<month>M)", _relative_month, Kind.MONTH),
    _rule("month", r"(?:(?<=[vaSTKpfgE]))(?P<month>M)", _month, Kind.MONTH),
    _rule("bare month", r"(?P<month>M)", _month, Kind.MONTH, before=""),
    _rule("quarter", rf"(?P<a>[Oo])qg?:?{_YEAR}", _numbered(periods.quarter_of, 4)),
    _rule("short quarter", rf"(?P<a>r){_YEAR}", _numbered(periods.quarter_of, 4)),
    _rule(
        "half-year", r"(?P<a>[Oo])hg?:?(?:(?P<year>Y)|(?P<rel>R)y)", _numbered(periods.half_of, 2)
    ),
    _rule("season", r"(?P<next>R)(?P<season>s)(?!Y)", _season),
    _rule("season of a year", r"(?P<season>s)g?(?P<year>Y)", _season),
    _rule(
        "years",
        r"B?(?P<a>Y)(?P<joint>[-p]|&(?=Y))(?P<b>Y)",
        _year_range,
        before=r"(?P<open>(?:S|v|B))",
    ),
    _rule("year", r"(?:(?<=[vSTKpfgE~&=]))(?P<year>Y)(?![-/])", _year, Kind.YEAR),
    _rule("decade", r"(?P<a>D)", _decade),
    _rule("century", r"(?P<a>o)c", _century),
    _rule("window", r"[v:]{0,2}(?P<next>R)(?P<n>[Qd])(?P<unit>[ewlL])", _window, before=""),
    _rule("relative unit", r"(?P<next>R)(?P<unit>[ylwq])", _relative_unit),
    _rule("end of this year", r"(?:(?<=Eg:)|(?<=E:))(?P<unit>[ylw])(?!Y)", _relative_unit),
    _rule("ago", r"(?P<n>[Qd])(?P<unit>[ewlLy])<", _ago, before="(?P<about>~)?"),
    _rule("ahead", r"v(?P<n>[Qd])(?P<unit>[ewlLy])", _ahead, before=""),
    _rule("weekday", r"(?P<next>R)?(?P<weekday>W)", _weekday, Kind.NEAR),
    _rule("weekend", r"a?(?P<next>R)X", _weekend, before=""),
    _rule("deictic", r"(?P<deictic>A)", _deictic, Kind.NEAR),
)


def _prepare(tokens: Tokens) -> None:
    """Take «may», «march» in small letters for words, and «be opened» for no past."""
    for index, symbol in enumerate(tokens.symbols):
        if symbol in b"MW" and not tokens.text[tokens.starts[index]].isupper():
            tokens.symbols[index] = ord("x")
        elif symbol == ord("x") and index and tokens.word(index - 1) == "be":
            tokens.symbols[index] = ord("_")


GRAMMAR = Grammar(
    words=_words(),
    ordinal=ordinal,
    opens=opens,
    sign=sign,
    recurring=frozenset("every each usually annually traditionally always".split()),
    joints=re.compile(rb"-"),
    aims=aims,
    prepare=_prepare,
)
