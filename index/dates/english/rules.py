"""The rules of English dates, in order; docs/dates.md has an example of each."""

from functools import partial

from index.dates import periods
from index.dates.english import builders
from index.dates.lists import listed_days
from index.dates.rules import Kind, make_rule

_BEFORE = r"(?P<about>~)?(?P<open>S|T|K|f|p|v|a|!>=|!\^=)?(?P<about2>~)?:?(?:(?P<part>E)-?)?g?:?"
_YEAR = r"(?:,?(?P<year>Y)|g?(?P<rel>R)y)?"
_DAYS = "[do](?:,[do]){0,9},?&[do]"

_rule = partial(make_rule, before=_BEFORE)

RULES = (
    _rule("numeric", "(?P<full>N)", builders.numeric, Kind.DAY),
    _rule(
        "day list",
        rf"(?P<list>{_DAYS})g?(?P<month>M){_YEAR}",
        listed_days,
        before="",
    ),
    _rule("month day list", rf"(?P<month>M)(?P<list>{_DAYS}){_YEAR}", listed_days, before=""),
    _rule(
        "day range",
        rf"B?(?P<a>[do])(?P<joint>[-p&])(?P<b>[do])g?(?P<month>M){_YEAR}",
        builders.day_range,
        Kind.DAY,
    ),
    _rule(
        "month day range",
        rf"B?(?P<month>M)(?P<a>[do])(?P<joint>[-p&])(?P<b>[do]){_YEAR}",
        builders.day_range,
        Kind.DAY,
    ),
    _rule("day", rf"(?P<a>[do])e?g?(?P<month>M){_YEAR}", builders.day, Kind.DAY),
    _rule("month day", rf"(?P<month>M):?(?P<a>[do]){_YEAR}", builders.day, Kind.DAY),
    _rule(
        "months up to a month",
        r"v:(?:(?P<n>[Qd])l|(?P<whole>y))p(?P<month>M)(?P<year>Y)?",
        builders.months_up_to,
        before="",
    ),
    _rule(
        "month of a year",
        r"(?P<month>M)(?:,?g?(?P<year>Y)|g?(?P<rel>R)y|g?:?(?P<same>m)m?y)",
        builders.month,
        Kind.MONTH,
    ),
    _rule("relative month", r"(?P<next>R)(?P<month>M)", builders.relative_month, Kind.MONTH),
    _rule("month", r"(?:(?<=[vaSTKpfgE])|(?<=E-))(?P<month>M)", builders.month, Kind.MONTH),
    _rule("bare month", r"(?P<month>M)", builders.month, Kind.MONTH, before=""),
    _rule("first months", r"v:O(?P<n>[Qd])lg?(?P<year>Y)", builders.first_months, before=""),
    _rule("quarter", rf"(?P<a>[Oo])qg?:?{_YEAR}", builders.numbered(periods.quarter_of, 4)),
    _rule("last quarter of a year", r"(?P<next>R)qg(?P<year>Y)", builders.last_quarter_of_year),
    _rule("short quarter", rf"(?P<a>r){_YEAR}", builders.numbered(periods.quarter_of, 4)),
    _rule(
        "half-year",
        r"(?P<a>[Oo])hg?:?(?:(?P<year>Y)|(?P<rel>R)y)",
        builders.numbered(periods.half_of, 2),
    ),
    _rule("season", r"(?P<next>R)(?P<season>s)(?!Y)", builders.season),
    _rule("season of a year", r"(?P<season>s)g?(?P<year>Y)", builders.season),
    _rule(
        "years",
        r"(?P<a>Y)(?P<joint>[-p]|(?<=BY)&)(?P<b>Y|(?<=-)[dn](?=[^FyLlwx]|$))",
        builders.year_range,
        before=r"(?P<open>(?:S|v|B))B?",
    ),
    _rule("years in brackets", r"(?<=\()(?P<a>Y)-(?P<b>Y)(?=\))", builders.year_range, before=""),
    _rule("year list", r"v(?P<list>Y(?:,Y){0,9},?&Y)", builders.year_list, before=""),
    _rule("split year", r"(?P<a>Y)[/-](?P<b>[Ydn])", builders.split_year),
    _rule("year", r"(?:(?<=[vSTKpfgE~&=])|(?<=E-))(?P<year>Y)(?![-/])", builders.year, Kind.YEAR),
    _rule("year in brackets", r"(?<=\()(?:x\.?)?(?P<year>Y)(?=\))", builders.year, before=""),
    _rule("year of a noun", r"(?<=:)(?P<year>Y)(?=x)", builders.year_of_a_noun, before=""),
    _rule("fiscal year", r"Fy?(?P<year>Y)", builders.fiscal_year),
    _rule("decade", r"(?P<a>D)", builders.decade),
    _rule("half of a century", r"(?P<half>[oO])hg:?(?P<a>[oO])c", builders.half_of_century),
    _rule("centuries", r"(?P<a>[oO])[&-](?P<b>[oO])c", builders.centuries),
    _rule("century", r"(?P<a>[oO])c", builders.century),
    _rule("later", r"(?P<n>[Qd])(?P<unit>[ewlLy])(?P<way>[>^])(?!=)", builders.later, before=""),
    _rule("following unit", r"[va]?:G(?P<unit>[ewly])", builders.next_unit, before=""),
    _rule("next day", r"[va]?:R(?P<unit>e)", builders.next_unit, before=""),
    _rule("the day before", r":eT(?=[,.)-]|$)", builders.the_day_before, before=""),
    _rule("same unit", r"[va]?:?mm?(?P<unit>[ely])", builders.same_unit, before=""),
    _rule("window", r"[v:]{0,2}(?P<next>R)(?P<n>[Qd])(?P<unit>[ewlL])", builders.window, before=""),
    _rule("relative unit", r"(?P<next>R)(?P<unit>[ylwq])", builders.relative_unit),
    _rule("end of this year", r"(?:(?<=Eg:)|(?<=E:))(?P<unit>[ylw])(?!Y)", builders.relative_unit),
    _rule(
        "ago", r"(?P<half>h)?(?P<n>[Qd])(?P<unit>[ewlLy])<", builders.ago, before="(?P<about>~)?"
    ),
    _rule("ahead", r"v(?P<n>[Qd])(?P<unit>[ewlLy])", builders.ahead, before=""),
    _rule(
        "weekday",
        r"(?P<next>R)?(?P<weekday>W)",
        builders.weekday,
        Kind.NEAR,
        before="(?<!Q)(?P<open>S|T|K|f|p|v|a|!>=|!\\^=)?",
    ),
    _rule(
        "day of the month told",
        r":(?P<a>o)(?=[,.)&vaST]|$)",
        builders.day_of_told_month,
        Kind.DAY,
        before="(?P<open>[STKfa])?",
    ),
    _rule("weekend", r"(?:[av]:|a?(?P<next>R))X", builders.weekend, before=""),
    _rule("deictic", r"(?P<deictic>A)", builders.deictic, Kind.NEAR),
)
