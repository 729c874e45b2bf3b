"""The rules of Azerbaijani dates, in order; docs/dates.md has an example of each."""

from functools import partial

from index.dates.azerbaijani import builders
from index.dates.rules import Kind, make_rule

_DAY = "[dokti]"
_AFTER = "(?P<post>[fT])?"
_YEAR = r"(?:(?P<year>Y)y|(?P<rel>R)y)?"
_PART = "(?P<part>E)?"

_rule = partial(make_rule, before="(?P<about>~)?", after=_AFTER)

RULES = (
    _rule("numeric", "(?P<full>N)", builders.numeric, Kind.DAY),
    _rule(
        "day range",
        r"(?P<a>d)(?P<joint>[-&])(?P<b>d)(?P<month>M)(?:(?P<year>Y)y|(?P<rel>R)y)?",
        builders.day_range,
        Kind.DAY,
    ),
    _rule(
        "month day range",
        rf"{_YEAR}(?P<month>M)l?(?P<a>[do])(?P<joint>[-&])(?P<b>{_DAY})",
        builders.day_range,
        Kind.DAY,
    ),
    _rule(
        "month, from day to day",
        rf"{_YEAR}(?P<month>M)(?P<a>k)(?P<both>(?P<b>[it]))",
        builders.day_range,
        Kind.DAY,
    ),
    _rule(
        "year, then day",
        r"(?:(?P<year>Y)y|(?P<rel>R)y)(?P<a>d)(?P<month>M)",
        builders.day,
        Kind.DAY,
    ),
    _rule("day", r"(?P<a>d)(?P<month>M)(?:(?P<year>Y)y?|(?P<rel>R)y)?", builders.day, Kind.DAY),
    _rule("month day", rf"{_YEAR}(?P<month>M)l?(?P<a>{_DAY})", builders.day, Kind.DAY),
    _rule(
        "month of a year",
        rf"(?:(?P<year>Y)y|(?P<rel>R)y)(?P<month>M)l?{_PART}",
        builders.month,
        Kind.MONTH,
    ),
    _rule("month, then year", r"(?P<month>M)(?P<year>Y)", builders.month, Kind.MONTH),
    _rule("month", rf"(?P<month>M)(?:l{_PART}|(?P<part2>E)|(?=[fT]))", builders.month, Kind.MONTH),
    _rule("month in a case", r"(?P<month>M)", builders.month_in_a_case, Kind.MONTH),
    _rule("bare month", r"(?P<month>M)", builders.month, Kind.MONTH),
    _rule("quarter", rf"{_YEAR}(?P<a>[Oor])q", builders.quarter),
    _rule("half-year", r"(?:(?P<year>Y)y|(?P<rel>R)y)(?P<a>[Oo])h", builders.half),
    _rule("half of this year", r"y(?P<a>[Oo])h", builders.half_of_this_year),
    _rule("first months", r"(?P<year>Y)yO?(?P<n>[Qd])l", builders.first_months),
    _rule(
        "season", r"(?:(?P<next>R)(?P<season>s)(?!y)|(?P<year>Y)y(?P<season2>s))", builders.season
    ),
    _rule("decade", r"(?:Rc)?(?P<a>o)(?P<unit>y)", builders.decade),
    _rule("century", r"(?P<a>[ro])c", builders.century),
    _rule("years", r"(?P<a>Y)(?P<joint>-)(?P<b>Y)y", builders.year_range),
    _rule("year", rf"(?P<year>Y)(?P<unit>y){_PART}", builders.year, Kind.YEAR),
    _rule("window", r"P(?P<n>[Qd])(?P<unit>[ewly])", builders.window),
    _rule("same unit", r"m(?P<unit>[yle])", builders.same_unit),
    _rule("next day", r"Ze", builders.next_day),
    _rule("relative unit", rf"(?P<next>R)(?P<unit>[ylwqe]){_PART}", builders.relative_unit),
    _rule("end of this year", r"y(?P<part>E)", builders.this_year),
    _rule("units ago", r"(?P<n>[Qd])(?P<unit>[ewly])(?P<way>[<f])", builders.counted),
    _rule(
        "weekday",
        r"(?P<day>(?P<name>W)(?:Ge?|e)|(?P<market>B)(?:Ze?|e))",
        builders.weekday,
        Kind.NEAR,
    ),
    _rule("deictic", r"(?P<deictic>A)", builders.deictic, Kind.NEAR),
)
