"""Whether a lone capitalised word is a person of whom the article says no more."""

import re

from index.languages import lemmas
from index.languages.ru import readings
from index.people.belonging import is_titled
from index.people.forms import name_form
from index.people.heads import ORGANISATION_HEADS
from index.people.mention import NameMention
from index.people.names import surname_key
from index.people.roles import head_cases, role_before
from index.people.words import left_words
from index.speech import has_saying_verb_beside, is_impersonal, is_saying


def stands_alone(text: str, mention: NameMention, known: set[str]) -> bool:
    """Return whether a lone word is a person of whom the article says no more."""
    near = left_words(text, mention.span.start, limit=1)
    lemma = lemmas(near[0][1])[0] if near else ""
    if lemma in _INTO:
        return False  # «прибыл в Лоренц»
    if lemma in _NAMED_AFTER or (lemma in _OF_A_PLACE and not mention.is_nominative):
        return False
    if mention.is_sure or surname_key(mention.surname) in known:
        return True
    word = mention.surname or mention.first
    if lemmas(word)[0] in ORGANISATION_HEADS:
        return False  # «экс-худрук Театра»
    form = name_form(word)
    if form.is_known and not form.is_proper:
        return _is_unusual(text, mention)
    if _COUNTRY.search(word):
        return False  # «президент Нуристана принял», «посол Саравии»
    wanted = {case for case, _ in mention.readings}
    if near and head_cases(near[0][1]) & wanted:
        return True
    if _SURNAME.search(word) and mention.is_nominative and role_before(text, mention) is not None:
        return True  # «возразил коллега по фракции Зимин»
    if near and _takes_genitive(near[0][1]) and len({c for c, _ in mention.readings}) > 1:
        return False  # «МИД Долгории заявил»
    is_country = word.endswith("ия")  # «Саравия отметила»
    return mention.is_nominative and not is_country and has_saying_verb_beside(text, mention.span)


#: What the names of countries and towns end in that no dictionary has.
_COUNTRY = re.compile(r"(?:(?:стан|ланд|бург|град|сити)(?:а|у|ом|е)?|ии)$")

#: How Russian, Ukrainian, Armenian and Georgian surnames end.
_SURNAME = re.compile(
    r"(?:ов|ев|ин|ын|ова|ева|ина|[сц]кий|[сц]кая|ович|евич|ян|швили|дзе|енко|чук)$"
)

#: Whither one goes, and whence: to a place more likely than to a person.
_INTO = frozenset("в во из".split())

#: Of what these have in the genitive: a town, more likely than a person.
_OF_A_PLACE = frozenset(
    "мэр губернатор глава житель жительница градоначальник гость уроженец".split()
)

#: What is called by a name that is nobody's here: «остров Уайт», «космический центр Кеннеди».
_NAMED_AFTER = frozenset(
    """
    остров город улица проспект площадь центр премия мыс гора озеро река поселок станция космодром
    аэропорт театр музей институт университет фонд школа галерея дом команда клуб стадион завод
    верховье берег русло бассейн устье долина низовье
    район область край село деревня порт залив мост парк бульвар переулок набережная метод закон
    """.split()
)


def _is_unusual(text: str, mention: NameMention) -> bool:
    """Return whether a word of the dictionary is a surname: «сказал Грач», «ответил Седых»."""
    near = left_words(text, mention.span.start, limit=1)
    if is_titled(text, mention.span.start, mention.surname):
        return True
    if not near or not is_saying(near[0][1]) or is_impersonal(near[0][1]):
        return False
    first = readings(mention.surname or mention.first)[0].grammemes
    is_adjective = "ADJF" in first and ("nomn" in first or "plur" in first)
    return is_adjective or {"NOUN", "anim", "nomn"} <= first


def _takes_genitive(word: str) -> bool:
    """Return whether the word before a name is a noun or an abbreviation, with no stop between."""
    return word.isupper() or "NOUN" in readings(word)[0].grammemes
