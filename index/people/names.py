"""Names of people in a text: runs of capitalised words that read as a name.

A run alone is no person yet: who is the same person as whom is for `persons`, and a single word
that may be a surname counts only when something else speaks for it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from index.languages.ru import readings
from index.people.belonging import INITIAL, IS_INITIAL, NOT_NAMES, is_titled
from index.people.forms import (
    ANY_AGREEMENT,
    Agreement,
    NameForm,
    agreement,
    name_form,
    name_keys,
    stem,
)
from index.people.latin import find_latin_names
from index.people.mention import NameMention
from index.people.stretches import PARTICLES, has_role_before, stretch
from index.people.words import is_sentence_start
from index.speech import has_saying_verb_beside
from index.types import Span

_WORD = r"[А-ЯЁA-ZƏĞİÖŞÜÇ][^\W\d_]*(?:[-’'][^\W\d_]+)*"

_PARTICLE = r"(?:де|да|ди|дель|дер|ден|ван|фон|аль|эль|ибн|бин|оглы|оглу|кызы|ла|ле|дю|о)"

_ARTICLE = r"(?:аль|эль|ас|аз|ад|ар|ат|аш|ан|бен|уль|уд)"
_GAP = r"(?:[ \u00a0]|(?<=\.))"

_RUN = re.compile(
    rf"(?<![\w.])(?:{INITIAL}|{_WORD})"
    rf"(?:{_GAP}(?:{INITIAL}|{_WORD}|(?:{_PARTICLE}{_GAP}){{1,2}}{_WORD}|{_ARTICLE}-{_WORD}|(?:оглы|оглу|кызы)\b)){{0,7}}"
)

_PART = re.compile(rf"{INITIAL}|[^\s\u00a0.]+")


def find_names(text: str) -> tuple[NameMention, ...]:
    """Return the names of people in `text`, in text order, without overlaps. Never raises."""
    found = [mention for run in _RUN.finditer(text) for mention in _names_of(text, run)]
    found = sorted([*found, *_surnames_again(text, found)], key=lambda mention: mention.span)
    latin = [each for each in find_latin_names(text) if not _is_gloss(text, each, found)]
    return tuple(sorted([*found, *latin], key=lambda mention: mention.span))


_LONE_WORD = re.compile(r"(?<![\w.-])[А-ЯЁ][а-яё]{2,}(?![\w-])")

_NO_SURNAMES = frozenset({"PREP", "CONJ", "NPRO", "PRCL", "ADVB", "VERB", "INTJ"})


def _surnames_again(text: str, found: list[NameMention]) -> Iterator[NameMention]:
    """Yield the words that are a surname only since the text has it with a first name elsewhere.

    «Депутат Игнат Рой спросил … Рой ответом не удовлетворился»: a swarm in other texts.
    """
    known = {stem(m.surname): m.surname for m in found if m.first and _is_word(m.surname)}
    if not known:
        return
    starts = [mention.span.start for mention in found]
    for match in _LONE_WORD.finditer(text):
        if stem(match[0]) not in known:
            continue
        at = bisect_left(starts, match.end()) - 1
        if at >= 0 and found[at].span.stop > match.start():
            continue
        if readings(match[0])[0].grammemes & _NO_SURNAMES and match[0] != known[stem(match[0])]:
            continue
        readable = agreement(match[0], "Surn")
        yield NameMention(Span(*match.span()), "", "", match[0], readable, is_sure=False)


@lru_cache(20_000)
def _is_word(surname: str) -> bool:
    """Return whether a surname is a word of the dictionary besides: others are found anyway."""
    form = name_form(surname)
    return bool(surname) and form.is_known and (form.is_common or form.is_place)


def _is_gloss(text: str, mention: NameMention, found: list[NameMention]) -> bool:
    """Return whether a name in brackets only spells the one before: «Винье (Thomas Vinje)»."""
    if text[mention.span.start - 1 : mention.span.start] != "(":
        return False
    at = bisect_left(found, mention.span.start, key=lambda each: each.span.start) - 1
    return at >= 0 and mention.span.start - found[at].span.stop <= len(" (")


def _names_of(text: str, run: re.Match[str]) -> Iterator[NameMention]:
    """Yield the names in one run of capitalised words."""
    parts = [(m.start() + run.start(), m[0]) for m in _PART.finditer(run[0])]
    at = 0
    while at < len(parts):
        stop = stretch(text, parts, at)
        mention = _mention(text, parts[at:stop]) if stop > at else None
        if mention is not None:
            yield mention
        at = max(stop, at + 1)


def _mention(text: str, parts: list[tuple[int, str]]) -> NameMention | None:
    """Return the name these words are, or None if they are something else."""
    words = [word for _, word in parts]
    span = Span(parts[0][0], parts[-1][0] + len(parts[-1][1]))
    full = [w for w in words if not IS_INITIAL.fullmatch(w) and w not in PARTICLES]
    if not full:
        return None
    if _fills_marks(text, span):
        return None  # a firm or a ship called so: «аналитики «Орбис Банка»»
    forms = [name_form(w) for w in full]
    initials = [w for w in words if IS_INITIAL.fullmatch(w)]
    if len(full) == 1 and not initials:
        return _single(text, span, full[0], forms[0])
    if not initials and not _is_name_like(text, span, forms):
        return None
    first, patronymic, surname = _roles_of(words, full, forms)
    return NameMention(
        span, first, patronymic, surname, _readings(first, patronymic, surname), is_sure=True
    )


def _is_name_like(text: str, span: Span, forms: list[NameForm]) -> bool:
    """Return whether several words together are a person and not a place or a body."""
    if all(form.is_place and not form.is_surname for form in forms):
        return False
    if any(f.is_name and not (f.is_place and f.is_common) for f in forms):
        return True
    if any(f.is_surname and f.is_known for f in forms) and not all(f.is_common for f in forms):
        return True
    if any(f.is_patronymic for f in forms):
        return True
    unknown = sum(not form.is_known for form in forms)
    return unknown > 0 and (
        has_role_before(text, span.start)
        or has_saying_verb_beside(text, span)
        or _APPOSITION.match(text, span.stop) is not None
        or (unknown == len(forms) and _acts(text, span.stop))
    )


def _acts(text: str, stop: int) -> bool:
    """Return whether a verb in the past of a man or a woman follows: «Фатоумата Сиссе набрала»."""
    following = _FOLLOWING.match(text, stop)
    tags = readings(following[1])[0].grammemes if following else frozenset[str]()
    return {"VERB", "past"} <= tags and bool(tags & {"masc", "femn"})


#: «Дерек Мюллар, глава отдела»: what is said of a person right after the name.
_APPOSITION = re.compile(
    r",\s+(?:[а-яё-]+\s+)?(?:глава|директор|президент|председатель|министр|представитель|докладчик|"
    r"руководитель|эксперт|аналитик|профессор|автор|основатель|лидер|депутат|сотрудник)\b"
)


def _fills_marks(text: str, span: Span) -> bool:
    """Return whether a name is all that stands in its marks."""
    return (
        text[span.start - 1 : span.start] in _OPENING
        and text[span.stop : span.stop + 1] in _CLOSING
    )


_OPENING, _CLOSING = frozenset('«"„“'), frozenset('»"“”')


def _single(text: str, span: Span, word: str, form: NameForm) -> NameMention | None:
    """Return the mention a lone word is; unsure unless the dictionary has it as a name only."""
    is_short = len(word) < _LEAST_NAME and not is_titled(text, span.start, word)  # «штурман Ян»
    if word.lower().replace("ё", "е") in NOT_NAMES or is_short:
        return None
    sure = form.is_proper and form.is_known and not form.is_place and not form.is_common
    is_titled_name = form.is_name and is_titled(text, span.start, word)  # «студент Артём»
    if form.is_place and not (form.is_surname or is_titled_name):
        return None
    if word.endswith(("ых", "их")) and _noun_follows(text, span.stop):
        return None  # «на Воробьёвых горах»
    if not form.is_known and _RELATIONAL.search(word) and _noun_follows(text, span.stop):
        return None  # «сотрудник Тарского института»
    is_word = form.is_known and not form.is_surname and not form.is_name
    if is_word and is_sentence_start(text, span.start):
        return None
    kind = "Surn" if form.is_surname or not form.is_name else "Name"
    first, surname = ("", word) if kind == "Surn" else (word, "")
    return NameMention(span, first, "", surname, agreement(word, kind), is_sure=sure)


_LEAST_NAME = 3

_FOLLOWING = re.compile(r"[ \u00a0]([а-яё]+)")


#: How adjectives of places end in all their cases, as surnames do.
_RELATIONAL = re.compile(r"[сц]к(?:ий|ого|ому|им|ом|ая|ой|ую)$")


def _noun_follows(text: str, stop: int) -> bool:
    following = _FOLLOWING.match(text, stop)
    return following is not None and "NOUN" in readings(following[1])[0].grammemes


def _roles_of(words: list[str], full: list[str], forms: list[NameForm]) -> tuple[str, str, str]:
    """Return first name, patronymic and surname of a name of several words."""
    patronymic = next((w for w, f in zip(full, forms, strict=True) if f.is_patronymic), "")
    if IS_INITIAL.fullmatch(words[0]):
        return words[0], "", full[-1]
    if IS_INITIAL.fullmatch(words[-1]):
        initial = next(w for w in words if IS_INITIAL.fullmatch(w))
        if len(full) > 1:
            return full[0], "", full[-1]
        # «Марина К.», of whom no more is said, and «Зимин К.»
        is_given = forms[0].is_name and not forms[0].is_surname
        return (full[0], "", initial) if is_given else (initial, "", full[0])
    rest = [w for w in full if w != patronymic]
    if patronymic and full[-1] == patronymic and len(full) == 2:
        return full[0], patronymic, ""
    if len(rest) == 1:
        return rest[0], patronymic, ""
    if patronymic and full.index(patronymic) == len(full) - 1:  # Иванов Иван Иванович
        return rest[-1], patronymic, rest[0]
    head, last = name_form(rest[0]), name_form(rest[-1])
    is_reversed = head.is_surname and not head.is_name
    if is_reversed and last.is_name and not last.is_surname:
        return rest[-1], patronymic, rest[0]
    particles = [w for w in words if w in PARTICLES]
    surname = rest[-1]
    if particles and particles[-1] not in {"оглы", "оглу", "кызы"}:
        surname = " ".join(words[words.index(particles[0]) :])
    return rest[0], patronymic, surname


@lru_cache(20_000)
def _readings(first: str, patronymic: str, surname: str) -> Agreement:
    """Return the cases and genders in which the words agree; the first name decides if none."""
    found = ANY_AGREEMENT
    for word, kind in (
        (first, "Name"),
        (patronymic, "Patr"),
        (surname.rsplit(" ", maxsplit=1)[-1], "Surn"),
    ):
        if not word or IS_INITIAL.fullmatch(word):
            continue
        both = found & agreement(word, kind)
        found = both or found
    return found


def is_same_name(one: str, other: str) -> bool:
    """Return whether two first names may be one: equal up to case, an initial, or not known."""
    if not one or not other:
        return True
    if one[1:2] == "." or other[1:2] == ".":
        return one[:1].lower() == other[:1].lower()
    return bool(name_keys(one) & name_keys(other))


def surname_key(surname: str) -> str:
    """Return what is the same in all cases and both genders of a surname; "" for none."""
    return stem(surname.rsplit(" ", maxsplit=1)[-1]) if surname else ""
