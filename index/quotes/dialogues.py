"""Dialogue after dashes, and interviews: lines or paragraphs that ask and answer.

Only whole paragraphs outside all marks are looked at.
"""

import re
from collections.abc import Iterator

from index.languages import lemmas
from index.languages.ru import readings
from index.people.forms import role_readings
from index.quotes.candidate import Candidate, Side
from index.quotes.content import DASH, cut_author
from index.quotes.frame import Frame
from index.speech import UTTERANCES, is_saying
from index.types import QuoteKind, Span

#: A line after a dash: its number, its place, the words that are said, those of the author.
_Said = tuple[int, Span, list[Span], list[Span]]

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_DIALOGUE = re.compile(rf"{DASH}+\s*(?=[А-ЯЁA-Z«…])")
_SENTENCE_STOP = frozenset(".!?…")
#: How much of a sentence before a block is read.
_REACH = 700

#: Words and forms of somebody who speaks for himself; the author of news has none of them.
_FIRST_PERSON = frozenset(
    "я мы меня мне мной нас нам нами мой моя мое мои моего моей моих наш наша наше наши нашего "
    "нашей наших нашему нашим нашими нашу мою моим".split()
)
_APPROVAL = frozenset("одобрение поддержка оценка реакция позиция".split())

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


def find_dialogues(frame: Frame, taken: list[bool]) -> list[Candidate]:
    """Return the lines of dialogue: those that name who speaks, and those between them."""
    found: list[Candidate] = []
    group: list[_Said] = []
    for number, line in enumerate([*frame.lines, Span(0, 0)]):
        dash = _DIALOGUE.match(frame.masked, line.start, line.stop)
        if dash and not taken[number]:
            kept, author = cut_author(frame.text, Span(dash.end(), line.stop))
            group.append((number, line, kept, author))
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


def _spoken(frame: Frame, group: list[_Said]) -> Iterator[Candidate]:
    """Yield the quotes of a dialogue; its lines name who speaks, or ask and answer."""
    asks = None if _has_author(group) else _asks(frame, group)
    intro = _line_before(frame, group[0][0])
    has_intro = intro is not None and says_of_interview(intro.of(frame.masked))
    for at, (number, line, kept, author) in enumerate(group):
        if not kept or not (author or frame.text[line.stop - 1] in _SENTENCE_STOP):
            continue
        clause, side = None, Side.NOWHERE
        if author:
            clause, side = author[0], Side.INSIDE
        elif asks is not None:
            if at % 2 == asks and has_intro:
                continue  # whoever asks in an interview is not quoted
            clause, side = (None if at % 2 == asks else intro), Side.INTERVIEW
        elif _is_handed(frame, number):
            clause, side = last_sentence(frame, frame.lines[number - 1]), Side.BEFORE
        yield Candidate(tuple(kept), line, QuoteKind.DIRECT, clause, side)


def _has_author(group: list[_Said]) -> bool:
    return any(author for *_, author in group)


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
    asking = [at % 2 for at, (_, line, *_) in enumerate(group) if frame.text[line.stop - 1] == "?"]
    return asking[0] if len(group) > 1 and len(set(asking)) == 1 else None


def hands_over(frame: Frame, line: Span) -> bool:
    """Return whether the last sentence of a paragraph says that somebody's words follow."""
    sentence = last_sentence(frame, line)
    words = _WORD.findall(sentence.of(frame.masked))
    if any(is_saying(w) or lemmas(w)[0] in UTTERANCES | _APPROVAL for w in words):
        return any(w[:1].isupper() for w in words[1:]) or any(role_readings(w) for w in words)
    return False


def last_sentence(frame: Frame, line: Span) -> Span:
    """Return the last sentence of a paragraph, its end if it is long."""
    sentence = frame.sentences[frame.sentence_at(line.stop - 1)]
    return Span(max(sentence.start, sentence.stop - _REACH), sentence.stop)


def find_interviews(frame: Frame, taken: list[bool]) -> list[Candidate]:
    """Return the answers of an interview whose questions are paragraphs of their own.

    At least two questions, an introduction that says that somebody is asked, and answers half of
    which speak in the first person.
    """
    lines = frame.lines
    asked = [at for at, line in enumerate(lines) if not taken[at] and _is_question(frame, line)]
    if len(asked) < 2 or (intro := _intro(frame, asked[0])) is None:
        return []
    answers: list[list[int]] = []
    for at, following in zip(asked, [*asked[1:], len(lines)], strict=True):
        stop = min(following, at + 1 + _MOST_ANSWER)
        numbers = [number for number in range(at + 1, stop) if not taken[number]]
        if following == len(lines):  # what follows the last answer may be the author's
            numbers = numbers[:1]
        if numbers:
            answers.append(numbers)
    own = sum(speaks_for_himself(_words(frame, lines[numbers[0]])) for numbers in answers)
    if len(answers) < 2 or own * 2 < len(answers):
        return []
    found = []
    for numbers in answers:
        spans = tuple(lines[number] for number in numbers)
        outer = Span(spans[0].start, spans[-1].stop)
        found.append(Candidate(spans, outer, QuoteKind.BLOCK, intro, Side.INTERVIEW))
        for number in numbers:
            taken[number] = True
    return found


def _is_question(frame: Frame, line: Span) -> bool:
    text = line.of(frame.masked)
    return text[-1] == "?" and len(text) <= _MOST_QUESTION and text[:1].isupper()


def _intro(frame: Frame, number: int) -> Span | None:
    """Return the paragraphs before an interview, if one of them says that somebody is asked."""
    first = max(0, number - _MOST_INTRO)
    for at in range(number - 1, first - 1, -1):
        if says_of_interview(frame.lines[at].of(frame.masked)):
            return Span(frame.lines[first].start, frame.lines[number - 1].stop)
    return None


def says_of_interview(text: str) -> bool:
    """Return whether a text says that somebody is asked and answers."""
    words = _WORD.findall(text[-_REACH:])
    return any(lemmas(word)[0] in _INTERVIEW for word in words)


def _words(frame: Frame, line: Span) -> list[str]:
    return [m[0].lower() for m in _WORD.finditer(line.of(frame.masked)[:1500])]


def speaks_for_himself(words: list[str]) -> bool:
    """Return whether words in lower case are of somebody who says «I» or «we»."""
    return any(word in _FIRST_PERSON or is_first_person(word) for word in words)


def is_first_person(word: str) -> bool:
    """Return whether the word is a verb in the first person."""
    first = readings(word)[0]
    return first.is_known and "VERB" in first.grammemes and "1per" in first.grammemes
