"""Who the speaker is: from the words that name him to a person of the article.

The order: a name in the attribution; a role by the roles the article gives; the corpus's table of
aliases within its country and days; a pronoun by the last subject of its gender. What is left is
not resolved. When two would fit, nobody does.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date

from index.languages import lemmas
from index.languages.ru import nominative_phrase, readings
from index.people.aliases import Aliases, KnownPerson
from index.people.forms import name_form, stem
from index.people.mention import NameMention
from index.people.persons import Cast
from index.people.roles import Role, fits, head_cases, head_genders, is_kin, read_role
from index.people.words import left_words
from index.quotes.candidates import Candidate, Side
from index.quotes.dialogues import says_of_interview
from index.quotes.frame import BLACK, Frame
from index.quotes.mentions import Attribution, MentionKind, find_attribution
from index.speech import UTTERANCES, is_finite, is_saying, is_saying_gerund
from index.types import Certainty, Span, Speaker, SpeakerKind

#: Roles that may stand for anybody of whom was just spoken: «подчеркнул политик».
_ANAPHORIC = frozenset(
    """
    политик чиновник дипломат эксперт собеседник бизнесмен предприниматель руководитель специалист
    ученый аналитик экономист спортсмен артист писатель парламентарий депутат министр лидер глава
    премьер президент губернатор спикер юрист актер актриса певец певица режиссер музыкант тренер
    футболист академик профессор политолог журналист правозащитник сенатор мэр
    """.split()
)
#: Words that add nothing to an anaphoric role: «глава ведомства».
_VAGUE = frozenset(
    "ведомство компания организация регион фонд министерство учреждение край республика область "
    "страна государство город банк клуб агентство".split()
)


#: How far back somebody may have been spoken of to be meant by «он», in code points and in quotes.
_REACH = 2_000
_LAST_EVENTS = 12


@dataclass(slots=True)
class Resolver:
    """Resolves the speakers of one article, quote by quote in text order."""

    frame: Frame
    cast: Cast
    aliases: Aliases
    day: date | None
    home: str | None
    _events: list[tuple[int, int | None, frozenset[str]]] = field(default_factory=list)
    _roles: dict[int, tuple[Role, ...]] = field(default_factory=dict)
    _free: list[tuple[NameMention, int | None]] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _all_starts: list[int] = field(default_factory=list)
    _owners: dict[Span, int | None] = field(default_factory=dict)
    _first_seen: dict[int, int] = field(default_factory=dict)
    _holders: dict[Role, tuple[int, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep the mentions that stand outside of marks: only those are the author's."""
        masked = self.frame.masked
        self._free = [(m, at) for m, at in self.cast.mentions if masked[m.span.start] != BLACK]
        self._starts = [m.span.start for m, _ in self._free]
        self._all_starts = [m.span.start for m, _ in self.cast.mentions]
        self._owners = {m.span: at for m, at in self.cast.mentions}
        for mention, at in self._free:
            if at is not None:
                self._first_seen.setdefault(at, mention.span.start)

    def resolve(self, candidate: Candidate) -> tuple[Speaker | None, Span | None]:
        """Return the speaker of a quote, None when not established, and the words that name him."""
        if candidate.side is Side.INTERVIEW:
            speaker = self._interviewee(candidate.clause)
            self._remember(candidate.outer.start, speaker)
            return speaker, None
        if candidate.clause is None:
            speaker = self._from_before(candidate)
            self._remember(candidate.outer.start, speaker)
            return speaker, None
        found = self._attribution(candidate)
        speaker = self._speaker(found, candidate)
        gender = found.genders & {"masc", "femn"}
        place = found.span.start if found.span else candidate.clause.start
        self._remember(place, speaker, gender or frozenset({"masc", "femn"}))
        return speaker, found.span

    def _interviewee(self, intro: Span | None) -> Speaker | None:
        """Return the one person of the paragraph before an interview, who then answers."""
        if intro is None:
            return None
        first, last = self.frame.sentence_at(intro.start), self.frame.sentence_at(intro.stop - 1)
        named: set[int] = set()
        for sentence in self.frame.sentences[first : last + 1]:
            if says_of_interview(sentence.of(self.frame.masked)):
                named |= {at for _, at in self._mentions_in(sentence) if at is not None}
        return self._named(named.pop(), Certainty.CONTEXT) if len(named) == 1 else None

    # --- whom the clause names

    def _attribution(self, candidate: Candidate) -> Attribution:
        clause = candidate.clause or candidate.outer
        masked = self.frame.text if candidate.side is Side.INSIDE else self.frame.masked
        if candidate.side in {Side.NEXT_LINE, Side.LABEL}:
            return self._titled(clause)
        after = candidate.side in {Side.AFTER, Side.INSIDE}
        names = [
            m.span
            for m, at in self._mentions_in(clause, is_inside=candidate.side is Side.INSIDE)
            if (at is not None or m.is_sure) and self._may_speak(clause, m)
        ]
        if candidate.side is Side.BEFORE and (label := self._label(clause, names)) is not None:
            return label
        return find_attribution(masked, clause, names, after=after)

    def _label(self, clause: Span, names: list[Span]) -> Attribution | None:
        """Return the name of «Имя Фамилия: «…»», where there is no verb to be the subject of."""
        words = re.findall(r"[^\W\d_]+", clause.of(self.frame.masked))
        if not names or any(readings(w)[0].grammemes & {"VERB"} for w in words if w.islower()):
            return None
        alone = names[-1] if len({self._person_at(n) for n in names}) == 1 else None
        if alone is None:
            return None
        return Attribution(MentionKind.NAME, alone, frozenset({"masc", "femn"}))

    def _titled(self, line: Span) -> Attribution:
        """Return the name of a line «— Имя, должность»."""
        names = [m.span for m, _ in self._mentions_in(line)]
        if names:
            return Attribution(MentionKind.NAME, names[0], frozenset({"masc", "femn"}))
        first = re.match(r"[^\n,.;(]{2,80}", self.frame.text[line.start : line.stop])
        span = Span(line.start, line.start + len(first[0].rstrip())) if first else line
        words = span.of(self.frame.text).split()
        kind = MentionKind.ROLE if any(head_cases(w) for w in words) else MentionKind.NOBODY
        return Attribution(kind, span, frozenset({"masc", "femn"}))

    def _mentions_in(
        self, span: Span, *, is_inside: bool = False
    ) -> list[tuple[NameMention, int | None]]:
        if is_inside:
            first = bisect_left(self._all_starts, span.start)
            return list(self.cast.mentions[first : bisect_left(self._all_starts, span.stop)])
        first = bisect_left(self._starts, span.start)
        return self._free[first : bisect_left(self._starts, span.stop)]

    def _may_speak(self, clause: Span, mention: NameMention) -> bool:
        """Return whether the name may be a subject here, or follows «по словам», «цитирует»."""
        text = self.frame.masked
        if text[mention.span.start] == BLACK:  # the author's words within the marks
            text = self.frame.text
        if _is_governed(text, clause, mention.span):
            return True
        return mention.is_nominative and not self._is_of_another(mention)

    def _is_of_another(self, mention: NameMention) -> bool:
        """Return whether the name hangs on another word: «помощник Меркель», «в книге о Гюго»."""
        if all(case == "nomn" for case, _ in mention.readings):
            return False
        before = left_words(self.frame.masked, mention.span.start, limit=1)
        if not before:
            return False
        return is_kin(before[0][1]) or "PREP" in readings(before[0][1])[0].grammemes

    def _person_at(self, span: Span) -> int | None:
        return self._owners.get(span)

    # --- who that is

    def _speaker(self, found: Attribution, candidate: Candidate) -> Speaker | None:
        if found.span is None:
            if candidate.side is Side.BEFORE and _is_of_nobody(candidate, self.frame):
                return None
            if self._names_a_stranger(candidate):
                return None
            if found.kind is MentionKind.NOBODY and "plur" not in found.genders:
                return self._by_subject(candidate, found.genders)
            if found.genders >= {"masc", "femn", "plur"}:
                return self._by_subject(candidate, frozenset({"masc", "femn"}))
            return None
        if found.kind is MentionKind.NAME:
            is_said = _is_said(candidate, self.frame)
            certainty = Certainty.STATED if is_said else Certainty.CONTEXT
            return self._named(self._person_at(found.span), certainty)
        if found.kind is MentionKind.PRONOUN:
            return self._by_subject(candidate, found.genders, before=found.span.start)
        if found.kind is MentionKind.ROLE:
            return self._by_role(found, candidate)
        if found.kind in {MentionKind.DOCUMENT, MentionKind.ORGANISATION}:
            return self._body(found)
        return None

    def _names_a_stranger(self, candidate: Candidate) -> bool:
        """Return whether a word in capitals stands by the verb that no person here is called by."""
        clause = candidate.clause or candidate.outer
        if candidate.side not in {Side.AFTER, Side.INSIDE}:
            return False
        text = self.frame.text if candidate.side is Side.INSIDE else self.frame.masked
        for word in _CAPITALISED.findall(text, clause.start, min(clause.stop, clause.start + 60)):
            form = name_form(word)
            if not (form.is_place or form.is_body or word.isupper()):
                return True
        return False

    def _body(self, found: Attribution) -> Speaker | None:
        if found.span is None:
            return None
        is_document = found.kind is MentionKind.DOCUMENT
        kind = SpeakerKind.DOCUMENT if is_document else SpeakerKind.ORGANISATION
        name = _head_in_nominative(found.span.of(self.frame.text))
        certainty = Certainty.CONTEXT if _is_medium(name) else Certainty.STATED
        return Speaker(name, kind, certainty)

    def _named(self, person: int | None, certainty: Certainty = Certainty.STATED) -> Speaker | None:
        if person is None:
            return None
        found = self.cast.persons[person]
        known = self._known(person)
        identity = known.name if known is not None and " " not in found.name else None
        return Speaker(found.name, SpeakerKind.PERSON, certainty, found.role, identity, person)

    def _by_role(self, found: Attribution, candidate: Candidate) -> Speaker | None:
        """Return the one person of the article who has the role, or who holds it by the table."""
        if found.span is None:
            return None
        phrase = found.span.of(self.frame.text)
        role = read_role(phrase, self.aliases)
        stop = max(candidate.outer.stop, found.span.stop)
        fitting = [at for at in self._holders_of(role) if self._first_seen[at] < stop]
        if role.country is None and role.post in self.aliases.post_names and fitting:
            last = self._by_subject(candidate, frozenset({"masc", "femn"}), found.span.start)
            if last is not None and last.person not in fitting:
                return None  # «президент» of whom was not spoken just now
        if len(fitting) > 1:
            fitting = self._narrowed(fitting, role, candidate)
        if len(fitting) == 1 and self._agrees(fitting[0], found.genders):
            return self._named(fitting[0], Certainty.ROLE)
        if fitting:
            return None
        holder = self.aliases.holder(role.post, role.country or self.home, self.day)
        if holder is not None and not role.is_former:
            return self._by_table(holder, phrase)
        if role.post in _ANAPHORIC and role.country is None and role.body <= _VAGUE:
            return self._anaphoric(found, phrase, candidate)
        return None

    def _anaphoric(self, found: Attribution, phrase: str, candidate: Candidate) -> Speaker | None:
        """Return the last subject for «подчеркнул политик», unless he is known to be another."""
        genders = found.genders & (head_genders(phrase.rsplit(" ", maxsplit=1)[-1]) | {"masc"})
        start = found.span.start if found.span else candidate.outer.start
        return self._by_subject(candidate, genders or found.genders, before=start)

    def _by_table(self, holder: KnownPerson, phrase: str) -> Speaker:
        person = next((at for at in self._first_seen if self._known(at) == holder), None)
        name = holder.name if person is None else self.cast.persons[person].name
        return Speaker(name, SpeakerKind.PERSON, Certainty.CONTEXT, phrase, holder.name, person)

    def _holders_of(self, role: Role) -> tuple[int, ...]:
        """Return the persons the author names who hold a role, in text order."""
        if role not in self._holders:
            self._holders[role] = tuple(
                at
                for at in self._first_seen
                if any(fits(role, held, self.aliases) for held in self._roles_of(at))
            )
        return self._holders[role]

    def _roles_of(self, person: int) -> tuple[Role, ...]:
        if person not in self._roles:
            titles = [span.of(self.frame.text) for span in self.cast.roles[person]]
            found = [read_role(title, self.aliases) for title in titles]
            known = self._known(person)
            if known is not None:
                found = [r for r in found if r.post != known.post or r.country] or found
                found = [
                    Role(r.post, r.country or known.country, r.body, r.is_former)
                    if r.post == known.post
                    else r
                    for r in found
                ]
            self._roles[person] = tuple(found)
        return self._roles[person]

    def _known(self, person: int) -> KnownPerson | None:
        """Return the row of the table that is this person on the article's day, if one is."""
        if self.day is None or (
            not self.cast.roles[person] and " " not in self.cast.persons[person].name
        ):
            return None
        found = [
            row
            for row in self.aliases.persons
            if row.holds_on(self.day) and self._is_known(person, row)
        ]
        return found[0] if len({row.name for row in found}) == 1 else None

    def _is_known(self, person: int, row: KnownPerson) -> bool:
        first, _, surname = self.cast.persons[person].key
        names = row.name.split()
        if surname != stem(names[-1]):
            return False
        gender = self.cast.persons[person].gender
        if gender is not None and gender != row.gender:
            return False
        if first in {stem(name) for name in names[:-1]}:
            return True
        return not first and bool(self.cast.roles[person])

    def _narrowed(self, fitting: list[int], role: Role, candidate: Candidate) -> list[int]:
        """Return the holders of a role who have its country, or were spoken of last."""
        country = role.country or self.home
        own = [
            at
            for at in fitting
            if any(r.country == country and r.post == role.post for r in self._roles_of(at))
        ]
        if country is not None and own:
            return own
        near = [at for at in self._spoken_of_before(candidate) if at in fitting]
        return near[:1] if len(set(near)) == 1 else fitting

    def _spoken_of_before(self, candidate: Candidate) -> list[int]:
        """Return the persons named in this paragraph and the one before, up to the quote."""
        line = self.frame.line_at(candidate.outer.start)
        start = max(self.frame.lines[max(0, line - 1)].start, candidate.outer.start - _REACH)
        inside = self._mentions_in(Span(start, candidate.outer.start))
        return [at for _, at in inside if at is not None]

    def _agrees(self, person: int, genders: frozenset[str]) -> bool:
        gender = self.cast.persons[person].gender
        return gender is None or gender in genders or ("plur" not in genders and len(genders) == 2)

    # --- the last subject

    def _remember(
        self, place: int, speaker: Speaker | None, genders: frozenset[str] = frozenset()
    ) -> None:
        """Keep who spoke here, for a pronoun to come; a speaker not resolved bars older ones."""
        person = speaker.person if speaker is not None else None
        self._events.append((place, person, genders))

    def _from_before(self, candidate: Candidate) -> Speaker | None:
        """Return the speaker of the sentence before, for a quote that nothing attributes."""
        number = self.frame.sentence_at(candidate.outer.start)
        before = self.frame.sentences[number - 1] if number else None
        if before is None:
            return None
        line = self.frame.line_at(candidate.outer.start)
        before = Span(max(before.start, before.stop - _REACH), before.stop)
        if before.stop <= self.frame.lines[max(0, line - 1)].start:
            return None
        last = [
            (place, person)
            for place, person, _ in self._events[-_LAST_EVENTS:]
            if before.start <= place < before.stop
        ]
        if last:
            return self._named(last[-1][1], Certainty.CONTEXT)
        names = [m.span for m, _ in self._mentions_in(before) if self._may_speak(before, m)]
        if not names:
            return None
        found = find_attribution(self.frame.masked, before, names, after=False)
        if found.kind is not MentionKind.NAME or found.span is None:
            return None
        if not _says(before.of(self.frame.masked)):
            return None
        return self._named(self._person_at(found.span), Certainty.CONTEXT)

    def _by_subject(
        self, candidate: Candidate, genders: frozenset[str], before: int | None = None
    ) -> Speaker | None:
        """Return the last subject of one of the genders, in this paragraph or the one before."""
        clause = candidate.clause or candidate.outer
        stop = min(clause.start, candidate.outer.start) if before is None else before
        if candidate.side in {Side.AFTER, Side.INSIDE, Side.NOWHERE}:
            stop = min(stop, candidate.outer.start)
        line = self.frame.line_at(candidate.outer.start)
        floor = max(self.frame.lines[max(0, line - 1)].start, stop - _REACH)
        number = self.frame.sentence_at(max(0, stop - 1))
        while number >= 0 and self.frame.sentences[number].stop > floor:
            sentence = self.frame.sentences[number]
            sentence = Span(max(sentence.start, floor), sentence.stop)
            person, is_barred = self._subject_of(sentence, stop, genders)
            if person is not None:
                return self._named(person, Certainty.CONTEXT)
            if is_barred:
                return None
            number -= 1
        return None

    def _subject_of(
        self, sentence: Span, stop: int, genders: frozenset[str]
    ) -> tuple[int | None, bool]:
        """Return the one subject of a sentence up to `stop`, or that two bar each other."""
        found: list[int] = []
        barred = False
        for mention, person in self._mentions_in(Span(sentence.start, min(stop, sentence.stop))):
            if person is None:
                barred = barred or (mention.is_nominative and _may_be_somebody(mention))
                continue
            gender = self.cast.persons[person].gender
            fitting = gender is None or gender in genders
            if fitting and _is_subject(self.frame, self.cast.persons[person].gender, mention):
                found.append(person)
        for place, event, event_genders in self._events[-_LAST_EVENTS:]:
            if sentence.start <= place < min(stop, sentence.stop):
                if event is None:
                    barred = barred or bool(event_genders & genders)
                elif self.cast.persons[event].gender in {None, *genders}:
                    found.append(event)
        several = set(found)
        if len(several) == 1:
            return found[0], barred
        return None, barred or bool(several)


#: Media, and agencies by name: they report words of others more often than their own.
_MEDIA = frozenset(
    """
    газета агентство издание журнал телеканал канал портал сайт радиостанция радио вестник тасс
    итар-тасс интерфакс риа росбалт азертадж рбк коммерсантъ ведомость lenta newsru reuters bbc cnn
    afp ap bloomberg trend report day apa politico times
    """.split()
)


def _is_medium(name: str) -> bool:
    """Return whether a body is a medium, or a name in marks that may be one."""
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", name)
    return name[:1] in '«"„“' or any(lemmas(word)[0] in _MEDIA for word in words)


def _may_be_somebody(mention: NameMention) -> bool:
    """Return whether a name that is of nobody known may still be of a person."""
    return mention.is_sure or name_form(mention.surname).is_surname


def _is_subject(frame: Frame, gender: str | None, mention: NameMention) -> bool:
    """Return whether the name stands in the nominative for certain: no other case would do."""
    readable = {(c, g) for c, g in mention.readings if gender is None or g == gender}
    cases = {c for c, _ in readable}
    if "nomn" not in cases:
        return False
    if {("gent", "masc"), ("nomn", "femn")} <= readable and len(readable) <= 4:
        return False  # «Лаврова»: a man's genitive as often as a woman's nominative
    before = re.search(
        r"([а-яё-]+)\s+$", frame.masked[max(0, mention.span.start - 30) : mention.span.start]
    )
    if before and "PREP" in readings(before[1])[0].grammemes:
        return False
    if cases == {"nomn"} or not before or not _takes_genitive(before[1]):
        return True
    after = _VERB_AFTER.match(frame.masked, mention.span.stop)  # «в письме Челентано призвал»
    return after is not None and "VERB" in readings(after[1])[0].grammemes


_VERB_AFTER = re.compile(r" (?:не |также |уже |ранее )?([а-яё]+)")


def _is_being(word: str) -> bool:
    """Return whether a verb only says what somebody is: «был краток», «оказался резок»."""
    tags = readings(word)[0]
    return tags.lemma in _BEING or bool(tags.grammemes & {"ADJS", "PRED"})


_BEING = frozenset("быть оказаться остаться стать казаться".split())


def _takes_genitive(word: str) -> bool:
    return "NOUN" in readings(word)[0].grammemes


#: A word in capitals with nothing but a verb or an adverb before it: «— заметил Фекете».
_CAPITALISED = re.compile(r"(?<=[а-яё] )(?<!\bв )(?<!\bна )(?<!\bс )(?<!\bиз )[А-ЯЁ][а-яё-]{2,}")


#: «По доставшемуся нам девизу: «…»»: words of nobody in particular.
_OF_NOBODY = frozenset("девиз лозунг надпись фраза поговорка пословица текст запись мысль".split())


def _is_of_nobody(candidate: Candidate, frame: Frame) -> bool:
    """Return whether a clause announces words without a verb that says them."""
    clause = (candidate.clause or candidate.outer).of(frame.masked)
    last = re.findall(r"[^\W\d_]+", clause)[-2:]
    return not _says(clause) and any(lemmas(word)[0] in _OF_NOBODY for word in last)


def _is_said(candidate: Candidate, frame: Frame) -> bool:
    """Return whether the clause before a quote says that it is said; a label needs no verb.

    «Первое, что Ветров увидел на стене: «…»» may be words of somebody else.
    """
    if candidate.side is not Side.BEFORE or candidate.clause is None:
        return True
    clause = candidate.clause.of(frame.masked)
    words = re.findall(r"[^\W\d_]+", clause)
    if _says(clause) or any(set(lemmas(word)[:2]) & UTTERANCES for word in words):
        return True
    verbs = [word for word in words if word.islower() and is_finite(word)]
    return all(_is_being(word) for word in verbs)


def _says(text: str) -> bool:
    return any(is_saying(w) or is_saying_gerund(w) for w in re.findall(r"[^\W\d_]+", text))


_GOVERNORS = re.compile(
    r"\b(?:по\s+(?:е\w+\s+)?(?:словам|мнению|данным|информации|сведениям|утверждению|признанию|"
    r"оценке|убеждению|версии|выражению|свидетельству|прогнозу|определению)|слова|словами|"
    r"цитирует|цитировал\w*|цитату|приводит|передаёт|передает|заявлени\w+|высказывани\w+|"
    r"комментари\w+|ответ|мнение|одобрени\w+|поддержк\w+|оценк\w+)\b(?P<title>[^.;:]{0,160})$",
    re.IGNORECASE,
)


def _is_governed(text: str, clause: Span, span: Span) -> bool:
    """Return whether «по словам», «слова», «цитирует» stands before, with only a title between."""
    found = _GOVERNORS.search(text[max(clause.start, span.start - 220) : span.start])
    return found is not None and not re.search(r",\s|—|–", found["title"])


def _head_in_nominative(phrase: str) -> str:
    """Return the phrase with its head noun, and adjectives before it, in the nominative."""
    words = " ".join(phrase.split())
    return nominative_phrase(words) or words
