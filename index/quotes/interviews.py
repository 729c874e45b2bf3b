"""Interviews: who asks is not quoted, who answers is; told apart by questions and dashes.

Only whole paragraphs outside all marks are looked at.
"""

import re
from itertools import pairwise

from index.languages import lemmas
from index.people.forms import name_form
from index.quotes.candidate import Candidate, Side
from index.quotes.content import DASH, cut_author
from index.quotes.first_person import speaks_for_himself, words_of_line
from index.quotes.frame import Frame
from index.types import QuoteKind, Span

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
SPOKEN = re.compile(rf"{DASH}+\s*(?=[А-ЯЁA-Z0-9«…])")
#: How much of a paragraph is read to know whether it introduces an interview.
_REACH = 700

#: What says that somebody is asked and answers.
_INTERVIEW = frozenset(
    "интервью беседа беседовать побеседовать поговорить разговор рассказать ответить вопрос "
    "спросить расспросить собеседник гость корреспондент".split()
)
#: An interview is introduced at most so many paragraphs before it begins.
_MOST_INTRO = 3
#: Longer paragraphs that end with a question mark are no questions of an interviewer.
_MOST_QUESTION = 400
#: An answer has at most so many paragraphs.
_MOST_ANSWER = 6


def find_interviews(frame: Frame, taken: list[bool]) -> list[Candidate]:
    """Return the answers of an interview one side of which has dashes, or none of them.

    At least two questions; without dashes also an introduction that says that somebody is asked,
    and answers half of which speak in the first person.
    """
    dashed = [bool(SPOKEN.match(frame.masked, *line)) for line in _bounds(frame)]
    free = [at for at in range(len(frame.lines)) if not taken[at]]
    asked = [at for at in free if _is_question(frame, at) and not dashed[at]]
    before_dash = [at for at in asked if at + 1 < len(dashed) and dashed[at + 1]]
    if len(before_dash) > 1:
        return _answered(frame, before_dash, taken, dashed)
    after_dash = [at for at in free if dashed[at] and _is_question(frame, at)]
    if len(after_dash) > 1 and len(after_dash) == sum(dashed[at] for at in free):
        return _answered(frame, after_dash, taken, dashed)
    if len(asked) > 1 and says_of_interview_before(frame, asked[0]):
        return _answered(frame, asked, taken, dashed, least_own=0.5)
    return []


def _bounds(frame: Frame) -> list[tuple[int, int]]:
    return [(line.start, line.stop) for line in frame.lines]


def _answered(
    frame: Frame,
    asked: list[int],
    taken: list[bool],
    dashed: list[bool],
    *,
    least_own: float = 0.0,
) -> list[Candidate]:
    """Return the paragraphs between the questions as answers, and mark them as taken."""
    answers: list[list[int]] = []
    for at, following in zip(asked, [*asked[1:], len(frame.lines)], strict=True):
        stop = min(following, at + 1 + _MOST_ANSWER)
        numbers = [number for number in range(at + 1, stop) if not taken[number]]
        if following == len(frame.lines):  # what follows the last answer may be the author's
            numbers = _last_answer(frame, numbers, dashed)
        if numbers:
            answers.append(numbers)
    own = sum(speaks_for_himself(words_of_line(frame, numbers[0])) for numbers in answers)
    if len(answers) < 2 or own < least_own * len(answers):
        return []
    if any(
        dashed[n] and cut_author(frame.text, frame.lines[n])[1] for each in answers for n in each
    ):
        return []  # «— Весной, — сказал министр»: a dialogue that names who speaks
    intro = introduction(frame, asked[0])
    if intro is None and 2 * own < len(answers):
        return []  # «Что изменится?» and a list after dashes: the author's own
    found = []
    for numbers in answers:
        spans = tuple(_said(frame, number) for number in numbers)
        outer = Span(frame.lines[numbers[0]].start, spans[-1].stop)
        found.append(Candidate(spans, outer, QuoteKind.BLOCK, intro, Side.INTERVIEW))
        for number in numbers:
            taken[number] = True
    return found


def _last_answer(frame: Frame, numbers: list[int], dashed: list[bool]) -> list[int]:
    """Return the paragraphs of the last answer: those with a dash, or in the first person."""
    kept = numbers[:1]
    for number in numbers[1:]:
        if not dashed[number] and not speaks_for_himself(words_of_line(frame, number)):
            break
        kept.append(number)
    return kept


def _said(frame: Frame, number: int) -> Span:
    """Return a paragraph without its dash."""
    line = frame.lines[number]
    dash = SPOKEN.match(frame.masked, line.start, line.stop)
    return Span(dash.end(), line.stop) if dash else line


def _is_question(frame: Frame, number: int) -> bool:
    line = _said(frame, number)
    text = line.of(frame.masked)
    return text[-1:] == "?" and len(text) <= _MOST_QUESTION and text[:1].isupper()


def introduction(frame: Frame, number: int) -> Span | None:
    """Return the paragraphs before an interview, if one says who is asked, or names somebody."""
    first = max(0, number - _MOST_INTRO)
    texts = [_end_of(frame, at) for at in range(first, number)]
    if not any(says_of_interview(text) or _names_somebody(text) for text in texts):
        return None
    stop = frame.lines[number - 1].stop
    return Span(max(frame.lines[first].start, stop - _MOST_INTRO * _REACH), stop)


def _end_of(frame: Frame, number: int) -> str:
    """Return the last words of a paragraph; a hostile one has no end."""
    line = frame.lines[number]
    return frame.masked[max(line.start, line.stop - _REACH) : line.stop]


def says_of_interview_before(frame: Frame, number: int) -> bool:
    """Return whether one of the paragraphs before says that somebody is asked."""
    before = range(max(0, number - _MOST_INTRO), number)
    return any(says_of_interview(_end_of(frame, at)) for at in before)


def says_of_interview(text: str) -> bool:
    """Return whether a text says that somebody is asked and answers."""
    words = _WORD.findall(text[-_REACH:])
    return any(lemmas(word)[0] in _INTERVIEW for word in words)


_INTERVIEWER = re.compile(
    r"\b(?i:корреспондент\w*|журналист\w*|обозревател\w*|редактор\w*|ведущ\w+"
    r"|(?:побеседовал|беседовал|поговорил|расспросил|записал)[аи]?)\s+"
    r"(?:[«\"]\x00*[»\"]\s+|(?:с\s+)?[а-яё]+\s+){0,2}(?P<name>(?:[А-ЯЁ][\w-]*\.?\s*){1,3})"
)


def interviewers(masked: str, sentence: Span) -> list[Span]:
    """Return the places of the names of who asks: «корреспондент Анна Котова», «беседовал …»."""
    return [
        Span(*found.span("name"))
        for found in _INTERVIEWER.finditer(masked, sentence.start, sentence.stop)
        if not re.search(r"\sс(?:о)?\s", found[0])  # «беседовал с Анной Котовой»
    ]


def _names_somebody(text: str) -> bool:
    """Return whether a first name with another word in capitals stands in a text."""
    words = _WORD.findall(text[-_REACH:])
    return any(
        name_form(a).is_name and a[:1].isupper() and b[:1].isupper() for a, b in pairwise(words)
    )
