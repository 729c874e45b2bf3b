"""Persons of an article: which mentions are of one person, and what he is called.

Two people of one surname stay apart: a mention joins a person only if first name, patronymic and
gender do not speak against it, and only if no second person fits as well.
"""

from dataclasses import dataclass, replace

from index.people.agreeing import agreeing
from index.people.aliases import Aliases
from index.people.bearers import Bearer
from index.people.canonical import make_person
from index.people.forms import Agreement
from index.people.latin import latin_roles
from index.people.lone import stands_alone
from index.people.mention import NameMention
from index.people.names import surname_key
from index.people.roles import role_after, role_before
from index.people.sounds import is_latin
from index.types import Person, Span

#: What a role may reach to in a stored title; longer ones are cut by commas anyway.
_MOST_ROLE_CHARS = 160

#: No article has more people of one surname; a hostile list may.
_MOST_NAMESAKES = 20


@dataclass(frozen=True, slots=True)
class Cast:
    """The persons of an article with the position of the one each mention is of, or None."""

    persons: tuple[Person, ...]
    mentions: tuple[tuple[NameMention, int | None], ...]
    roles: tuple[tuple[Span, ...], ...]  # of each person, in text order

    @property
    def places(self) -> tuple[Span, ...]:
        """Return where the persons are named, in text order."""
        return tuple(mention.span for mention, person in self.mentions if person is not None)


def gather(text: str, names: tuple[NameMention, ...], aliases: Aliases) -> Cast:
    """Return who is named in `text`; mentions that fit two people are of neither."""
    names = _agreeing(text, names)
    bearers = _full_names(text, names)
    by_key = _by_key(bearers)
    known = {
        surname_key(name.split(" ")[-1])
        for p in (*aliases.persons, *aliases.names)
        for name in (p.spellings if p.is_own else (p.name,))
    }
    owners: dict[Span, Bearer | None] = {}
    for mention in names:
        if _is_full(mention):
            continue
        owner, is_open = _owner(by_key, mention)
        if owner is None and is_open and stands_alone(text, mention, known):
            owner = Bearer()
            owner.add(mention, ())
            bearers.append(owner)
            for key in _keys(owner):
                by_key.setdefault(key, []).append(owner)
            owner.mentions.clear()
        if owner is not None:
            owner.add(mention, _roles_beside(text, mention))
        owners[mention.span] = owner
    for bearer in bearers:
        bearer.mentions.sort(key=lambda m: m.span)
        bearer.roles.sort()
        owners.update({m.span: bearer for m in bearer.mentions})
    bearers.sort(key=lambda b: b.mentions[0].span)
    places = {id(bearer): at for at, bearer in enumerate(bearers)}
    found = ((m, owners.get(m.span)) for m in names)
    return Cast(
        persons=tuple(make_person(text, bearer) for bearer in bearers),
        mentions=tuple((m, None if b is None else places[id(b)]) for m, b in found),
        roles=tuple(tuple(bearer.roles) for bearer in bearers),
    )


_NONE: Agreement = frozenset()


def _agreeing(text: str, names: tuple[NameMention, ...]) -> tuple[NameMention, ...]:
    """Return the mentions with the cases the words around them tell.

    A surname that stands with a first name in the nominative may do so by itself: «Дьякону» is
    rather a dative, but not where «Лаура Дьякону» has spoken.
    """
    found = {m.span: agreeing(text, m) for m in names if _is_full(m)}
    seen: dict[str, Agreement] = {}
    for mention in found.values():
        nominative = frozenset(r for r in mention.readings if r[0] == "nomn")
        if mention.surname and nominative == mention.readings:
            seen[mention.surname] = seen.get(mention.surname, _NONE) | nominative
    for mention in names:
        if mention.span not in found:
            readable = mention.readings | seen.get(mention.surname, _NONE)
            found[mention.span] = agreeing(text, replace(mention, readings=readable))
    return tuple(found[mention.span] for mention in names)


def _is_full(mention: NameMention) -> bool:
    return bool(mention.first and (mention.surname or mention.patronymic))


def _full_names(text: str, names: tuple[NameMention, ...]) -> list[Bearer]:
    """Return the bearers of the names of two words and more, each with its mentions."""
    bearers: list[Bearer] = []
    by_key: dict[str, list[Bearer]] = {}
    ordered = sorted(
        (m for m in names if _is_full(m)), key=lambda m: (m.first[1:2] == ".", not m.surname)
    )
    for mention in ordered:
        key = _key(mention.surname, mention.first)
        fitting = [b for b in by_key.get(key, ())[:_MOST_NAMESAKES] if b.takes(mention)]
        if len(fitting) > 1:  # «А. Зимина» of Алла and Анна
            continue
        bearer = fitting[0] if fitting else Bearer()
        bearer.add(mention, _roles_beside(text, mention))
        if not fitting:
            bearers.append(bearer)
            for each in sorted({key, _key("", bearer.first)}):
                by_key.setdefault(each, []).append(bearer)
    return bearers


def _key(surname: str, first: str) -> str:
    return surname_key(surname) or "=" + surname_key(first)


def _keys(bearer: Bearer) -> set[str]:
    found = {_key(bearer.surname, bearer.first)}
    if bearer.first and bearer.first[1:2] != ".":
        found.add("=" + surname_key(bearer.first))
    return found


def _by_key(bearers: list[Bearer]) -> dict[str, list[Bearer]]:
    found: dict[str, list[Bearer]] = {}
    for bearer in bearers:
        for key in sorted(_keys(bearer)):
            found.setdefault(key, []).append(bearer)
    return found


def _owner(by_key: dict[str, list[Bearer]], mention: NameMention) -> tuple[Bearer | None, bool]:
    """Return whose the lone word is, and whether it is free to be somebody new."""
    near = by_key.get(_key(mention.surname, mention.first), [])[:_MOST_NAMESAKES]
    if mention.surname and not near:  # «Кан» may be the first name of somebody
        near = by_key.get("=" + surname_key(mention.surname), [])[:_MOST_NAMESAKES]
        near = [b for b in near if b.genders & mention.genders]
        return (near[0], False) if len(near) == 1 and near[0].surname else (None, not near)
    if not near and not mention.surname:  # «Тунджай» is a first name, and the surname of somebody
        mention = replace(mention, first="", surname=mention.first)
        near = by_key.get(surname_key(mention.surname), [])[:_MOST_NAMESAKES]
    fitting = [b for b in near if b.takes(mention)]
    nominative = frozenset(g for c, g in mention.readings if c == "nomn")
    if len(fitting) > 1 and len(nominative) == 1:
        fitting = [b for b in fitting if b.genders == nominative] or fitting
    if len(fitting) == 1:
        return fitting[0], False
    return None, not near


def _roles_beside(text: str, mention: NameMention) -> list[Span]:
    if is_latin(mention.surname) and (roles := latin_roles(text, mention.span)):
        return roles
    found = (role_before(text, mention), role_after(text, mention))
    return [
        role for role in found if role is not None and role.stop - role.start <= _MOST_ROLE_CHARS
    ]
