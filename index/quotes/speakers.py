"""Who the speaker is: from the words that name him to a person of the article.

The order: a name in the attribution; a role by the roles the article gives; the corpus's table of
aliases within its country and days; a pronoun by the last subject of its gender. What is left is
not resolved. When two would fit, nobody does.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index.languages.ru import nominative_phrase, readings
from index.people.aliases import Aliases, KnownPerson
from index.people.forms import stem
from index.people.persons import Cast
from index.people.roles import head_cases
from index.quotes.announced import MEDIUM_LABEL
from index.quotes.attribution import Attribution, MentionKind
from index.quotes.bodies import speaking_body
from index.quotes.called import Roles
from index.quotes.candidate import Candidate, Side
from index.quotes.clauses import is_medium, is_of_nobody, is_said, names_a_stranger
from index.quotes.frame import Frame
from index.quotes.holders import Holders
from index.quotes.interviews import interviewers, says_of_interview
from index.quotes.labels import SURNAME_FIRST, is_answer
from index.quotes.mentions import find_attribution
from index.quotes.scene import Scene
from index.quotes.subjects import Subjects
from index.quotes.told import Told
from index.quotes.unattributed import speaker_before
from index.quotes.verb_subject import THAT_ONE
from index.types import Certainty, Span, Speaker, SpeakerKind

#: Where the author's words stand within what is said.
_WITHIN = frozenset({Side.INSIDE, Side.TURN})

_ANYBODY = frozenset({"masc", "femn"})

_OF_HIS = frozenset({"его", "её", "ее"})

_BY_NAME = frozenset({MentionKind.NAME, MentionKind.DOCUMENT, MentionKind.ORGANISATION})

#: Mentions that say nothing of whom they mean: a role before them says more.
_ANYONES = frozenset({MentionKind.PRONOUN, MentionKind.NOBODY})


class Resolver:
    """Resolves the speakers of one article, quote by quote in text order."""

    def __init__(
        self, frame: Frame, cast: Cast, aliases: Aliases, day: date | None, home: str | None
    ) -> None:
        self.frame, self.cast, self.aliases = frame, cast, aliases
        self._scene = Scene(frame, cast)
        self._holders = Holders(self._scene, aliases, day, home)
        self._subjects = Subjects(self._scene)
        self._roles = Roles(self._scene, self._holders, self._subjects)
        self._told = Told(self._scene, self._subjects, self._roles)
        self._introduction: Span | None = None
        self._interviewees: dict[Span, Speaker | None] = {}

    def resolve(self, candidate: Candidate) -> tuple[Speaker | None, Span | None]:
        """Return the speaker of a quote, None when not established, and the words that name him."""
        self._subjects.stranger = None
        if candidate.side is Side.INTERVIEW:
            speaker = self._interviewee(candidate.clause)
            self._subjects.remember(candidate.outer.start, _person_of(speaker))
            return speaker, None
        if candidate.side is Side.TURN:
            return self._in_turn(candidate), None
        if candidate.side is Side.LABEL and candidate.clause and self._is_answer(candidate.clause):
            speaker = self._interviewee(self._before_labels(candidate.clause))
            return speaker, candidate.clause
        if candidate.clause is None:
            speaker = self._named(speaker_before(self._subjects, candidate), Certainty.CONTEXT)
            self._subjects.remember(candidate.outer.start, _person_of(speaker))
            return speaker, None
        found = self._attribution(candidate)
        speaker = self._speaker(found, candidate)
        gender = found.genders & {"masc", "femn"}
        place = found.span.start if found.span else candidate.clause.start
        phrase = found.span if found.kind is MentionKind.ROLE else None
        self._subjects.remember(place, _person_of(speaker), gender or _ANYBODY, phrase)
        if speaker is None and found.kind in _ANYONES:
            return None, self._subjects.stranger or found.span
        return speaker, found.span

    def _in_turn(self, candidate: Candidate) -> Speaker | None:
        """Return who speaks every other line of a dialogue, by the words about another of them."""
        if candidate.clause is None:
            return None
        speaker = self._speaker(self._attribution(candidate), candidate)
        if speaker is None or speaker.kind is not SpeakerKind.PERSON:
            return None
        self._subjects.remember(candidate.outer.start, speaker.person)
        return replace(speaker, certainty=Certainty.CONTEXT)

    def _is_answer(self, label: Span) -> bool:
        return is_answer(label.of(self.frame.text))

    def _before_labels(self, label: Span) -> Span | None:
        """Return the paragraphs before the first of questions and answers with labels."""
        if self._introduction is None:
            lines = self.frame.lines
            first = next(
                at for at, line in enumerate(lines) if _ASKED.match(line.of(self.frame.masked))
            )
            self._introduction = Span(lines[0].start, lines[max(0, first - 1)].stop)
        return self._introduction if self._introduction.stop < label.start else None

    def _interviewee(self, intro: Span | None) -> Speaker | None:
        """Return the one person of the paragraph before an interview, who then answers."""
        if intro is None:
            return None
        if intro not in self._interviewees:
            self._interviewees[intro] = self._find_interviewee(intro)
        return self._interviewees[intro]

    def _find_interviewee(self, intro: Span) -> Speaker | None:
        first, last = self.frame.sentence_at(intro.start), self.frame.sentence_at(intro.stop - 1)
        sentences = self.frame.sentences[first : last + 1]
        telling = [s for s in sentences if says_of_interview(s.of(self.frame.masked))]
        named = self._named_in(telling) or self._named_in(sentences)
        return self._named(named.pop(), Certainty.CONTEXT) if len(named) == 1 else None

    def _named_in(self, sentences: Sequence[Span]) -> set[int]:
        """Return the persons of some sentences, those who ask left out."""
        found: set[int] = set()
        for sentence in sentences:
            asking = interviewers(self.frame.masked, sentence)
            for mention, at in self._scene.mentions_in(sentence):
                if at is not None and not any(span.overlaps(mention.span) for span in asking):
                    found.add(at)
        return found

    def _attribution(self, candidate: Candidate) -> Attribution:
        clause = candidate.clause or candidate.outer
        masked = self.frame.text if candidate.side in _WITHIN else self.frame.masked
        if candidate.side in {Side.NEXT_LINE, Side.LABEL}:
            return self._titled(clause)
        after = candidate.side in {Side.AFTER, *_WITHIN}
        names = [
            m.span
            for m, at in self._scene.mentions_in(clause, is_inside=candidate.side in _WITHIN)
            if (at is not None or m.is_sure)
            and (
                self._scene.may_speak(clause, m)
                or (candidate.side is Side.BEFORE and _is_told_of(masked, m.span.stop))
            )
        ]
        if candidate.side is Side.BEFORE and (label := self._label(clause, names)) is not None:
            return label
        return find_attribution(masked, clause, names, after=after)

    def _label(self, clause: Span, names: list[Span]) -> Attribution | None:
        """Return the name of «Имя Фамилия: «…»», where there is no verb to be the subject of."""
        words = re.findall(r"[^\W\d_]+", clause.of(self.frame.masked))
        medium = None if names else MEDIUM_LABEL.match(clause.of(self.frame.masked))
        if medium is not None:
            span = Span(clause.start + medium.start("who"), clause.start + medium.end("who"))
            return Attribution(MentionKind.ORGANISATION, span, _ANYBODY)
        body = None if names else speaking_body(self.frame.masked, clause)
        if body is not None:
            return Attribution(MentionKind.ORGANISATION, body, _ANYBODY)
        if not names or any(readings(w)[0].grammemes & {"VERB"} for w in words if w.islower()):
            return None
        alone = names[-1] if len({self._scene.person_at(n) for n in names}) == 1 else None
        if alone is None:
            return None
        return Attribution(MentionKind.NAME, alone, _ANYBODY)

    def _titled(self, line: Span) -> Attribution:
        """Return the name of a line «— Имя, должность»."""
        names = [m.span for m, _ in self._scene.mentions_in(line)]
        if names:
            return Attribution(MentionKind.NAME, names[0], _ANYBODY)
        if (named := self._surnamed(line)) is not None:
            return Attribution(MentionKind.NAME, named, _ANYBODY)
        first = _LABEL_NAME.match(line.of(self.frame.text))
        span = Span(line.start, line.start + len(first[0].rstrip())) if first else line
        words = span.of(self.frame.text).split()
        kind = MentionKind.ROLE if any(head_cases(w) for w in words) else MentionKind.NOBODY
        return Attribution(kind, span, _ANYBODY)

    def _surnamed(self, line: Span) -> Span | None:
        """Return where the one is named whom a label has with his surname first: «ТИССЕН Р. О.»."""
        label = SURNAME_FIRST.fullmatch(line.of(self.frame.text))
        if label is None:
            return None
        surname, initial = stem(label["surname"].casefold()), label["initial"].casefold()
        found = [
            person.mentions[0]
            for person in self.cast.persons
            if person.key[2] == surname and person.key[0][:1] == initial
        ]
        return found[0] if len(found) == 1 else None

    def _speaker(self, found: Attribution, candidate: Candidate) -> Speaker | None:
        if found.kind not in _BY_NAME:  # else nobody asks who was spoken of before
            self._told.until(candidate)
        if found.span is None:
            return self._not_named(found, candidate)
        if found.kind is MentionKind.NAME:
            certainty = Certainty.STATED if is_said(candidate, self.frame) else Certainty.CONTEXT
            return self._named(self._scene.person_at(found.span), certainty)
        if found.kind is MentionKind.PRONOUN:
            return self._by_pronoun(found, found.span, candidate)
        if found.kind is MentionKind.ROLE:
            return self._by_role(found, found.span, candidate)
        if found.kind in {MentionKind.DOCUMENT, MentionKind.ORGANISATION}:
            return self._body(found)
        return None

    def _not_named(self, found: Attribution, candidate: Candidate) -> Speaker | None:
        """Return who was spoken of last, where a verb of saying has no subject."""
        if candidate.side is Side.BEFORE and is_of_nobody(candidate, self.frame):
            return None
        if names_a_stranger(candidate, self.frame):
            return None
        if found.kind is MentionKind.NOBODY and "plur" not in found.genders:
            return self._spoken_of(candidate, found.genders)
        if found.genders >= {"masc", "femn", "plur"}:
            return self._spoken_of(candidate, _ANYBODY)
        return None

    def _by_pronoun(self, found: Attribution, span: Span, candidate: Candidate) -> Speaker | None:
        if span.of(self.frame.text).lower() in THAT_ONE:
            other = self._subjects.other(found.genders, span.start, candidate)
            return self._named(other, Certainty.CONTEXT)
        is_his = span.of(self.frame.text).lower() in _OF_HIS  # he may have said it before he died
        last = self._subjects.last(candidate, found.genders, span.start, may_be_dead=is_his)
        return self._named(last, Certainty.CONTEXT)

    def _body(self, found: Attribution) -> Speaker | None:
        if found.span is None:
            return None
        is_document = found.kind is MentionKind.DOCUMENT
        kind = SpeakerKind.DOCUMENT if is_document else SpeakerKind.ORGANISATION
        name = _head_in_nominative(found.span.of(self.frame.text))
        certainty = Certainty.CONTEXT if is_medium(name) else Certainty.STATED
        return Speaker(name, kind, certainty)

    def _named(self, person: int | None, certainty: Certainty = Certainty.STATED) -> Speaker | None:
        if person is None:
            return None
        found = self.cast.persons[person]
        known = self._holders.known(person)
        identity = known.name if known is not None and " " not in found.name else None
        return Speaker(found.name, SpeakerKind.PERSON, certainty, found.role, identity, person)

    def _by_role(self, found: Attribution, span: Span, candidate: Candidate) -> Speaker | None:
        """Return the one person of the article who has the role, or who holds it by the table."""
        meant = self._roles.meant_by(found, span, candidate)
        if meant is None:
            return None
        who, certainty = meant
        if isinstance(who, int):
            return self._named(who, certainty)
        return self._by_table(who, span.of(self.frame.text))

    def _spoken_of(self, candidate: Candidate, genders: frozenset[str]) -> Speaker | None:
        return self._named(self._subjects.last(candidate, genders), Certainty.CONTEXT)

    def _by_table(self, holder: KnownPerson, phrase: str) -> Speaker:
        person = next(
            (at for at in self._scene.first_seen if self._holders.known(at) == holder), None
        )
        name = holder.name if person is None else self.cast.persons[person].name
        return Speaker(name, SpeakerKind.PERSON, Certainty.CONTEXT, phrase, holder.name, person)


#: «ТИССЕН Р. О.» and «директор музея», up to what is said besides.
_LABEL_NAME = re.compile(r"(?:[^\n,.;(]|(?<=\b[А-ЯЁ])\.){2,80}")

_ASKED = re.compile(r"(?i)(?:вопрос|ответ)\s*:")

_WHO = re.compile(r",\s+котор(?:ый|ая)\s")


def _is_told_of(masked: str, stop: int) -> bool:
    """Return whether «который» follows a name: «премьера Ахата, который любил повторять: «…»»."""
    return _WHO.match(masked, stop) is not None


def _person_of(speaker: Speaker | None) -> int | None:
    return speaker.person if speaker is not None else None


def _head_in_nominative(phrase: str) -> str:
    """Return the phrase with its head noun, and adjectives before it, in the nominative."""
    words = " ".join(phrase.split())
    return nominative_phrase(words) or words
