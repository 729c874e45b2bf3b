"""Rules: patterns over a row of symbols, tried in order; the first claim of a token wins.

A language is a list of rules and a `Grammar` of what its prepositions and verbs say. Which words
there are is the language's; how claims meet and become mentions is told here once for all.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from index.dates.narrated import Narrated
from index.dates.needs import needed
from index.dates.periods import Period, Yearless
from index.dates.scan import Lexicon, Ordinal, Tokens

#: How far from a date its verb is looked for, in tokens: the width of a long clause. A comma, dash
#: or quotation mark between them counts as this many more.
_REACH = 24
_BORDER_COST = 6
#: «Заявил в среду»: a verb of saying as near as this to a date is the one that it dates.
_BESIDE = 3

#: How far back «того же года» looks for its year, in tokens: a paragraph or so.
_SAME_YEAR_REACH = 120


class Open(Enum):
    """What a preposition makes of a date: a start, a limit, or neither."""

    NO = "no"
    FROM = "from"
    TILL = "till"  # «до»: a coarse date itself is outside
    BY = "by"  # «к», «по», «не позднее»: inside


class Kind(Enum):
    """What claims may be joined with what."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    NEAR = "near"  # weekday, «вчера»: an explicit day beside it wins
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Claim:
    """The tokens `first` to `last`, inclusive, as a date; `core` is where it stands bare."""

    first: int
    last: int
    when: Period | Yearless | Narrated
    kind: Kind = Kind.OTHER
    open: Open = Open.NO
    is_approximate: bool = False
    part: int | None = None
    is_weak: bool = False  # a bare «август»: a date only beside another
    is_limit: bool = False  # «до мая»: to come, unless its verb is of the past
    is_weekday: bool = False
    is_of: bool = False  # «за февраль»: what is paid or told of is seldom to come
    is_aim: bool = False  # «перенесли на октябрь»: to come, whatever its verb; a day: the nearest


class Refusal(Enum):
    """Not None: the rule takes the tokens, and they are no date («31 июня»)."""

    NO_DATE = "no date"


Result = Period | Yearless | Narrated | Sequence[Claim] | Refusal | None


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a language says beside its rules."""

    words: Lexicon
    ordinal: Ordinal
    opens: Callable[["Hit"], Open]
    sign: Callable[[str], int | None]  # of a verb: -1 past, 0 neither, 1 future, None no verb
    recurring: frozenset[str]
    joints: re.Pattern[bytes]  # symbols that may join two claims to a range
    aims: Callable[["Hit"], bool]  # «перенесли на октябрь»
    is_of: Callable[["Hit"], bool] = lambda _hit: False  # «выплатят за февраль»
    #: Of a word: whether what it is about is to come («соглашение о встрече в сентябре»).
    is_plan: Callable[[Tokens, int], bool] = lambda _tokens, _index: False
    #: Words right before a date that is past: «ещё в декабре планировали».
    backward: frozenset[str] = frozenset()
    prepare: Callable[[Tokens], None] = lambda _tokens: None
    #: Of a verb: whether another in its sentence counts more, as with an infinitive, or with a verb
    #: of saying that does not stand right beside the date.
    is_infinitive: Callable[[str], bool] = lambda _word: False
    #: Of a verb of the present: whether what it tells is to come («договор истекает в декабре»).
    is_due: Callable[[str], bool] = lambda _word: False
    is_saying: Callable[[str], bool] = lambda _word: False
    #: Of a past verb: whether the infinitive after it is to come («договорились встретиться»).
    is_promise: Callable[[str], bool] = lambda _word: False
    #: Of a past verb: whether a limit after it is to come («отложили до пятницы»).
    is_prolonging: Callable[[str], bool] = lambda _word: False
    #: Words beside a participle that make it one of the future: «будет подана».
    auxiliaries: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what it makes of a hit: a date, claims, a refusal, or nothing."""

    name: str
    pattern: re.Pattern[bytes]
    build: Callable[["Hit"], Result]
    kind: Kind = Kind.OTHER
    #: Symbols of which each match holds one: without any of them left the text is not searched.
    needs: bytes = b""


def make_rule(
    name: str,
    core: str,
    build: Callable[["Hit"], Result],
    kind: Kind = Kind.OTHER,
    *,
    before: str = "",
    after: str = "",
) -> Rule:
    """Return the rule of a pattern; `before` and `after` are what may stand around its core."""
    pattern = re.compile(f"{before}{core}{after}".encode())
    return Rule(name, pattern, build, kind, needed(core))


@dataclass(frozen=True, slots=True)
class Hit:
    """A match of a rule's pattern in a text read on a day."""

    tokens: Tokens
    match: re.Match[bytes]
    anchor: date
    grammar: Grammar
    is_quoted: Callable[[], bool] = field(repr=False)

    def has(self, group: str) -> bool:
        """Return whether the group took part in the match."""
        return self.match.re.groupindex.get(group) is not None and self.match[group] is not None

    def at(self, group: str) -> int:
        """Return the index of the first token of the group."""
        return self.match.start(group)

    def value(self, group: str) -> int:
        """Return the value of the first token of the group."""
        return self.tokens.values[self.match.start(group)]

    def word(self, index: int) -> str:
        """Return the token at an index in lower case, or "" outside the text."""
        return self.tokens.word(index) if 0 <= index < len(self.tokens.starts) else ""

    def year(self) -> int | None:
        """Return the year the hit names, also by «прошлого года»; None when it names none."""
        if self.has("year"):
            return self.value("year")
        if self.has("rel_short"):
            return self.anchor.year + self.value("rel_short")
        if self.has("same"):
            return self.year_before()
        if not self.has("rel"):
            return None
        by = self.value("rel")
        told = self.year_before() if by == 1 else None
        if told is not None and told + by < self.anchor.year and self.lean() == -1:
            return told + by  # «арестован в 2023 году и осуждён в феврале следующего года»
        return self.anchor.year + by

    def year_before(self) -> int | None:
        """Return the year named last before the hit, which «того же года» speaks of."""
        start = self.match.start()
        found = self.tokens.symbols.rfind(b"Y", max(0, start - _SAME_YEAR_REACH), start)
        return self.tokens.values[found] if found >= 0 else None

    def in_year(self, make: Callable[[int], Period | None], *, is_day: bool = False) -> Result:
        """Return what `make` gives for the year of the hit; without a year, leave it open."""
        year = self.year()
        if year is None:
            return Yearless(make, is_day)
        period = make(year)
        if period is None:
            return Refusal.NO_DATE
        return period if self.has("year") else period.relative()

    def lean(self, *, is_limit: bool = False) -> int | None:
        """Return the time its clause speaks of: -1 past, 1 future, 0 neither; None without verb."""
        place = self.match.start(), self.match.end() - 1
        return lean(self.tokens, *place, self.grammar, is_limit=is_limit)


def lean(
    tokens: Tokens, first: int, last: int, grammar: Grammar, *, is_limit: bool = False
) -> int | None:
    """Return the sign of the verb nearest to the tokens `first` to `last` in their sentence.

    `is_limit` is of «до мая»: what was put off or prolonged till then is to come.
    """
    if first and tokens.word(first - 1) in grammar.backward:
        return -1
    return _lean_of_verbs(tokens, first, last, grammar, is_limit=is_limit)


def _lean_of_verbs(
    tokens: Tokens, first: int, last: int, grammar: Grammar, *, is_limit: bool
) -> int | None:
    verbs = []  # each with whether another counts more, how far it is, its sign, what it is
    is_promised = False
    for step, start, border in ((-1, first - 1, -1), (1, last + 1, len(tokens.starts))):
        for cost, index in _words_from(tokens, start, border, step):
            word = tokens.word(index)
            found = 1 if grammar.is_plan(tokens, index) and step < 0 else grammar.sign(word)
            if found is None:
                continue
            if found == -1 and _is_ahead(tokens, index, grammar.auxiliaries):
                found = 1
            if found == 0 and grammar.is_due(word):
                found = 1
            if found == -1 and is_limit and grammar.is_prolonging(word):
                found = 1
            is_infinitive = grammar.is_infinitive(word)
            is_weak = is_infinitive or (found < 1 and cost > _BESIDE and grammar.is_saying(word))
            verbs.append((is_weak, cost, found, is_infinitive))
            is_promised = is_promised or grammar.is_promise(word)
            if not is_weak:
                break
    if not verbs:
        return None
    nearest, strongest = min(verbs, key=lambda verb: verb[1]), min(verbs)
    # «Договорились встретиться»: an infinitive is to come, whatever the verb before it.
    if nearest[3] and strongest[2] != 1:
        return 1 if is_promised else nearest[2]
    return strongest[2]


def _is_ahead(tokens: Tokens, index: int, auxiliaries: frozenset[str]) -> bool:
    """Return whether a word beside a participle makes it one of the future."""
    beside = [at for at in (index - 1, index + 1) if 0 <= at < len(tokens.starts)]
    return any(tokens.word(at) in auxiliaries for at in beside)


def _words_from(tokens: Tokens, start: int, border: int, step: int) -> Iterator[tuple[int, int]]:
    """Yield the words of a sentence from a place on by index, each after how far away it counts."""
    cost = 0
    for index in range(start, border, step):
        symbol = tokens.symbols[index : index + 1]
        if symbol == b"." or cost > _REACH:
            return
        cost += _BORDER_COST if symbol in b',-"()' else 1
        if symbol in b"xR":
            yield cost, index


def claim(
    rules: Iterable[Rule], hits: Callable[[re.Match[bytes]], Hit], tokens: Tokens
) -> list[Claim]:
    """Return what the rules claim, in text order: a token belongs to the first that takes it."""
    claims: list[Claim] = []
    free = tokens.symbols[:]
    for rule in rules:
        if rule.needs and not any(symbol in free for symbol in rule.needs):
            continue
        taken: list[tuple[int, int]] = []
        for match in rule.pattern.finditer(free):
            hit = hits(match)
            made = rule.build(hit)
            if made is None:
                continue
            taken.append(match.span())
            if not isinstance(made, Refusal):
                claims.extend(
                    [_claim_of(hit, rule, made)]
                    if isinstance(made, Period | Yearless | Narrated)
                    else made
                )
        for start, stop in taken:
            free[start:stop] = b"#" * (stop - start)
    return sorted(claims, key=lambda found: found.first)


def _claim_of(hit: Hit, rule: Rule, when: Period | Yearless | Narrated) -> Claim:
    opening = hit.grammar.opens(hit)
    if opening is Open.FROM and hit.has("joint"):
        opening = Open.NO  # «с 6 по 9 апреля» has both ends
    return Claim(
        hit.match.start(),
        hit.match.end() - 1,
        when,
        rule.kind,
        opening,
        is_approximate=hit.has("about") or hit.has("about2"),
        part=hit.value("part") if hit.has("part") else None,
        is_weak=rule.name == "bare month",
        is_limit=opening in {Open.TILL, Open.BY},
        is_weekday=hit.has("weekday"),
        is_of=hit.grammar.is_of(hit),
        is_aim=hit.grammar.aims(hit) and isinstance(when, Yearless),
    )
