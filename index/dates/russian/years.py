"""Builders of Russian seasons, years, decades and centuries: «летом», «в 2024–2026 годах»."""

from index.dates import periods
from index.dates.rules import Claim, Hit, Kind, Result
from index.languages import ru
from index.types import Precision

KINDS_OF_YEARS = ("финансов", "бюджетн", "учебн", "сельхоз", "маркетингов")

_ADVERB_ENDINGS = {
    "летом": ("им", "ым"),
    **dict.fromkeys(("весной", "осенью", "зимой"), ("ей", "ой")),
}


def season(hit: Hit) -> Result:
    """Return a season; without a year or preposition only as an adverb: «летом»."""
    number = hit.value("season")
    if hit.has("next"):
        return _relative_season(hit, number)
    word = hit.word(hit.at("season"))
    if not any(map(hit.has, ("year", "rel", "rel_short", "same"))):
        is_adverb = word in _ADVERB_ENDINGS and not hit.has("open")
        is_opened = hit.has("open") and hit.match["open"] not in {b"v", b"a"}
        is_opened = is_opened or (
            hit.has("open") and hit.match["open"] == b"a" and _is_planned(hit)
        )
        if not is_adverb and not is_opened and not hit.has("part"):
            return None
    return hit.in_year(lambda year: periods.season_of(year, number))


def _is_planned(hit: Hit) -> bool:
    """Return whether the verb before «на лето» sets a time: «запланирован», «перенесли»."""
    word = hit.word(hit.match.start() - 1)
    return hit.grammar.sign(word) == 1 or hit.grammar.is_prolonging(word)


def season_of_years(hit: Hit) -> Result:
    """Return «зимой 2024–2025 годов», «зима 1995/96 года»: the winter that ends in the second."""
    first, last = hit.value("a"), hit.value("b")
    last += first - first % 100 if last < 100 else 0
    return periods.season_of(last, hit.value("season")) if last == first + 1 else None


def _relative_season(hit: Hit, number: int) -> Result:
    """Return «прошлым летом», «этой весной»: the last, this year's, the next."""
    lean, adverb = hit.value("next"), hit.word(hit.at("season"))
    if adverb in _ADVERB_ENDINGS and not hit.word(hit.at("next")).endswith(_ADVERB_ENDINGS[adverb]):
        return None  # «предстоящего летом чемпионата»
    found = periods.season_beside(hit.anchor, number, lean)
    return found.relative() if found else None


def school_or_fiscal_year(hit: Hit) -> Result:
    """Return the years of «2014/15»."""
    first, last = hit.value("a"), hit.value("b")
    last += first - first % 100 if last < 100 else 0
    return periods.years(first, last) if last == first + 1 else None


def year_range(hit: Hit) -> Result:
    """Return «в 2024–2026 годах», «с 2010-го по 2015-й годы»."""
    first, last = hit.value("a"), hit.value("b")
    if hit.has("kind") and not hit.word(hit.at("kind")).startswith(KINDS_OF_YEARS):
        return None
    if hit.tokens.symbols[hit.at("b") : hit.at("b") + 1] != b"Y":
        last += first - first % 100
    return periods.years(first, last)


def year_list(hit: Hit) -> Result:
    """Return each year of «в 1995 и 2002 году» by itself."""
    indices = [
        index
        for index in range(hit.match.start("list"), hit.match.end("list"))
        if hit.tokens.symbols[index : index + 1] == b"Y"
    ]
    claims = []
    for index in indices:
        start = hit.match.start() if index == indices[0] else index
        stop = hit.match.end() - 1 if index == indices[-1] else index
        when = periods.year_of(hit.tokens.values[index])
        if when is not None:
            claims.append(Claim(start, stop, when, Kind.YEAR))
    return claims


def year(hit: Hit) -> Result:
    """Return «2014 год», «2025 финансовый год»."""
    between = hit.word(hit.match.end() - 2)
    if between.isalpha() and not between.startswith(KINDS_OF_YEARS):
        return None
    return periods.year_of(hit.value("year"))


def year_in_words(hit: Hit) -> Result:
    """Return «в двадцатом году», «в девяносто третьем году», «в две тысячи восьмом году»."""
    number = hit.value("a") + (hit.value("tens") if hit.has("tens") else 0)
    if number == _MILLENNIUM:
        return periods.year_of(number)
    if hit.has("thousands"):
        return periods.year_of(1900 + number if hit.has("hundreds") else 2000 + number)
    following = hit.word(hit.match.end())
    grammar = ru.grammar(following) if following[:1].isalpha() else None
    is_counted = grammar is not None and grammar.part == "NOUN" and "gent" in grammar.cases
    if is_counted or not _LEAST_SHORT_YEAR <= number < 100:
        return None  # «в десятом году жизни», «в третьем году»
    is_recent = number <= hit.anchor.year % 100 + _YEARS_AHEAD
    return periods.year_of((2000 if is_recent else 1900) + number)


_MILLENNIUM = 2000  # «в двухтысячном году»
#: «В пятом году» may be 1905, or the fifth of anything.
_LEAST_SHORT_YEAR = 10
#: «К тридцатому году» is to come: short years are told so far ahead.
_YEARS_AHEAD = 10


def bare_decade(hit: Hit) -> Result:
    """Return «музыка восьмидесятых», «лихие девяностые»: of no noun that follows."""
    word, following = hit.word(hit.at("a")), hit.word(hit.match.end())
    if word[:1].isdigit() and hit.value("a") < _LEAST_SHORT_DECADE and len(word) < len("1920-е"):
        return None  # «20-е место»
    if following[:1].isalpha() and ru.grammar(following).part in {"NOUN", "ADJF"}:
        return None
    return decades(hit)


_LEAST_SHORT_DECADE = 1950


def year_of_a_kind(hit: Hit) -> Result:
    """Return «в далёком 2009-м»: an adjective and a year that counts nothing."""
    grammar = ru.grammar(hit.word(hit.at("kind")))
    if grammar.part != "ADJF" or "loct" not in grammar.cases or grammar.number != "sing":
        return None
    return bare_year(hit)


def bare_year(hit: Hit) -> Result:
    """Return «в 2014», «(1995)»: a year unless it counts what follows it."""
    if _is_hyphened(hit):
        return None
    before = hit.tokens.symbols[hit.at("year") - 1 : hit.at("year")]
    if before in b"az" and hit.word(hit.at("year")).isdigit():
        return None  # «за 2000», but «за 2025-й»
    following = hit.word(hit.match.end())
    is_bare = hit.word(hit.at("year")).isdigit()  # «к 2030-му» counts nothing
    grammar = ru.grammar(following) if is_bare and following[:1].isalpha() else None
    if grammar and grammar.part in {"NOUN", "ADJF", "NUMR"} and not hit.has("paren"):
        is_name = hit.tokens.text[hit.tokens.starts[hit.match.end()]].isupper()
        if not is_name:
            return None
    return periods.year_of(hit.value("year"))


def _is_hyphened(hit: Hit) -> bool:
    """Return whether a hyphen joins the year to what follows: «в 2019-14», not «в 2019-м — 14»."""
    stop = hit.tokens.stops[hit.match.end() - 1]
    return hit.tokens.text[stop : stop + 1] in {"-", "–"}


def year_of_a_chronicle(hit: Hit) -> Result:
    """Return «2025-й.» at the start of a line, not a number of a table."""
    start = hit.tokens.starts[hit.at("year")]
    is_lead = start == 0 or hit.tokens.text[start - 1] == "\n"
    return (
        periods.year_of(hit.value("year")) if is_lead and "-" in hit.word(hit.at("year")) else None
    )


def decades(hit: Hit) -> Result:
    """Return «в 90-е годы», «в конце 80-х, начале 90-х годов»."""
    first = _decade_start(hit, "a")
    last = _decade_start(hit, "b") if hit.has("b") else first
    if last < first:
        return None
    precision = Precision.RANGE if hit.has("b") else Precision.DECADE
    return periods.years(first, last + 9, precision)


def _decade_start(hit: Hit, group: str) -> int:
    """Return the first year of a decade: «30-е годы XIX века» is 1830."""
    value = hit.value(group)
    value += 1900 if value < 100 else 0  # «70–80-е годы»
    is_short = not hit.word(hit.at(group))[:4].isdigit()
    if hit.has("century") and is_short:
        return (hit.value("century") - 1) * 100 + value % 100
    return value


def century(hit: Hit) -> Result:
    """Return «в XIX веке»."""
    number = hit.value("century")
    return periods.years((number - 1) * 100 + 1, number * 100, Precision.CENTURY)


def part_of_century(hit: Hit) -> Result:
    """Return «в первой половине XIX века», «в последней трети XVIII века»."""
    parts = hit.value("of") or 2  # a half has no number of its own
    number = parts if hit.match["a"] == b"P" and hit.value("a") < 0 else hit.value("a")
    if not 1 <= number <= parts:
        return None
    before = (hit.value("century") - 1) * 100
    return periods.years(before + (number - 1) * 100 // parts + 1, before + number * 100 // parts)


def centuries(hit: Hit) -> Result:
    """Return «XVII–XVIII века»."""
    first, last = hit.value("a"), hit.value("century")
    if first >= last:
        return None
    return periods.years((first - 1) * 100 + 1, last * 100)


def relative_century(hit: Hit) -> Result:
    """Return «в начале прошлого века»."""
    number = (hit.anchor.year - 1) // 100 + 1 + hit.value("next")
    found = periods.years((number - 1) * 100 + 1, number * 100, Precision.CENTURY)
    return found.relative() if found else None


def season_of_a_sport(hit: Hit) -> Result:
    """Return «сезон-2025/26» as the years it lies in, «сезон-2025» as its year."""
    return school_or_fiscal_year(hit) if hit.has("b") else periods.year_of(hit.value("a"))


def year_of_a_birth(hit: Hit) -> Result:
    """Return «(р. 1950)»."""
    word = hit.word(hit.match.start() - 2)
    return periods.year_of(hit.value("year")) if word in _BORN else None


_BORN = frozenset("р род рожд ум осн изд".split())


def year_of_a_noun(hit: Hit) -> Result:
    """Return «чемпион 2023-го», «стал 2025-й»: by its ending, unlike «2000-го посетителя»."""
    if not hit.word(hit.at("year")).endswith(("го", "й")):
        return None
    following = hit.word(hit.match.end())
    grammar = ru.grammar(following) if following[:1].isalpha() else None
    case = "gent" if hit.word(hit.at("year")).endswith("го") else "nomn"
    if grammar and grammar.part in {"NOUN", "ADJF"} and case in grammar.cases:
        return None
    return periods.year_of(hit.value("year"))
