"""Names of people in Latin letters: by a first name that is known, and by what stands beside.

In English and Azerbaijani texts, and within Russian ones («президент Kortan Trade John Smith»).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from index.languages import fold
from index.people.forms import ANY_AGREEMENT, name_form
from index.people.latin_words import GIVEN, NO_NAMES, POSTS
from index.people.mention import NameMention
from index.people.sounds import readings_in_cyrillic
from index.types import Span

_LETTER = "A-ZÀ-ÖØ-ÞƏĞİÖŞÜÇŠČŽ"
_PARTICLE = r"(?:van|von|de|da|di|del|della|der|den|bin|ibn|al|el|la|le|du|oğlu|qızı|ogly|kyzy)"
_WORD = rf"(?:Mc|Mac|O['’]|D['’])?[{_LETTER}][^\W\d_]+(?:[-’'][{_LETTER}]?[^\W\d_]+)*"
_INITIAL = rf"[{_LETTER}]\."
_GAP = r"[ \u00a0]"
_RUN = re.compile(
    rf"(?<![\w.@/-])(?:{_INITIAL}{_GAP}?)?{_WORD}"
    rf"(?:{_GAP}(?:{_INITIAL}{_GAP}?)*(?:{_PARTICLE}{_GAP}){{0,2}}(?:{_WORD}|(?:oğlu|qızı))){{0,6}}"
)
_PART = re.compile(rf"{_INITIAL}|[^\s\u00a0]+")
_POSSESSIVE = re.compile(r"['’]s$")


def find_latin_names(text: str) -> tuple[NameMention, ...]:
    """Return the names in Latin letters in `text`, in text order, without overlaps.

    A surname by itself counts when the text has it with a first name too. Never raises.
    """
    runs = [*_RUN.finditer(text)]
    full = [mention for run in runs for mention in _full_names(run)]
    surnames = {_bare(mention.surname) for mention in full}
    taken = {place for mention in full for place in range(mention.span.start, mention.span.stop)}
    lone = [
        mention
        for run in runs
        for mention in _surnames(run, surnames)
        if mention.span.start not in taken
    ]
    return tuple(sorted([*full, *lone], key=lambda mention: mention.span))


def _full_names(run: re.Match[str]) -> Iterator[NameMention]:
    """Yield «John Smith», «J. Smith» and «Recep Tayyip Erdoğan» in a run of capitalised words."""
    parts = [(m.start() + run.start(), m[0]) for m in _PART.finditer(run[0])]
    at = 0
    while at < len(parts) - 1:
        stop = _stop(parts, at)
        if stop is None:
            at += 1
            continue
        first, last = parts[at][1], parts[stop - 1]
        surname = _bare(last[1])
        span = Span(parts[at][0], last[0] + len(surname))
        yield NameMention(span, first, "", surname, ANY_AGREEMENT, is_sure=True)
        at = stop


def _stop(parts: list[tuple[int, str]], at: int) -> int | None:
    """Return where a name ends that begins at a part, or None if none does."""
    is_initial = parts[at][1].endswith(".")
    if not (is_initial or is_given(parts[at][1])) or fold(parts[at][1]) in NO_NAMES | POSTS:
        return None
    stop = at + 1
    while stop < len(parts) and stop - at < _MOST_WORDS:
        word = parts[stop][1]
        if fold(_bare(word)) in NO_NAMES or (word.isupper() and not word.endswith(".")):
            break
        if stop - at > 1 and _IS_SURNAME.search(parts[stop - 1][1]) and is_given(word):
            break  # two people: «Anar Quliyev Leyla Məmmədova ilə görüşdü»
        stop += 1
        if _POSSESSIVE.search(word):
            break
    while stop - at > 1 and not parts[stop - 1][1][:1].isupper():
        stop -= 1  # a particle that nothing follows
    return stop if stop - at > 1 and not parts[stop - 1][1].endswith(".") else None


_IS_SURNAME = re.compile(r"(?:ov|ev|yev|ova|eva|yeva|li|lı|lu|lü|zadə|zade|ski|sky)$")
#: «Recep Tayyip Erdoğan», «Ursula von der Leyen»: no name of news has more words.
_MOST_WORDS = 4


def _surnames(run: re.Match[str], surnames: set[str]) -> Iterator[NameMention]:
    for part in _PART.finditer(run[0]):
        word = _bare(part[0])
        if word in surnames:
            start = run.start() + part.start()
            span = Span(start, start + len(word))
            yield NameMention(span, "", "", word, ANY_AGREEMENT, is_sure=True)


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word)


@lru_cache(20_000)
def is_given(word: str) -> bool:
    """Return whether a word in Latin letters is a first name, also a transliterated Russian one."""
    if fold(word) in GIVEN:
        return True
    forms = (name_form(reading.capitalize()) for reading in readings_in_cyrillic(word))
    return any(form.is_name and form.is_known and not form.is_common for form in forms)


_TITLE = re.compile(r"(?:[^\W\d_][\w'’&-]*[ \u00a0]){1,7}$")
_AFTER = re.compile(r",[ \u00a0]([^,.;:()\n\"“”«»]{3,80})(?=[,.;\n]|$)")
_STOPS = frozenset(
    "on in at by with from to and but the a an said says told met that of monday tuesday wednesday "
    "thursday friday saturday sunday".split()
)
#: The longest title before a name is shorter.
_REACH = 90


def latin_roles(text: str, span: Span) -> list[Span]:
    """Return the titles before and after a name: «Energy Minister X», «X, the energy minister,»."""
    found = []
    line = text[max(0, span.start - _REACH, text.rfind("\n", 0, span.start) + 1) : span.start]
    title = _TITLE.search(line)
    if title is not None and (role := _role_of(title[0])):
        start = span.start - len(line) + title.start() + title[0].rindex(role)
        found.append(Span(start, start + len(role)))
    after = _AFTER.match(text, span.stop, span.stop + _REACH)
    if after is not None and any(fold(word) in POSTS for word in after[1].split()[:6]):
        found.append(Span(*after.span(1)))
    return found


def _role_of(title: str) -> str | None:
    """Return the words of a title up to its post, without those of the sentence before them."""
    words = title.split()
    if not words or fold(words[-1]) not in POSTS:
        return None
    first = len(words) - 1
    while (
        first > 0 and fold(words[first - 1]) not in _STOPS and not words[first - 1].endswith("ed")
    ):
        is_common = words[first - 1][:1].islower() and fold(words[first - 1]) not in POSTS
        if is_common and words[first][:1].isupper():
            break
        first -= 1
    return " ".join(words[first:])
