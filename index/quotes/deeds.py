"""Who did what a noun says, by the sentences before: the «победительница» is who won."""

from index.languages import lemmas
from index.people.roles import WORD
from index.quotes.attribution import ANY
from index.quotes.scene import REACH
from index.quotes.subjects import Subjects
from index.types import Span


def find_doers(
    subjects: Subjects, deeds: frozenset[str], genders: frozenset[str], stop: int
) -> set[int]:
    """Return the subjects of the sentences before a place that tell a deed."""
    found: set[int] = set()
    for part in _telling(subjects, deeds, stop):
        clause = _clause_of(subjects, deeds, part)
        person = subjects.subject_of(clause, stop, genders)[0]
        person = subjects.subject_of(part, stop, genders)[0] if person is None else person
        found |= {person} if person is not None else set()
    return found


def _clause_of(subjects: Subjects, deeds: frozenset[str], part: Span) -> Span:
    """Return a clause between commas that tells a deed: «первым пришёл Ветров, вторым — Зимин»."""
    masked = subjects.scene.frame.masked
    words = WORD.finditer(masked, part.start, part.stop)
    deed = next(word.start() for word in words if lemmas(word[0])[0] in deeds)
    stop = masked.find(",", deed, part.stop)
    start = max(part.start, masked.rfind(",", part.start, deed) + 1)
    return Span(start, part.stop if stop < 0 else stop)


def find_others(
    subjects: Subjects, deeds: frozenset[str], genders: frozenset[str], stop: int
) -> set[int]:
    """Return who else is named, where the subject of a sentence before a place did a deed."""
    found: set[int] = set()
    for part in _telling(subjects, deeds, stop):
        subject, _ = subjects.subject_of(part, stop, ANY)
        named = {at for _, at in subjects.scene.mentions_in(part) if at is not None} - {subject}
        if subject is not None and len(named) == 1:
            found |= {at for at in named if subjects.is_of(at, genders)}
    return found


def _telling(subjects: Subjects, deeds: frozenset[str], stop: int) -> list[Span]:
    """Return the sentences before a place that have one of some words, the nearest first."""
    frame = subjects.scene.frame
    number = frame.sentence_at(max(0, stop - 1))
    found: list[Span] = []
    while deeds and number >= 0 and frame.sentences[number].stop > stop - REACH:
        sentence = frame.sentences[number]
        part = Span(max(sentence.start, stop - REACH), min(sentence.stop, stop))
        words = WORD.findall(frame.masked, part.start, part.stop)
        if any(lemmas(word)[0] in deeds for word in words):
            found.append(part)
        number -= 1
    return found
