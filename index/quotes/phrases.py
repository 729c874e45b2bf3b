"""Words of a clause, and phrases of a noun with what belongs to it.

Grammar of the author's words about a quote; what a phrase means is for `mentions` and `bodies`.
"""

import re
from dataclasses import dataclass

from index.languages.ru import readings
from index.people.forms import name_form, role_readings
from index.people.roles import head_cases
from index.speech import is_finite
from index.types import Span

_WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")
PREPOSITIONS = frozenset(
    "в во на после при перед для из из-за с со к ко о об от до у за под над".split()
)
_SKIPPED = frozenset(
    "также еще ещё уже при этом тогда там тут так сам сама лично тем временем не же".split()
)
_NO_PART = frozenset({"ADVB", "CONJ", "PREP", "NPRO", "GRND", "PRCL"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a clause."""

    start: int
    stop: int
    form: str


def words_in(text: str, span: Span) -> list[Word]:
    """Return the words of a span."""
    return [Word(m.start(), m.end(), m[0]) for m in _WORD.finditer(text, span.start, span.stop)]


def find_phrase(
    words: list[Word], start: int, case: str, head: int | None = None
) -> tuple[int, int] | None:
    """Return the first role phrase from `start` on whose head stands in `case`."""
    at = start
    while head is None and at < min(len(words), start + 12):
        form = words[at].form
        if is_finite(form) and form.islower() and at > start and not head_cases(form):
            return None
        if is_role_in(form, case) and not (at and words[at - 1].form.lower() in PREPOSITIONS):
            head = at
            break
        at += 1
    if head is None:
        return None
    first = head
    while first > start and _goes_before(words[first - 1].form, case):
        first -= 1
    stop = head + 1
    while stop < len(words) and stop - head < 10 and goes_on(words, stop):
        stop += 1
    return first, stop


def _goes_before(word: str, case: str) -> bool:
    """Return whether the word may be of the phrase it stands before: not «позднее источники»."""
    return is_adjective_in(word, case) and not readings(word)[0].grammemes & {"ADVB", "COMP"}


def is_role_in(form: str, case: str) -> bool:
    """Return whether the word may be a noun for a person, or for several, in a case."""
    if form[:1].isupper() and name_form(form).is_proper and not head_cases(form):
        return False
    return any(case in r.grammemes for r in role_readings(form))


def goes_on(words: list[Word], at: int) -> bool:
    """Return whether the word still belongs to the role: no verb, preposition or stop between."""
    word, before = words[at], words[at - 1]
    if word.start - before.stop > 1 or word.form.lower() in PREPOSITIONS:
        return False
    first = readings(word.form)[0].grammemes
    is_verb = "VERB" in first or not _is_genitive(word.form)
    if is_finite(word.form) and word.form.islower() and is_verb:
        return False
    if word.form[:1].isdigit() or word.form.lower() in {"и", "по", "что"}:
        return word.form.lower() == "по" and at + 1 < len(words)
    if before.form.lower() != "по" and "NOUN" in first and word.form.islower():
        is_of_it = _is_genitive(word.form) or is_adjective_in(before.form, "nomn")
        is_by = (
            at > 1 and words[at - 2].form.lower() == "по" and is_adjective_in(before.form, "datv")
        )
        is_of_it = is_of_it or is_by  # «управление по чрезвычайным ситуациям»
        if not is_of_it:
            return False
    if name_form(word.form).is_name and word.form[:1].isupper() and not _is_genitive(word.form):
        return False
    if "ADJF" in first and before.form.lower() != "по" and not is_adjective_in(word.form, "gent"):
        return False  # «приводит слова футболиста официальный сайт»
    return word.form.lower() not in _SKIPPED and not first & _NO_PART


def is_noun(word: str) -> bool:
    """Return whether the word is a noun, most likely."""
    return "NOUN" in readings(word)[0].grammemes


def _is_genitive(word: str) -> bool:
    return any({"NOUN", "gent"} <= r.grammemes for r in readings(word))


def is_adjective_in(word: str, case: str) -> bool:
    """Return whether the word may be an adjective or participle in a case; «этот» is none."""
    return any(
        r.grammemes & {"ADJF", "PRTF"} and case in r.grammemes and "Apro" not in r.grammemes
        for r in readings(word)
    )


def span_of(words: list[Word], part: tuple[int, int]) -> Span:
    """Return the span from the first to the last of some words."""
    return Span(words[part[0]].start, words[part[1] - 1].stop)
