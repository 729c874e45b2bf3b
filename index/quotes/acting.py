"""Whether a name stands as the subject of its clause: in the nominative for certain."""

import re

from index.languages.ru import readings
from index.people.forms import name_form
from index.people.mention import NameMention
from index.quotes.frame import Frame

_VERB_AFTER = re.compile(r" (?:не |также |уже |ранее )?([а-яё]+)")

_RELATIVE = re.compile(r"[,(]\s*(?:[а-яё]{1,4}\s+)?котор[а-яё]+[^,.;:()—–]*$")


def is_in_relative_clause(frame: Frame, place: int) -> bool:
    """Return whether somebody is only mentioned by the way: «книга, которую Ломов назвал …»."""
    return _RELATIVE.search(frame.masked, max(0, place - _RELATIVE_REACH), place) is not None


#: A relative clause whose verb or subject is farther from «который» is taken for a main one.
_RELATIVE_REACH = 80


def may_be_somebody(mention: NameMention) -> bool:
    """Return whether a name that is of nobody known may still be of a person."""
    return mention.is_sure or name_form(mention.surname).is_surname


def is_subject(frame: Frame, gender: str | None, mention: NameMention) -> bool:
    """Return whether the name stands in the nominative for certain: no other case would do."""
    readable = {(c, g) for c, g in mention.readings if gender is None or g == gender}
    cases = {c for c, _ in readable}
    if "nomn" not in cases:
        return False
    if {("gent", "masc"), ("nomn", "femn")} <= readable and len(readable) <= 4:
        return False  # «Лаврова»: a man's genitive as often as a woman's nominative
    before = re.search(
        r"([А-Яа-яЁё-]+)\s+$", frame.masked[max(0, mention.span.start - 30) : mention.span.start]
    )
    if before and "PREP" in readings(before[1])[0].grammemes:
        return False
    if cases == {"nomn"} or not before or not _takes_genitive(before[1]):
        return True
    after = _VERB_AFTER.match(frame.masked, mention.span.stop)  # «в письме Челентано призвал»
    return after is not None and "VERB" in readings(after[1])[0].grammemes


def _takes_genitive(word: str) -> bool:
    return "NOUN" in readings(word)[0].grammemes and word.lower() not in {"сам", "сама"}
