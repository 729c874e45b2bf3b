"""Roles: the words beside a name that say what the person is, and which roles are the same.

«Президент РФ Дмитрий Медведев», «Олег Ветров, директор музея». Two roles are compared by post and
country, then by the words of the body: «глава государства» is a president, «российский» is «РФ».
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from index.languages import lemmas
from index.languages.ru import readings
from index.people.aliases import Aliases
from index.people.forms import cases, genders, name_form, role_readings
from index.people.heads import ORGANISATION_HEADS
from index.people.mention import NameMention
from index.people.words import left_words
from index.types import Span

#: Words a title before a name may have: «заместитель министра … по … и …».
_TITLE_WORDS = 16
#: Words of an apposition after a name, up to the next comma.
_APPOSITION = re.compile(
    r"\s*(?:,\s+|\s[—–-]\s|\s?\()((?:(?!\s[—–-]\s)(?:«[^»\n]{1,80}»|[^,.;:()«»\"\n]|\.(?=\S))){3,160})"
)
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
#: Words of a state's title that tell nothing apart.
_STATE_WORDS = frozenset(
    "республика федерация страна штат соединенный америка действующий нынешний первый и на в по "
    "бывший новый избранный королевство рф государство эмират исламский народный "
    "иностранный дело мид министерство кабинет министр председатель правление".split()
)
_HEAD_OF = frozenset({"глава", "республика", "лидер"})
_FORMER = frozenset("бывший прежний экс-президент экс-премьер экс-министр экс-глава".split())
_VERBAL = frozenset({"VERB", "GRND", "PRED", "PRTS", "ADJS", "INFN"})


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


def role_before(text: str, mention: NameMention) -> Span | None:
    """Return the title that stands before a name and agrees with it, or None."""
    wanted = {case for case, _ in mention.readings}
    if mention.first[1:2] == "." and ("gent", "masc") not in mention.readings:
        wanted -= {"gent"} if "nomn" in wanted else set()  # «адвокат С. Б. Оганесян» is a lawyer
    return title_before(text, mention.span.start, frozenset(wanted))


def title_before(text: str, start: int, wanted: frozenset[str]) -> Span | None:
    """Return the title that ends at `start` with its head in one of the `wanted` cases."""
    head: int | None = None
    words = left_words(text, start, _TITLE_WORDS)
    if not words or not re.fullmatch(
        r"[\s\u00a0«»„“”\"]*", text[words[0][0] + len(words[0][1]) : start]
    ):
        return None
    for at, (_, word) in enumerate(words):
        if _is_verb(word) or (head is not None and word.lower() == "и"):
            break
        is_relative = at == 0 and "gent" in wanted and is_kin(word)
        if is_relative and len(words) > 1 and _agreeing_adjective(words[1][1], word):
            is_relative = False  # «торговый представитель Джанет Хилл»
        if head_cases(word) & wanted and not is_relative:
            head = at
        elif word[:1].isupper() and _is_somebody(word):
            break
    if head is None:
        return None
    while head + 1 < len(words) and _agreeing_adjective(words[head + 1][1], words[head][1]):
        head += 1
    stop = words[0][0] + len(words[0][1])
    while text[stop : stop + 1] in {"»", "“", "”"} or (text[stop : stop + 1] == '"'):
        stop += 1
    title = text[words[head][0] : stop]
    is_whole = title.count("«") == title.count("»") and title.count('"') % 2 == 0
    return Span(words[head][0], stop) if is_whole else None


def _is_somebody(word: str) -> bool:
    """Return whether a word is a name of a person and nothing else: not «Владимир», the town."""
    form = name_form(word)
    return form.is_proper and not (form.is_common or form.is_place or form.is_body)


def is_kin(word: str) -> bool:
    """Return whether the noun has a relative in the genitive after it: «вдова Ветрова»."""
    return lemmas(word)[0] in _KIN


_KIN = frozenset(
    "жена муж вдова вдовец супруга супруг дочь сын мать мама отец брат сестра внук внучка "
    "сторонник соратник адвокат помощник соперник друг представитель заместитель советник "
    "пресс-секретарь секретарь преемник предшественник биограф поклонник критик двойник "
    "телохранитель однопартиец защитник коллега начальник подруга невеста жених".split()
)


def role_after(text: str, mention: NameMention) -> Span | None:
    """Return the apposition after a name that says what the person is, or None."""
    found = _APPOSITION.match(text, mention.span.stop)
    if found is None:
        return None
    wanted = frozenset(c for c, _ in mention.readings)
    for at, word in enumerate(_WORD.finditer(found[1])):
        if _is_verb(word[0]) or at > 4:
            return None
        if head_cases(word[0]) & wanted:
            return _until_verb(text, Span(found.start(1), found.end(1)))
        if name_form(word[0]).is_name and word[0][:1].isupper():
            return None
        if not _is_adjective(word[0]):
            return None
    return None


def _until_verb(text: str, span: Span) -> Span | None:
    """Return the span up to its first finite verb, without outer white space."""
    stop = span.stop
    for word in _WORD.finditer(text, span.start, span.stop):
        if name_form(word[0]).is_name and word[0][:1].isupper() and not word[0].isupper():
            return None  # the title of the next person of a list
        if _is_verb(word[0]):
            stop = word.start()
            break
    kept = text[span.start : stop].rstrip(" \u00a0-–—")
    return Span(span.start, span.start + len(kept)) if kept else None


@lru_cache(100_000)
def head_cases(word: str) -> frozenset[str]:
    """Return the cases in which the word is a singular noun for a person; empty if it is none."""
    found: set[str] = set()
    for reading in role_readings(word):
        if "plur" not in reading.grammemes:
            found |= cases(reading.grammemes)
    if not found and "-" in word:  # замглавы-координатор, экс-министр
        return head_cases(word.rsplit("-", 1)[1])
    if not found and (prefix := _PREFIX.match(word)):
        return head_cases(word[prefix.end() :])
    return frozenset(found)


_PREFIX = re.compile(r"(?:зам|пом|вице|экс|гос|ген|ви?це|пресс)(?=[а-я]{4})", re.IGNORECASE)


@lru_cache(100_000)
def head_genders(word: str) -> frozenset[str]:
    """Return the genders a noun for a person allows: a «министр» may be a woman."""
    found: set[str] = set()
    for reading in role_readings(word):
        if "plur" not in reading.grammemes:
            found |= genders(reading.grammemes)
    return frozenset({"femn"} if found == {"femn"} else {"masc", "femn"})


@lru_cache(100_000)
def _is_verb(word: str) -> bool:
    """Return whether the word can hardly be anything but a finite verb or a predicate."""
    first = readings(word)[0]
    return first.is_known and bool(first.grammemes & _VERBAL) and not word[:1].isupper()


@lru_cache(100_000)
def _is_adjective(word: str) -> bool:
    return any(r.grammemes & {"ADJF", "PRTF"} for r in readings(word)) or word.isdigit()


@lru_cache(100_000)
def _adjective_cases(word: str) -> frozenset[str]:
    found = [r.grammemes for r in readings(word) if r.grammemes & {"ADJF", "PRTF"}]
    return frozenset().union(*(cases(tags) for tags in found)) if found else frozenset()


_DETERMINERS = frozenset(
    "это этот тот сам такой который его ее свой весь их каждый наш мой".split()
)


def _agreeing_adjective(word: str, noun: str) -> bool:
    if lemmas(word)[0] in _DETERMINERS:
        return False
    return bool(_adjective_cases(word) & (head_cases(noun) or _adjective_cases(noun)))


def _is_place(words: list[str], found: list[str], lemma: str) -> bool:
    """Return whether a word of a title is a country the table does not have."""
    form = words[found.index(lemma)] if lemma in found else ""
    what = name_form(form)
    return form[:1].isupper() and not form.isupper() and (what.is_place or not what.is_known)


@lru_cache(20_000)
def read_role(phrase: str, aliases: Aliases) -> Role:
    """Return what a title is compared by: «главы МИД РФ» → foreign minister of Russia."""
    words = _WORD.findall(_spelled_out(phrase))
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
            if len(rest) == 1 and country is None and _is_place(words, found, rest[0]):
                return Role(post.name, rest[0], frozenset(), is_former)
            break
    if country and set(found) <= _HEAD_OF | set(aliases.countries):  # «глава Казахстана»
        return Role("president", country, frozenset(), is_former)
    body = {lemma for lemma in found if lemma not in aliases.countries and len(lemma) > 2}
    return Role(
        found[at] if found else phrase,
        country,
        frozenset(body - set(found[at : at + 1])),
        is_former,
        _ranks(words, found, at),
    )


#: What titles are shortened to, and what each stands for.
_SHORT = (
    (re.compile(r"(?i)\bген(?=директор|прокурор|консул|подрядчик)"), "генеральный "),
    (re.compile(r"(?i)\bзам(?=министр|глав|директор|руководител|губернатор|председател|начальник)"),
     "заместитель "),
    (re.compile(r"(?i)\bзампред(?=\w{0,2}\b)"), "заместитель председатель "),
    (re.compile(r"(?i)\bглавред(?=\w{0,2}\b)"), "главный редактор "),
    (re.compile(r"(?i)\bглаврач(?=\w{0,2}\b)"), "главный врач "),
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
_HEADED = frozenset("глава руководитель директор начальник председатель гендиректор".split())
#: A board is headed for a company, and says nothing of what that is.
_KINDS_OF_BODIES = ORGANISATION_HEADS - {"правление", "совет", "дирекция", "руководство"}
_CHIEF = frozenset("генеральный исполнительный управляющий".split())
_VAGUE = frozenset(
    "компания ведомство холдинг организация учреждение предприятие служба управление фонд банк "
    "корпорация группа агентство центр институт завод департамент комитет".split()
)


def fits(asked: Role, held: Role, aliases: Aliases) -> bool:
    """Return whether a person of role `held` may be meant by the words of `asked`.

    What `asked` leaves out is open; what it names must not be contradicted.
    """
    is_minister = asked.post == "министр" and held.post.endswith("_minister")
    is_rank = not asked.body and asked.country is None and asked.post in held.ranks
    if not (is_minister or is_rank or asked.post == held.post) or (
        held.is_former and not asked.is_former
    ):
        return False
    if asked.country and held.country and asked.country != held.country:
        return False
    if asked.post in aliases.post_names:
        return True
    rest = asked.body - held.body
    return not rest or bool(asked.body & held.body)


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
