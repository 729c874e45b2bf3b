"""Where a name begins and ends in a run of capitalised words."""

from index.people.belonging import (
    IS_INITIAL,
    begins_new,
    is_apart,
    is_only_surname,
    is_place_before_name,
    may_belong,
)
from index.people.forms import name_form
from index.people.roles import head_cases
from index.people.words import left_words

PARTICLES = frozenset(
    "де да ди дель дер ден ван фон аль эль ибн бин оглы оглу кызы ла ле дю о".split()
)

#: Particles that are no other word: what follows one is a surname.
_NOBLE = frozenset("де дель дер ден ван фон дю ле ла аль эль бен ибн бин ди".split())

#: A personal name has at most this many words (Мария Тереза фон Габсбург-Лотаринген).
_MOST_WORDS = 4


def stretch(text: str, parts: list[tuple[int, str]], at: int) -> int:
    """Return where the words from `at` on stop being one name."""
    stop = at
    has_surname = False
    if _begins_with_place(text, parts, at):
        return at
    while stop < len(parts) and stop - at < _MOST_WORDS:
        word = parts[stop][1]
        if word in PARTICLES:
            if stop == at or (stop + 1 >= len(parts) and word not in {"оглы", "оглу", "кызы"}):
                break
        elif IS_INITIAL.fullmatch(word):
            if stop > at and _begins_with_initials(
                parts, stop, is_whole=has_surname and stop - at > 1
            ):
                break
        elif stop > at and _is_noble(parts, stop, is_first=stop == at + 1):
            has_surname = True
        elif _is_of_another(text, parts, stop, at, has_surname=has_surname):
            break
        else:
            has_surname = has_surname or is_only_surname(word)
        stop += 1
    while stop > at and (parts[stop - 1][1] in {"де", "да", "ван", "фон", "аль", "о"}):
        stop -= 1
    return stop


def _begins_with_place(text: str, parts: list[tuple[int, str]], at: int) -> bool:
    """Return whether the first of three words or more is a place or a body."""
    is_titled = at + 2 < len(parts) and has_role_before(text, parts[at][0])
    return is_place_before_name(parts, at, is_role_before=is_titled)


def _is_noble(parts: list[tuple[int, str]], at: int, *, is_first: bool) -> bool:
    """Return whether the word is a particle with a capital after a first name, or follows one.

    «Жан Ле Гран», «фон дер Хайде», whatever the word is besides.
    """
    word, before = parts[at][1], parts[at - 1][1]
    if before.lower() in _NOBLE:
        return not is_first
    return word.lower() in _NOBLE and at + 1 < len(parts) and name_form(before).is_name


def _is_of_another(
    text: str, parts: list[tuple[int, str]], index: int, at: int, *, has_surname: bool
) -> bool:
    """Return whether the word at `index` is not of the name that begins at `at`."""
    word = parts[index][1]
    if not may_belong(text, parts, index, at):
        return True
    return index > at and (
        is_apart(parts[index - 1][1], word, is_last=index + 1 == len(parts))
        or (has_surname and begins_new(word))
    )


def _begins_with_initials(parts: list[tuple[int, str]], at: int, *, is_whole: bool) -> bool:
    """Return whether initials begin the next name: «мэр Тарска В. П. Лаврик».

    One initial after a first name belongs to it: «Джон Ф. Холл».
    """
    before = parts[at - 1][1]
    if IS_INITIAL.fullmatch(before) or before in PARTICLES:
        return False
    if is_whole:
        return True
    stop = at + 1
    while stop < len(parts) and IS_INITIAL.fullmatch(parts[stop][1]):
        stop += 1
    if stop == len(parts) or parts[stop][1] in PARTICLES:
        return False
    form = name_form(before)
    return stop - at > 1 or (form.is_known and not form.is_name)


def has_role_before(text: str, start: int) -> bool:
    """Return whether a noun for a person stands a few words before, in the same clause."""
    near = [word for _, word in left_words(text, start, limit=6)]
    return any(name_form(word).is_role or ("-" in word and head_cases(word)) for word in near)
