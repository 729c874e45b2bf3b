"""Words typed in other letters than they were meant in: another keyboard layout, Latin for Russian.

Each function proposes readings; whether one means something is for the caller to say.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, product

#: Whether a stretch of text without spaces means something, and in which ways it can be read.
Means = Callable[[str], bool]
Way = Callable[[str], Iterator[str]]

_QWERTY = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ"
_TO_RUSSIAN = str.maketrans(_QWERTY, _RUSSIAN)
_TO_LATIN = str.maketrans(_RUSSIAN, _QWERTY)

#: Letters and groups of letters, the longest first. Source: the passport, library and chat habits
#: of writing Russian in Latin letters; and what some write otherwise.
_LATIN = dict(
    pair.split("=")
    for pair in """
    tsya=тся tsia=тся tsja=тся shch=щ sch=щ zh=ж kh=х ts=ц ch=ч sh=ш yu=ю iu=ю ju=ю ya=я ja=я yo=ё
    jo=ё ye=е ck=к ph=ф x=кс w=в a=а b=б v=в g=г d=д e=е z=з i=и j=й k=к l=л m=м n=н o=о p=п q=к
    r=р s=с t=т u=у f=ф h=х c=ц y=ы '=ь ʼ=ь ’=ь
    """.split()
)
_OTHERWISE = dict(
    pair.split("=") for pair in "ck=цк je=е iu=ию ia=ия ie=ие x=х w=ш c=к j=ж".split()
)
_PART = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)))
_OTHER_PART = re.compile("|".join(sorted({*_LATIN, *_OTHERWISE}, key=len, reverse=True)))
#: «y» and «i» close a syllable as й: «morskoy», «noviy», «Azerbaydzhan».
_SHORT_I = re.compile(r"(?<=[аеёиоуыэюя])[иы](?![аеёиоуыэюя])")
#: Where a soft sign may have been left out: «bolnica», «stoimost».
_SOFT = re.compile(r"(?<=[бвдзлмнпрстф])(?=[бвгджзкмнпрстфцчшщеюя]|$)")
_HAS_LATIN = re.compile(r"[A-Za-z]")

#: After these no Russian word has ы, and at its end -y is -ий: «Velitsky». After others it may be
#: -ый: «morskoy i novy».
_NO_Y = re.compile("(?<=[кгх])ы")
_LAST_Y = re.compile("(?<=[кгх])ы$")
_HARD_Y = re.compile("(?<=[бвдзлмнпрст])ы$")

#: Russian letters as names are written in Latin ones; those that are written in two ways.
_CYRILLIC = dict(
    pair.split("=")
    for pair in """
    а=a б=b в=v г=g д=d е=e ж=j з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h ц=ts
    ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya
    """.split()
)
_TWO_WAYS = {
    letter: tuple(ways.split(","))
    for letter, ways in zip("кхжцфѯ", "k,c h,kh j,zh ts,c f,ph ks,x".split(), strict=True)
}

#: More ways to write a word than anybody does.
MOST_WAYS = 32


def untangle(text: str, is_strange: Means, passes: Sequence[tuple[Sequence[Way], Means]]) -> str:
    """Return the text as it was meant when it was typed in other letters, or as it is.

    Strange stretches are read in the ways of each pass until they mean what that pass asks for.
    Where two ways do, that one is taken which does for more stretches; where none does, the stretch
    stays.
    """
    chunks = text.split()
    strange = [n for n, chunk in enumerate(chunks) if is_strange(chunk)]
    meant: dict[int, str] = {}
    for ways, means in passes:
        readings = []
        for way in ways:
            first = {n: next(filter(means, way(chunks[n])), None) for n in strange}
            readings.append({n: word for n, word in first.items() if word is not None})
        for reading in sorted(readings, key=len):  # the way that tells more has the last word
            meant |= reading
        strange = [n for n in strange if n not in meant]
    return " ".join(meant.get(n, chunk) for n, chunk in enumerate(chunks)) if meant else text


def in_layout(chunk: str) -> Iterator[str]:
    """Yield what the same keys give in the other keyboard layout: «[fhnbz», «хартия»."""
    yield chunk.translate(_TO_RUSSIAN if _HAS_LATIN.search(chunk) else _TO_LATIN)


def in_latin(chunk: str) -> Iterator[str]:
    """Yield the chunk read letter by letter, the likeliest first: «hartiya», «хартия»."""
    for reading in _read(chunk):
        yield reading
        if reading.startswith("е"):
            yield "э" + reading[1:]


def in_latin_without_signs(chunk: str) -> Iterator[str]:
    """Yield the chunk read letter by letter with a soft sign more: «neft», «нефть»."""
    for reading in _read(chunk):
        for at in _SOFT.finditer(reading):
            yield f"{reading[: at.start()]}ь{reading[at.start() :]}"


def in_latin_letters(word: str) -> Iterator[str]:
    """Yield a Russian word as it may be written in Latin letters: «сокар», «sokar», «socar»."""
    letters = word.replace("дж", "ж").replace("кс", "ѯ")
    ways = [_TWO_WAYS.get(letter, (_CYRILLIC.get(letter, letter),)) for letter in letters]
    yield from map("".join, islice(product(*ways), MOST_WAYS))


def _read(chunk: str) -> tuple[str, ...]:
    if not _HAS_LATIN.search(chunk):
        return ()
    written = chunk.lower()
    plain = _PART.sub(lambda part: _LATIN[part[0]], written)
    other = _OTHER_PART.sub(lambda part: _OTHERWISE.get(part[0]) or _LATIN[part[0]], written)
    readings = [_SHORT_I.sub("й", plain), plain, _SHORT_I.sub("й", other), other]
    readings = [_NO_Y.sub("и", _LAST_Y.sub("ий", reading)) for reading in readings]
    readings += [_HARD_Y.sub("ый", reading) for reading in readings]
    return tuple(dict.fromkeys(readings))
