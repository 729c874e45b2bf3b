"""What the author's words about a quote say by their form, whoever they name."""

import re

from index.languages import lemmas
from index.languages.ru import readings
from index.people.forms import name_form
from index.quotes.candidate import Candidate, Side
from index.quotes.frame import Frame
from index.speech import UTTERANCES, is_finite, is_saying, is_saying_gerund

#: Media, and agencies by name: they report words of others more often than their own.
_MEDIA = frozenset(
    """
    газета агентство издание журнал телеканал канал портал сайт радиостанция радио вестник тасс
    итар-тасс интерфакс риа росбалт азертадж рбк коммерсантъ ведомость lenta newsru reuters bbc cnn
    afp ap bloomberg trend report day apa politico times
    """.split()
)

_BEING = frozenset("быть оказаться остаться стать казаться".split())

#: A word in capitals with nothing but a verb or an adverb before it: «— заметил Фекете».
_CAPITALISED = re.compile(r"(?<=[а-яё] )(?<!\bв )(?<!\bна )(?<!\bс )(?<!\bиз )[А-ЯЁ][а-яё-]{2,}")


def is_medium(name: str) -> bool:
    """Return whether a body is a medium, or a name in marks that may be one."""
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", name)
    return name[:1] in '«"„“' or any(lemmas(word)[0] in _MEDIA for word in words)


def is_of_nobody(candidate: Candidate, frame: Frame) -> bool:
    """Return whether a clause before a quote names nobody and has no verb that says it.

    «Песня начинается словами: «…»» is of nobody in particular; an answer is of whoever was asked.
    """
    clause = (candidate.clause or candidate.outer).of(frame.masked)
    last = re.findall(r"[^\W\d_]+", clause)[-3:]
    return not says(clause) and not any(lemmas(word)[0] == "ответ" for word in last)


def is_said(candidate: Candidate, frame: Frame) -> bool:
    """Return whether the clause before a quote says that it is said; a label needs no verb.

    «Первое, что Ветров увидел на стене: «…»» may be words of somebody else.
    """
    if candidate.side is not Side.BEFORE or candidate.clause is None:
        return True
    clause = candidate.clause.of(frame.masked)
    words = re.findall(r"[^\W\d_]+", clause)
    if says(clause) or any(set(lemmas(word)[:2]) & UTTERANCES for word in words):
        return True
    verbs = [word for word in words if word.islower() and is_finite(word)]
    return all(_is_being(word) for word in verbs)


def _is_being(word: str) -> bool:
    """Return whether a verb only says what somebody is: «был краток», «оказался резок»."""
    tags = readings(word)[0]
    return tags.lemma in _BEING or bool(tags.grammemes & {"ADJS", "PRED"})


def says(text: str) -> bool:
    """Return whether a verb of saying is among the words, also as a participle."""
    return any(is_saying(w) or is_saying_gerund(w) for w in re.findall(r"[^\W\d_]+", text))


def names_a_stranger(candidate: Candidate, frame: Frame) -> bool:
    """Return whether a word in capitals stands by the verb that no person here is called by."""
    clause = candidate.clause or candidate.outer
    if candidate.side not in {Side.AFTER, Side.INSIDE}:
        return False
    text = frame.text if candidate.side is Side.INSIDE else frame.masked
    for word in _CAPITALISED.findall(text, clause.start, min(clause.stop, clause.start + 60)):
        form = name_form(word)
        if not (form.is_place or form.is_body or word.isupper()):
            return True
    return False
