"""Whose a quote is that nothing attributes: of whoever spoke in the sentences right before."""

from index.quotes.attribution import MentionKind
from index.quotes.candidate import Candidate
from index.quotes.clauses import says
from index.quotes.mentions import find_attribution
from index.quotes.scene import REACH
from index.quotes.subjects import Subjects
from index.types import Span

#: Sentences that name nobody may stand between who spoke and a quote of the same paragraph.
_MOST_BACK = 3


def speaker_before(subjects: Subjects, candidate: Candidate) -> int | None:
    """Return the speaker of the sentence before, or of one before that in the same paragraph."""
    frame = subjects.scene.frame
    number = frame.sentence_at(candidate.outer.start)
    line = frame.line_at(candidate.outer.start)
    for at in range(number - 1, max(-1, number - 1 - _MOST_BACK), -1):
        sentence = frame.sentences[at]
        is_own = sentence.start >= frame.lines[line].start
        if not is_own and (at < number - 1 or frame.line_at(sentence.start) < line - 1):
            return None
        sentence = Span(max(sentence.start, sentence.stop - REACH), sentence.stop)
        last = subjects.events_in(sentence)
        if last:
            return last[-1][1]
        if subjects.scene.mentions_in(sentence):
            return _speaks_in(subjects, sentence)
    return None


def _speaks_in(subjects: Subjects, sentence: Span) -> int | None:
    scene = subjects.scene
    names = [m.span for m, _ in scene.mentions_in(sentence) if scene.may_speak(sentence, m)]
    if not names:
        return None
    found = find_attribution(scene.frame.masked, sentence, names, after=False)
    if found.kind is not MentionKind.NAME or found.span is None:
        return None
    if not says(sentence.of(scene.frame.masked)) and not scene.is_told(sentence, found.span):
        return None
    return scene.person_at(found.span)
