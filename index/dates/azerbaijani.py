"""The rules of Azerbaijani dates, in order, and the words they are made of.

M month   y year   l month   w week   e day   q quarter   h half   W weekday   G axşamı   Z ertəsi
R keçən -1, bu 0, gələn 1   Q number   O ordinal   A dünən…   E əvvəli, sonu   < əvvəl
f sonra, bəri (after an ablative)   T qədər (after a dative)   & və   ~ təxminən   B bazar
s season   c əsr   r Roman number
k a day in the ablative, t in the dative, i with -dək, beside d and o
"""

import re
from collections.abc import Callable, Iterable
from datetime import date

from index.dates import periods
from index.dates.needs import needed
from index.dates.periods import Yearless
from index.dates.rules import Grammar, Hit, Kind, Open, Refusal, Result, Rule
from index.dates.scan import fold
from index.languages.az import MONTHS
from index.types import Precision

_DAY = "[dokti]"
_AFTER = "(?P<post>[fT])?"
_YEAR = r"(?:(?P<year>Y)y|(?P<rel>R)y)?"
_DAYS_A_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_CASES = """
    ı i u ü ın in un ün ında ində unda ündə ından indən undan ündən da də dan dən
    a ə ya yə ına inə una ünə nın nin
    """.split()

_PLAIN = (
    ("W", 2, "çərşənbə"), ("W", 4, "cümə"), ("W", 5, "şənbə"), ("B", 0, "bazar"),
    ("Z", 0, "ertəsi"), ("G", 0, "axşamı"), ("e", 0, "gün günü"),
    ("w", 0, "həftə həftənin həftədə"),
    ("l", 0, "ay ayın ayda ayında ayından"), ("y", 0, "il ilin ildə ildən ilə il. ili ilində"),
    ("y", 1, "illər illərdə illərin illərində illəri"),
    ("q", 0, "rüb rübün rübdə rübü rübündə"), ("h", 0, "yarısı yarısında yarım yarımil"),
    ("R", -1, "keçən ötən"), ("R", 0, "bu cari"), ("R", 1, "gələn növbəti"),
    ("A", -1, "dünən"), ("A", 0, "bugün"), ("A", 1, "sabah"),
    ("y", 0, "ilədək ilinədək"), ("c", 0, "əsr əsrin əsrdə əsrində"),
    ("s", 1, "yaz yazda yazında yazın"), ("s", 2, "yay yayda yayında yayın"),
    ("s", 3, "payız payızda payızında payızın"), ("s", 4, "qış qışda qışında qışın"),
    ("E", 0, "əvvəli əvvəlində əvvəlindən"), ("E", 2, "ortalarında"),
    ("E", 1, "sonu sonunda sonunadək axırı"),
    ("<", 0, "əvvəl qabaq"), ("f", 0, "sonra bəri etibarən"), ("T", 0, "qədər dək kimi"),
    ("&", 0, "və"), ("~", 0, "təxminən"), ("O", 1, "birinci"), ("O", 2, "ikinci"),
    ("O", 3, "üçüncü"), ("O", 4, "dördüncü"),
)  # fmt: skip
_NUMBERS = "bir iki üç dörd beş altı yeddi səkkiz doqquz on".split()


_ROMANS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI".split()


def _inflected(stem: str) -> Iterable[str]:
    return (fold(stem + ending) for ending in ("", *_CASES))


def _words() -> dict[str, tuple[str, int]]:
    words: dict[str, tuple[str, int]] = {}
    for number, name in enumerate(MONTHS, 1):
        words.update(dict.fromkeys(_inflected(name), ("M", number)))
    words.update({fold(name): ("Q", number) for number, name in enumerate(_NUMBERS, 1)})
    words.update({fold(roman): ("r", number) for number, roman in enumerate(_ROMANS, 1)})
    for symbol, value, forms in _PLAIN:
        words.update(dict.fromkeys((fold(form) for form in forms.split()), (symbol, value)))
    return words


_ORDINAL_ENDINGS = frozenset(fold(ending) for ending in "ci cı cu cü inci ıncı uncu üncü".split())
_LOCATIVE = frozenset(
    "da də si sı su sü i ı u ü ında ində sında sində".translate(str.maketrans("ı", "i")).split()
)
_ABLATIVE = frozenset("dan dən".split())
_DATIVE = frozenset("a ə na nə ya yə".split())
_LIMIT = frozenset("dək nadək nədək".split())


def ordinal(value: int, ending: str) -> tuple[str, int] | None:
    """Return the symbol of a number with an Azerbaijani ending: «2026-cı», «5-də», «8-dən»."""
    if ending in _ORDINAL_ENDINGS:
        return ("Y", value) if 1000 <= value <= 2199 else ("o", value)
    if not 1 <= value <= 31:
        return None
    for symbol, endings in (("o", _LOCATIVE), ("k", _ABLATIVE), ("t", _DATIVE), ("i", _LIMIT)):
        if ending in endings:
            return (symbol, value)
    return None


def opens(hit: Hit) -> Open:
    """Return what the case and the postposition of a date make of it."""
    symbols = hit.tokens.symbols[hit.match.start() : hit.match.end()]
    if hit.has("both"):
        return Open.NO
    if (
        b"i" in symbols
        or hit.word(hit.match.end() - 1).endswith("ədək")
        or (hit.has("post") and hit.match["post"] == b"T")
    ):
        return Open.TILL
    last = hit.word(hit.match.end() - 1 - hit.has("post"))
    return Open.FROM if b"k" in symbols or last.endswith(("dan", "dən")) else Open.NO


def aims(_hit: Hit) -> bool:
    """Return False: no Azerbaijani case points ahead by itself."""
    return False


_FUTURE = re.compile(r".+(?:acaq|əcək|acağ|əcəy)|planlaşdırılır|gözlənilir|nəzərdə")
_PAST = re.compile(r".{2,}(?:di|du|dü|dilar|dilər|mişdir|müşdür|muşdur|ib|üb|ub)$")


def sign(word: str) -> int | None:
    """Return the time an Azerbaijani verb speaks of: -1, 0, 1; None for other words."""
    if _FUTURE.match(word):
        return 1
    return -1 if _PAST.match(word) else None


def _numeric(hit: Hit) -> Result:
    return periods.day(date.fromordinal(hit.value("full")))


def _day(hit: Hit) -> Result:
    month, day = hit.value("month"), hit.value("a")
    if not 1 <= day <= _DAYS_A_MONTH[month - 1]:
        return Refusal.NO_DATE
    return hit.in_year(lambda year: periods.day_of(year, month, day), is_day=True)


def _day_range(hit: Hit) -> Result:
    month, first, last = hit.value("month"), hit.value("a"), hit.value("b")
    if not 1 <= first < last <= _DAYS_A_MONTH[month - 1]:
        return Refusal.NO_DATE
    return hit.in_year(lambda year: periods.days(year, month, first, last), is_day=True)


def _month(hit: Hit) -> Result:
    month = hit.value("month")
    return hit.in_year(lambda year: periods.month_of(year, month))


def _month_in_a_case(hit: Hit) -> Result:
    """Return «fevralda», «martdan»: by its case it is no name and no part of another date."""
    return _month(hit) if hit.word(hit.at("month")).endswith(("da", "də", "dan", "dən")) else None


def _quarter(hit: Hit) -> Result:
    number = hit.value("a")
    return hit.in_year(lambda year: periods.quarter_of(year, number)) if 1 <= number <= 4 else None


def _half(hit: Hit) -> Result:
    number = hit.value("a")
    return hit.in_year(lambda year: periods.half_of(year, number)) if number in {1, 2} else None


def _half_of_this_year(hit: Hit) -> Result:
    """Return «ilin birinci yarısında»."""
    number = hit.value("a")
    return (
        Yearless(lambda year: periods.half_of(year, number), is_day=False) if number < 3 else None
    )


def _first_months(hit: Hit) -> Result:
    """Return «2025-ci ilin doqquz ayında»."""
    number = hit.value("n")
    if not 2 <= number <= 11:
        return None
    return periods.months(hit.value("year"), 1, number, Precision.RANGE)


def _season(hit: Hit) -> Result:
    """Return «bu yaz», «2024-cü ilin payızında»."""
    if hit.has("year"):
        return periods.season_of(hit.value("year"), hit.value("season2"))
    found = periods.season_of(hit.anchor.year + hit.value("next"), hit.value("season"))
    return found.relative() if found else None


def _decade(hit: Hit) -> Result:
    """Return «ötən əsrin 90-cı illərində»."""
    first = hit.value("a")
    if hit.value("unit") != 1 or first % 10 or not 20 <= first <= 90:
        return None
    return periods.years(1900 + first, 1909 + first, Precision.DECADE)


def _century(hit: Hit) -> Result:
    """Return «XIX əsrdə»."""
    number = hit.value("a")
    return periods.years((number - 1) * 100 + 1, number * 100, Precision.CENTURY)


def _year_range(hit: Hit) -> Result:
    return periods.years(hit.value("a"), hit.value("b"))


def _year(hit: Hit) -> Result:
    """Return «2025-ci ildə»; «1990-cı illərdə» is the decade."""
    year = hit.value("year")
    if hit.value("unit") == 1:
        return periods.years(year, year + 9, Precision.DECADE) if year % 10 == 0 else None
    return periods.year_of(year)


def _relative_unit(hit: Hit) -> Result:
    by, unit = hit.value("next"), hit.match["unit"].decode()
    if unit == "e":
        return periods.day(hit.anchor).relative() if by == 0 and not hit.is_quoted() else None
    if unit == "y":
        found = periods.year_of(hit.anchor.year + by) if hit.value("unit") == 0 else None
    else:
        make = {"l": periods.month_from, "w": periods.week_of, "q": periods.quarter_from}[unit]
        found = make(hit.anchor, by)
    return found.relative() if found else None


def _counted(hit: Hit) -> Result:
    """Return «iki gün əvvəl», «bir həftə sonra»."""
    sign = -1 if hit.match["way"] == b"<" else 1
    if sign > 0 and hit.lean() != 1:
        return None
    by, unit = sign * hit.value("n"), hit.match["unit"].decode()
    if unit == "e":
        day = periods.shifted(hit.anchor, by)
        found = periods.day(day) if day else None
    elif unit == "y":
        found = periods.year_of(hit.anchor.year + by)
    else:
        found = (periods.month_from if unit == "l" else periods.week_of)(hit.anchor, by)
    return found.relative(is_approximate=unit != "e") if found else None


def _weekday(hit: Hit) -> Result:
    """Return the weekday; «çərşənbə axşamı» is the day before «çərşənbə»."""
    if hit.has("market"):
        number = 0 if hit.match["day"][1:2] == b"Z" else 6
    else:
        number = hit.value("name") - (hit.match["day"][1:2] == b"G")
    day = periods.weekday_near(hit.anchor, number, 1 if hit.lean() == 1 else 0)
    return periods.day(day).relative() if day else None


def _deictic(hit: Hit) -> Result:
    day = periods.shifted(hit.anchor, hit.value("deictic"))
    return periods.day(day).relative() if day else None


def _rule(name: str, core: str, build: Callable[[Hit], Result], kind: Kind = Kind.OTHER) -> Rule:
    pattern = re.compile(f"(?P<about>~)?{core}{_AFTER}".encode())
    return Rule(name, pattern, build, kind, needed(core))


_PART = "(?P<part>E)?"
RULES = (
    _rule("numeric", "(?P<full>N)", _numeric, Kind.DAY),
    _rule(
        "day range",
        r"(?P<a>d)(?P<joint>[-&])(?P<b>d)(?P<month>M)(?:(?P<year>Y)y|(?P<rel>R)y)?",
        _day_range,
        Kind.DAY,
    ),
    _rule(
        "month day range",
        rf"{_YEAR}(?P<month>M)(?P<a>d)(?P<joint>[-&])(?P<b>{_DAY})",
        _day_range,
        Kind.DAY,
    ),
    _rule(
        "month, from day to day",
        rf"{_YEAR}(?P<month>M)(?P<a>k)(?P<both>(?P<b>[it]))",
        _day_range,
        Kind.DAY,
    ),
    _rule("year, then day", r"(?:(?P<year>Y)y|(?P<rel>R)y)(?P<a>d)(?P<month>M)", _day, Kind.DAY),
    _rule("day", r"(?P<a>d)(?P<month>M)(?:(?P<year>Y)y?|(?P<rel>R)y)?", _day, Kind.DAY),
    _rule("month day", rf"{_YEAR}(?P<month>M)(?P<a>{_DAY})", _day, Kind.DAY),
    _rule(
        "month of a year", rf"(?:(?P<year>Y)y|(?P<rel>R)y)(?P<month>M)l?{_PART}", _month, Kind.MONTH
    ),
    _rule("month, then year", r"(?P<month>M)(?P<year>Y)", _month, Kind.MONTH),
    _rule("month", rf"(?P<month>M)(?:l{_PART}|(?P<part2>E)|(?=[fT]))", _month, Kind.MONTH),
    _rule("month in a case", r"(?P<month>M)", _month_in_a_case, Kind.MONTH),
    _rule("bare month", r"(?P<month>M)", _month, Kind.MONTH),
    _rule("quarter", rf"{_YEAR}(?P<a>[Oo])q", _quarter),
    _rule("half-year", r"(?:(?P<year>Y)y|(?P<rel>R)y)(?P<a>[Oo])h", _half),
    _rule("half of this year", r"y(?P<a>[Oo])h", _half_of_this_year),
    _rule("first months", r"(?P<year>Y)y(?P<n>[Qd])l", _first_months),
    _rule("season", r"(?:(?P<next>R)(?P<season>s)(?!y)|(?P<year>Y)y(?P<season2>s))", _season),
    _rule("decade", r"(?:Rc)?(?P<a>o)(?P<unit>y)", _decade),
    _rule("century", r"(?P<a>[ro])c", _century),
    _rule("years", r"(?P<a>Y)(?P<joint>-)(?P<b>Y)y", _year_range),
    _rule("year", rf"(?P<year>Y)(?P<unit>y){_PART}", _year, Kind.YEAR),
    _rule("relative unit", rf"(?P<next>R)(?P<unit>[ylwqe]){_PART}", _relative_unit),
    _rule("units ago", r"(?P<n>[Qd])(?P<unit>[ewly])(?P<way>[<f])", _counted),
    _rule("weekday", r"(?P<day>(?P<name>W)(?:Ge?|e)|(?P<market>B)(?:Ze?|e))", _weekday, Kind.NEAR),
    _rule("deictic", r"(?P<deictic>A)", _deictic, Kind.NEAR),
)


GRAMMAR = Grammar(
    words=_words(),
    ordinal=ordinal,
    opens=opens,
    sign=sign,
    recurring=frozenset("hər adətən ənənəvi".split()),
    joints=re.compile(rb"-"),
    aims=aims,
)
