"""Whom a role in the author's words means: «подчеркнул министр», «добавил голкипер».

A role that one person of the article has; else whom the table of aliases has on the article's day;
else, for words like «политик», whoever was spoken of last.
"""

import re
from dataclasses import dataclass

from index.languages import lemmas
from index.languages.ru import readings
from index.people.aliases import KnownPerson
from index.people.forms import role_readings
from index.people.kinds import is_kind
from index.people.posts import Role, is_same_country, read_role
from index.people.roles import head_genders
from index.people.words import left_words
from index.quotes.attribution import ANY, Attribution
from index.quotes.candidate import Candidate
from index.quotes.deeds import find_doers, find_others
from index.quotes.descriptors import (
    deeds_of,
    deeds_of_the_other,
    is_by_deed_alone,
    is_occupation,
    is_of_a_country,
    is_stranger,
    is_vague,
    may_mean_anybody,
    said_beside,
)
from index.quotes.holders import Holders
from index.quotes.scene import Scene
from index.quotes.subjects import Subjects
from index.speech import ACCORDING, is_finite
from index.types import Certainty, Span

#: What tells of somebody for the first time: a participle, or that he would not be named.
_IS_WHO = re.compile(
    r",\s+(?:не\s+)?(?:[а-яё]+(?:щ|вш)(?:ий|ая)(?:ся)?|знаком(?:ый|ая)|близк(?:ий|ая))\s"
)
_ANONYMOUS = re.compile(r"(?i)\b(?:аноним\w+|не называ\w+)\b")
_MOST_PARTICIPLE = 60

_BESIDE_HIM = frozenset("коллега визави собеседник собеседница спутник спутница".split())
_ONE = frozenset({"masc", "femn"})
_SAME_POST = frozenset("коллега визави".split())
_OF_HIM = re.compile(r"(?i)\b(?:его|её|ее|их)\s(?:[а-яё]+\s)?$")

#: A person of the article, or of the table, and how certain it is.
Meant = tuple[int | KnownPerson, Certainty]


@dataclass(frozen=True, slots=True)
class Roles:
    """Resolves the roles of one article."""

    scene: Scene
    holders: Holders
    subjects: Subjects

    def meant_by(self, found: Attribution, span: Span, candidate: Candidate) -> Meant | None:
        """Return the one person who has the role, or whom it may mean; None when not sure."""
        phrase = span.of(self.scene.frame.text)
        role = read_role(phrase, self.holders.aliases)
        stop = max(candidate.outer.stop, span.stop)
        fitting = self._seen(self.holders.of(role), stop)
        certainty = self._certainty_of(role, fitting, candidate, span.start)
        if certainty is None:
            return self._colleague(candidate, span.start)
        if len(fitting) > 1:
            fitting = self.holders.narrowed(fitting, role, candidate)
        if len(fitting) > 1 and (last := self.subjects.last(candidate, ANY, span.start)) in fitting:
            return (last, Certainty.CONTEXT) if last is not None else None
        if not fitting and self._is_behind_verb(span) and (shorter := _without_object(phrase)):
            return self.meant_by(found, Span(span.start, span.start + len(shorter)), candidate)
        if not fitting:
            fitting = self._seen(self.holders.loosely(role), stop)
        if fitting:
            is_one = len(fitting) == 1 and self._agrees(fitting[0], found.genders)
            return (fitting[0], certainty) if is_one else None
        return self._by_table(role) or self._anaphoric(found, span, role, candidate)

    def _is_behind_verb(self, span: Span) -> bool:
        """Return whether a verb or «по словам» stands before a role: its object may be behind."""
        before = left_words(self.scene.frame.masked, span.start, limit=1)
        word = before[0][1] if before else ""
        return is_finite(word) or bool(set(lemmas(word)) & ACCORDING)

    def _seen(self, persons: tuple[int, ...] | list[int], stop: int) -> list[int]:
        return [at for at in persons if self.scene.first_seen[at] < stop]

    def _by_table(self, role: Role) -> Meant | None:
        holder = None if role.is_former else self.holders.by_table(role)
        return None if holder is None else (holder, Certainty.CONTEXT)

    def _colleague(self, candidate: Candidate, start: int) -> Meant | None:
        """Return who was just spoken of, if the article says only that he has the same post."""
        last = self.subjects.last(candidate, ANY, start)
        is_same = last is not None and self._is_colleague(last)
        return (last, Certainty.CONTEXT) if last is not None and is_same else None

    def _is_colleague(self, person: int) -> bool:
        """Return whether the article only says that a person has the post of another."""
        role = self.scene.cast.persons[person].role
        return role is not None and any(word in _SAME_POST for word in role.split())

    def _is_other(self, person: int) -> bool:
        """Return whether the article says that a person is something else than is asked."""
        return self.holders.has_roles(person) and not self._is_colleague(person)

    def _certainty_of(
        self, role: Role, fitting: list[int], candidate: Candidate, start: int
    ) -> Certainty | None:
        """Return how certain a role is that these hold; None when another was just spoken of.

        «Президент» of no country is whoever was spoken of last, if he is one.
        """
        if not fitting:
            return Certainty.CONTEXT
        is_bare = role.post == "министр" and not role.body  # as many as there are ministries
        if role.country is not None or not (
            is_bare or role.post in self.holders.aliases.post_names
        ):
            return Certainty.ROLE
        last = self.subjects.last(candidate, ANY, start, is_named=True)
        if last is None:
            return Certainty.CONTEXT
        if last in fitting:
            return Certainty.ROLE
        if self.subjects.last(candidate, ANY, start) in fitting:
            return Certainty.CONTEXT
        # The only president of the article, when it was a minister who was spoken of.
        return Certainty.CONTEXT if len(fitting) == 1 and self._is_other(last) else None

    def _anaphoric(
        self, found: Attribution, span: Span, role: Role, candidate: Candidate
    ) -> Meant | None:
        """Return the last subject for «подчеркнул политик», unless he is known to be another.

        The one person of the article whose post is of the kind goes before a subject whose is not.
        """
        text = self.scene.frame
        if _OF_HIM.search(text.masked, max(0, span.start - 20), span.start):
            return self._beside_him(found, span, role, candidate)
        if not _is_anaphoric(role) or self._is_introduced(span, candidate):
            return None
        head = span.of(text.text).rsplit(" ", maxsplit=1)[-1]
        genders = found.genders & (head_genders(head) | {"masc"}) or found.genders
        last = self.subjects.last(candidate, genders, span.start)
        of_kind = self._seen(self.holders.of_kind(role), span.start)
        if role.country is not None and len(of_kind) != 1:
            return None  # «сказал японский специалист»: of several, one of another country
        if len(of_kind) == 1 and self._agrees(of_kind[0], found.genders):
            is_nobody_else = last is None or (last not in of_kind and self._is_other(last))
            last = of_kind[0] if is_nobody_else else last
        last = self._by_deed(role, genders, span.start, last)
        if last is None or not self._may_be_called(last, role, of_kind):
            return None
        return last, Certainty.CONTEXT

    def _is_introduced(self, span: Span, candidate: Candidate) -> bool:
        """Return whether a role is of somebody new: «чиновник, участвующий в консультациях»."""
        text = self.scene.frame.masked
        clause = candidate.clause or span
        if _IS_WHO.match(text, span.stop, min(len(text), span.stop + _MOST_PARTICIPLE)):
            return True
        return _ANONYMOUS.search(text, clause.start, min(clause.stop, span.stop)) is not None

    def _beside_him(
        self, found: Attribution, span: Span, role: Role, candidate: Candidate
    ) -> Meant | None:
        """Return who else is named beside somebody: «его коллега», of two who were there."""
        if role.post not in _BESIDE_HIM:
            return None
        other = self.subjects.other(found.genders & _ONE, span.start, candidate)
        spoke = self.subjects.last(candidate, _ONE, span.start)
        return None if other is None or other == spoke else (other, Certainty.CONTEXT)

    def _may_be_called(self, person: int, role: Role, of_kind: list[int]) -> bool:
        """Return whether nothing that the article says of a person bars a role."""
        if self.holders.is_at_odds(person, role) or self.holders.is_opposite(person, role):
            return False
        if is_occupation(role) and person not in of_kind and self._is_other(person):
            return False
        beside = said_beside(role)
        return not beside or self._is_told_of(person, beside)

    def _by_deed(
        self, role: Role, genders: frozenset[str], stop: int, last: int | None
    ) -> int | None:
        """Return whom the article tells that he did what the noun says: «победительница», who won.

        `last` is who was spoken of last: he is meant where nobody is told so, or several are.
        """
        doers = find_doers(self.subjects, deeds_of(role.post), genders, stop)
        doers |= find_others(self.subjects, deeds_of_the_other(role.post), genders, stop)
        if is_by_deed_alone(role.post) and not doers:
            return None
        if not doers and is_of_a_country(role.post):
            doers = {
                at
                for at in self._seen(self.holders.compatriots(role.post), stop)
                if self._agrees(at, genders)
            }
        if last in doers or not doers:
            return last
        return doers.pop() if len(doers) == 1 else None

    def _is_told_of(self, person: int, words: frozenset[str]) -> bool:
        """Return whether one sentence has a person and all that a role says of him."""
        told = self.scene.words_beside(person)
        return all(any(is_same_country(word, each) for each in told) for word in words)

    def _agrees(self, person: int, genders: frozenset[str]) -> bool:
        gender = self.scene.cast.persons[person].gender
        return gender is None or gender in genders or ("plur" not in genders and len(genders) == 2)


def _is_anaphoric(role: Role) -> bool:
    """Return whether a role may be of whoever was spoken of: not a post of a named country."""
    if is_stranger(role.post) or (role.post == "собеседник" and role.body):
        return False  # «собеседник агентства» has no name
    if not (may_mean_anybody(role) or is_occupation(role) or is_kind(role.post)):
        return False
    is_free = role.country is None or is_kind(role.post)
    return is_free and (is_vague(role) or bool(deeds_of(role.post)))


def _without_object(phrase: str) -> str | None:
    """Return a role without the people at its end: «предупредил градоначальник подчинённых»."""
    first, _, last = phrase.rpartition(" ")
    found = role_readings(last) or readings(last)[:2]
    is_many = all({"plur"} <= each.grammemes for each in found)
    return first if first and last.islower() and is_many else None
