"""Labels of who speaks: «О. Ветров: …» in a transcript, «Олег Ветров, тренер:» on its own line."""

import re

from index.people.forms import name_form, role_readings
from index.people.roles import head_cases
from index.speech import is_finite

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
LABEL = re.compile(
    r"(?P<who>(?:[А-ЯЁ]\.\s?){0,2}[А-ЯЁ][^\W\d_]*(?:[ \u00a0-][^\W\d_]+\.?){0,7})"
    r"\s*:\s+(?=[А-ЯЁ«—–-])"
)
#: A label on a line of its own, with what is said of the person, is no longer.
_MOST_LINE = 160


def is_who(label: str) -> bool:
    """Return whether a label is a name or a role and nothing else."""
    words = _WORD.findall(label)
    if any(is_finite(w) and w.islower() for w in words):
        return False
    if words[0].lower() in _SIDES or "nomn" in head_cases(words[0]):
        return len(words) <= _MOST_LABEL
    proper = [w for w in words if w[:1].isupper() and name_form(w).is_proper]
    initials = bool(re.match(r"[А-ЯЁ]\.", label)) or bool(SURNAME_FIRST.fullmatch(label))
    if initials and words:
        return True
    if len(words) == _FULL_NAME and all(w[:1].isupper() for w in words):
        first, last = name_form(words[0]), name_form(words[1])
        if first.is_name and not first.is_common and not (last.is_place or last.is_body):
            return True  # «Грегори Шоу: …», whatever the second word is besides
    if len(proper) >= 2 and not any(name_form(w).is_place for w in proper[-1:]):
        return True
    return len(words) == 1 and bool(proper) and name_form(words[0]).is_surname


_FULL_NAME = 2

#: «ТИССЕН Р. О.: …», as stenographers write.
SURNAME_FIRST = re.compile(
    r"(?P<surname>[А-ЯЁ][А-ЯЁа-яё-]+) (?P<initial>[А-ЯЁ])\.(?:\s?[А-ЯЁ]\.?)?"
)

#: How an interview or a transcript names its sides.
_SIDES = frozenset("вопрос ответ корр корреспондент журналист ведущий ведущая".split())


def is_answer(label: str) -> bool:
    """Return whether a label says that somebody answers, and not who: «Ответ: …»."""
    return label.casefold() == "ответ"


#: «Председатель комиссии по транспорту» is among the longest labels without a name.
_MOST_LABEL = 5


def is_label_line(line: str) -> bool:
    """Return whether a line is nothing but a person and what he is, and a colon."""
    if len(line) > _MOST_LINE or line[-1:] != ":":
        return False
    name, _, title = line[:-1].partition(",")
    words = _WORD.findall(name)
    is_titled = any(role_readings(w) for w in _WORD.findall(title)[:3])
    is_name = is_titled and len(words) > 1 and all(w[:1].isupper() for w in words)
    if not words or not words[0][:1].isupper() or not (is_name or is_who(name)):
        return False
    return not any(is_finite(w) and w.islower() for w in _WORD.findall(title))
