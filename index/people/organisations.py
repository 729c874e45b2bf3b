"""Organisations in a text: bodies by their head noun, abbreviations, names in marks and in Latin.

Only what is named as one: a «министерство» without a name is none.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.languages import fold, lemmas
from index.languages.ru import nominative_phrase, readings
from index.people.forms import name_form
from index.people.heads import (
    COMMON_HEADS,
    KIND_OF_ABBREVIATION,
    KINDS,
    LEGAL_FORMS,
    NAMED,
    ORGANISATION_HEADS,
)
from index.people.latin_words import POSTS
from index.people.words import is_sentence_start
from index.types import Organisation, OrganisationKind, Span

#: Abbreviations of countries and things, not of bodies.
_NOT_BODIES = frozenset(
    """
    США РФ СССР АР ОАЭ КНР КНДР ФРГ ГДР ЮАР ИИ IT НДС ВВП ДТП ЧП АЭС ГЭС ТЭС ЛЭП ИТ СМИ ВИЧ ДНК
    ЖКХ ОАО ООО ПАО ЗАО АО НК ТВ ПО PR ID COVID МЫ ОН СНГ СМС SMS LTE ТМ ИА USD EUR ФЗ ГУП GPS
    ГБ IPO CEO VIP БТР
    """.split()
)

_HEAD = re.compile(r"(?<![\w-])[А-ЯЁ][а-яё]+(?:-[а-яё]+)?")
_ABBREVIATION = re.compile(r"(?<![\w«-])(?:[А-ЯЁ]{2,7}|[A-Z]{3,9})(?![\w-])")
_IN_MARKS = re.compile(r"(?P<head>[А-Яа-яЁё]{2,20})\s+[«\"„](?P<name>[^«»\"„“\n]{2,60})[»\"“]")
_LATIN = re.compile(r"(?<![\w.@/])[A-Z][A-Za-z]+(?:\s(?:of|and|&|the|[A-Z][\w&]*))*\s[A-Z][\w]+")
_NEXT = re.compile(
    r"(?P<gap>[ \u00a0](?:(?:по|и|в|с)[ \u00a0])?)(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)"
)
_BRACKETED = re.compile(r"\s\((?P<short>[A-ZА-ЯЁ][\w-]{1,15})\)")
_MOST_WORDS = 9


#: States, which are no bodies, by the lemmas of their names.
_STATES = frozenset({"российский федерация", "советский союз"})
_ALLIANCES = frozenset({"европейский союз", "европейский комиссия", "европейский парламент"})
#: Abbreviations are short; a longer word in capitals is rather one of a headline.
_LONGEST_WORD = 4


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place of a body, the noun that says what it is, and where its abbreviation stands."""

    span: Span
    head: str
    role: str | None
    short: Span | None


def find_organisations(text: str, persons: Sequence[Span] = ()) -> tuple[Organisation, ...]:
    """Return the bodies named in `text`, in the order of first mention. Never raises.

    `persons` are the places of names of people, ordered, which are none of a body.
    """
    groups: dict[str, list[_Mention]] = {}
    same: dict[str, str] = {}
    for mention in _mentions(text, persons):
        key = _key(mention.span.of(text))
        key = same.get(key, key)
        groups.setdefault(key, []).append(mention)
        if mention.short is not None:
            same[_key(mention.short.of(text))] = key
    return tuple(_organisation(text, mentions) for mentions in groups.values())


def _organisation(text: str, mentions: list[_Mention]) -> Organisation:
    forms = list(dict.fromkeys(_squeezed(text, each.span) for each in mentions))
    shorts = [_squeezed(text, each.short) for each in mentions if each.short]
    longest = max(
        (form for form in forms if form not in shorts),
        key=lambda form: (_is_nominative(form), len(form)),
        default=forms[0],
    )
    role = next((each.role for each in mentions if each.role), None)
    name = longest if role or not mentions[0].head else nominative_phrase(longest) or longest
    aliases = dict.fromkeys(form for form in (*forms, *shorts) if form != name)
    spans = {span for each in mentions for span in (each.span, each.short) if span}
    return Organisation(
        name=name,
        kind=_kind(mentions, shorts or forms),
        abbreviation=shorts[0] if shorts else None,
        role=role,
        aliases=tuple(aliases),
        mentions=tuple(sorted(spans)),
    )


def _squeezed(text: str, span: Span) -> str:
    return " ".join(span.of(text).split())


def _kind(mentions: list[_Mention], shorts: list[str]) -> OrganisationKind | None:
    """Return the kind by the noun of the name, or by an abbreviation that everybody knows."""
    known = (KINDS.get(each.head) for each in mentions)
    by_short = (KIND_OF_ABBREVIATION.get(short) for short in shorts)
    return next((kind for kind in (*known, *by_short) if kind), None)


def _is_nominative(form: str) -> bool:
    word = re.split(r"[\s-]", form, maxsplit=1)[0]
    return any("nomn" in r.grammemes for r in readings(word))


def _key(form: str) -> str:
    return " ".join(lemmas(word)[0] for word in re.findall(r"\w+", form))


def _mentions(text: str, persons: Sequence[Span]) -> Iterator[_Mention]:
    """Yield the places of bodies in text order, each with its abbreviation in brackets, if any."""
    found: list[tuple[int, int, str, str | None]]
    found = [(span.start, -span.stop, "", None) for span in persons]
    found += [(start, -stop, head, None) for start, stop, head in _phrases(text)]
    for match in _IN_MARKS.finditer(text):
        if (head := lemmas(match["head"])[0]) in NAMED:
            role = None if head in LEGAL_FORMS else head
            found.append((match.start("name"), -match.end("name"), head, role))
    for match in _ABBREVIATION.finditer(text):
        if _is_abbreviation(match[0]):
            found.append((match.start(), -match.end(), "", None))
    found += [(start, -stop, "", None) for start, stop in _latin(text, persons)]
    people = set(persons)
    stop = 0
    for start, end, head, role in sorted(found, key=lambda each: each[:2]):
        span = Span(start, -end)
        if start < stop:
            continue
        short = _BRACKETED.match(text, span.stop)
        stop = short.end() if short else span.stop
        if span not in people:
            yield _Mention(span, head, role, Span(*short.span("short")) if short else None)


def _latin(text: str, persons: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield runs of capitalised Latin words, each up to the name of a person in it."""
    for match in _LATIN.finditer(text):
        start, stop = match.span()
        at = bisect_left(persons, Span(start, start))
        if at < len(persons) and persons[at].start < stop:
            before = _LATIN.match(text, start, persons[at].start - 1)
            if before is None or before.end() < persons[at].start - 1:
                continue
            stop = before.end()
        if at and start - persons[at - 1].stop <= len(" ("):
            continue  # of the name before, or its spelling in brackets
        if fold(text[start:stop].rsplit(None, 1)[-1]) not in POSTS:
            yield start, stop


def _is_abbreviation(word: str) -> bool:
    if word in _NOT_BODIES or name_form(word).is_place or not word.strip("IVXLХ"):
        return False
    return len(word) <= _LONGEST_WORD or not name_form(word).is_known or name_form(word).is_body


def _phrases(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield «Государственный нефтяной фонд Азербайджана»: a capital, a head noun, its genitives.

    Each is its start, its stop and the lemma of its head.
    """
    done = 0
    for match in _HEAD.finditer(text):
        if match.start() < done:
            continue
        found = _phrase(text, match)
        if found is not None:
            done = found[0]
            yield match.start(), *found


def _phrase(text: str, match: re.Match[str]) -> tuple[int, str] | None:
    """Return where the name of a body ends that begins with this word, and its head, or None."""
    words, stops = [match[0]], [match.end()]
    head = 0 if _is_head(match[0]) else None
    while len(words) < _MOST_WORDS:
        following = _NEXT.match(text, stops[-1])
        if following is None or not _goes_on(words, following, head):
            break
        words.append(following["word"])
        stops.append(following.end())
        if head is None and _is_head(following["word"]):
            head = len(words) - 1
        elif head is None and not _is_adjective(words[-1]):
            return None
    if head is None or (len(words) == 1 and not name_form(words[0]).is_body):
        return None
    lemma = lemmas(words[head])[0]
    is_common = lemma in COMMON_HEADS and not any(word[:1].isupper() for word in words[1:])
    if is_common and is_sentence_start(text, match.start()):
        return None
    name = " ".join(map(_lemma, words[:2]))
    return None if name in _STATES else (stops[-1], "ес" if name in _ALLIANCES else lemma)


def _lemma(word: str) -> str:
    return lemmas(word)[0]


def _is_head(word: str) -> bool:
    return lemmas(word)[0] in ORGANISATION_HEADS


def _is_adjective(word: str) -> bool:
    return any(r.grammemes & {"ADJF", "PRTF"} for r in readings(word)[:2])


def _goes_on(words: list[str], following: re.Match[str], head: int | None) -> bool:
    word, joint = following["word"], following["gap"].strip()
    if head is None:
        return _is_adjective(words[-1]) and bool(_is_adjective(word) or _is_head(word))
    if joint and not _joins(joint, word, words, is_first=len(words) == head + 1):
        return False
    form = name_form(word)
    if joint in {"в", "с"}:
        return True
    if fold(word) == "им" or (form.is_name and word[:1].isupper() and not form.is_place):
        return False  # «Театр им. Ветрова», «Театр Олега Ветрова»
    if word.isupper():
        return fold(word) in {"сша", "рф", "ар", "оон", "ес", "кнр"}
    if word[:1].isupper() and not form.is_known:
        return word[-1] in "аяыи"  # «Фонд развития Тарвии»
    tags = [r.grammemes for r in readings(word)[:3]]
    if len(words) == head + 1:  # «Госдума начала», «в Кремль руководителей служб»
        is_verb = any("VERB" in t for t in tags)
        is_other = "anim" in tags[0] and name_form(words[head]).is_body
        return not (is_verb or is_other) and any("gent" in t or "datv" in t for t in tags)
    is_verb = any("VERB" in t and "plur" in t for t in tags)  # «прибыли», not «дел»
    return any("gent" in t or "datv" in t for t in tags) and not is_verb


def _joins(joint: str, word: str, words: list[str], *, is_first: bool) -> bool:
    """Return whether a name goes on after a word like «и»: «экспорта и инвестиций»."""
    tags = [r.grammemes for r in readings(word)]
    if joint == "с":  # «борьбы с коррупцией»
        return fold(words[-1]) == "борьбы" and any("ablt" in t for t in tags)
    if joint == "и":
        is_other = is_first or _is_head(word) or "anim" in tags[0]
        return not is_other and (word[:1].isupper() or any("gent" in t for t in tags[:2]))
    return joint == "по" or name_form(word).is_place
