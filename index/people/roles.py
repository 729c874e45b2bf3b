"""Roles: the words beside a name that say what the person is.

«Президент Лавении Олег Ветров», «Олег Ветров, директор музея». Which roles are the same is for
`posts`.
"""

import re
from functools import lru_cache

from index.languages import lemmas
from index.languages.ru import readings
from index.people.forms import CASES, cases, genders, name_form, role_readings
from index.people.mention import NameMention
from index.people.words import left_words
from index.types import Span

#: Words a title before a name may have: «заместитель министра … по … и …».
_TITLE_WORDS = 16
#: As many settle it before most names.
_NEAR_WORDS = 6
#: More capitalised words in a row are a list of names, and no «Генеральный секретарь Организации
#: Объединённых Наций».
_MOST_CAPITALS = 5

#: Words of an apposition after a name, up to the next comma.
_APPOSITION = re.compile(
    r"\s*(?:,\s+|\s[—–-]\s|\s?\()((?:(?!\s[—–-]\s)(?:«[^»\n]{1,80}»|[^,.;:()«»\"\n]|\.(?=\S))){3,160})"
)

WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")

_VERBAL = frozenset({"VERB", "GRND", "PRED", "PRTS", "ADJS", "INFN"})


def role_before(text: str, mention: NameMention) -> Span | None:
    """Return the title that stands before a name and agrees with it, or None."""
    wanted = {case for case, _ in mention.readings}
    if mention.first[1:2] == "." and ("gent", "masc") not in mention.readings:
        wanted -= {"gent"} if "nomn" in wanted else set()  # «адвокат С. Б. Оганесян» is a lawyer
    return title_before(text, mention.span.start, frozenset(wanted))


def title_before(text: str, start: int, wanted: frozenset[str]) -> Span | None:
    """Return the title that ends at `start` with its head in one of the `wanted` cases."""
    words = left_words(text, start, _NEAR_WORDS)
    if not words or not _BESIDE.fullmatch(text, words[0][0] + len(words[0][1]), start):
        return None
    head = _title_head(words, wanted, is_all=len(words) < _NEAR_WORDS)
    if head == _OPEN:
        words = left_words(text, start, _TITLE_WORDS)
        head = _title_head(words, wanted, is_all=True)
    if head is None:
        return None
    stop = words[0][0] + len(words[0][1])
    while text[stop : stop + 1] in {"»", "“", "”"} or (text[stop : stop + 1] == '"'):
        stop += 1
    title = text[words[head][0] : stop]
    is_whole = title.count("«") == title.count("»") and title.count('"') % 2 == 0
    return Span(words[head][0], stop) if is_whole else None


def _title_head(
    words: list[tuple[int, str]], wanted: frozenset[str], *, is_all: bool
) -> int | None:
    """Return the index of the first word of a title; `_OPEN` if it may begin farther away.

    `words` are those before the name, the nearest first, `is_all` when there are no more.
    """
    head: int | None = None
    capitals = 0
    for at, (_, word) in enumerate(words):
        capitals = capitals + 1 if word[:1].isupper() else 0
        if (
            capitals > _MOST_CAPITALS
            or _is_verb(word)
            or (head is not None and word.lower() in _JOINS)
        ):
            break
        is_relative = at == 0 and "gent" in wanted and is_kin(word)
        if is_relative and len(words) > 1 and _agreeing_adjective(words[1][1], word):
            is_relative = False  # «торговый представитель Джанет Хилл»
        if (head_cases(word) or _premier(words, at)) & wanted and not is_relative:
            head = at
        elif word[:1].isupper() and _is_somebody(word):
            break
    else:
        if not is_all:
            return _OPEN
    if head is None:
        return None
    while head + 1 < len(words) and _agreeing_adjective(words[head + 1][1], words[head][1]):
        head += 1
    return _OPEN if head + 1 == len(words) and not is_all else head


_OPEN = -1

#: Stand between a title and somebody else's: «встреча главы Долгории с министром Ветровым».
_JOINS = frozenset("и с со".split())
_BESIDE = re.compile(r"[\s\u00a0«»„“”\"]*")


def title_cases(word: str) -> frozenset[str]:
    """Return the cases in which a word of a title is a singular noun for a person."""
    return head_cases(word) or _PREMIER.get(word.lower(), _NONE)


def _premier(words: list[tuple[int, str]], at: int) -> frozenset[str]:
    """Return the cases of «премьера» before a word in capitals: there it is no first night."""
    is_named = at == 0 or words[at - 1][1][:1].isupper()
    return title_cases(words[at][1]) if is_named else _NONE


_NONE: frozenset[str] = frozenset()
_PREMIER = {
    "премьера": frozenset({"gent", "accs"}),
    "премьеру": frozenset({"datv"}),
    "премьере": frozenset({"loct"}),
}


def _is_somebody(word: str) -> bool:
    """Return whether a word is a name of a person and nothing else: not «Владимир», the town."""
    form = name_form(word)
    return form.is_proper and not (form.is_common or form.is_place or form.is_body)


def is_kin(word: str) -> bool:
    """Return whether the noun has a relative in the genitive after it: «вдова Ветрова»."""
    return lemmas(word)[0] in _KIN


_KIN = frozenset(
    "жена муж вдова вдовец супруга супруг дочь сын мать мама отец брат сестра внук внучка "
    "сторонник соратник адвокат помощник соперник друг представитель заместитель советник "
    "пресс-секретарь секретарь преемник предшественник биограф поклонник критик двойник "
    "телохранитель однопартиец защитник коллега начальник подруга невеста жених убийца".split()
)


def role_after(text: str, mention: NameMention) -> Span | None:
    """Return the apposition after a name that says what the person is, or None."""
    found = _APPOSITION.match(text, mention.span.stop)
    if found is None:
        return None
    wanted = frozenset(c for c, _ in mention.readings)
    for at, word in enumerate(WORD.finditer(found[1])):
        if _is_verb(word[0]) or at > 4:
            return None
        if head_cases(word[0]) & wanted:
            return _until_verb(text, Span(found.start(1), found.end(1)))
        if name_form(word[0]).is_name and word[0][:1].isupper():
            return None
        if not _is_adjective(word[0]):
            return None
    return None


def _until_verb(text: str, span: Span) -> Span | None:
    """Return the span up to its first finite verb, without outer white space."""
    stop = span.stop
    for word in WORD.finditer(text, span.start, span.stop):
        if name_form(word[0]).is_name and word[0][:1].isupper() and not word[0].isupper():
            return None  # the title of the next person of a list
        if _is_verb(word[0]):
            stop = word.start()
            break
    kept = text[span.start : stop].rstrip(" \u00a0-–—")
    return Span(span.start, span.start + len(kept)) if kept else None


@lru_cache(100_000)
def head_cases(word: str) -> frozenset[str]:
    """Return the cases in which the word is a singular noun for a person; empty if it is none."""
    found: set[str] = set()
    for reading in role_readings(word):
        if "plur" not in reading.grammemes:
            found |= cases(reading.grammemes)
    if not found and (deputy := _DEPUTY.match(word)) and "gent" in head_cases(word[deputy.end() :]):
        return CASES  # «замглавы» has one form
    if not found and "-" in word:  # замглавы-координатор, экс-министр
        return head_cases(word.rsplit("-", 1)[1])
    if not found and (prefix := _PREFIX.match(word)):
        return head_cases(word[prefix.end() :])
    return frozenset(found)


_DEPUTY = re.compile(r"(?:зам|пом)(?=[а-я]{4})", re.IGNORECASE)
_PREFIX = re.compile(r"(?:зам|пом|вице|экс|гос|ген|ви?це|пресс)(?=[а-я]{4})", re.IGNORECASE)


@lru_cache(100_000)
def head_genders(word: str) -> frozenset[str]:
    """Return the genders a noun for a person allows: a «министр» may be a woman."""
    found: set[str] = set()
    for reading in role_readings(word):
        if "plur" not in reading.grammemes:
            found |= genders(reading.grammemes)
    return frozenset({"femn"} if found == {"femn"} else {"masc", "femn"})


@lru_cache(100_000)
def _is_verb(word: str) -> bool:
    """Return whether the word can hardly be anything but a finite verb or a predicate."""
    first = readings(word)[0]
    return first.is_known and bool(first.grammemes & _VERBAL) and not word[:1].isupper()


@lru_cache(100_000)
def _is_adjective(word: str) -> bool:
    return any(r.grammemes & {"ADJF", "PRTF"} for r in readings(word)) or word.isdigit()


@lru_cache(100_000)
def _adjective_cases(word: str) -> frozenset[str]:
    found = [r.grammemes for r in readings(word) if r.grammemes & {"ADJF", "PRTF"}]
    return frozenset().union(*(cases(tags) for tags in found)) if found else frozenset()


_DETERMINERS = frozenset(
    "это этот тот сам такой который его ее свой весь их каждый наш мой".split()
)


def _agreeing_adjective(word: str, noun: str) -> bool:
    if lemmas(word)[0] in _DETERMINERS:
        return False
    return bool(_adjective_cases(word) & (head_cases(noun) or _adjective_cases(noun)))
