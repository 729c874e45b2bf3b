"""Whom a reader's words name: by lemma, by initials, in Latin letters."""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.people.aliases import Aliases, KnownPerson, region
from index.people.forms import name_form, name_keys
from index.people.sounds import sounds, stem_sounds
from index.types import Person

_FLEETING = re.compile("(?<=[^аеиоуыэюя])ец$")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*\.?")


#: The score of who is named by his first name alone.
_BY_FIRST_NAME = 1


def match_person(
    query: str, people: Sequence[Person], aliases: Aliases | None = None
) -> tuple[Person, ...]:
    """Return the persons that `query` names, best first, then in the order given.

    «Алиева», «И. Алиев», «Aliyev» and «Ильхам Алиев» name Ильхам Алиев; «Ильхам Гасанов» does not.
    Words of the query that are no name are passed over. Who only bears the surname as a first name
    («Алиев» is also «of the Алии») is not meant where somebody bears it as a surname. Never raises.
    """
    words = [word for word in _WORD.findall(query) if word]
    scored = [
        (score, -at)
        for at, person in enumerate(people)
        if (score := _score(words, person, aliases or region())) > 0
    ]
    by_surname = any(score > _BY_FIRST_NAME for score, _ in scored)
    return tuple(
        people[-at]
        for score, at in sorted(scored, reverse=True)
        if score > _BY_FIRST_NAME or not by_surname
    )


def _score(words: list[str], person: Person, aliases: Aliases) -> int:
    """Return how well the words name a person: 0 for not at all or for somebody else."""
    parts = _parts(person, aliases)
    surname_hits = [at for at, w in enumerate(words) if _keys(w) & parts[-1]]
    first_hits = [at for at, w in enumerate(words) if len(parts) > 1 and _hits_first(w, parts[:-1])]
    if surname_hits:
        beside = words[surname_hits[0] - 1] if surname_hits[0] else ""
        if _is_other_name(beside) and (surname_hits[0] - 1) not in first_hits and len(parts) > 1:
            return 0
        return 2 + len(first_hits)
    return (
        _BY_FIRST_NAME
        if any(len(words[at].rstrip(".")) > 1 for at in first_hits) and len(words) == 1
        else 0
    )


def _hits_first(word: str, firsts: list[frozenset[str]]) -> bool:
    bare = word.rstrip(".")
    if len(bare) == 1:
        return any(key[:1] in sounds(bare) for keys in firsts for key in keys)
    return any(_keys(bare) & keys for keys in firsts)


def _is_other_name(word: str) -> bool:
    """Return whether the word before a surname is a first name or an initial."""
    bare = word.rstrip(".")
    if re.match("[A-ZƏĞİÖŞÜÇ]", bare) and len(bare) > 1:
        return True
    return (len(bare) == 1 and bare.isupper()) or (len(bare) > 2 and name_form(bare).is_name)


def _parts(person: Person, aliases: Aliases) -> list[frozenset[str]]:
    """Return the keys of each word of a person's name, the surname last, spellings included."""
    words = [word for word in person.name.split() if not word.endswith(".")]
    same = _by_surname(aliases).get(_keys(person.name.split()[-1]), ()) if words else ()
    known = [each for each in same if _is_spelling(person, each.name)]
    found = [_keys(word) for word in words]
    if len(words) == 1 and known:
        found = [*(_keys(word) for word in known[0].name.split()[:-1]), *found]
    if known and found:
        spelled = (
            _keys(name.split()[-1])
            for each in known
            if each is known[0] or each.is_own
            for name in each.spellings
        )
        found[-1] = found[-1].union(*spelled)
    return found or [frozenset()]


@lru_cache(8)  # a corpus has one table, and another while an editor tries one
def _by_surname(aliases: Aliases) -> dict[frozenset[str], tuple[KnownPerson, ...]]:
    """Return the persons of a table by how their surnames are compared."""
    found: dict[frozenset[str], list[KnownPerson]] = {}
    for each in (*aliases.names, *aliases.persons):
        found.setdefault(_keys(each.name.split()[-1]), []).append(each)
    return {key: tuple(persons) for key, persons in found.items()}


def _is_spelling(person: Person, name: str) -> bool:
    ours, theirs = person.name.split(), name.split()
    return len(ours) == 1 or bool(_keys(ours[0]) & _keys(theirs[0]))


@lru_cache(100_000)  # as many forms as `index.languages` keeps the lemmas of
def _keys(word: str) -> frozenset[str]:
    """Return what a word is compared by: how its dictionary forms and its stem sound."""
    bare = word.rstrip(".")
    found = {*sounds(bare), *stem_sounds(bare)}
    # Лисовец, Лисовца: the vowel of the nominative is not in the other cases.
    if fleeting := _FLEETING.search(bare):
        found |= sounds(bare[: fleeting.start()] + "ц")
    if re.search("[А-Яа-я]", bare):
        found = found.union(*map(sounds, name_keys(bare)))
    return frozenset(key for key in found if len(key) > 1)
