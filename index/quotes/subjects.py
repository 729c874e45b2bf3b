"""Of whom was spoken last: whom a pronoun means, or a quote that nothing attributes.

Two subjects of one gender bar each other, and so does a speaker who is not established.
"""

import re
from dataclasses import dataclass, field

from index.people.forms import name_form
from index.people.roles import WORD, head_cases, head_genders, is_kin
from index.quotes.acting import is_in_relative_clause, is_subject, may_be_somebody
from index.quotes.candidate import Candidate, Side
from index.quotes.clauses import says
from index.quotes.frame import Frame
from index.quotes.scene import REACH, Scene
from index.types import Span

#: So many speakers back are remembered.
_LAST_EVENTS = 12

#: So many sentences of the author's that begin with a role.
_LAST_TOLD = 24

#: So many lines of a dialogue are looked through.
_MOST_LINES = 6

#: «Тот» is told by a sentence at most so far before.
_MOST_BACK = 2


def _is_spoken(frame: Frame, line: int) -> bool:
    return frame.masked[frame.lines[line].start] in "—–-"


#: Where somebody acted or spoke, who, None for one who is not named, and of which gender.
_Event = tuple[int, int | None, frozenset[str]]


@dataclass(slots=True)
class Subjects:
    """The last subjects of one article, quote by quote in text order."""

    scene: Scene
    _events: list[_Event] = field(default_factory=list)
    _told: list[_Event] = field(default_factory=list)
    _phrases: dict[int, Span] = field(default_factory=dict)
    stranger: Span | None = None  # the role that barred whom the last pronoun might mean

    def remember(
        self,
        place: int,
        person: int | None,
        genders: frozenset[str] = frozenset(),
        phrase: Span | None = None,
    ) -> None:
        """Keep who spoke here, for a pronoun to come; a speaker not resolved bars older ones."""
        if not is_in_relative_clause(self.scene.frame, place):
            self._events.append((place, person, genders))
            if phrase is not None:
                self._phrases[place] = phrase

    def tell(self, phrase: Span, person: int | None, genders: frozenset[str]) -> None:
        """Keep whom the author's own words mean by a role: «Политик напомнил о долгах»."""
        self._told.append((phrase.start, person, genders))
        self._phrases[phrase.start] = phrase

    def events_in(self, part: Span) -> list[tuple[int, int | None]]:
        """Return who spoke in a place, and where, in text order."""
        return [e[:2] for e in self._events[-_LAST_EVENTS:] if part.start <= e[0] < part.stop]

    def last(
        self,
        candidate: Candidate,
        genders: frozenset[str],
        before: int | None = None,
        *,
        may_be_dead: bool = False,
        is_named: bool = False,
    ) -> int | None:
        """Return the last subject of one of the genders, in this paragraph or the one before.

        `is_named` leaves out whom the author means by a role: that is the context's word already.
        """
        self.stranger = None
        clause = candidate.clause or candidate.outer
        stop = min(clause.start, candidate.outer.start) if before is None else before
        if candidate.side in {Side.AFTER, Side.INSIDE, Side.NOWHERE}:
            stop = min(stop, candidate.outer.start)
        at = clause.start if candidate.side is Side.BEFORE else candidate.outer.start
        line = self.scene.frame.line_at(at)  # «Она добавила:» may stand in the line before
        floor = max(self.scene.frame.lines[self._first_line(line)].start, stop - REACH)
        number = self.scene.frame.sentence_at(max(0, stop - 1))
        while number >= 0 and self.scene.frame.sentences[number].stop > floor:
            sentence = self.scene.frame.sentences[number]
            sentence = Span(max(sentence.start, floor), sentence.stop)
            person, is_barred = self.subject_of(
                sentence, stop, genders, may_be_dead=may_be_dead, is_named=is_named
            )
            if person is not None and sentence.start < self.scene.frame.lines[line].start:
                return self._topic(person, sentence, genders)
            if person is not None:
                return person
            if is_barred or self._is_of_another(Span(sentence.start, stop), sentence.stop, genders):
                self.stranger = self._stranger_in(Span(sentence.start, stop), genders)
                return None
            number -= 1
        if not may_be_dead and self._is_dead(Span(floor, stop)):  # «Олега Ветрова похоронили»
            return None
        own = max(floor, self.scene.frame.lines[line].start)
        is_here = any(True for _ in self.scene.mentions_in(Span(own, stop)))
        return self._only_one(Span(own if is_here else floor, stop), genders)

    def _topic(self, person: int, sentence: Span, genders: frozenset[str]) -> int | None:
        """Return whom a pronoun of the next paragraph means after a sentence about somebody.

        «Его ученик Ветров пишет»: the one whose pupil he is, if the article is about him.
        """
        if not _HIS_OWN.match(self.scene.frame.masked, sentence.start, sentence.stop):
            return person
        hero = self.scene.hero
        is_other = hero is not None and hero != person and self.is_of(hero, genders)
        return hero if is_other else None

    def _stranger_in(self, part: Span, genders: frozenset[str]) -> Span | None:
        """Return the last role of a sentence that is of nobody known: «начальник отдела»."""
        near = sorted(self._events_in(part, is_named=False), key=lambda event: event[0])
        unknown = [place for place, person, of in near if person is None and of & genders]
        unknown = [place for place in unknown if place in self._phrases]
        return self._phrases[unknown[-1]] if unknown else None

    def _is_of_another(self, part: Span, end: int, genders: frozenset[str]) -> bool:
        """Return whether a sentence without a named subject begins with somebody else.

        «Тот всё отрицал», «Тренер соперников недоволен».
        """
        masked = self.scene.frame.masked
        if _THAT_ONE.match(masked, part.start, part.stop):
            return True
        first = WORD.match(masked, part.start, min(part.stop, end))
        if first is None or name_form(first[0]).is_proper or "nomn" not in head_cases(first[0]):
            return False
        named = {at for _, at in self.scene.mentions_in(Span(part.start, min(part.stop, end)))}
        return not named and bool(head_genders(first[0]) & genders)

    def _first_line(self, line: int) -> int:
        """Return the first paragraph that may say who is meant: the one before, or a dialogue's."""
        first = max(0, line - 1)
        while first and line - first < _MOST_LINES and _is_spoken(self.scene.frame, first):
            first -= 1
        return first

    def other(self, genders: frozenset[str], before: int, candidate: Candidate) -> int | None:
        """Return whom «ответил тот» means: of those the last sentence names, who did not act."""
        stop = min(before, candidate.outer.start)
        part = self._last_naming(candidate, stop, genders)
        named = [
            person
            for _, person in self.scene.mentions_in(part)
            if person is not None and self.is_of(person, genders)
        ]
        if len(set(named)) > 1:
            subject, _ = self.subject_of(part, stop, genders)
            named = [person for person in named if person != subject]
        spoke = {person for place, person, _ in self._events[-_LAST_EVENTS:] if place >= part.start}
        named = [person for person in named if person not in spoke]  # whoever asked is not «тот»
        return named[0] if len(set(named)) == 1 else None

    def _last_naming(self, candidate: Candidate, stop: int, genders: frozenset[str]) -> Span:
        """Return the last sentence before a place that names one of a gender, in its paragraph."""
        frame = self.scene.frame
        number = frame.sentence_at(max(0, stop - 1))
        if frame.sentences[number].start >= stop and number:
            number -= 1
        first = frame.sentence_at(frame.lines[frame.line_at(candidate.outer.start)].start)
        near = range(number, max(first, number - _MOST_BACK) - 1, -1)
        naming = (at for at in near if self._names_one(frame.sentences[at], genders))
        sentence = frame.sentences[next(naming, number)]
        return Span(max(sentence.start, stop - REACH), min(stop, sentence.stop))

    def _names_one(self, sentence: Span, genders: frozenset[str]) -> bool:
        named = [person for _, person in self.scene.mentions_in(sentence)]
        return any(person is None or self.is_of(person, genders) for person in named)

    def is_of(self, person: int, genders: frozenset[str]) -> bool:
        """Return whether a person may be of one of the genders."""
        return self.scene.cast.persons[person].gender in {None, *genders}

    def _only_one(self, part: Span, genders: frozenset[str]) -> int | None:
        """Return the one person of a gender that some sentences name, in whatever case.

        Nobody when a noun for somebody of the gender stands there who is not told by name.
        """
        frame = self.scene.frame
        named = {
            person
            for _, person in self.scene.mentions_in(part)
            if person is None or self.is_of(person, genders)
        }
        if len(named) != 1 or None in named:
            return None
        person = named.pop()
        if person is None:
            return None
        titles = self.scene.cast.roles[person]
        names = {mention.span.start for mention, _ in self.scene.mentions_in(part)}
        for word in WORD.finditer(frame.masked, part.start, part.stop):
            is_title = any(title.start <= word.start() < title.stop for title in titles)
            if is_title or name_form(word[0]).is_proper:
                continue
            is_other = "nomn" in head_cases(word[0]) or (
                word.end() + 1 in names and is_kin(word[0])
            )
            if is_other and head_genders(word[0]) & genders:  # «брата Ветрова нашли»
                return None
        return person

    def _events_in(self, part: Span, *, is_named: bool) -> list[_Event]:
        near = self._events[-_LAST_EVENTS:] + ([] if is_named else self._told[-_LAST_TOLD:])
        return [event for event in near if part.start <= event[0] < part.stop]

    def _is_dead(self, part: Span) -> bool:
        """Return whether a sentence tells that its subject died: he is not «написал он»."""
        masked = self.scene.frame.masked
        that = _THAT.search(masked, part.start, part.stop)
        main = Span(part.start, that.start() if that else part.stop)
        return _DIED.search(masked, main.start, main.stop) is not None and not says(main.of(masked))

    def _of_main_clause(self, part: Span, found: list[int], places: list[int]) -> list[int]:
        """Return the subjects before «, что», if there are any; else all of them."""
        that = _THAT.search(self.scene.frame.masked, part.start, part.stop)
        if that is None or len(set(found)) < 2:
            return found
        main = [person for person, at in zip(found, places, strict=True) if at < that.start()]
        return main or found

    def subject_of(
        self,
        sentence: Span,
        stop: int,
        genders: frozenset[str],
        *,
        may_be_dead: bool = False,
        is_named: bool = False,
    ) -> tuple[int | None, bool]:
        """Return the one subject of a sentence up to `stop`, or that two bar each other."""
        found: list[int] = []
        places: list[int] = []
        barred = False
        part = Span(sentence.start, min(stop, sentence.stop))
        for mention, person in self.scene.mentions_in(part):
            if person is None:
                barred = barred or (mention.is_nominative and may_be_somebody(mention))
                continue
            if is_in_relative_clause(self.scene.frame, mention.span.start):
                continue
            gender = self.scene.cast.persons[person].gender
            fitting = gender is None or gender in genders
            if fitting and (
                is_subject(self.scene.frame, gender, mention)
                or self.scene.is_told_from(part, mention)
            ):
                found.append(person)
                places.append(mention.span.start)
        for place, event, event_genders in self._events_in(part, is_named=is_named):
            if event is None:
                barred = barred or bool(event_genders & genders)
            elif self.is_of(event, genders):
                found.append(event)
                places.append(place)
        found = self._of_main_clause(part, found, places)
        several = set(found)
        if found and not may_be_dead and self._is_dead(part):
            return None, True
        if len(several) == 1:
            return found[0], barred
        return None, barred or bool(several)


_DIED = re.compile(
    r"(?i)\b(?:умер(?:ла)?|скончал(?:ся|ась)|погиб(?:ла)?|похорон(?:или|ена?)|убита?|казн(?:или|[её]на?)"
    r"|(?:не стало|скончалась?|умерла?))\b"
)


#: A sentence about somebody who is told by whose he is.
_HIS_OWN = re.compile(r"(?:[А-Яа-яё]+ )?(?:[ЕеИи])(?:го|[её]|х) [а-яё]+")

#: A sentence about the other one of those named before: «Тот всё отрицал».
_THAT_ONE = re.compile(r"(?:[ИАН]о? )?[Тт](?:от|а) (?!же )[а-яё]")

#: Begins a clause whose subject is spoken of by the main one's: «Ветров отметил, что Зимин …».
_THAT = re.compile(r",\s+(?:что|чтобы|будто|когда|если|поскольку|пока|хотя|потому)\s")
