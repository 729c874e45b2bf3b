"""Whether a capitalised word belongs to a name: «Степан Грач», but «Роман Павла Истомина»."""

import re
from functools import lru_cache

from index.languages.ru import readings
from index.people.forms import (
    agreement,
    cases,
    name_form,
    role_readings,
)
from index.people.heads import ORGANISATION_HEADS
from index.people.roles import head_cases
from index.people.words import is_sentence_start, left_words

INITIAL = r"[А-ЯЁ]\.(?:-[А-ЯЁ]\.)?"
IS_INITIAL = re.compile(INITIAL)
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")

#: Words that begin sentences and names of things, and that the dictionary has as names too.
NOT_NAMES = frozenset(
    """
    вера надежда любовь слава роман мир лев май роза победа сила марка рада лига мария
    для это при так вот он она они мы вы я ты в на с о и а но по из за к от до у не как что если
    когда где кто чем том той тем этом этой все всем всех еще уже ли лишь пока после перед между
    также тоже там тут здесь однако впрочем затем потом поэтому кроме среди согласно сегодня вчера
    милли меджлис меджлиса рада рады сейм сейма кнессет бундестаг бундестага хурал тасс росбалт
    завтра наш ваш мой их его ее свой один два три первый бог господь аллах христос земля
    """.split()
)


def is_place_before_name(parts: list[tuple[int, str]], at: int, *, is_role_before: bool) -> bool:
    """Return whether a place or body stands before a name: «аналитик Лучбанка Иван Петров»."""
    if at + 2 >= len(parts) or IS_INITIAL.fullmatch(parts[at][1]):
        return False
    first, following = name_form(parts[at][1]), name_form(parts[at + 1][1])
    if first.is_proper and not first.is_place:
        return False
    is_given = following.is_name and following.is_known and not following.is_patronymic
    if not (first.is_known or following.is_proper) and _GENITIVE_PLACE.search(parts[at][1]):
        return is_role_before  # «министр иностранных дел Кешта Орхан Дурсун»
    if not following.is_surname:
        return is_given
    # «вице-мэр Тарска Герман Сак»; but «Сак Герман Ильич» has its surname first.
    return is_given and not first.is_known and not name_form(parts[at + 2][1]).is_patronymic


_PREFIXED = re.compile(r"(?:Экс|Вице|Пресс|Обер|Контр|Шеф|Генерал|Бизнес|Медиа|Топ|Арт)-")
_GENITIVE_PLACE = re.compile(r"(?:[ая]|ии)$")


def may_belong(text: str, parts: list[tuple[int, str]], index: int, at: int) -> bool:
    """Return whether the word at `index` belongs to the name that begins at `at`."""
    start, word = parts[index]
    form = name_form(word)
    if not _CYRILLIC.search(word) or (word.isupper() and len(word) > 1) or len(word) < 2:
        return False
    if index > at and all(IS_INITIAL.fullmatch(part) for _, part in parts[at:index]):
        return _may_follow_initials(text, parts[at][0], word)
    if _is_title(text, start, word, is_first=index == at):
        return False
    if _is_no_name(word, is_lone=index == at and index + 1 >= len(parts)):
        return False
    if form.is_proper:
        if not (form.is_common and not form.is_surname and is_sentence_start(text, start)):
            return True
        return index + 1 < len(parts)
    if index > at and _is_surname_of(parts[index - 1][1], word):
        return True  # «Айрат Мингазов», though «Мин-» begins ministries
    if form.is_body or (form.is_role and not _stands_as_name(text, parts, index, at)):
        return False
    if form.is_known:
        return _common_may_belong(text, parts, index, at)
    return True


def _is_no_name(word: str, *, is_lone: bool) -> bool:
    """Return whether a word is of a parliament, or by itself no name."""
    return bool(_MEJLIS.fullmatch(word)) or (
        is_lone and word.lower().replace("ё", "е") in NOT_NAMES
    )


_MEJLIS = re.compile(r"(?i)милли|меджлис(?:а|е|у|ом)?")

_SURNAME = re.compile(r"[а-яё]{3}(?:ов|ев|ёв|ин|ын)(?:а|у|ым|ой|е)?$")


def _is_surname_of(before: str, word: str) -> bool:
    """Return whether a word that ends as surnames do follows a first name or a patronymic."""
    form = name_form(before)
    is_given = (form.is_name and form.is_known and not form.is_common) or form.is_patronymic
    return is_given and _SURNAME.search(word) is not None


def _is_title(text: str, start: int, word: str, *, is_first: bool) -> bool:
    """Return whether a word with a capital is a title: «Экс-судья Л. Громов», «Герой Мураками»."""
    if _PREFIXED.match(word) and head_cases(word):
        return True
    form = name_form(word)
    return is_first and form.is_role and form.is_common and is_sentence_start(text, start)


def _stands_as_name(text: str, parts: list[tuple[int, str]], index: int, at: int) -> bool:
    """Return whether a noun for somebody is a surname: «Степан Грач», «свидетель Ткач»."""
    if index > at:
        start, word = parts[index - 1]
        before = name_form(word)
        if before.is_patronymic:
            return True
        return before.is_name and not (before.is_common and is_sentence_start(text, start))
    return index + 1 == len(parts) and is_titled(text, *parts[index])


def is_titled(text: str, start: int, word: str) -> bool:
    """Return whether a noun for a person right before a capitalised word stands in its case."""
    near = left_words(text, start, limit=1)
    if not near or _CALLED.match(word) or is_sentence_start(text, start):
        return False
    nouns = [r.grammemes for r in role_readings(near[0][1]) if "plur" not in r.grammemes]
    own = {case for r in readings(word)[:3] for case in cases(r.grammemes)}
    return not near[0][1].isupper() and any(cases(grammemes) & own for grammemes in nouns)


#: Nouns that are written with a capital out of courtesy: «господин Президент».
_CALLED = re.compile(
    r"(?i)(?:президент|премьер|министр|глав|корол|царь|царя|пап|патриарх|посол|посл|председател|княз"
    r"|принц|император|бог|господ|депутат|владык|святейш|судь|генерал|герой|геро)"
)


def _may_follow_initials(text: str, start: int, word: str) -> bool:
    """Return whether a word after initials is a surname: not in a list «А. Введение»."""
    first = readings(word)[0].grammemes
    if name_form(word).is_proper or not name_form(word).is_known or first & {"ADJF", "ADJS"}:
        return True
    return "NOUN" in first and ("anim" in first or not is_sentence_start(text, start))


def _common_may_belong(text: str, parts: list[tuple[int, str]], index: int, at: int) -> bool:
    """Return whether a word of the dictionary belongs to a name: «Роза Мейерхольц»."""
    start, word = parts[index]
    form = name_form(word)
    if index > at:
        before = name_form(parts[index - 1][1])
        is_given = before.is_patronymic or before.is_name
        is_certain = not before.is_common or not is_sentence_start(text, parts[at][0])
        if is_given and (_may_be_surname(word) or is_certain):
            return not form.is_body  # «Марина Луговая», «Степана Грача», «Карл Оттер»
        return form.is_place or (
            _is_noun_form(word)
            and (before.is_name or not before.is_known or index + 1 < len(parts))
        )
    if form.is_place or is_sentence_start(text, start):
        return False
    if index + 1 >= len(parts):  # «Суббота», known from «Олег Суббота»
        return _is_noun_form(word) or _is_adjective_of_many(word)
    following = name_form(parts[index + 1][1])
    if is_only_surname(parts[index + 1][1]):  # «Лея Тамм»; «Фонд Сороса» differ in case
        return _is_first_name_of(word, parts[index + 1][1])
    return _is_noun_form(word) and not following.is_known


def _is_adjective_of_many(word: str) -> bool:
    """Return whether the word is a surname like «Седых», which has one form."""
    return word.endswith(("ых", "их"))


@lru_cache(20_000)
def _is_first_name_of(word: str, surname: str) -> bool:
    """Return whether an unusual first name stands in the nominative beside its surname."""
    is_body = any(r.lemma in ORGANISATION_HEADS for r in readings(word))
    is_nominative = any({"NOUN", "nomn", "sing"} <= r.grammemes for r in readings(word))
    bearer = {case for case, _ in agreement(surname, "Surn")}
    return is_nominative and not is_body and "nomn" in bearer


@lru_cache(50_000)
def _may_be_surname(word: str) -> bool:
    """Return whether a word of the dictionary may be a surname after a first name."""
    tags = readings(word)[0].grammemes
    return bool(tags & {"ADJF", "ADJS", "NOUN"}) and not name_form(word).is_body


@lru_cache(100_000)
def _is_noun_form(word: str) -> bool:
    return all(r.grammemes & {"NOUN", "Poss"} for r in readings(word)[:2])


@lru_cache(50_000)
def is_apart(before: str, word: str, *, is_last: bool = False) -> bool:
    """Return whether a word that is no more than a name besides has another case than the next.

    «Роман Павла Истомина» is a novel by him. `is_last` says that no surname follows the next.
    """
    form = name_form(before)
    if is_last and _may_be_surname_of(before, word):
        return False  # «обогнав Магнуса Линда»: not Линда, since nobody is called so little
    if form.is_name and not form.is_common and not form.is_patronymic and _is_of(before, word):
        return True  # «первый зам Тунджая Селин Акбаш»
    if not form.is_common or not form.is_name:
        return False
    kind = "Name" if name_form(word).is_name else "Surn"
    first, following = agreement(before, "Name"), agreement(word, kind)
    if ("nomn", "femn") in first and ("nomn", "masc") in following:
        return False  # «Рената Хавьер»: a woman's surname that is a man's first name
    return not first & following


def _is_of(before: str, word: str) -> bool:
    """Return whether a man's name in the genitive stands before a word in the nominative."""
    kind = "Name" if name_form(word).is_name else "Surn"
    first, following = agreement(before, "Name"), agreement(word, kind)
    return (
        ("gent", "masc") in first
        and not any(case == "nomn" for case, _ in first)
        and any(case == "nomn" for case, _ in following)
        and not first & following
    )


def _may_be_surname_of(before: str, word: str) -> bool:
    """Return whether a woman's first name may be a man's surname in the case of the name before."""
    first, surname = agreement(before, "Name"), agreement(word, "Surn")
    is_oblique = not any(case == "nomn" for case, _ in first)
    return is_oblique and name_form(word).is_name and bool(first & surname & {("gent", "masc")})


def begins_new(word: str) -> bool:
    """Return whether a word is a first name and begins the next person of a list."""
    form = name_form(word)
    return form.is_name and not form.is_surname and not form.is_patronymic


def is_only_surname(word: str) -> bool:
    """Return whether a word is a surname of the dictionary and no first name."""
    form = name_form(word)
    return form.is_surname and form.is_known and not form.is_name
