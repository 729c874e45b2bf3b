"""Organisations in a text: bodies by their head noun, abbreviations, names in marks and in Latin.

Only what is named as one: a «министерство» without a name is none.
"""

import re
from collections.abc import Iterator

from index.languages import fold, lemmas
from index.languages.ru import readings
from index.people.forms import name_form
from index.types import Organisation, Span

#: Nouns a body's name begins with.
ORGANISATION_HEADS = frozenset(
    """
    министерство ведомство департамент госдепартамент госдеп управление комитет комиссия агентство
    служба пресс-служба центр фонд банк центробанк минфин минобороны компания корпорация холдинг
    концерн палата ассоциация союз евросоюз федерация организация партия парламент сенат конгресс
    совет кабинет правительство администрация мэрия посольство университет институт академия школа
    суд прокуратура полиция мвд мид оон нато газета издание агенство журнал телеканал канал портал
    сайт группа движение объединение профсоюз общество предприятие завод фирма клуб музей театр
    больница редакция штаб кремль госдума дума еврокомиссия европарламент евросовет совбез пентагон
    минэнерго минэкономики минтранс минздрав минобрнауки роскосмос роспотребнадзор росстат
    росприроднадзор госкомстат правление дирекция руководство инспекция фракция лига биржа
    """.split()
)

_NAMED = frozenset(
    """
    компания газета агентство партия банк холдинг концерн корпорация издание журнал телеканал фонд
    группа клуб завод общество организация движение фирма портал радиостанция оао ооо пао зао ао нк
    гуп фгуп нко университет театр
    """.split()
)
#: Abbreviations of countries and things, not of bodies.
_NOT_BODIES = frozenset(
    """
    США РФ СССР АР ОАЭ КНР КНДР ФРГ ГДР ЮАР ИИ IT НДС ВВП ДТП ЧП АЭС ГЭС ТЭС ЛЭП ИТ СМИ ВИЧ ДНК ЖКХ
    ОАО ООО ПАО ЗАО АО ТВ ПО PR ID COVID МЫ ОН СНГ
    """.split()
)

_HEAD = re.compile(r"(?<![\w-])[А-ЯЁ][а-яё]+(?:-[а-яё]+)?")
_ABBREVIATION = re.compile(r"(?<![\w«-])(?:[А-ЯЁ]{2,7}|[A-Z]{3,9})(?![\w-])")
_IN_MARKS = re.compile(r"(?P<head>[А-Яа-яЁё]{2,20})\s+[«\"„](?P<name>[^«»\"„“\n]{2,60})[»\"“]")
_LATIN = re.compile(r"(?<![\w.@/])[A-Z][A-Za-z]+(?:\s(?:of|and|&|the|[A-Z][\w&]*))*\s[A-Z][\w]+")
_NEXT = re.compile(r"(?P<gap>[ \u00a0](?:(?:по|и|в)[ \u00a0])?)(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)")
_BRACKETED = re.compile(r"\s\((?P<short>[A-ZА-ЯЁ][\w-]{1,15})\)")
_MOST_WORDS = 9


def find_organisations(text: str) -> tuple[Organisation, ...]:
    """Return the bodies named in `text`, in the order of first mention. Never raises."""
    groups: dict[str, list[Span]] = {}
    same: dict[str, str] = {}
    for span, short in _mentions(text):
        key = _key(span.of(text))
        key = same.get(key, key)
        groups.setdefault(key, []).append(Span(span.start, span.stop))
        if short is not None:
            same[_key(short.of(text))] = key
            groups[key].append(short)
    return tuple(_organisation(text, spans) for spans in groups.values())


def _organisation(text: str, spans: list[Span]) -> Organisation:
    forms = list(dict.fromkeys(" ".join(span.of(text).split()) for span in sorted(spans)))
    name = max(forms, key=lambda form: (_is_nominative(form), len(form)))
    return Organisation(name, tuple(form for form in forms if form != name), tuple(sorted(spans)))


def _is_nominative(form: str) -> bool:
    word = re.split(r"[\s-]", form, maxsplit=1)[0]
    return any("nomn" in r.grammemes for r in readings(word))


def _key(form: str) -> str:
    return " ".join(lemmas(word)[0] for word in re.findall(r"\w+", form))


def _mentions(text: str) -> Iterator[tuple[Span, Span | None]]:
    """Yield the places of bodies in text order, each with its abbreviation in brackets, if any."""
    found: list[tuple[int, int]] = []
    found.extend(_phrases(text))
    found.extend(m.span("name") for m in _IN_MARKS.finditer(text) if _is_named(m["head"]))
    found.extend(m.span() for m in _ABBREVIATION.finditer(text) if _is_abbreviation(m[0]))
    found.extend(m.span() for m in _LATIN.finditer(text))
    found.sort(key=lambda span: (span[0], -span[1]))
    stop = 0
    for start, end in found:
        if start < stop:
            continue
        short = _BRACKETED.match(text, end)
        stop = short.end() if short else end
        yield Span(start, end), Span(*short.span("short")) if short else None


def _is_named(head: str) -> bool:
    return lemmas(head)[0] in _NAMED


def _is_abbreviation(word: str) -> bool:
    return word not in _NOT_BODIES and not name_form(word).is_place


def _phrases(text: str) -> Iterator[tuple[int, int]]:
    """Yield «Государственный нефтяной фонд Азербайджана»: a capital, a head noun, its genitives."""
    done = 0
    for match in _HEAD.finditer(text):
        if match.start() < done:
            continue
        stop = _phrase_stop(text, match)
        if stop is not None:
            done = stop
            yield match.start(), stop


def _phrase_stop(text: str, match: re.Match[str]) -> int | None:
    """Return where the name of a body ends that begins with this word, or None if it is none."""
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
    return stops[-1]


def _is_head(word: str) -> bool:
    return lemmas(word)[0] in ORGANISATION_HEADS


def _is_adjective(word: str) -> bool:
    return any(r.grammemes & {"ADJF", "PRTF"} for r in readings(word)[:2])


def _goes_on(words: list[str], following: re.Match[str], head: int | None) -> bool:
    word = following["word"]
    tags = [r.grammemes for r in readings(word)]
    if head is None:
        return _is_adjective(words[-1]) and bool(_is_adjective(word) or _is_head(word))
    if following["gap"].strip() in {"в", "и", "по"} and not (
        word[:1].isupper() or any("gent" in t for t in tags[:2]) or following["gap"].strip() == "по"
    ):
        return False
    if following["gap"].strip() == "в" and not name_form(word).is_place:
        return False
    if name_form(word).is_name and word[:1].isupper() and not name_form(word).is_place:
        return False
    if word.isupper():
        return fold(word) in {"сша", "рф", "ар", "оон", "ес", "кнр"}
    return any("gent" in t or "datv" in t for t in tags[:3]) and not any(
        "VERB" in t for t in tags[:1]
    )
