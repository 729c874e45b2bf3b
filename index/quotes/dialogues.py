"""Dialogue after dashes: lines that name who speaks, or that ask and answer in turn.

Only whole paragraphs outside all marks are looked at.
"""

import re
from collections.abc import Iterator

from index.languages import lemmas
from index.people.forms import role_readings, stem
from index.quotes.candidate import Candidate, Side
from index.quotes.content import cut_author, ends_sentence
from index.quotes.frame import Frame
from index.quotes.interviews import SPOKEN, introduction, says_of_interview_before
from index.quotes.labels import is_label_line
from index.speech import UTTERANCES, is_saying
from index.types import QuoteKind, Span

#: A line after a dash: its number, its place, the words that are said, those of the author.
_Said = tuple[int, Span, list[Span], list[Span]]

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
#: How much of a sentence before a block is read.
_REACH = 700

_APPROVAL = frozenset("одобрение поддержка оценка реакция позиция".split())

#: An answer goes on for at most so many paragraphs without a dash.
_MOST_MORE = 5
#: Who speaks is told so many lines before or after at most.
_MOST_TURNS = 9
_MOST_IN_TURN = 2
#: The author's words with a verb that is not known to be one of saying: «— вмешался Лисин».
_COMES_IN = re.compile(r"[,!?…] [–—] (?:[а-яё]+ ){1,4}[А-ЯЁ][а-яё]+(?: [А-ЯЁ][а-яё]+)*")
#: Lines with dashes that ask: with fewer it is a dialogue, where the author comes in between.
_LEAST_QUESTIONS = 2
#: Whoever asks ends in a question mark so many times as often as whoever answers.
_ASKS_MORE = 3


def find_dialogues(frame: Frame, taken: list[bool]) -> list[Candidate]:
    """Return the lines of dialogue: those that name who speaks, and those between them."""
    found: list[Candidate] = []
    group: list[_Said] = []
    for number, line in enumerate([*frame.lines, Span(0, 0)]):
        dash = SPOKEN.match(frame.masked, line.start, line.stop)
        if dash and number < len(taken) and not taken[number]:
            kept, author = cut_author(frame.text, Span(dash.end(), line.stop))
            group.append((number, line, kept, author))
            continue
        if number < _answered_until(frame, group, number):
            at, said, kept, author = group[-1]
            group[-1] = (at, Span(said.start, line.stop), [*kept, line], author)
            taken[number] = True
            continue
        if group and (_has_author(group) or _asks(frame, group) is not None):
            found.extend(_spoken(frame, group))
        elif group and _is_handed(frame, group[0][0]):
            found.extend(_spoken(frame, group[:1]))
            group = group[:1]
        else:
            group = []
        for at, *_ in group:
            taken[at] = True
        group = []
    return found


def _answered_until(frame: Frame, group: list[_Said], number: int) -> int:
    """Return where an answer ends that goes on without a dash: before the next line with one.

    Only in an interview: some questions before, and an introduction of who is asked.
    """
    if not group or _ends_in_question(frame, group[-1]) or _has_author(group):
        return number
    asks = sum(_ends_in_question(frame, said) for said in group)
    if asks < _LEAST_QUESTIONS - 1 or introduction(frame, group[0][0]) is None:
        return number
    for at in range(number, min(len(frame.lines), number + _MOST_MORE)):
        line = frame.lines[at]
        if SPOKEN.match(frame.masked, line.start, line.stop):
            return at
    return number


def _ends_in_question(frame: Frame, said: _Said) -> bool:
    return frame.text[said[1].stop - 1] == "?"


def _spoken(frame: Frame, group: list[_Said]) -> Iterator[Candidate]:
    """Yield the quotes of a dialogue; its lines name who speaks, or ask and answer."""
    is_told = _has_author(group)
    asks = None if is_told else _asks(frame, group)
    intro = introduction(frame, group[0][0])
    questions = sum(_ends_in_question(frame, said) for said in group)
    if questions < _LEAST_QUESTIONS and not says_of_interview_before(frame, group[0][0]):
        intro = None  # somebody is named, and two people speak: that is no interview
    for at, (number, line, kept, author) in enumerate(group):
        if not kept or not (author or ends_sentence(frame.text, line.stop)):
            continue
        clause, side = None, Side.NOWHERE
        if author:
            clause, side = author[0], Side.INSIDE
        elif is_told:
            clause = _author_of_turn(frame, group, at)
            side = Side.NOWHERE if clause is None and len(group) == 1 else Side.TURN
        elif asks is not None:
            if at % 2 == asks and intro is not None:
                continue  # whoever asks in an interview is not quoted
            clause, side = (None if at % 2 == asks else intro), Side.INTERVIEW
        elif _is_handed(frame, number):
            clause, side = last_sentence(frame, frame.lines[number - 1]), Side.BEFORE
        yield Candidate(tuple(kept), line, QuoteKind.DIRECT, clause, side)


def _has_author(group: list[_Said]) -> bool:
    return any(author for *_, author in group)


def _author_of_turn(frame: Frame, group: list[_Said], at: int) -> Span | None:
    """Return the author's words about the nearest line that the same of two people says.

    Two speak in turn: whose line is not told is not of who spoke before. Where more are named,
    nothing tells whose turn it is.
    """
    near = range(max(0, at - _MOST_TURNS), min(len(group), at + _MOST_TURNS))
    named = {name for number in near if (name := _named_last(frame, group[number]))}
    if len(named) > _MOST_IN_TURN or _COMES_IN.search(
        frame.text, group[at][1].start, group[at][1].stop
    ):
        return None
    for step in range(2, _MOST_TURNS, 2):
        for number in (at - step, at + step):
            if 0 <= number < len(group) and group[number][3]:
                return group[number][3][0]
    return None


def _named_last(frame: Frame, said: _Said) -> str:
    """Return the last name that the author's words about a line have, as it is compared."""
    words = said[3][0].of(frame.masked) if said[3] else said[1].of(frame.text)
    if not said[3]:
        found = _COMES_IN.search(words)
        words = found[0] if found else ""
    names = [word for word in _WORD.findall(words) if word[:1].isupper()]
    return stem(names[-1].casefold()) if names else ""


def _is_handed(frame: Frame, number: int) -> bool:
    """Return whether the paragraph before ends with a colon and says that somebody speaks."""
    before = _line_before(frame, number)
    return before is not None and frame.text[before.stop - 1] == ":" and hands_over(frame, before)


def _line_before(frame: Frame, number: int) -> Span | None:
    return frame.lines[number - 1] if number else None


def _asks(frame: Frame, group: list[_Said]) -> int | None:
    """Return which of lines that ask and answer in turn are questions: 0 the first, 1 the second.

    None for what is no interview, or where both sides ask.
    """
    asking = [at % 2 for at, said in enumerate(group) if _ends_in_question(frame, said)]
    if len(group) < 2 or not asking:
        return None
    side = int(asking.count(1) > asking.count(0))
    # Whoever is asked may ask in return, once in a while.
    return side if asking.count(side) >= _ASKS_MORE * asking.count(1 - side) else None


def hands_over(frame: Frame, line: Span) -> bool:
    """Return whether the last sentence of a paragraph says that somebody's words follow."""
    sentence = last_sentence(frame, line)
    words = _WORD.findall(sentence.of(frame.masked))
    if is_label_line(line.of(frame.masked)):
        return True
    if any(is_saying(w) or lemmas(w)[0] in UTTERANCES | _APPROVAL for w in words):
        return any(w[:1].isupper() for w in words[1:]) or any(role_readings(w) for w in words)
    return False


def last_sentence(frame: Frame, line: Span) -> Span:
    """Return the last sentence of a paragraph, its end if it is long."""
    sentence = frame.sentences[frame.sentence_at(line.stop - 1)]
    return Span(max(sentence.start, sentence.stop - _REACH), sentence.stop)
