"""Persons of an article: which mentions are of one person, and what he is called.

Two people of one surname stay apart: a mention joins a person only if first name, patronymic and
gender do not speak against it, and only if no second person fits as well.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from index.languages import lemmas
from index.languages.ru import nominative_phrase, readings
from index.people.aliases import Aliases
from index.people.belonging import is_titled
from index.people.forms import likeliest_gender, name_form, to_nominative
from index.people.latin import latin_roles
from index.people.mention import NameMention
from index.people.names import is_same_name, surname_key
from index.people.roles import head_cases, head_genders, is_kin, role_after, role_before
from index.people.sounds import is_latin
from index.people.words import left_words
from index.speech import (
    has_saying_verb_beside,
    is_finite,
    is_impersonal,
    is_saying,
    verb_genders,
)
from index.types import Person, Span

#: What a role may reach to in a stored title; longer ones are cut by commas anyway.
_MOST_ROLE_CHARS = 160
#: No article has more people of one surname; a hostile list may.
_MOST_NAMESAKES = 20


@dataclass(slots=True)
class Bearer:
    """A person being put together from mentions."""

    mentions: list[NameMention] = field(default_factory=list)
    roles: list[Span] = field(default_factory=list)
    first: str = ""
    patronymic: str = ""
    surname: str = ""
    genders: frozenset[str] = frozenset({"masc", "femn"})

    def add(self, mention: NameMention, roles: Iterable[Span]) -> None:
        """Take a mention in, and what it adds to the name."""
        self.mentions.append(mention)
        self.roles.extend(roles)
        if len(mention.first) > len(self.first) or self.first[1:2] == ".":
            self.first = mention.first or self.first
        self.patronymic = self.patronymic or mention.patronymic
        self.surname = self.surname or mention.surname
        self.genders = (self.genders & mention.genders) or self.genders

    def takes(self, mention: NameMention) -> bool:
        """Return whether the mention may be of this person."""
        if mention.surname and self.surname:
            if surname_key(mention.surname) != surname_key(self.surname):
                return False
        elif not (mention.first and self.first):
            return False
        if not bool(self.genders & mention.genders):
            return False
        return is_same_name(mention.first, self.first) and _is_same_patronymic(
            mention.patronymic, self.patronymic
        )


def _is_same_patronymic(one: str, other: str) -> bool:
    """Return whether two patronymics may be one; «Петровне» and «Петровна» differ by case."""
    return not one or not other or surname_key(one)[:-1] == surname_key(other)[:-1]


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
    names = tuple(_agreeing(text, mention) for mention in names)
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
        if owner is None and is_open and _stands_alone(text, mention, known):
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
        persons=tuple(_person(text, bearer) for bearer in bearers),
        mentions=tuple((m, None if b is None else places[id(b)]) for m, b in found),
        roles=tuple(tuple(bearer.roles) for bearer in bearers),
    )


def _agreeing(text: str, mention: NameMention) -> NameMention:
    """Return the mention in the cases of its title and the gender of the verb beside it."""
    mention = _of_one_gender(text, mention)
    if _is_label(text, mention):
        mention = replace(
            mention, readings=frozenset(r for r in mention.readings if r[0] == "nomn")
        )
    kept = mention.readings
    title = role_before(text, mention)
    if title is None and _hangs(text, mention):  # «срок ареста Климова», «имени М. В. Ломова»
        kept = frozenset(r for r in kept if r[0] != "nomn") or kept
    if title is not None:
        head = next((c for w in title.of(text).split(" ") if (c := head_cases(w))), None)
        kept = frozenset(r for r in kept if head is None or r[0] in head) or kept
    place = mention.span if title is None else Span(title.start, mention.span.stop)
    gender = _verb_gender(text, place) if mention.is_nominative else None
    if gender is not None and ("nomn", gender) in kept:
        kept = frozenset({("nomn", gender)})
    elif gender == "masc" and not mention.first and title is not None:  # «ответил мэр Орлова»
        kept = frozenset(r for r in mention.readings if r != ("nomn", "femn")) or kept
    return replace(mention, readings=kept)


def _of_one_gender(text: str, mention: NameMention) -> NameMention:
    """Return a name that is a woman's or a man's in the genitive as what its title or verb says.

    «Заместитель министра Эльмира Касымова» is the deputy; without either the name is as usual.
    """
    likely = likeliest_gender(mention.first)
    if likely is None or len(mention.genders) < len({"masc", "femn"}):
        return mention
    by_gender = {
        gender: replace(mention, readings=frozenset(r for r in mention.readings if r[1] == gender))
        for gender in mention.genders
    }
    noun = _NOUN_BEFORE.search(text, max(0, mention.span.start - 40), mention.span.start)
    told = None if noun and _is_thing(noun["noun"]) else _verb_gender(text, mention.span)
    titles = {gender: role_before(text, each) for gender, each in by_gender.items()}

    before = left_words(text, mention.span.start, limit=1)
    kin = bool(before) and is_kin(before[0][1])  # «отец Кима» is his father

    def weight(gender: str) -> tuple[int, bool, bool]:
        title = titles[gender]
        length = 0 if title is None or kin else title.stop - title.start
        return length, gender == told, gender == likely

    return by_gender[max(sorted(by_gender), key=weight)]


def _is_label(text: str, mention: NameMention) -> bool:
    """Return whether a name that may be a subject labels its line: «Адвокат Лаптева: …»."""
    if text[mention.span.stop : mention.span.stop + 1] != ":" or not mention.is_nominative:
        return False
    start = text.rfind("\n", max(0, mention.span.start - _MOST_LABEL), mention.span.start) + 1
    before = text[start : mention.span.start].split()
    if start == 0 and mention.span.start > _MOST_LABEL:
        return False
    return not before or bool(head_cases(before[0]) & {"nomn"} and before[0][:1].isupper())


#: «Представитель парламента Кучер:» is among the longest labels.
_MOST_LABEL = 60


def _hangs(text: str, mention: NameMention) -> bool:
    """Return whether a noun that is nobody's title stands before a surname, and no verb behind."""
    is_lone = not mention.first or mention.first[1:2] == "."
    before = _NOUN_BEFORE.search(text, max(0, mention.span.start - 40), mention.span.start)
    if not is_lone or before is None or ("gent", "masc") not in mention.readings:
        return False
    after = _AFTER.match(text, mention.span.stop)
    if after is not None and is_finite(after[1]) and verb_genders(after[1]) == {"femn"}:
        return False  # «вчера вечером Орлова сказала»
    tags = readings(before["noun"])[0].grammemes
    return "NOUN" in tags and "anim" not in tags


def _is_thing(word: str) -> bool:
    """Return whether a word is a noun for a thing, and no adverb of time like «вечером»."""
    tags = readings(word)[0].grammemes
    return "NOUN" in tags and not tags & {"anim", "ablt"}


_NOUN_BEFORE = re.compile(r"(?<![а-яё])(?<!\bв )(?<!\bво )(?<!\bна )(?P<noun>[а-яё]{3,}) $")


def _verb_gender(text: str, span: Span) -> str | None:
    """Return the gender a past verb right after the name shows, or a verb of saying before it."""
    after = _AFTER.match(text, span.stop)
    before = left_words(text, span.start, limit=1)
    for word in ([after[1]] if after else []) + [w for _, w in before if is_saying(w)]:
        found = verb_genders(word) if is_finite(word) else frozenset[str]()
        if len(found) == 1 and "plur" not in found:
            return next(iter(found))
    return None


_AFTER = re.compile(r"[ \u00a0](?:также |не |уже |ранее |тоже )?([а-яё]+)")


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


def _stands_alone(text: str, mention: NameMention, known: set[str]) -> bool:
    """Return whether a lone word is a person of whom the article says no more."""
    near = left_words(text, mention.span.start, limit=1)
    lemma = lemmas(near[0][1])[0] if near else ""
    if lemma in _INTO:
        return False  # «прибыл в Лоренц»
    if lemma in _NAMED_AFTER or (lemma in _OF_A_PLACE and not mention.is_nominative):
        return False
    if mention.is_sure or surname_key(mention.surname) in known:
        return True
    word = mention.surname or mention.first
    form = name_form(word)
    if form.is_known and not form.is_proper:
        return _is_unusual(text, mention)
    if _COUNTRY.search(word):
        return False  # «президент Нуристана принял»
    if word.endswith("ии"):  # rather a country no dictionary has: «посол Саравии»
        return False
    wanted = {case for case, _ in mention.readings}
    if near and head_cases(near[0][1]) & wanted:
        return True
    if near and _takes_genitive(near[0][1]) and len({c for c, _ in mention.readings}) > 1:
        return False  # «МИД Долгории заявил»
    is_country = word.endswith("ия")  # «Саравия отметила»
    return mention.is_nominative and not is_country and has_saying_verb_beside(text, mention.span)


#: What the names of countries and towns end in that no dictionary has.
_COUNTRY = re.compile(r"(?:стан|ланд|бург|град|сити)(?:а|у|ом|е)?$")

#: Whither one goes, and whence: to a place more likely than to a person.
_INTO = frozenset("в во из".split())

#: Of what these have in the genitive: a town, more likely than a person.
_OF_A_PLACE = frozenset(
    "мэр губернатор глава житель жительница градоначальник гость уроженец".split()
)


#: What is called by a name that is nobody's here: «остров Уайт», «космический центр Кеннеди».
_NAMED_AFTER = frozenset(
    """
    остров город улица проспект площадь центр премия мыс гора озеро река поселок станция космодром
    аэропорт театр музей институт университет фонд школа галерея дом команда клуб стадион завод
    верховье берег русло бассейн устье долина низовье
    район область край село деревня порт залив мост парк бульвар переулок набережная метод закон
    """.split()
)


def _is_unusual(text: str, mention: NameMention) -> bool:
    """Return whether a word of the dictionary is a surname: «сказал Грач», «ответил Седых»."""
    near = left_words(text, mention.span.start, limit=1)
    if is_titled(text, mention.span.start, mention.surname):
        return True
    if not near or not is_saying(near[0][1]) or is_impersonal(near[0][1]):
        return False
    first = readings(mention.surname or mention.first)[0].grammemes
    is_adjective = "ADJF" in first and ("nomn" in first or "plur" in first)
    return is_adjective or {"NOUN", "anim", "nomn"} <= first


def _takes_genitive(word: str) -> bool:
    """Return whether the word before a name is a noun or an abbreviation, with no stop between."""
    return word.isupper() or "NOUN" in readings(word)[0].grammemes


def _roles_beside(text: str, mention: NameMention) -> list[Span]:
    if is_latin(mention.surname) and (roles := latin_roles(text, mention.span)):
        return roles
    found = (role_before(text, mention), role_after(text, mention))
    return [
        role for role in found if role is not None and role.stop - role.start <= _MOST_ROLE_CHARS
    ]


def _person(text: str, bearer: Bearer) -> Person:
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


def _role(title: str) -> str:
    """Return a title as one would name it: in the nominative if that is certain, else as it stands.

    The capital of «Министр» is that of a sentence or of courtesy; an abbreviation keeps its own.
    """
    words = " ".join(title.split())
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
