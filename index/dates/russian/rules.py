"""The rules of Russian dates, in order; docs/dates.md has an example of each.

Patterns are over the symbols of `scan` and `russian.words`.
"""

from functools import partial

from index.dates import periods
from index.dates.rules import Hit, Kind, Refusal, Result, make_rule
from index.dates.russian import days, relative, today, years

#: What may stand before a date: «утром», «примерно», «начиная с», «не позднее», «в начале»…
_BEFORE = (
    r"(?P<night>vG[aS])?G?(?P<about>~)?(?P<open>bS|!>|!\^|[bSfTKpvazg])?"
    r"(?:(?<=[>^])9)?(?:(?<=[KTS])(?:G|Ee|t))?(?P<about2>~)?(?P<part>E)?"
)
#: «С декабря прошлого по январь нынешнего года»: the word «года» is said once.
_RELATIVE = r"(?P<rel>R)(?:y|(?=[pT-][do]?M(?:R?Yy?|Ry)))"
_YEAR = rf"(?:(?:R,?)?(?P<year>Y)y?|{_RELATIVE}|(?P<rel_short>u)|(?P<same>m)=y)?"
_DAY = "[do]"
_DAYS = "[do](?:-[do])?"
_NUMBER = "(?P<n>[dnQI])"


def _no_date(_hit: Hit) -> Result:
    return Refusal.NO_DATE


_rule = partial(make_rule, before=_BEFORE)

RULES = (
    _rule("sooner or later", r"!AA|!?A-A", _no_date, before=""),
    _rule("before our era", r"[Yndr][yc]?T@", _no_date, before=""),
    _rule("range in figures", r"(?P<a>i)-(?P<full>N)y?", days.range_in_figures, before=""),
    _rule("numeric", r"(?P<full>N)y?", days.numeric, Kind.DAY),
    _rule(
        "day and month in figures",
        r"(?:(?<=[aSTKpzg~]))(?P<a>i)",
        days.short_numeric,
        Kind.DAY,
    ),
    _rule(
        "day list",
        rf"(?P<list>{_DAYS}(?:,{_DAYS}){{0,9}}(?:,|,?&){_DAYS})(?P<month>M){_YEAR}",
        days.day_list_of_many,
        before="",
    ),
    _rule(
        "day range",
        rf"(?P<between>B)?(?P<list>(?P<a>{_DAY})(?P<joint>[-pTa&,])(?P<b>{_DAY}))C?(?P<month>M){_YEAR}",
        days.day_range,
        Kind.DAY,
    ),
    _rule(
        "night of two months",
        rf"(?P<night>vG)?S(?P<a>{_DAY})(?P<first>M)(?:Yy?)?a(?P<b>{_DAY})(?P<month>M){_YEAR}",
        days.night_of_two_months,
        before="",
    ),
    _rule(
        "night of weekdays",
        rf"vGSWa(?P<weekday>W)(?:,?(?P<a>d)(?P<month>M){_YEAR})?",
        today.night_of_weekdays,
        before="",
    ),
    _rule(
        "day",
        rf"(?P<tens>Q)?(?P<a>[doO])(?:\(Q?O\))?C?(?P<month>M){_YEAR}",
        days.day,
        Kind.DAY,
    ),
    _rule("day in quotation marks", rf'"(?P<a>d)"(?P<month>M){_YEAR}', days.day, Kind.DAY),
    _rule(
        "day of the month",
        rf"(?P<a>{_DAY})C(?:(?P<rel>R)l|(?P<same>m)=l|(?!M))",
        days.day_of_some_month,
        Kind.DAY,
    ),
    _rule(
        "part of a month", rf"(?P<a>[doO])(?:(?P<half>H)|J)(?P<month>M){_YEAR}", days.part_of_month
    ),
    _rule(
        "first or last day of a month",
        rf"(?:(?<=[vaTKSz]))(?P<which>[OP])e(?P<month>M){_YEAR}",
        days.end_day_of_month,
        Kind.DAY,
    ),
    _rule("week of a month", rf"(?P<which>[OP])w(?P<month>M){_YEAR}", days.week_of_month),
    _rule(
        "weekday of a month",
        rf"(?P<which>[OP])(?P<weekday>W)(?P<month>M){_YEAR}",
        days.weekday_of_month,
        Kind.DAY,
    ),
    _rule(
        "first days of a month",
        rf"[va](?P<which>[OP])[Ve](?P<month>M){_YEAR}",
        days.days_of_month,
        before="",
    ),
    _rule(
        "month of a year",
        rf"(?P<month>M)(?:(?:R,?)?,?(?P<year>Y)y?|{_RELATIVE}|(?P<rel_short>u)|(?P<same>m)=y)",
        days.month,
        Kind.MONTH,
    ),
    _rule(
        "month",
        r"(?P<month>M)",
        days.month,
        Kind.MONTH,
        before=_BEFORE + r"(?:(?<=[vaSTKpzfgbE~>^+]))",
    ),
    _rule("bare month", r"(?P<month>M)", days.month, Kind.MONTH, before=""),
    _rule(
        "quarter",
        rf"(?P<a>[doOr])(?:(?P<joint>[-&p])(?P<b>[doOr]))?q{_YEAR}",
        days.numbered(periods.quarter_of, 4),
    ),
    _rule("half-year", rf"(?P<a>[doOr])h{_YEAR}", days.numbered(periods.half_of, 2)),
    _rule(
        "half of a year",
        r"(?P<a>[doO])H(?:(?:R,?)?(?P<year>Y)y?|(?P<rel>R)y)",
        days.numbered(periods.half_of, 2),
    ),
    _rule("half of this year", r"(?P<a>[doO])Hy", relative.half_of_this_year),
    _rule(
        "first months",
        rf"(?:[vz]|ax|p\+)?(?P<first>O)?{_NUMBER}l(?:(?P<year>Y)y?|(?P<rel>R)y)",
        days.first_months,
        before="",
    ),
    _rule("nine months", rf"(?:z|p\+)(?P<first>O)?{_NUMBER}l", days.first_months, before=""),
    _rule("first quarters", rf"zO?(?P<n>[dQ])q{_YEAR}", days.first_quarters, before=""),
    _rule("season of years", r"(?P<season>s)(?P<a>Y)[-/](?P<b>[Ydn])y?", years.season_of_years),
    _rule("two seasons", r"v?s[&,]v?s(?!Y|R)", _no_date, before=""),
    _rule("season", rf"(?P<next>R)?(?P<season>s)(?:-(?=Y))?{_YEAR}", years.season, Kind.MONTH),
    _rule("split year", r"(?P<a>Y)/(?P<b>[Ydn])y?", years.school_or_fiscal_year),
    _rule(
        "years",
        r"(?:(?P<between>B)?)(?P<a>Y)y?(?P<joint>[-pT]|(?(between)&|(?!)))(?P<b>Y|(?<=-)[dn])(?P<kind>x)?y",
        years.year_range,
    ),
    _rule("years from and to", r"S(?P<a>Y)p(?P<b>Y)(?![-/])", years.year_range, before=""),
    _rule("years in brackets", r"(?<=\()(?P<a>Y)-(?P<b>Y)(?=\))", years.year_range, before=""),
    _rule("year list", r"(?P<list>Y(?:,Y){0,9},?&Y)y", years.year_list),
    _rule("short year list", r"(?<=v)(?P<list>Y(?:,Y){0,9},?&Y)(?!y)", years.year_list, before="v"),
    _rule("year", r"(?:R,?)?(?P<year>Y),?x?y", years.year, Kind.YEAR),
    _rule(
        "season of a sport",
        r"(?:(?<=k)|(?<=k-))(?P<a>Y)(?:[-/](?P<b>[Ydn]))?",
        years.season_of_a_sport,
        before="",
    ),
    _rule("this year, short", r"(?P<next>u)", relative.relative_year, Kind.YEAR),
    _rule(
        "bare year",
        r"(?:(?<=[vSTKpfgbE>^~az])(?P<year>Y)(?!-[YD]|/))",
        years.bare_year,
        Kind.YEAR,
    ),
    _rule(
        "year of a kind", r"(?<=v)(?P<kind>x)(?P<year>Y)(?![-/y])", years.year_of_a_kind, Kind.YEAR
    ),
    _rule(
        "years listed in brackets",
        r"(?<=\()(?P<list>Y(?:,Y){1,9})(?=\))",
        years.year_list,
        before="",
    ),
    _rule(
        "year of a chronicle",
        r"(?:(?<=\.)|^)(?P<year>Y)(?=\.)",
        years.year_of_a_chronicle,
        Kind.YEAR,
    ),
    _rule("year in brackets", r"(?P<paren>(?<=\())(?P<year>Y)(?=[,)])", years.bare_year, before=""),
    _rule("year of a birth", r"(?<=\(x\.)(?P<year>Y)(?=[-,)])", years.year_of_a_birth, before=""),
    _rule("year of a noun", r"(?P<year>Y)(?!-[YD]|/)", years.year_of_a_noun, Kind.YEAR, before=""),
    _rule(
        "decades",
        r"(?P<a>D|[nY](?=-D))y?(?:,?[-&vTp]?[vSTKp]?E?(?P<b>D))?y(?:(?P<century>r)c|Rc)?",
        years.decades,
    ),
    _rule("decade", r"(?:(?<=[vSTKpfzE]))(?P<a>D)(?:(?P<century>r)c|Rc)?", years.decades),
    _rule(
        "year in words",
        r"(?<=[vSTKpfzEa])(?:(?P<thousands>Q?Z)(?P<hundreds>Q(?=Q?O))?)?(?P<tens>Q)?(?P<a>O)y",
        years.year_in_words,
        Kind.YEAR,
    ),
    _rule("bare decade", r"(?P<a>D)(?![Dy])", years.bare_decade, before="(?P<part>E)?"),
    _rule("part of a century", r"(?P<a>[OP])(?P<of>[H4])(?P<century>r)c", years.part_of_century),
    _rule("centuries", r"(?P<a>r)c?[-&]v?(?P<century>r)c", years.centuries),
    _rule("relative century", r"(?:(?<=[vSTKpfE]))(?P<next>R)c", years.relative_century),
    _rule("century", r"(?:(?<=[vSTKpfE]))(?P<century>[rd])c", years.century),
    _rule("new year", r"v(?P<adjective>x)(?P<kind>x)?y", relative.new_year, Kind.YEAR, before=""),
    _rule("next year of a story", r"[av](?P<next>R)y", relative.next_year, before=""),
    _rule(
        "relative year of a kind",
        r"(?P<next>R)(?P<kind>x)y",
        relative.relative_year_of_a_kind,
        Kind.YEAR,
    ),
    _rule(
        "same part of another year",
        r"v?m=[lqh](?P<rel>R)y",
        relative.same_part_of_another_year,
        before="",
    ),
    _rule("relative year", r"(?P<next>R)y", relative.relative_year, Kind.YEAR),
    _rule("weekday of a week", r"v(?P<weekday>W)G?a(?P<next>R)w", today.weekday_of_week, before=""),
    _rule("week and weekday", r"a(?P<next>R)w,?v(?P<weekday>W)", today.weekday_of_week, before=""),
    _rule(
        "relative month or week",
        r"(?P<next>R)(?P<unit>[lwqh])",
        relative.relative_unit,
        Kind.NEAR,
    ),
    _rule("end of this year", r"(?:(?<=E))(?P<unit>[ylwq])(?![YR])", relative.end_of_unit),
    _rule(
        "ago",
        rf"(?:(?:{_NUMBER}(?P<more>[dQ])?(?P<half>SH)?))?(?P<unit>[ewlyLF])<+",
        relative.ago,
        before="(?P<about>~)?",
    ),
    _rule(
        "later",
        rf"(?:{_NUMBER}(?P<more>[dQ])?)?(?P<unit>[ewlyLFGq])(?P<way>[j>^])",
        relative.later,
        before="",
    ),
    _rule(
        "before that",
        rf"z{_NUMBER}?(?P<unit>[ewlyLF])T(?:m|R)(?!=)",
        relative.before_that,
        before="",
    ),
    _rule("that unit", r"vm(?P<unit>[yle])(?!=)", relative.that_unit, before=""),
    _rule("same unit", r"v?[mR]=(?P<unit>[yle])", relative.same_unit, before=""),
    _rule("next day", r"a(?P<next>R)e", relative.next_day, before=""),
    _rule(
        "ahead",
        rf"(?P<way>j)(?:{_NUMBER}(?P<more>[dQ])?)?(?P<unit>[ewlyLF])",
        relative.ahead,
        before="(?P<about>~)?",
    ),
    _rule(
        "window",
        rf"[zva](?P<next>P|R(?=[dnQI]))(?:{_NUMBER}(?P<more>[dQ])?(?P<half>SH)?)?(?P<unit>[ewlyLF])",
        relative.window,
        before="(?P<about>~)?",
    ),
    _rule(
        "weekday",
        r"(?P<night>vG(?=a))?G?(?:(?P<on>bS|!>|!\^|[TKS]G|[vaSTKfpG])(?P<next>[RP])?|(?<=W[&-])|(?<=WG&))(?P<weekday>W)G?",
        today.weekday,
        Kind.NEAR,
        before="",
    ),
    _rule("weekend", r"[va](?P<next>R)?(?:x-)?X", today.weekend, Kind.NEAR, before=""),
    _rule(
        "deictic",
        r"(?P<deictic>A)(?P<hour>G)?",
        today.deictic,
        Kind.NEAR,
        before="(?P<open>[STKpza])?",
    ),
    _rule(
        "day of the month told",
        r"(?P<a>o)(?!M|[&pT-][oOdM])",
        days.day_of_told_month,
        Kind.DAY,
        before="(?P<open>[STKfg])?",
    ),
    _rule(
        "day of today",
        r"(?P<deictic>1)[eG]",
        today.day_of_today,
        Kind.NEAR,
        before="(?P<open>[STKpz])?",
    ),
    _rule("the day before", r"U", today.the_day_before, Kind.NEAR, before=""),
)
