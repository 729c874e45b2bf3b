"""Whom a role in the author's words means: «подчеркнул министр», «добавил голкипер».

A role that one person of the article has; else whom the table of aliases has on the article's day;
else, for words like «политик», whoever was spoken of last.
"""

import re
from dataclasses import dataclass

from index.languages.ru import readings
from index.people.aliases import KnownPerson
from index.people.forms import role_readings
from index.people.kinds import is_kind, of_a_man
from index.people.posts import Role, read_role
from index.people.roles import head_genders
from index.quotes.attribution import ANY, Attribution
from index.quotes.candidate import Candidate
from index.quotes.holders import Holders
from index.quotes.scene import Scene
from index.quotes.subjects import Subjects
from index.types import Certainty, Span

#: Roles that may stand for anybody of whom was just spoken: «подчеркнул политик».
_ANAPHORIC = frozenset(
    """
    политик чиновник дипломат эксперт собеседник бизнесмен предприниматель руководитель специалист
    ученый аналитик экономист спортсмен артист писатель парламентарий депутат министр лидер глава
    премьер президент губернатор спикер юрист актер актриса певец певица режиссер музыкант тренер
    футболист академик профессор политолог журналист правозащитник сенатор мэр оппозиционер блогер
    кандидат активист генерал полковник адмирал космонавт чемпион чемпионка спортсменка боксер
    хоккеист теннисист теннисистка форвард вратарь нападающий защитник пловец гонщик художник
    скульптор поэт драматург композитор дирижер пианист продюсер телеведущий миллиардер банкир
    бизнесвумен адвокат обвиняемый подсудимый осужденный задержанный чиновница журналистка
    свидетель потерпевший пострадавший истец ответчик заявитель спасатель лауреат
    женщина мужчина девушка юноша пенсионер пенсионерка рекордсмен шахматист
    писательница сопредседатель вице-премьер экс-министр экс-президент историк социолог демограф
    """.split()
)
#: The same, unless the article says that he is something else: «сказал врач» of a patient.
_OCCUPATIONS = frozenset(
    "выпускник школьник студент водитель летчик капитан продавец фермер врач учитель педагог медик "
    "повар строитель инженер изобретатель фотограф".split()
)
#: Words that add nothing to an anaphoric role: «глава ведомства».
_VAGUE = frozenset(
    "ведомство компания организация регион фонд министерство учреждение край республика область "
    "страна государство город банк клуб агентство регулятор вуз палата фракция партия комиссия "
    "театр музей".split()
)

_SAME_POST = frozenset("коллега визави".split())
_OF_HIM = re.compile(r"(?i)\b(?:его|её|ее|их)\s$")

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
        if not fitting and (shorter := _without_object(phrase)) is not None:
            return self.meant_by(found, Span(span.start, span.start + len(shorter)), candidate)
        if not fitting:
            fitting = self._seen(self.holders.loosely(role), stop)
        if fitting:
            is_one = len(fitting) == 1 and self._agrees(fitting[0], found.genders)
            return (fitting[0], certainty) if is_one else None
        return self._by_table(role) or self._anaphoric(found, span, role, candidate)

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
        last = self.subjects.last(candidate, ANY, start)
        if last is None:
            return Certainty.CONTEXT
        if last in fitting:
            return Certainty.ROLE
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
            return None  # «его собеседник» is somebody else
        if not _is_anaphoric(role):
            return None
        head = span.of(text.text).rsplit(" ", maxsplit=1)[-1]
        genders = found.genders & (head_genders(head) | {"masc"})
        last = self.subjects.last(candidate, genders or found.genders, span.start)
        of_kind = self._seen(self.holders.of_kind(role), span.start)
        if role.country is not None and len(of_kind) != 1:
            return None  # «сказал японский специалист»: of several, one of another country
        if len(of_kind) == 1 and self._agrees(of_kind[0], found.genders):
            is_nobody_else = last is None or (last not in of_kind and self._is_other(last))
            last = of_kind[0] if is_nobody_else else last
        if last is None or self.holders.is_at_odds(last, role):
            return None
        if self.holders.is_opposite(last, role):
            return None
        if of_a_man(role.post) in _OCCUPATIONS and last not in of_kind and self._is_other(last):
            return None
        return last, Certainty.CONTEXT

    def _agrees(self, person: int, genders: frozenset[str]) -> bool:
        gender = self.scene.cast.persons[person].gender
        return gender is None or gender in genders or ("plur" not in genders and len(genders) == 2)


def _is_anaphoric(role: Role) -> bool:
    """Return whether a role may be of whoever was spoken of: not a post of a named country."""
    word = of_a_man(role.post)
    if not (word in _ANAPHORIC or word in _OCCUPATIONS or is_kind(word)):
        return False
    is_free = role.country is None or is_kind(role.post)
    return is_free and role.body <= _VAGUE


def _without_object(phrase: str) -> str | None:
    """Return a role without the people at its end: «предупредил градоначальник подчинённых»."""
    first, _, last = phrase.rpartition(" ")
    found = role_readings(last) or readings(last)[:2]
    is_many = all({"plur"} <= each.grammemes for each in found)
    return first if first and last.islower() and is_many else None
