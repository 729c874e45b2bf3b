"""What a corpus adds to the shipped tables of people and sectors, and what it takes away.

Plain values: they go to other processes, and equal ones make the same tables. Words that a corpus
gives itself for questions alone are in `synonyms`.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import sha256

from index.languages import lemmas
from index.people import region
from index.people.aliases import Aliases, KnownPerson, Post
from index.people.forms import name_form, stem
from index.people.posts import read_role
from index.people.roles import head_cases
from index.sectors import OwnPattern, Sectors, extended

#: Of a stamp so many hexadecimal digits are kept: enough to tell a few thousand tables apart.
_STAMP = 16

#: What a lemma and a name may have different at their ends, and what is left to look for at least.
_LONGEST_ENDING = 3
_LEAST_NEEDLE = 3

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class OwnAlias:
    """Another name of a person, or a title he bears from `since` to `until`, both included.

    `is_away`: the post of a country that the shipped table gives him, and that is none of his;
    `struck` says its words.
    """

    words: str
    person: str
    since: date | None = None
    until: date | None = None
    is_away: bool = False

    @property
    def is_role(self) -> bool:
        """Return whether the words are a title, «министр энергетики», and not a name."""
        return not self.is_away and is_title(self.words)

    @property
    def is_name(self) -> bool:
        """Return whether the words are another name."""
        return not (self.is_away or self.is_role)

    @property
    def post(self) -> str:
        """Return the post that is struck out, "" for a name and a title."""
        return self.words.rpartition(" ")[0].replace(" ", "_") if self.is_away else ""

    @property
    def needle(self) -> str:
        """Return what stands in the lemmas of every text that a name may be in; "" for a title."""
        if self.is_role:
            return ""
        surname = stem(_WORD.findall(self.person if self.is_away else self.words)[-1])
        # The dictionary has «Хасанов» as a form of «Хасан».
        return surname[: max(_LEAST_NEEDLE, len(surname) - _LONGEST_ENDING)]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that a corpus has of its own. Without anything it is what ships."""

    aliases: tuple[OwnAlias, ...] = ()
    patterns: tuple[OwnPattern, ...] = ()

    @property
    def people(self) -> Aliases:
        """Return the table of people: the corpus's own before the shipped one."""
        return _people(self.aliases)

    @property
    def sectors(self) -> Sectors:
        """Return the table of sectors with the corpus's own words."""
        return extended(self.patterns)

    @property
    def names(self) -> dict[str, str]:
        """Return whom each name of its own means."""
        return {each.words: each.person for each in self.aliases if each.is_name}

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Return the names of one person as words of questions that mean the same."""
        return tuple(
            tuple(dict.fromkeys((words, person, person.split()[-1])))
            for words, person in self.names.items()
        )

    @property
    def stamp(self) -> str:
        """Return what tells two of them apart; "" for one that adds nothing."""
        if not (self.aliases or self.patterns):
            return ""
        told = repr((sorted(map(repr, self.aliases)), sorted(map(repr, self.patterns))))
        return sha256(told.encode()).hexdigest()[:_STAMP]

    def having(self, entry: OwnAlias | OwnPattern) -> "Lexicon":
        """Return it with another entry at its end."""
        if isinstance(entry, OwnAlias):
            return replace(self, aliases=(*self.aliases, entry))
        return replace(self, patterns=(*self.patterns, entry))

    def lacking(self, entry: OwnAlias | OwnPattern) -> "Lexicon":
        """Return it without an entry."""
        return Lexicon(
            tuple(each for each in self.aliases if each != entry),
            tuple(each for each in self.patterns if each != entry),
        )


def find_rivals(alias: OwnAlias, lexicon: Lexicon) -> tuple[OwnAlias, ...]:
    """Return who else bears a title on days on which somebody is to bear it; nothing for a name."""
    if not alias.is_role:
        return ()
    table = lexicon.people
    role = read_role(alias.words, table)
    since, until = alias.since or date.min, alias.until or date.max
    return tuple(
        OwnAlias(
            alias.words,
            each.name,
            None if each.since == date.min else each.since,
            None if each.until == date.max else each.until,
        )
        for each in table.persons
        if (each.post, each.country) == (role.post, role.country or "")
        and each.name != alias.person
        and each.since <= until
        and since <= each.until
    )


def struck(person: KnownPerson) -> OwnAlias:
    """Return what strikes the post of a person out of the shipped table: «foreign minister FR»."""
    words = f"{person.post.replace('_', ' ')} {person.country.upper()}"
    return OwnAlias(words, person.name, is_away=True)


#: Nothing of its own: the tables that ship.
SHIPPED = Lexicon()


def is_title(words: str) -> bool:
    """Return whether words are a title and not a name: «глава порта», «министр», not «Грач»."""
    found = _WORD.findall(words)
    if not found or not (name_form(found[0]).is_role or head_cases(found[0])):
        return False
    if any(word[:1].islower() for word in found):
        return True
    return len(found) == 1 and read_role(words, region()).post in region().post_names


@lru_cache(4)
def _people(aliases: tuple[OwnAlias, ...]) -> Aliases:
    """Return the shipped table with these before it."""
    table = region()
    titles = [each for each in aliases if each.is_role]
    names = [each for each in aliases if each.is_name]
    away = {each for each in aliases if each.is_away}
    if not aliases:
        return table
    posts = tuple(post for each in titles if (post := _post(each.words, table)))
    known = replace(
        table,
        posts=(*posts, *table.posts),
        post_names=table.post_names | {post.name for post in posts},
    )
    return replace(
        known,
        persons=(
            *(_holder(each, known) for each in titles),
            *(_postless(each) if struck(each) in away else each for each in table.persons),
        ),
        names=tuple(_named(each) for each in names),
    )


def _post(title: str, table: Aliases) -> Post | None:
    """Return the post of a title that the table does not know, by its words without a country."""
    if read_role(title, table).post in table.post_names:
        return None
    found = [(word, lemmas(word)[0]) for word in _WORD.findall(title)]
    told = [lemma for _, lemma in found if lemma not in table.countries]
    if len(told) > 1 and _is_place(found[-1][0]) and found[-1][1] in told:
        told.remove(found[-1][1])
    words = " ".join(told)
    return Post(words, re.compile(rf"\b(?:{re.escape(words)})\b")) if words else None


def _is_place(word: str) -> bool:
    what = name_form(word)
    return word[:1].isupper() and not word.isupper() and (what.is_place or not what.is_known)


def _holder(alias: OwnAlias, table: Aliases) -> KnownPerson:
    role = read_role(alias.words, table)
    return KnownPerson(
        name=alias.person,
        spellings=(alias.person,),
        gender="",
        post=role.post,
        country=role.country or "",
        since=alias.since or date.min,
        until=alias.until or date.max,
        is_own=True,
    )


def _postless(person: KnownPerson) -> KnownPerson:
    """Return a person of the shipped table without his post; his name is spelled as ever."""
    return replace(person, post="", country="", since=date.max, until=date.min)


def _named(alias: OwnAlias) -> KnownPerson:
    spellings = (alias.person, alias.words)
    return KnownPerson(alias.person, spellings, "", "", "", date.min, date.max, is_own=True)
