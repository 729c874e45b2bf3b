"""What a name sounds like: the same for its spellings in Cyrillic and in several romanisations.

Aliyev, Aliev, Alijev, Əliyev and Алиев sound the same. Two names may sound the same by chance, so a
sound finds people, and tells nobody apart.
"""

import re
from functools import lru_cache
from itertools import islice, product

from index.languages import fold
from index.people.forms import stem

#: Latin letters and groups of them, the longest first, each with what it may stand for, the
#: likeliest first. Source: the passport, library, French and German ways of writing Russian names,
#: and the Azerbaijani and Turkish alphabets.
_LATIN = dict(
    pair.split("=")
    for pair in """
    shtch=щ schtsch=щ šč=щ jou=жу shch=щ sch=ш,щ tsch=ч tch=ч zh=ж kh=х ts=ц tz=ц ch=ч,х
    sh=ш ph=ф th=т ck=к dzh=дж yo=е yu=ю ya=я ye=е ju=ю,жу ja=я,жа jo=е,жо iu=ю ia=ия io=ио,е
    ou=у,оу oo=у gh=г gu=гу,г mamma=маме məmmə=маме
    a=а b=б c=к,ц,дж d=д e=е f=ф g=г h=х,г i=и j=дж,й k=к l=л m=м n=н o=о p=п q=к,г r=р s=с t=т u=у
    v=в w=в,у x=кс,х y=и z=з ə=а,е ı=и ğ=г ö=е,о ş=ш ü=у,ю ç=ч š=ш č=ч ž=ж ć=ч á=а é=е í=и ó=о ú=у
    ñ=нь â=а ä=а,е ł=л ń=н ę=е ą=а
    """.split()
)
_PART = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)))
_HAS_LATIN = re.compile(r"[a-zəığöşüç]")

#: Readings of one Latin name: each ambiguous letter doubles them, and no name needs more.
_MOST_READINGS = 24

_SAME = str.maketrans(
    {
        "я": "иа",
        "ю": "иу",
        "щ": "ш",
        "ь": "",
        "ъ": "",
        **dict.fromkeys("еэыйё", "и"),
        "'": "",
        "’": "",
    }
)
_AFTER_HUSH = re.compile("(?<=[шчж])о")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(100_000)  # as many forms as `index.languages` keeps the lemmas of
def sounds(word: str) -> frozenset[str]:
    """Return what a word may sound like as it stands: one for Cyrillic, some for Latin letters."""
    return frozenset(map(_sound, _in_cyrillic(fold(word))))


@lru_cache(100_000)
def stem_sounds(word: str) -> frozenset[str]:
    """Return what the stem of a name may sound like: the same in all cases and both genders."""
    return frozenset(_sound(stem(reading)) for reading in _in_cyrillic(fold(word)))


def name_sounds(name: str) -> tuple[str, ...]:
    """Return what a name may sound like, by its first and its last word; () if one is not known."""
    words = name.split()
    if len(words) < 2 or any(word.endswith(".") for word in words):
        return ()
    pairs = product(sorted(sounds(words[0])), sorted(sounds(words[-1])))
    return tuple(f"{first} {last}" for first, last in pairs)


def is_latin(name: str) -> bool:
    """Return whether a name is written in Latin letters."""
    return bool(_HAS_LATIN.search(fold(name)))


def readings_in_cyrillic(word: str) -> tuple[str, ...]:
    """Return what a word in Latin letters may be in Cyrillic, the likeliest first."""
    return _in_cyrillic(fold(word))


def _in_cyrillic(form: str) -> tuple[str, ...]:
    if not _HAS_LATIN.search(form):
        return (form,)
    parts = [_LATIN[part].split(",") for part in _PART.findall(form)]
    return tuple("".join(letters) for letters in islice(product(*parts), _MOST_READINGS))


def _sound(word: str) -> str:
    same = word.replace("дж", "ж").translate(_SAME)
    return _DOUBLED.sub(r"\1", _AFTER_HUSH.sub("и", same))
