"""Which roles are the same: two titles are compared by post, country and body.

«Глава государства» is a president, «российский» is «РФ», «генпрокурор» a «генеральный прокурор».
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.languages import lemmas
from index.people.aliases import Aliases
from index.people.forms import name_form, role_readings
from index.people.heads import ORGANISATION_HEADS
from index.people.kinds import is_same_post
from index.people.roles import WORD, head_cases

#: Words of a state's title that tell nothing apart.
_STATE_WORDS = frozenset(
    "республика федерация страна штат соединенный америка действующий нынешний первый и на в по "
    "бывший новый избранный королевство рф государство эмират исламский народный "
    "иностранный дело мид министерство кабинет министр председатель правление".split()
)

_HEAD_OF = frozenset({"глава", "республика", "лидер"})

_FORMER = frozenset("бывший прежний экс-президент экс-премьер экс-министр экс-глава".split())


@dataclass(frozen=True, slots=True)
class Role:
    """A role by what it is compared by: post, country code, and stems of the other words.

    `ranks` are the other nouns the title names the person by: «командующий флотом вице-адмирал» is
    an admiral.
    """

    post: str
    country: str | None
    body: frozenset[str]
    is_former: bool
    ranks: frozenset[str] = frozenset()


def _is_country(words: list[str], found: list[str], lemma: str) -> bool:
    """Return whether a word of a title is a country, or an adjective of one."""
    return lemma.endswith(("ский", "цкий")) or _is_place(words, found, lemma)


def is_same_country(one: str, other: str) -> bool:
    """Return whether two words are one country: «долгорийский» is of «Долгория»."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    least = max(_LEAST_COUNTRY, shorter - 3)
    is_adjective = one.endswith(("ский", "цкий")) or other.endswith(("ский", "цкий"))
    return is_adjective and shorter > _LEAST_COUNTRY and one[:least] == other[:least]


#: Two names of a country have so many letters in common at least.
_LEAST_COUNTRY = 4


def _is_place(words: list[str], found: list[str], lemma: str) -> bool:
    """Return whether a word of a title is a country the table does not have."""
    form = words[found.index(lemma)] if lemma in found else ""
    what = name_form(form)
    return form[:1].isupper() and not form.isupper() and (what.is_place or not what.is_known)


@lru_cache(20_000)
def read_role(phrase: str, aliases: Aliases) -> Role:
    """Return what a title is compared by: «главы МИД РФ» → foreign minister of Russia."""
    words = WORD.findall(_spelled_out(phrase))
    words = [word for word in words if not word[:1].isdigit()]  # «24-летний футболист»
    found = [lemmas(word)[0] for word in words]
    at = next((i for i, word in enumerate(words) if head_cases(word)), 0)
    joined = " ".join(found)
    head = len(" ".join(found[:at])) + (at > 0)
    country = next((code for lemma in found if (code := aliases.countries.get(lemma))), None)
    is_former = any(lemma in _FORMER for lemma in found) or "экс-" in phrase.lower()
    for post in aliases.posts:
        match = post.pattern.search(joined)
        if match is not None and match.start() <= head:
            rest = (joined[: match.start()] + " " + joined[match.end() :]).split()
            rest = [e for e in rest if e not in aliases.countries and e not in _STATE_WORDS]
            if not rest:
                return Role(post.name, country, frozenset(), is_former)
            if len(rest) == 1 and country is None and _is_country(words, found, rest[0]):
                return Role(post.name, rest[0], frozenset(), is_former)
            break
    if country and set(found) <= _HEAD_OF | set(aliases.countries):  # «глава Казахстана»
        return Role("president", country, frozenset(), is_former)
    body = {lemma for lemma in found if lemma not in aliases.countries and len(lemma) > 2}
    return Role(
        _head_lemma(words[at]) if found else phrase,
        country,
        frozenset(body - set(found[at : at + 1])),
        is_former,
        _ranks(words, found, at),
    )


def _head_lemma(word: str) -> str:
    """Return the dictionary form of a noun for a person: «нападающий» is also of «нападать»."""
    nouns = role_readings(word)
    return nouns[0].lemma if nouns else lemmas(word)[0]


#: What titles are shortened to, and what each stands for.
_SHORT = (
    (re.compile(r"(?i)\bген(?=директор|прокурор|консул|подрядчик)"), "генеральный "),
    (re.compile(r"(?i)\bзам(?=министр|глав|директор|руководител|губернатор|председател|начальник)"),
     "заместитель "),
    (re.compile(r"(?i)\bпремьер[аеу](?=\s+[А-ЯЁ])"), "премьер"),
    (re.compile(r"(?i)\b(?:внешнеполитическ|дипломатическ)\w+ ведомств\w{1,2}\b"), "МИД"),
    (re.compile(r"(?i)\b(?:оборонн|военн)\w+ ведомств\w{1,2}\b"), "Минобороны"),
    (re.compile(r"(?i)\bзампред(?=\w{0,2}\b)"), "заместитель председатель "),
    (re.compile(r"(?i)\bглавред(?=\w{0,2}\b)"), "главный редактор "),
    (re.compile(r"(?i)\bглаврач(?=\w{0,2}\b)"), "главный врач "),
    (re.compile(r"(?i)\bпредставител\w{1,3} (?:гос\w*\s?)?обвинения"), "прокурор"),
    (re.compile(r"(?i)\bпредставител\w{1,3} защиты"), "адвокат"),
    (re.compile(r"(?i)\bглав\w{1,2} (?:[а-яё-]+ой )?(?:области|региона|края)\b"), "губернатор"),
    (re.compile(r"(?i)\bглав\w{1,2} (?:города|муниципалитета)\b"), "мэр"),
    (re.compile(r"(?i)\bхудрук(?=\w{0,2}\b)"), "художественный руководитель "),
)  # fmt: skip


def _spelled_out(phrase: str) -> str:
    """Return a title with what it shortens spelled out: «генпрокурор» → «генеральный прокурор»."""
    for pattern, full in _SHORT:
        phrase = pattern.sub(full, phrase)
    return phrase


def _ranks(words: list[str], found: list[str], head: int) -> frozenset[str]:
    """Return the nouns of a title that name the same person as its head, whole and in parts."""
    same = {head} if words else set()
    for at in range(head + 2, len(words)):  # right after the head it is his: «помощник президента»
        if head_cases(words[at]) & head_cases(words[head]) and not head_cases(words[at - 1]):
            same.add(at)
    parts = {part for at in same for part in found[at].split("-")}
    return frozenset(parts | {found[at] for at in same})


#: Who heads a body may be called one of these, whatever his post is called.
_HEADS = frozenset("глава руководитель".split())

_HEADED = frozenset(
    "глава руководитель директор начальник председатель гендиректор ректор министр лидер".split()
)

#: A board is headed for a company, and says nothing of what that is.
_KINDS_OF_BODIES = ORGANISATION_HEADS - {"правление", "совет", "дирекция", "руководство"}

_CHIEF = frozenset("генеральный исполнительный управляющий".split())

_VAGUE = frozenset(
    "компания ведомство холдинг организация учреждение предприятие служба управление фонд банк "
    "корпорация группа агентство центр институт завод департамент комитет регулятор министерство "
    "клуб вуз комиссия палата фракция партия союз ассоциация федерация объединение театр музей "
    "канцелярия надзор дума".split()
)


def fits(asked: Role, held: Role, aliases: Aliases) -> bool:
    """Return whether a person of role `held` may be meant by the words of `asked`.

    What `asked` leaves out is open; what it names must not be contradicted.
    """
    is_shorter = asked.post == "министр" and held.post.endswith("_minister")
    is_shorter |= asked.post == "foreign_minister" and held.post == "state_secretary"
    is_shorter |= held.post == "spokesman" and asked.post == "представитель"
    is_shorter |= asked.post == "министр" and _heads_ministry(asked, held)
    if _leads_same_country(asked, held):
        return held.is_former == asked.is_former
    is_rank = not asked.body and asked.country is None and asked.post in held.ranks
    if not (is_shorter or is_rank or is_same_post(asked.post, held.post)) or (
        held.is_former and not asked.is_former
    ):
        return False
    if asked.country and held.country and not is_same_country(asked.country, held.country):
        return False
    if asked.post in aliases.post_names:
        return True
    if is_shorter and held.post == "глава":
        return True
    rest = asked.body - held.body - ({"мид"} if held.post == "spokesman" else set())
    return not rest or bool(asked.body & held.body)


_LEADERS = frozenset("president premier chancellor коллега".split())


def _leads_same_country(asked: Role, held: Role) -> bool:
    """Return whether «эстарский лидер» may be the president of Эстария, or its «коллега»."""
    if asked.post not in {"лидер", "глава"} or held.post not in _LEADERS or len(asked.body) != 1:
        return False
    (country,) = asked.body
    places = {held.country} if held.country else held.body
    return name_form(country).is_known is False and any(
        is_same_country(country, place) for place in places
    )


def _heads_ministry(asked: Role, held: Role) -> bool:
    """Return whether a head heads a ministry, of what is asked: «глава Минтранса»."""
    if held.post != "глава":
        return False
    what = {word[3:6] for word in held.body if re.match("мин[а-яё]{3}", word)}
    if "министерство" in held.body or not what:
        return "министерство" in held.body and asked.body <= held.body
    return all(word[:3] in what for word in asked.body)


def may_fit(asked: Role, held: Role) -> bool:
    """Return whether a role may be another word for a post: «глава компании», its director.

    A museum is no company, if the article says that it is a museum; an independent director heads
    nothing.
    """
    is_head = asked.post in _HEADS and held.post in _HEADED and not held.is_former
    if not is_head or (held.post == "директор" and not held.body & _CHIEF):
        return False
    is_vague = asked.body <= _VAGUE and not held.body & _KINDS_OF_BODIES
    return bool(asked.body & held.body) or (bool(asked.body) and is_vague)


def is_at_odds(asked: Role, held: Role) -> bool:
    """Return whether two roles are of bodies of different kinds: a company and a museum."""
    one, other = asked.body & _KINDS_OF_BODIES, held.body & _KINDS_OF_BODIES
    return bool(one and other) and not one & other
