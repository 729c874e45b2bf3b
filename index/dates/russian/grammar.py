"""What Russian prepositions and verbs say of the dates beside them."""

import re
from functools import lru_cache

from index.dates.rules import Grammar, Hit, Open
from index.dates.russian.words import WORDS, ordinal
from index.dates.scan import Tokens
from index.languages import CACHED_FORMS, ru
from index.speech import is_saying

_OPENS = {
    **dict.fromkeys(("bS", "b", "S", "f", "!^"), Open.FROM),
    **dict.fromkeys(("K", "p", "!>"), Open.BY),
    "T": Open.TILL,
}
_INSTRUMENTAL = ("ом", "ем", "ей", "ью", "ами", "ями")


def opens(hit: Hit) -> Open:
    """Return what the preposition before a date makes of it; «с прошлым годом» is no start."""
    group = "on" if hit.has("on") else "open"
    if not hit.has(group) or hit.has("night"):
        return Open.NO
    symbols = hit.match[group].decode()
    symbols = symbols[:1] if symbols.endswith("G") else symbols  # «к вечеру воскресенья»
    last = hit.word(hit.match.end() - 1)
    if symbols in {"S", "p"} and last.endswith((*_INSTRUMENTAL, "году", "годам")):
        return Open.NO
    unit = re.search(rb"[qhM]", hit.match[0])  # «по сравнению с первым полугодием 2024 года»
    if (
        symbols == "S"
        and unit
        and hit.word(hit.match.start() + unit.start()).endswith(_INSTRUMENTAL)
    ):
        return Open.NO
    if symbols == "K" and not hit.has("part") and _is_past_period(hit):
        return Open.NO  # «выросли к прошлому году», «к маю прошлого года»
    is_year = hit.has("year") and not hit.has("season") and not hit.has("month")
    if symbols == "T" and is_year and _PLAN.match(hit.word(hit.match.start() - 1)):
        return Open.BY  # «программа, рассчитанная до 2020 года»
    return _OPENS.get(symbols, Open.NO)


def _is_past_period(hit: Hit) -> bool:
    named = next((group for group in ("rel", "next") if hit.has(group)), None)
    return named is not None and not hit.has("weekday") and hit.value(named) < 0


#: What is made up to the end of its last year.
_PLAN = re.compile(r"рассчитан|программ|стратег|план|концепц|прогноз")


def aims(hit: Hit) -> bool:
    """Return whether the preposition points ahead: «на октябрь»."""
    return hit.has("open") and hit.match["open"] == b"a" and not hit.has("night")


def is_of(hit: Hit) -> bool:
    """Return whether the preposition tells of what something is: «пособие за февраль»."""
    return hit.has("open") and hit.match["open"] == b"z"


_FUTURE = re.compile(
    r"заплан|планир|намерен|намеч|назнач|предсто|ожида|состоитс|готовитс|собирае|собираю|должн?[аоы]?$|намерева"
    r"|организу|рассчит|надею|надеем|обеща|пройдет|пройдут"
    r"|возмож(?:ен|на|ны)$"
)


#: «Следующий матч — в субботу»: a subject to come; of another case it is a date's own.
_NEXT = re.compile(r"(?:следующ|предстоящ)(?:ий|ее|ая|ие)")


@lru_cache(CACHED_FORMS)
def sign(word: str) -> int | None:
    """Return the time a Russian verb or participle speaks of: -1, 0, 1; None for other words."""
    if len(word) < len("был"):
        return None
    grammar = ru.grammar(word)
    if _FUTURE.match(word):
        return 0 if grammar.tense == "past" and grammar.part == "VERB" else 1
    if grammar.part in {"VERB", "PRTS", "PRTF"}:
        if grammar.part == "PRTF" and grammar.tense != "past":
            return None
        if grammar.part == "VERB" and _is_asked_for(word):
            return 1
        if not grammar.tense and any("past" in read.grammemes for read in ru.readings(word)):
            return -1  # «нашли», an imperative of «наслать» as well
        return {"past": -1, "futr": 1}.get(grammar.tense, 0)
    if word.startswith(("минувш", "прошедш")):
        return -1
    if _NEXT.fullmatch(word):
        return 1
    if grammar.part == "ADJS" and any("PRTS" in read.grammemes for read in ru.readings(word)):
        return -1  # «въезд закрыт»
    return 0 if grammar.part == "INFN" else None


def _is_asked_for(word: str) -> bool:
    """Return whether a verb may be an imperative to several: «приходите в октябре»."""
    return word.endswith(("те", "тесь")) and any(
        "impr" in read.grammemes for read in ru.readings(word)
    )


def is_infinitive(word: str) -> bool:
    """Return whether a word is an infinitive: «планируем открыть в мае» is told by the other."""
    return ru.grammar(word).part == "INFN"


_PROMISES = frozenset(
    """
    договориться решить обещать пообещать поручить предложить согласиться обязать обязаться
    попросить призвать рекомендовать намереваться собираться планировать хотеть готовый
    решиться постановить потребовать пригрозить предписать
    """.split()
)


def is_promise(word: str) -> bool:
    """Return whether what a verb governs is to come: «договорились встретиться в октябре»."""
    return ru.grammar(word).lemma in _PROMISES


_PLANS = re.compile(r"соглашени|договоренност|намерени|предложени")


def is_plan(tokens: Tokens, index: int) -> bool:
    """Return whether a word is «соглашение о», whose subject is to come."""
    is_about = index + 1 < len(tokens.starts) and tokens.word(index + 1) in {"о", "об"}
    return is_about and _PLANS.match(tokens.word(index)) is not None


_DUE = frozenset(
    """
    истекать вступать наступать заканчиваться завершаться начинаться стартовать открываться
    закрываться прекращаться предстоять выходить уходить отправляться
    """.split()
)


def is_due(word: str) -> bool:
    """Return whether a verb of the present tells what is to come: «срок истекает в декабре»."""
    grammar = ru.grammar(word)
    return grammar.tense == "pres" and grammar.lemma in _DUE


_PROLONGING = frozenset(
    """
    остаться открыть отложить перенести продлить продлевать назначить приостановить запретить
    закрыть отсрочить ограничить объявить перекрыть ввести отодвинуть сдвинуть заморозить
    арестовать освободить
    """.split()
)


def is_prolonging(word: str) -> bool:
    """Return whether what was done holds till a day to come: «отложили до пятницы»."""
    lemmas = {read.lemma for read in ru.readings(word)}
    return bool(lemmas & _PROLONGING) or is_promise(word)


#: «как правило, в начале октября» is no October; a year or the future tense makes it one.
_RECURRING = frozenset(
    "ежегодно обычно традиционно правило каждый каждую каждое каждого каждой всегда".split()
)
_COUNTED = frozenset("человек раз тысяч миллионов миллиардов чел тыс млн млрд руб км кв".split())


def _prepare(tokens: Tokens) -> None:
    """Take four-digit quantities («2000 мегаватт», «с 2000 до 14 000 человек») for numbers."""
    _spell_out_short_years(tokens)
    _spell_out_decades(tokens)
    symbols = tokens.symbols
    for found in re.finditer(rb"Y(?=[Tp-][nY]|x)", bytes(symbols)):
        at = found.start()
        if symbols[at + 1] == ord("x"):
            is_count = _counts(tokens, at)
        else:
            end = at + 2
            is_count = end + 1 < len(symbols) and (
                _is_above_years(tokens, end)
                or (symbols[end + 1] == ord("x") and _counts(tokens, end))
            )
            is_count = is_count and symbols[at - 1] in b"gS" and symbols[at + 1] != ord("-")
        if is_count:
            symbols[at] = ord("n")


#: «Летом 41-го», «в марте 12-го», «в 43-м ушёл на фронт».
_SHORT_YEAR = re.compile(rb"(?<=[sM])[no](?!M)|(?<=[vKST])n")
#: Short years are told of the last hundred years, and of a few to come.
_SHORT_YEAR_PIVOT = 35


def _spell_out_short_years(tokens: Tokens) -> None:
    """Take «41-го» of a month or season, or alone after a preposition, for a year."""
    for found in _SHORT_YEAR.finditer(bytes(tokens.symbols)):
        at = found.start()
        word, value = tokens.word(at), tokens.values[at]
        is_alone = tokens.symbols[at - 1] in b"vKST"
        if not 1 <= value <= 99 or not word.endswith(("го", "м", "му") if is_alone else "го"):
            continue
        following = tokens.word(at + 1) if at + 1 < len(tokens.starts) else ""
        grammar = ru.grammar(following) if following[:1].isalpha() else None
        is_its = grammar is not None and grammar.part in {"NOUN", "ADJF", "PRTF", "NUMR"}
        if grammar and not is_alone and "gent" not in grammar.cases:
            is_its = False  # «с лета 25-го склад закрыт»
        if not is_its or following.startswith("год"):
            tokens.symbols[at] = ord("Y")
            tokens.values[at] = value + (2000 if value <= _SHORT_YEAR_PIVOT else 1900)


def _spell_out_decades(tokens: Tokens) -> None:
    """Take «тридцатые» of years, or alone after a preposition, for a decade."""
    for found in re.finditer(rb"O(?=y)|(?<=[vSTKE])O", bytes(tokens.symbols)):
        at = found.start()
        value, is_alone = tokens.values[at], tokens.symbols[at + 1 : at + 2] != b"y"
        if not 20 <= value <= 90 or value % 10 or not tokens.word(at).endswith(("ые", "ых", "ым")):
            continue
        following = tokens.word(at + 1) if at + 1 < len(tokens.starts) else ""
        part = ru.grammar(following).part if is_alone and following[:1].isalpha() else ""
        if part not in {"NOUN", "ADJF", "PRTF", "NUMR"} and tokens.symbols[at + 1 : at + 2] != b"V":
            tokens.symbols[at] = ord("D")
            tokens.values[at] = 1900 + value


def _is_above_years(tokens: Tokens, at: int) -> bool:
    """Return whether a number has its thousands set apart or more of them: no year has."""
    number = tokens.text[tokens.starts[at] : tokens.stops[at]]
    return tokens.symbols[at] == ord("n") and len(number) >= len("2026")


def _counts(tokens: Tokens, at: int) -> bool:
    """Return whether a number counts what follows it; «2030-му» counts nothing."""
    start, word = tokens.starts[at + 1], tokens.word(at + 1)
    if not tokens.word(at).isdigit():
        return False
    if not word[:1].isalpha():
        return tokens.text[start] in "%°$€₽"
    grammar = ru.grammar(word)
    is_many = grammar.part == "NOUN" and grammar.number == "plur" and "nomn" not in grammar.cases
    return word in _COUNTED or (is_many and "gent" in grammar.cases)


GRAMMAR = Grammar(
    words=WORDS,
    ordinal=ordinal,
    opens=opens,
    sign=sign,
    recurring=_RECURRING,
    joints=re.compile(rb"-"),
    aims=aims,
    is_of=is_of,
    is_plan=is_plan,
    backward=frozenset("еще ранее раньше недавно".split()),
    prepare=_prepare,
    is_infinitive=is_infinitive,
    is_due=is_due,
    is_saying=is_saying,
    is_promise=is_promise,
    is_prolonging=is_prolonging,
    auxiliaries=frozenset("будет будут буду будем будете".split()),
)
