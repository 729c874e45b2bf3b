"""Builders of dates told from today: weekdays, weekends, «вчера», «сегодня», «накануне»."""

from datetime import date

from index.dates import periods
from index.dates.narrated import Narrated
from index.dates.periods import Period
from index.dates.rules import Hit, Result
from index.languages import ru
from index.speech import SAYING
from index.types import Precision


def weekday(hit: Hit) -> Result:
    """Return «в среду»: the last, today included, or the next if the future is meant."""
    if hit.word(hit.match.end()) in {"обитания", "обитание"}:
        return None
    if hit.has("next"):
        lean = hit.value("next")
        if lean < -1:  # «в позапрошлую среду»
            last = periods.weekday_near(hit.anchor, hit.value("weekday"), -1)
            day = periods.shifted(last, -7) if last else None
        elif lean == 0:
            week = periods.week_of(hit.anchor, 0)
            day = periods.shifted(week.first, hit.value("weekday")) if week and week.first else None
        else:
            day = periods.weekday_near(hit.anchor, hit.value("weekday"), lean)
    else:
        points = (
            hit.has("on")
            and hit.match["on"] in {b"a", b"T", b"K", b"TG", b"KG", b"p", b"!>"}
            and not hit.has("night")
        )
        tense = hit.lean(is_limit=points)
        ahead = (
            tense == 1 or _begins_to_come(hit) or (tense != -1 and (points or _is_scheduled(hit)))
        )
        day = _weekday_by_tense(hit.anchor, hit.value("weekday"), is_ahead=ahead)
    return periods.day(day).relative() if day else None


def _begins_to_come(hit: Hit) -> bool:
    """Return whether «с четверга повышает ставку» is told in the present, whoever said so."""
    return hit.has("on") and hit.match["on"] == b"S" and _is_scheduled(hit)


def _is_scheduled(hit: Hit) -> bool:
    """Return whether a verb of the present tells what is to come: «в воскресенье играем».

    Not where another verb of the sentence is past: «в понедельник тот, кто отдыхает, подписал».
    """
    found = verb_near(hit)
    return (
        found is not None
        and found.tense == "pres"
        and found.lemma not in SAYING
        and (found.lemma not in _GENERAL_STATES or found.lemma == "играть")
        and not _tells_the_past(hit)
    )


def _tells_the_past(hit: Hit) -> bool:
    """Return whether a verb of the past stands near in the sentence of the hit."""
    tokens = hit.tokens
    for step, start, border in (
        (1, hit.match.end(), len(tokens.starts)),
        (-1, hit.match.start() - 1, -1),
    ):
        for index in range(start, border, step)[:_SENTENCE_REACH]:
            symbol = tokens.symbols[index : index + 1]
            if symbol == b".":
                break
            word = tokens.word(index) if symbol == b"x" else ""
            if word and hit.grammar.sign(word) == -1 and not hit.grammar.is_saying(word):
                return True
    return False


#: How far the verbs of a sentence are looked for, in tokens.
_SENTENCE_REACH = 24


def weekday_of_week(hit: Hit) -> Result:
    """Return «в четверг на прошлой неделе», «на следующей неделе, во вторник»."""
    week = periods.week_of(hit.anchor, hit.value("next"))
    day = periods.shifted(week.first, hit.value("weekday")) if week and week.first else None
    return periods.day(day).relative() if day else None


def night_of_weekdays(hit: Hit) -> Result:
    """Return both days of «в ночь с пятницы на субботу (, 17 января)»."""
    if hit.has("month"):
        month, day = hit.value("month"), hit.value("a")
        return hit.in_year(lambda year: _night_before(periods.day_of(year, month, day)))
    last = _weekday_by_tense(hit.anchor, hit.value("weekday"), is_ahead=hit.lean() == 1)
    first = periods.shifted(last, -1) if last else None
    return Period(first, last, Precision.RANGE, is_relative=True) if first else None


def _night_before(day: Period | None) -> Period | None:
    """Return a day and the one before it."""
    first = periods.shifted(day.first, -1) if day and day.first else None
    return Period(first, day.last, Precision.RANGE) if day and first else None


def _weekday_by_tense(anchor: date, weekday: int, *, is_ahead: bool) -> date | None:
    """Return the nearest past weekday, today included, or the nearest to come, today included."""
    if is_ahead and anchor.weekday() == weekday:
        return anchor
    return periods.weekday_near(anchor, weekday, 1 if is_ahead else 0)


def weekend(hit: Hit) -> Result:
    """Return the Saturday and Sunday meant: the last, these, the next."""
    is_aim = hit.match[0][:1] == b"a" and hit.word(hit.match.end() - 1) == "выходные"
    lean = hit.value("next") if hit.has("next") else (hit.lean() or (1 if is_aim else -1))
    saturday = periods.weekday_near(hit.anchor, 5, 0)
    if lean >= 0 and hit.anchor.weekday() < 5:
        saturday = periods.weekday_near(hit.anchor, 5, 1)
    if saturday is None:
        return None
    sunday = periods.shifted(saturday, 1)
    return Period(saturday, sunday, Precision.RANGE, is_relative=True)


_GENERAL_STATES = frozenset(
    """
    являться составлять насчитывать существовать иметь иметься оставаться считаться жить мочь знать
    понимать находиться развиваться хотеть требовать требоваться нуждаться стоять думать видеть
    говорить зависеть позволять позволить представлять принадлежать располагать означать любить
    верить носить называть называться работать бояться играть проявлять приучать
    """.split()
)


def deictic(hit: Hit) -> Result:
    """Return «вчера», «завтра»; «сегодня» unless it means «nowadays»."""
    by = hit.value("deictic")
    if by == 1 and _is_opposed(hit):
        return None
    if by == 0 and not hit.has("hour") and _is_nowadays(hit):
        return None
    return deictic_day(hit)


def day_of_today(hit: Hit) -> Result:
    """Return «со вчерашнего дня»; «до сегодняшнего дня» is until now."""
    if hit.value("deictic") == 0 and not (hit.has("open") and hit.match["open"] == b"S"):
        return None
    return deictic_day(hit)


def deictic_day(hit: Hit) -> Result:
    """Return the day so many days from today."""
    day = periods.shifted(hit.anchor, hit.value("deictic"))
    return periods.day(day).relative() if day else None


def _is_opposed(hit: Hit) -> bool:
    """Return whether «сегодня подписывает, а завтра покупает» tells of no day, as in a proverb."""
    start = hit.match.start()
    for index in range(start - 1, max(-1, start - _SENTENCE_REACH), -1):
        symbol = hit.tokens.symbols[index : index + 1]
        if symbol == b".":
            return False
        if symbol == b"A" and hit.tokens.values[index] == 0:
            found = verb_near(hit)
            return found is not None and found.tense == "pres" and hit.is_quoted()
    return False


def _is_title(hit: Hit) -> bool:
    """Return whether «сегодня» ends a title in quotation marks: the journal «Медицина сегодня»."""
    tokens, start, after = hit.tokens, hit.match.start(), hit.match.end()
    if tokens.symbols[after : after + 1] != b'"':
        return False
    opening = tokens.symbols.rfind(b'"', max(0, start - _TITLE_WORDS - 1), start)
    if opening < 0 or not tokens.text[tokens.starts[opening + 1]].isupper():
        return False
    words = [tokens.word(index) for index in range(opening + 1, start)]
    return not any(ru.grammar(word).is_finite for word in words)


_TITLE_WORDS = 3


def _is_asked(hit: Hit) -> bool:
    """Return whether the sentence of the hit is a question."""
    at = hit.tokens.symbols.find(b".", hit.match.end(), hit.match.end() + _SENTENCE_REACH)
    return at >= 0 and hit.tokens.text[hit.tokens.starts[at]] == "?"


def _defines(hit: Hit) -> bool:
    """Return whether the sentence of the hit says what something is: «сегодня власть — это …»."""
    tokens, stop = hit.tokens, hit.match.end()
    for index in range(stop, min(stop + _SENTENCE_REACH, len(tokens.starts) - 1)):
        symbol = tokens.symbols[index : index + 1]
        if symbol == b".":
            return False
        if symbol == b"-" and tokens.word(index + 1) == "это":
            return True
    return False


def _is_nowadays(hit: Hit) -> bool:
    """Return whether «сегодня» is rhetorical: in a quote, or beside a verb of state.

    A day's news is told in the past or the future; a quote's «сегодня мы имеем» is not of a day.
    """
    after = hit.match.end()
    if _is_title(hit):
        return True
    found = verb_near(hit)
    is_told = found is not None and found.tense == "past"  # «сегодня же его принял президент»
    if hit.word(after) in {"это", "-", "—", "–"} or (hit.word(after) == "же" and not is_told):
        return True
    if found is None:
        return (
            hit.is_quoted() or _is_asked(hit) or _defines(hit)
        )  # «достаточно ли сегодня полномочий?»
    if found.tense == "past" or found.tense == "futr":
        return False
    return hit.is_quoted() or found.lemma in _GENERAL_STATES or _is_asked(hit)


def verb_near(hit: Hit) -> ru.Grammar | None:
    """Return the grammar of the first predicate after the hit in its sentence, else before it."""
    tokens = hit.tokens
    for step, start, border in (
        (1, hit.match.end(), len(tokens.starts)),
        (-1, hit.match.start() - 1, -1),
    ):
        for index in range(start, border, step)[:24]:
            symbol = tokens.symbols[index : index + 1]
            if symbol == b".":
                break
            grammar = ru.grammar(tokens.word(index)) if symbol == b"x" else None
            if grammar and grammar.is_finite and grammar.tense:
                return grammar
    return None


def the_day_before(hit: Hit) -> Result:
    """Return «накануне» alone: before the day its paragraph told last, else before today.

    «Накануне выборов» is no day.
    """
    if _governs(hit):
        return None
    day = periods.shifted(hit.anchor, -1)
    today = periods.day(day).relative() if day else None
    return Narrated(-1, "e", today=today, is_after_any=True) if today else None


def _governs(hit: Hit) -> bool:
    """Return whether «накануне» is of what follows, by its genitive: «накануне выборов».

    Not of who acts («накануне депутата задержали»), nor of what may be a subject or an object
    («накануне стороны спорили»), unless it is an occasion.
    """
    at = hit.match.end()
    word, following = hit.word(at), hit.word(at + 1)
    if word in _POSSESSIVES:
        at, word, following = at + 1, following, hit.word(at + 2)
    if hit.tokens.symbols[at + 1 : at + 2] == b"-":
        word, following = hit.word(at + 2), hit.word(at + 3)  # «премьер-министр»
    if len(word) <= len("во") or not word.isalpha():
        return False
    readings = [read for read in ru.readings(word) if read.is_known] or ru.readings(word)
    genitives = [
        read for read in readings if {"gent"} & read.grammemes and not _NAMED & read.grammemes
    ]
    if not genitives or any("anim" in read.grammemes for read in genitives):
        return False
    if not any(
        "NOUN" in read.grammemes and _PLURAL & read.grammemes == _PLURAL for read in readings
    ):
        return True
    verb = ru.grammar(following) if following[:1].isalpha() else None
    is_subject = verb is not None and verb.is_finite and verb.number == "plur"
    return not is_subject and any(
        read.lemma in _OCCASIONS or read.lemma.endswith(("ние", "тие")) for read in genitives
    )


_POSSESSIVES = frozenset("его ее их".split())
_NAMED = frozenset({"NPRO"})
_PLURAL = frozenset({"nomn", "plur"})

#: Occasions whose genitive is their plural as well: «накануне войны», «встречи».
_OCCASIONS = frozenset(
    """
    война встреча поездка сессия годовщина свадьба отставка сдача революция казнь битва операция
    конференция премьера церемония инаугурация игра олимпиада пасха реформа смерть гибель публикация
    выставка ярмарка дата атака катастрофа осада зима весна осень забастовка презентация высадка
    сделка эвакуация регистрация ассамблея процедура отправка проверка коронация капитуляция
    """.split()
)
