"""What a person is called: the longest nominative form seen, or one made; the role."""

import re
from collections import Counter

from index.languages.ru import nominative_phrase
from index.people.bearers import Bearer
from index.people.forms import name_form, to_nominative
from index.people.mention import NameMention
from index.people.names import surname_key
from index.people.roles import head_genders
from index.people.sounds import is_latin
from index.types import Person


def make_person(text: str, bearer: Bearer) -> Person:
    """Return the person that some mentions make, with his name, role and gender."""
    counts = Counter(m.span.of(text) for m in bearer.mentions)
    name = canonical(text, bearer)
    titles = [title.of(text) for title in bearer.roles]
    gender = _gender(bearer, titles)
    return Person(
        name=name,
        role=_role(max(titles, key=len)) if titles else None,
        aliases=tuple(form for form in counts if form != name),
        mentions=tuple(m.span for m in bearer.mentions),
        gender=gender,
        key=(
            surname_key(bearer.first),
            surname_key(bearer.patronymic),
            surname_key(bearer.surname),
        ),
    )


#: Read as a first night, since a title is a noun for somebody: «премьера Лавении».
_PREMIER = re.compile(r"^[Пп]ремьер[аеу](?=\s|$)")


def _role(title: str) -> str:
    """Return a title as one would name it: in the nominative if that is certain, else as it stands.

    The capital of «Министр» is that of a sentence or of courtesy; an abbreviation keeps its own.
    """
    words = _PREMIER.sub("премьер", " ".join(title.split()))
    if is_latin(words.split(" ")[0]):
        return words
    role = nominative_phrase(words) or words
    first = role.split(" ")[0]
    return (
        role
        if first[1:] != first[1:].lower() or name_form(first).is_place
        else role[:1].lower() + role[1:]
    )


def _gender(bearer: Bearer, titles: list[str]) -> str | None:
    genders = bearer.genders
    for title in titles:
        genders = (genders & head_genders(title.split(" ")[0])) or genders
    return next(iter(genders)) if len(genders) == 1 else None


def canonical(text: str, bearer: Bearer) -> str:
    """Return the longest form seen that is a nominative of the person's gender, or make one."""
    seen = frozenset(m.surname for m in bearer.mentions if m.surname)
    oblique = {surname for surname in seen if _is_oblique(surname, bearer, seen)}
    nominatives = [
        m
        for m in bearer.mentions
        if {("nomn", g) for g in bearer.genders} & m.readings
        and (m.surname or not bearer.surname)
        and m.surname not in oblique
    ]
    longest = max(bearer.mentions, key=lambda m: (_weight(m), -m.span.start))
    best = max(nominatives, key=_preference) if nominatives else None
    if best is not None and (_weight(best)[0] > _LONE or _weight(longest)[0] <= _LONE):
        return " ".join(best.span.of(text).split())
    return _made(text, longest, bearer, best, is_oblique=longest.surname in oblique)


def _is_oblique(surname: str, bearer: Bearer, seen: frozenset[str]) -> bool:
    """Return whether the surname is a man's in a case: the article has it without the ending."""
    return "masc" in bearer.genders and any(
        other != surname and surname.removeprefix(other) in _CASE_ENDINGS
        for other in seen
        if surname.startswith(other)
    )


_CASE_ENDINGS = frozenset("а у ом ем е ым".split())

#: What a lone surname weighs: it counts twice, since a person is known by it.
_LONE = 2


def _is_only_nominative(mention: NameMention) -> bool:
    """Return whether a form is no other case of a man's or of a woman's name: not «Зимина»."""
    return all(case == "nomn" for case, _ in mention.readings)


def _preference(mention: NameMention) -> tuple[tuple[int, int], bool, int]:
    """Return the order of nominative forms: the longest, then those that are nothing else."""
    words, letters = _weight(mention)
    lone = 0 if words <= _LONE else letters
    return (words, lone), _is_only_nominative(mention), -mention.span.start


def _weight(mention: NameMention) -> tuple[int, int]:
    words = mention.first, mention.patronymic, mention.surname
    known = sum(bool(w) and w[1:2] != "." for w in words)
    return known + bool(mention.surname), len(words[0]) + len(words[2])


def _made(
    text: str,
    mention: NameMention,
    bearer: Bearer,
    seen: NameMention | None,
    *,
    is_oblique: bool,
) -> str:
    """Return the nominative made of a name seen in other cases only, or with its surname only."""
    gender = "femn" if bearer.genders == {"femn"} else "masc"
    if ("nomn", gender) in mention.readings and not is_oblique:
        return " ".join(mention.span.of(text).split())
    kinds = {mention.first: "Name", mention.patronymic: "Patr", mention.surname: "Surn"}
    words = []
    for word in mention.span.of(text).split():
        if (
            seen is not None
            and seen.surname
            and word == mention.surname
            and _is_only_nominative(seen)
        ):
            words.append(seen.surname)
            continue
        kind = kinds.get(word, "Name" if word != mention.surname.split(" ")[-1] else "Surn")
        words.append(
            word if "." in word or not word[:1].isupper() else to_nominative(word, kind, gender)
        )
    return " ".join(words)
