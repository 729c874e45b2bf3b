"""Whom the author's own sentences mean by a role: «Политик напомнил о долгах. «…», — сказал он».

A sentence whose subject is a role of nobody known is about somebody else than the one before it.
"""

from dataclasses import dataclass

from index.people.roles import head_cases, head_genders
from index.quotes.attribution import Attribution, MentionKind
from index.quotes.called import Roles
from index.quotes.candidate import Candidate, Side
from index.quotes.phrases import words_in
from index.quotes.scene import Scene
from index.quotes.subjects import Subjects
from index.quotes.verb_subject import find_subject
from index.speech import is_finite, is_saying
from index.types import QuoteKind, Span

#: The subject of a sentence stands among its first words.
_READ_CHARS = 200


@dataclass(slots=True)
class Told:
    """The sentences of one article whose subject is a role, up to a place."""

    scene: Scene
    subjects: Subjects
    roles: Roles
    _next: int = 0

    def until(self, candidate: Candidate) -> None:
        """Keep whom the sentences before a quote are about, where the author names a role."""
        frame = self.scene.frame
        line = max(0, frame.line_at(candidate.outer.start) - 1)
        first = max(self._next, frame.sentence_at(frame.lines[line].start))
        last = frame.sentence_at(candidate.outer.start)
        for sentence in frame.sentences[first:last]:
            self._tell(sentence)
        self._next = max(self._next, last)

    def _tell(self, sentence: Span) -> None:
        masked = self.scene.frame.masked
        clause = Span(sentence.start, min(sentence.stop, sentence.start + _READ_CHARS))
        words = words_in(masked, clause)
        verbs = [at for at, w in enumerate(words) if is_finite(w.form) and w.form.islower()]
        if not verbs or not any("nomn" in head_cases(w.form) for w in words):
            return
        names = [m.span for m, _ in self.scene.mentions_in(clause)]
        told: set[int] = set()
        for verb in [at for at in verbs if at == verbs[0] or is_saying(words[at].form)]:
            found = find_subject(masked, words, verb, names, clause, after=False)
            if found.kind is not MentionKind.ROLE or found.span is None:
                continue
            if found.span.start not in told:
                genders = found.genders & _genders_of(found.span.of(masked))
                person = self._meant(found, found.span, sentence)
                self.subjects.tell(found.span, person, genders)
            told.add(found.span.start)

    def _meant(self, found: Attribution, span: Span, sentence: Span) -> int | None:
        place = Span(sentence.start, sentence.start)
        own = Candidate((place,), place, QuoteKind.DIRECT, sentence, Side.BEFORE)
        meant = self.roles.meant_by(found, span, own)
        return meant[0] if meant is not None and isinstance(meant[0], int) else None


def _genders_of(phrase: str) -> frozenset[str]:
    """Return the genders of the noun that heads a role."""
    head = next((word for word in phrase.split() if head_cases(word)), phrase)
    return head_genders(head)
