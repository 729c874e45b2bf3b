"""What stands before a colon: a label of a person or body, an answer, how somebody spoke."""

import re
from itertools import pairwise

from index.languages import lemmas
from index.languages.ru import readings
from index.people.forms import name_form, role_readings
from index.people.heads import ORGANISATION_HEADS
from index.people.roles import head_cases
from index.quotes.content import DASH
from index.quotes.frame import BLACK
from index.speech import is_finite

#: «Официальный представитель министерства Олег Ветров: «…»» is among the longest labels.
_LABEL_WORDS = 8


#: After one of these even a single word is an answer: «он ответил коротко: «География»».
_ANSWERS = frozenset(
    """
    ответить отвечать сказать бросить парировать отрезать прошептать крикнуть воскликнуть произнести
    возразить повторять повторить пошутить признаться
    """.split()
)
_MOST_TERSE = 4


def answers(words: list[str]) -> bool:
    """Return whether a verb of answering ends the clause, over an adverb at most."""
    return any(lemmas(w)[0] in _ANSWERS and w.islower() for w in words[-2:])


def tells_manner(words: list[str]) -> bool:
    """Return whether a clause says how somebody spoke: «министр была категорична»."""
    is_short = bool(words) and "ADJS" in readings(words[-1])[0].grammemes
    is_short = is_short or any(lemmas(w)[0] == "настроить" for w in words[-2:-1])
    is_named = names_somebody(words) or (is_brief(words) and words[0][:1].isupper())
    return is_short and is_named


def acts(words: list[str]) -> bool:
    """Return whether a clause ends in what somebody named did: «судья Котова прервала адвоката»."""
    if not has_bearer(words):
        return False
    is_verb = is_finite(words[-1]) and words[-1].islower()
    is_of_person = bool(head_cases(words[-1]) & {"accs", "datv"}) and is_finite(words[-2])
    return is_verb or is_of_person


def is_brief(words: list[str]) -> bool:
    """Return whether a clause says that somebody was brief: «Ветров был краток: «Прозевал»»."""
    return bool(words) and lemmas(words[-1])[0] in _BRIEF


_BRIEF = frozenset("краткий лаконичный немногословный категоричный скупой".split())


def is_terse_clause(words: list[str]) -> bool:
    """Return whether a clause is somebody and a verb: «Министр не обиделся», «Мэр извиняется»."""
    if not words or len(words) > _MOST_TERSE or not is_finite(words[-1]):
        return False
    return "nomn" in head_cases(words[0])


def is_label(words: list[str]) -> bool:
    """Return whether the words before a colon are a person, or a body that gives statements."""
    if len(words) <= _LABEL_WORDS and _is_named(words):
        return True
    return len(words) <= _BODY_WORDS and _is_speaking_body(words)


def _is_named(words: list[str]) -> bool:
    """Return whether the words before a colon are a person: «Олег Ветров: «…»»."""
    given = any(name_form(w).is_name and w[:1].isupper() for w in words) or any(
        len(a) == 1 and a.isupper() and b[:1].isupper() for a, b in pairwise(words)
    )
    return given and not any(is_finite(w) and w.islower() for w in words)


#: «Вестник»: «…», Газета «Вестник»: «…».
MEDIUM_LABEL = re.compile(
    rf"[\s•*]*(?:{DASH}\s*)?(?P<who>(?:[А-ЯЁа-яё-]+\s+){{0,3}}[«\"]{BLACK}+[»\"])\s*:\s*$"
)


def is_medium_label(words: list[str]) -> bool:
    """Return whether a label in marks has no more before it than what sort of body it is."""
    return not words or any(lemmas(word)[0] in ORGANISATION_HEADS for word in words)


_BODY_WORDS = 3


def _is_speaking_body(words: list[str]) -> bool:
    """Return whether a label is a body that gives statements: «Пресс-служба: «…»», «МИД: «…»»."""
    if not words:
        return False
    is_short = words[0].isupper() and len(words[0]) > 1
    return is_short or lemmas(words[0])[0] == "пресс-служба"


def has_bearer(words: list[str]) -> bool:
    """Return whether a first name with a word in capitals beside it stands there: «Пауль Штерн»."""
    pairs = pairwise(words)
    return any(name_form(a).is_name and a[:1].isupper() and b[:1].isupper() for a, b in pairs)


def names_somebody(words: list[str]) -> bool:
    """Return whether words have a noun for a person, or two capitals."""
    return any(role_readings(w) for w in words) or sum(w[:1].isupper() for w in words) >= 2
