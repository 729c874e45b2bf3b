"""How neighbouring claims become one date: ranges, lists, a weekday beside its day.

«с 15 марта по 14 апреля 2010 года», «в апреле и мае 2024 года», «в субботу, 13 ноября».
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from index.dates.narrated import Narrated
from index.dates.periods import Period, Yearless, shifted
from index.dates.rules import Claim, Grammar, Kind, Open
from index.dates.scan import Tokens
from index.types import Precision

_DAYS_A_WEEK = 7

#: «С 2017 года по март 2026-го», «с начала 1990-х по 2005 год».
_SPANS = (
    {Kind.YEAR, Kind.MONTH},
    {Kind.MONTH, Kind.DAY},
    {Kind.YEAR, Kind.OTHER},
    {Kind.MONTH, Kind.OTHER},
)


def joined(claims: Sequence[Claim], tokens: Tokens, grammar: Grammar) -> Iterator[Claim]:
    """Yield the claims, those that make one date together joined, weak ones left alone dropped."""
    pending: Claim | None = None
    for following in _listed(claims, tokens):
        if pending is None:
            pending = following
            continue
        between = _between_claims(pending, following, tokens)
        after = bytes(tokens.symbols[following.last + 1 : following.last + 2])
        if between == b"&" and tokens.symbols[pending.first - 1 : pending.first] == b"B":
            between = b"-"  # «между 20 января и 5 февраля»
        if between == b"," and _is_of_saying(pending, following, tokens, grammar):
            between = b"."  # «сообщили в четверг, 15 февраля пройдёт форум»
        if pending.open is Open.FROM and between in {b"", b"x"} and _is_aim(following, tokens):
            pending = replace(pending, open=Open.NO, is_aim=True)  # «с декабря на май перенесли»
        both = _join(pending, following, between, after, grammar)
        if both is None and not pending.is_weak:
            yield pending
        pending = both or following
    if pending is not None and not pending.is_weak:
        yield pending


def _is_of_saying(one: Claim, other: Claim, tokens: Tokens, grammar: Grammar) -> bool:
    """Return whether a weekday only tells when something was said, and the date is of what."""
    word = tokens.word(one.first - 1) if one.first else ""
    is_said = one.kind is Kind.NEAR and other.kind is Kind.DAY and grammar.is_saying(word)
    return is_said and not _is_same_weekday(one, other)


def _is_aim(claim: Claim, tokens: Tokens) -> bool:
    return tokens.symbols[claim.first : claim.first + 1] == b"a"


def _listed(claims: Sequence[Claim], tokens: Tokens) -> list[Claim]:
    """Return the claims, those of one list with the year that stands at its end."""
    listed = [*claims]
    for index in range(len(listed) - 2, -1, -1):
        one, other = listed[index : index + 2]
        if _is_listed(one, other, _between_claims(one, other, tokens)):
            are_weak = one.is_weak and other.is_weak
            listed[index] = replace(one, when=_year_from(one, other), is_weak=are_weak)
            listed[index + 1] = replace(other, is_weak=are_weak)
    return listed


def _between_claims(one: Claim, other: Claim, tokens: Tokens) -> bytes:
    return bytes(tokens.symbols[one.last + 1 : other.first])


def _join(one: Claim, other: Claim, between: bytes, after: bytes, grammar: Grammar) -> Claim | None:
    """Return the two claims as one: a range, or a weekday and its date."""
    kinds = {one.kind, other.kind}
    is_span = one.open is Open.FROM and other.open is Open.BY and between == b""
    if is_span and kinds in _SPANS:
        return _joined_range(one, other)
    if one.kind is other.kind or kinds == {Kind.DAY, Kind.NEAR}:
        opens = (
            one.open is Open.FROM and other.open in {Open.TILL, Open.BY} and between in {b"", b","}
        )
        dashed = other.open is Open.NO and grammar.joints.fullmatch(between) is not None
        is_spanned = one.kind in {Kind.DAY, Kind.MONTH, Kind.YEAR} or (
            one.is_weekday and other.is_weekday
        )
        if opens or (dashed and is_spanned):
            return _joined_range(one, other)
    if (
        between not in {b"", b",", b",x", b"("}
        or other.open is not Open.NO
        or not _is_one_day(one, other)
        or (b"x" in between and not _is_same_weekday(one, other))
    ):
        return None
    if other.kind is Kind.NEAR and one.kind is Kind.DAY:
        return replace(one, last=other.last, when=_agreed(other, one))
    when = _told_better(one, other) if other.kind is Kind.NEAR else _agreed(one, other)
    last = other.last + (between == b"(" and after == b")")
    return replace(other, first=one.first, last=last, when=when, open=one.open)


def _is_one_day(one: Claim, other: Claim) -> bool:
    """Return whether the two may name one day: a weekday or «вчера» beside another or a date."""
    if one.kind is Kind.NEAR and other.kind is Kind.NEAR:
        today = {
            each.today if isinstance(each, Narrated) else each for each in (one.when, other.when)
        }
        return len(today) == 1
    return {one.kind, other.kind} == {Kind.NEAR, Kind.DAY}


def _told_better(one: Claim, other: Claim) -> Period | Yearless | Narrated:
    """Return the day of two words for one that needs no other: «накануне, в среду»."""
    return other.when if isinstance(one.when, Narrated) else one.when


def _agreed(near: Claim, named: Claim) -> Period | Yearless | Narrated:
    """Return the date beside a weekday: its year is one in which the two agree («среду, 7 мая»)."""
    if not isinstance(near.when, Period) or near.when.first is None:
        return named.when
    if isinstance(named.when, Narrated):
        return _numbered(near.when, near.when.first, named.when.by)
    if isinstance(named.when, Yearless) and near.is_weekday:
        return replace(named.when, weekday=near.when.first.weekday())
    return named.when


def _numbered(near: Period, day: date, number: int) -> Period:
    """Return the weekday that has the number: «позавчера, 20-го», «на среду, 25-е»."""
    weeks = (shifted(day, by * _DAYS_A_WEEK) for by in (0, 1, -1, 2))
    found = next((each for each in weeks if each and each.day == number), None)
    return replace(near, first=found, last=found) if found else near


def _is_same_weekday(one: Claim, other: Claim) -> bool:
    """Return whether «1 августа, то есть в субботу» is a Saturday, unlike «…, сообщило в среду»."""
    near, named = (one, other) if one.kind is Kind.NEAR else (other, one)
    if not isinstance(near.when, Period) or near.when.first is None:
        return False
    day = named.when.make(near.when.first.year) if isinstance(named.when, Yearless) else named.when
    if not isinstance(day, Period) or day.first is None:
        return False
    return day.first.weekday() == near.when.first.weekday()


def _joined_range(one: Claim, other: Claim) -> Claim | None:
    year_given = _year_from(one, other)
    when = _range(year_given, other.when)
    if when is None:
        return None
    return replace(one, last=other.last, when=when, open=Open.NO, kind=Kind.OTHER, is_weak=False)


def _is_listed(one: Claim, other: Claim, between: bytes) -> bool:
    """Return whether the two stand in one list, so that a year said once is meant for both."""
    return (
        one.kind is other.kind
        and between in {b",", b"&", b",&"}
        and one.kind in {Kind.DAY, Kind.MONTH}
    )


def _year_from(one: Claim, other: Claim) -> Period | Yearless | Narrated:
    """Return when the first of two joined claims is, by the year of the second if it has one."""
    if not isinstance(one.when, Yearless) or not isinstance(other.when, Period):
        return one.when
    last = other.when.last
    if last is None:
        return one.when
    found = one.when.make(last.year)
    if found is not None and found.first is not None and found.first > last:
        found = one.when.make(last.year - 1)
    return found or one.when


def _range(
    one: Period | Yearless | Narrated, other: Period | Yearless | Narrated
) -> Period | Yearless | None:
    """Return the interval from the first to the last of two dates."""
    if isinstance(one, Period) and isinstance(other, Period):
        return _between(one, other)
    if isinstance(one, Period) and isinstance(other, Yearless):
        start = one.first
        if start is None:
            return None
        end = other.make(start.year)
        if end is None or (end.last is not None and end.last < start):
            end = other.make(start.year + 1)
        return None if end is None else _between(one, end)
    if isinstance(one, Yearless) and isinstance(other, Yearless):
        return Yearless(lambda year: _yearless_range(one, other, year), is_day=other.is_day)
    return None


def _yearless_range(one: Yearless, other: Yearless, year: int) -> Period | None:
    end = other.make(year)
    start = one.make(year)
    if start and end and start.first and end.last and start.first > end.last:
        start = one.make(year - 1)
    return _between(start, end) if start and end else None


def _between(one: Period, other: Period) -> Period | None:
    if one.is_relative and other.is_relative and one.first and other.last:
        late = (one.first - other.last).days
        if 0 < late < _DAYS_A_WEEK:  # «с понедельника по пятницу»
            other = replace(other, last=shifted(other.last, _DAYS_A_WEEK))
    if one.first is None or other.last is None or one.first > other.last:
        return None
    return Period(
        one.first, other.last, Precision.RANGE, is_relative=one.is_relative or other.is_relative
    )
