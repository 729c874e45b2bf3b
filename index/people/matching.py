"""Whom a reader's words name: by lemma, by initials, in Latin letters."""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.languages import fold
from index.people.aliases import Aliases, region
from index.people.forms import name_keys, stem
from index.types import Person

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*\.?")

#: Latin letters to a skeleton that spellings of one name share: Aliyev, Aliev, Əliyev, Алиев.
_LATIN = (
    *(("shch", "щ"), ("sch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч")),
    *(("sh", "ш"), ("ph", "ф"), ("ya", "я"), ("yu", "ю"), ("yo", "е"), ("iy", "и")),
    *(("th", "т"), ("ck", "к"), ("x", "х"), ("w", "в"), ("gh", "г"), ("ou", "у"), ("oo", "у")),
)
_LETTERS = str.maketrans("abcdefghijklmnopqrstuvyzəığöşüç", "абкдефгхижклмнопкрстувизаигошуч")
_SOFT = str.maketrans({"й": "и", "э": "е", "ы": "и", "ь": "", "ъ": "", "ё": "е", "щ": "ш"})


def match_person(
    query: str, people: Sequence[Person], aliases: Aliases | None = None
) -> tuple[Person, ...]:
    """Return the persons that `query` names, best first, then in the order given.

    «Алиева», «И. Алиев», «Aliyev» and «Ильхам Алиев» name Ильхам Алиев; «Ильхам Гасанов» does not.
    Words of the query that are no name are passed over. Never raises.
    """
    words = [word for word in _WORD.findall(query) if word]
    scored = [
        (score, -at)
        for at, person in enumerate(people)
        if (score := _score(words, person, aliases or region())) > 0
    ]
    return tuple(people[-at] for _, at in sorted(scored, reverse=True))


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
    return 1 if any(len(words[at].rstrip(".")) > 1 for at in first_hits) and len(words) == 1 else 0


def _hits_first(word: str, firsts: list[frozenset[str]]) -> bool:
    bare = word.rstrip(".")
    if len(bare) == 1:
        return any(key[:1] == _skeleton(bare) for keys in firsts for key in keys)
    return any(_keys(bare) & keys for keys in firsts)


def _is_other_name(word: str) -> bool:
    """Return whether the word before a surname is a first name or an initial."""
    from index.people.forms import name_form

    bare = word.rstrip(".")
    if re.match("[A-ZƏĞİÖŞÜÇ]", bare) and len(bare) > 1:
        return True
    return (len(bare) == 1 and bare.isupper()) or (len(bare) > 2 and name_form(bare).is_name)


def _parts(person: Person, aliases: Aliases) -> list[frozenset[str]]:
    """Return the keys of each word of a person's name, the surname last, spellings included."""
    words = [word for word in person.name.split() if not word.endswith(".")]
    known = [p for p in aliases.persons if _is_spelling(person, p.name)]
    found = [_keys(word) for word in words]
    if len(words) == 1 and known:
        found = [*(_keys(word) for word in known[0].name.split()[:-1]), *found]
    if known and found:
        spelled = (_keys(name.split()[-1]) for name in known[0].spellings)
        found[-1] = found[-1].union(*spelled)
    return found or [frozenset()]


def _is_spelling(person: Person, name: str) -> bool:
    ours, theirs = person.name.split(), name.split()
    if _keys(ours[-1]) != _keys(theirs[-1]):
        return False
    return len(ours) == 1 or bool(_keys(ours[0]) & _keys(theirs[0]))


@lru_cache(100_000)  # as many forms as `index.languages` keeps the lemmas of
def _keys(word: str) -> frozenset[str]:
    """Return what a word is compared by: skeletons of its dictionary forms and of its stem."""
    bare = word.rstrip(".")
    found = {_skeleton(bare), _skeleton(stem(bare))}
    if re.search("[А-Яа-я]", bare):
        found |= {_skeleton(key) for key in name_keys(bare)}
    else:
        found.add(_skeleton(stem(_cyrillic(bare))))
    return frozenset(key for key in found if len(key) > 1)


def _cyrillic(word: str) -> str:
    form = fold(word)
    for latin, letter in _LATIN:
        form = form.replace(latin, letter)
    return form.translate(_LETTERS)


def _skeleton(word: str) -> str:
    """Return a spelling without what transliterations differ in: й, ь, doubled letters."""
    form = _cyrillic(word).translate(_SOFT)
    form = form.replace("ие", "е").replace("ии", "и").replace("дж", "ж").replace("кс", "х")
    return re.sub(r"(.)\1+", r"\1", form)
