"""Whom the author's words about a quote name: a person, a body, a document, a role or a pronoun.

Grammar only: who the person is that a role or pronoun means is for `speakers`.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from index.languages import lemmas
from index.languages.ru import readings
from index.people.forms import name_form, role_readings
from index.people.organisations import ORGANISATION_HEADS
from index.people.roles import head_cases
from index.speech import (
    ACCORDING,
    is_finite,
    is_impersonal,
    is_relaying,
    is_saying,
    is_saying_gerund,
    verb_genders,
)
from index.types import Span


class MentionKind(Enum):
    """What the words that name a speaker are."""

    NAME = auto()
    ROLE = auto()
    PRONOUN = auto()
    ORGANISATION = auto()
    DOCUMENT = auto()
    GROUP = auto()  # several people, or «местные жители»: never one person
    NOBODY = auto()  # no subject is said


@dataclass(frozen=True, slots=True)
class Attribution:
    """The words that name the speaker, and what they are; `genders` as the verb shows them."""

    kind: MentionKind
    span: Span | None
    genders: frozenset[str]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a clause."""

    start: int
    stop: int
    form: str


_WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")
_NAME_IN_MARKS = re.compile('\\s*[«"„“]\u0000+[»"”“]')
_ANY = frozenset({"masc", "femn"})
_HIS = {"его": "masc", "ее": "femn", "её": "femn", "их": "plur"}
_PRONOUNS = {"он": "masc", "она": "femn", "они": "plur"}
_DOCUMENTS = frozenset(
    """
    сообщение заявление документ пресс-релиз релиз письмо отчет доклад обращение текст приказ указ
    закон постановление распоряжение резолюция соглашение договор публикация статья материал
    комментарий телеграмма послание коммюнике справка решение хартия меморандум проект протокол
    уведомление приговор иск ответ сводка бюллетень пост запись исследование конституция декларация
    концепция стратегия программа устав
    """.split()
)
_STOP_WORDS = frozenset(
    "в во на после при перед для из из-за с со к ко о об от до у за под над".split()
)
_SKIPPED = frozenset(
    "также еще ещё уже при этом тогда там тут так сам сама лично тем временем не же".split()
)


def words_in(text: str, span: Span) -> list[Word]:
    """Return the words of a span."""
    return [Word(m.start(), m.end(), m[0]) for m in _WORD.finditer(text, span.start, span.stop)]


def find_attribution(masked: str, clause: Span, names: list[Span], *, after: bool) -> Attribution:
    """Return whom a clause names as the speaker.

    `names` are the places of persons in the clause that may be its subject, in text order. `after`
    says that the clause follows the quote, so its first verb counts; else its last one does.
    """
    words = words_in(masked, clause)
    according = _according(words, names)
    verbs = [at for at, w in enumerate(words) if is_saying(w.form) and not _is_name_word(w, names)]
    if according is not None and not _is_overruled(according[0], verbs, words, names, after=after):
        return according[1]
    if not verbs:
        verbs = [at for at, w in enumerate(words) if is_saying_gerund(w.form)][-1:]
    if not verbs:
        verbs = [at for at, w in enumerate(words) if is_finite(w.form) and w.form.islower()][:1]
    at = None if not verbs else verbs[0] if after else verbs[-1]
    if at is not None and is_impersonal(words[at].form):
        return _impersonal(masked, words, at, clause)
    if at is not None and is_relaying(words[at].form):
        relayed = _relayed(words, names, at)
        if relayed is not None:
            return relayed
    return _subject(masked, words, at, names, clause, after=after)


def _is_overruled(
    according: int, verbs: list[int], words: list[Word], names: list[Span], *, after: bool
) -> bool:
    """Return whether a verb of saying with a subject of its own counts more than «по словам»."""
    if after:
        return bool(verbs) and verbs[0] <= according
    return bool(verbs) and verbs[-1] > according and _has_subject(words, verbs[-1], names)


def _is_name_word(word: Word, names: list[Span]) -> bool:
    return any(span.start <= word.start < span.stop for span in names)


def _has_subject(words: list[Word], verb: int, names: list[Span]) -> bool:
    return any(
        abs(span.start - words[verb].stop) < 4 or abs(words[verb].start - span.stop) < 4
        for span in names
    )


def _according(words: list[Word], names: list[Span]) -> tuple[int, Attribution] | None:
    """Return «по словам X», «по его словам» and where it begins."""
    for at, word in enumerate(words[:-1]):
        if word.form.lower() not in {"по", "из", "со"}:
            continue
        noun = at + 1
        his = _HIS.get(words[noun].form.lower())
        noun += his is not None
        if noun >= len(words) or not set(lemmas(words[noun].form)) & ACCORDING:
            continue
        if his is not None:
            span = Span(words[at + 1].start, words[at + 1].stop)
            kind = MentionKind.GROUP if his == "plur" else MentionKind.PRONOUN
            return at, Attribution(kind, span, frozenset({his}))
        near = [n for n in names if words[noun].stop <= n.start <= words[noun].stop + 160]
        if near:
            return at, Attribution(MentionKind.NAME, near[0], _ANY)
        role = _phrase(words, noun + 1, "gent")
        if role is not None:
            return at, Attribution(_role_kind(words, role, "gent"), _span(words, role), _ANY)
        body = _body_phrase(words, noun + 1)
        if body is not None:
            return at, Attribution(MentionKind.ORGANISATION, body, _ANY)
        return at, Attribution(MentionKind.NOBODY, None, _ANY)
    return None


def _relayed(words: list[Word], names: list[Span], verb: int) -> Attribution | None:
    """Return whose words a medium passes on: «цитирует X газета», «приводит «Y» слова X»."""
    after = [n for n in names if n.start > words[verb].start]
    if after:
        at = next(i for i, w in enumerate(words) if w.start == after[0].start)
        if at and _is_body(words[at - 1].form) and words[at - 1].form.islower():
            body = Span(words[at - 1].start, after[0].stop)  # «цитирует ТАСС пресс-службу Иванова»
            return Attribution(MentionKind.ORGANISATION, body, _ANY)
        return Attribution(MentionKind.NAME, after[0], _ANY)
    for at, word in enumerate(words):
        his = _HIS.get(word.form.lower())
        if his in {"masc", "femn"}:
            return Attribution(MentionKind.PRONOUN, Span(word.start, word.stop), frozenset({his}))
        if at > verb:
            for case in ("gent", "accs"):
                role = _phrase(words, at, case)
                if role is not None and role[0] == at:
                    kind = _role_kind(words, role, case)
                    return Attribution(kind, _span(words, role), _ANY)
    return Attribution(MentionKind.NOBODY, None, frozenset({"masc", "femn", "plur"}))


def _impersonal(masked: str, words: list[Word], verb: int, clause: Span) -> Attribution:
    """Return the document of «говорится в сообщении МИД», or its body."""
    for at, word in enumerate(words[:-1]):
        if word.form.lower() not in {"в", "во", "на", "из"}:
            continue
        head = at + 1
        while head + 1 < len(words) and head < at + 5 and not _is_document(words[head].form):
            head += 1
        if _is_document(words[head].form):
            stop = _genitive_stop(masked, words, head, clause)
            return Attribution(MentionKind.DOCUMENT, Span(words[at + 1].start, stop), _ANY)
    return _source_in(masked, words, verb, frozenset({"plur"})) or Attribution(
        MentionKind.NOBODY, None, frozenset()
    )


def _is_document(word: str) -> bool:
    return any(lemma in _DOCUMENTS for lemma in lemmas(word)[:2])


def _genitive_stop(masked: str, words: list[Word], head: int, clause: Span) -> int:
    """Return where the phrase of a head noun ends: before a verb, a preposition or a stop."""
    stop = words[head].stop
    for word in words[head + 1 : head + 9]:
        gap = masked[stop : word.start]
        if re.search(r"[,.;:()—–]", gap) or word.form.lower() in _STOP_WORDS - {"о", "об"}:
            break
        if is_finite(word.form) and word.form.islower():
            break
        stop = word.stop
    while masked[stop : stop + 1] in {"»", "\u0000"}:
        stop += 1
    return min(stop, clause.stop)


def _subject(
    masked: str,
    words: list[Word],
    verb: int | None,
    names: list[Span],
    clause: Span,
    *,
    after: bool,
) -> Attribution:
    """Return the subject of the verb: a name, then a pronoun, a role, a body."""
    genders = verb_genders(words[verb].form) if verb is not None else _ANY
    if verb is not None and is_saying_gerund(words[verb].form) and not is_saying(words[verb].form):
        genders = _ANY
    place = words[verb].start if verb is not None else clause.start
    pronoun = _pronoun(words, verb)
    name = _nearest(masked, names, place, after=after)
    if pronoun is not None and (name is None or _is_nearer(pronoun, name, place)):
        gender = _PRONOUNS[pronoun.form.lower()]
        kind = MentionKind.GROUP if gender == "plur" else MentionKind.PRONOUN
        return Attribution(kind, Span(pronoun.start, pronoun.stop), frozenset({gender}))
    role = _role_subject(words, verb, after=after)
    if name is not None and not _role_is_nearer(words, role, name, verb):
        if genders == {"plur"} and not _is_one_of_several(masked, names, name):
            source = _source_in(masked, words, verb or 0, genders)
            if source is not None:
                return source
        kind = MentionKind.GROUP if _is_one_of_several(masked, names, name) else MentionKind.NAME
        return Attribution(kind, name, genders)
    if role is not None:
        return Attribution(_role_kind(words, role, "nomn"), _span(words, role), genders)
    source = _source_in(masked, words, verb if verb is not None else 0, genders)
    if source is not None:
        return source
    body = _body_subject(masked, words, verb, clause.stop)
    if body is not None:
        return Attribution(MentionKind.ORGANISATION, body, genders)
    return Attribution(MentionKind.NOBODY, None, genders)


def _nearest(masked: str, names: list[Span], place: int, *, after: bool) -> Span | None:
    """Return the name next to the verb: after a quote the first behind it, else the one before."""
    behind = [n for n in names if n.start >= place]
    before = [n for n in names if n.start < place]
    if after:
        return behind[0] if behind else before[-1] if before else None
    if (
        behind
        and not re.search(r"[,;]", masked[place : behind[0].start])
        and (not before or behind[0].start - place < place - before[-1].stop)
    ):
        return behind[0]
    if before:
        return before[-1]
    return behind[0] if behind else None


def _is_one_of_several(masked: str, names: list[Span], name: Span) -> bool:
    """Return whether the name is joined to another: «Иванов и Петров заявили»."""
    at = names.index(name)
    for left, right in zip(names[max(0, at - 1) : at + 1], names[at : at + 2], strict=False):
        if left != right and re.fullmatch(
            r"\s+и\s+(?:[а-яё]+\s+){0,4}", masked[left.stop : right.start]
        ):
            return True
    return at + 1 < len(names) and bool(
        re.fullmatch(r"\s+и\s+(?:[а-яё]+\s+){0,4}", masked[name.stop : names[at + 1].start])
    )


def _pronoun(words: list[Word], verb: int | None) -> Word | None:
    if verb is None:
        return None
    near = sorted(range(len(words)), key=lambda at: abs(at - verb))
    for at in near:
        if words[at].form.lower() in _PRONOUNS and abs(at - verb) <= 6:
            return words[at]
    return None


def _is_nearer(word: Word, name: Span, place: int) -> bool:
    return abs(word.start - place) < abs(name.start - place)


def _role_is_nearer(
    words: list[Word], role: tuple[int, int] | None, name: Span, verb: int | None
) -> bool:
    """Return whether a role that is not the name's own title stands between verb and name."""
    if role is None or verb is None:
        return False
    start, stop = words[role[0]].start, words[role[1] - 1].stop
    if start <= name.start < stop + 3 or name.start < start < name.stop + 3:
        return False
    return abs(start - words[verb].start) < abs(name.start - words[verb].start)


def _role_subject(words: list[Word], verb: int | None, *, after: bool) -> tuple[int, int] | None:
    """Return the words of a role that is the subject: behind the verb, or right before it."""
    if verb is None:
        return _phrase(words, 0, "nomn") if words else None
    behind = _phrase(words, verb + 1, "nomn")
    if behind is not None and (after or behind[0] - verb <= 2):
        return behind
    for start in range(verb - 1, -1, -1):
        if is_finite(words[start].form) and words[start].form.islower():
            break
        if "nomn" in head_cases(words[start].form) and not _has_preposition(words, start):
            found = _phrase(words, max(0, start - 2), "nomn", head=start)
            if found is not None:
                return found
    return behind


def _has_preposition(words: list[Word], at: int) -> bool:
    return any(w.form.lower() in _STOP_WORDS | {"по"} for w in words[max(0, at - 2) : at])


def _phrase(
    words: list[Word], start: int, case: str, head: int | None = None
) -> tuple[int, int] | None:
    """Return the first role phrase from `start` on whose head stands in `case`."""
    at = start
    while head is None and at < min(len(words), start + 12):
        form = words[at].form
        if is_finite(form) and form.islower() and at > start and not head_cases(form):
            return None
        if _plural_or_single(form, case) and not (at and words[at - 1].form.lower() in _STOP_WORDS):
            head = at
            break
        at += 1
    if head is None:
        return None
    first = head
    while first > start and _is_adjective_in(words[first - 1].form, case):
        first -= 1
    stop = head + 1
    while stop < len(words) and stop - head < 10 and _extends(words, stop):
        stop += 1
    return first, stop


def _plural_or_single(form: str, case: str) -> bool:
    if form[:1].isupper() and name_form(form).is_proper and not head_cases(form):
        return False
    return any(case in r.grammemes for r in role_readings(form))


def _extends(words: list[Word], at: int) -> bool:
    """Return whether the word still belongs to the role: no verb, preposition or stop between."""
    word, before = words[at], words[at - 1]
    if word.start - before.stop > 1 or word.form.lower() in _STOP_WORDS:
        return False
    if is_finite(word.form) and word.form.islower() and not _is_genitive(word.form):
        return False
    if word.form[:1].isdigit() or word.form.lower() in {"и", "по", "что"}:
        return word.form.lower() == "по" and at + 1 < len(words)
    first = readings(word.form)[0].grammemes
    if before.form.lower() != "по" and "NOUN" in first and word.form.islower():
        is_of_it = _is_genitive(word.form) or _is_adjective_in(before.form, "nomn")
        if not is_of_it:
            return False
    if name_form(word.form).is_name and word.form[:1].isupper() and not _is_genitive(word.form):
        return False
    return word.form.lower() not in _SKIPPED and not first & _NO_PART


_NO_PART = frozenset({"ADVB", "CONJ", "PREP", "NPRO", "GRND", "PRCL"})


def _is_genitive(word: str) -> bool:
    return any({"NOUN", "gent"} <= r.grammemes for r in readings(word))


def _is_adjective_in(word: str, case: str) -> bool:
    return any(
        r.grammemes & {"ADJF", "PRTF"} and case in r.grammemes and "Apro" not in r.grammemes
        for r in readings(word)
    )


def _span(words: list[Word], part: tuple[int, int]) -> Span:
    return Span(words[part[0]].start, words[part[1] - 1].stop)


def _role_kind(words: list[Word], part: tuple[int, int], case: str) -> MentionKind:
    """Return ROLE for one person, GROUP when the head can only be plural."""
    for word in words[part[0] : part[1]]:
        if role_readings(word.form):
            return MentionKind.ROLE if case in head_cases(word.form) else MentionKind.GROUP
    return MentionKind.ROLE


# --- bodies -------------------------------------------------------------------------------------


def _source_in(
    masked: str, words: list[Word], verb: int, genders: frozenset[str]
) -> Attribution | None:
    """Return the body of «сообщили в МИД»: a place after a plural verb without a subject."""
    if "plur" not in genders:
        return None
    for at in [*range(verb + 1, min(len(words) - 1, verb + 6)), *range(verb)]:
        if words[at].form.lower() in {"в", "во", "на"} and at + 1 < len(words):
            body = _body_phrase(words, at + 1)
            if body is not None:
                body = Span(body.start, _with_marks(masked, body.stop))
                return Attribution(MentionKind.ORGANISATION, body, genders)
    return None


def _body_phrase(words: list[Word], start: int) -> Span | None:
    """Return the phrase of a body that begins at `start`: «пресс-службе МИД», «ТАСС»."""
    for at in range(start, min(len(words), start + 4)):
        if _is_body(words[at].form):
            stop = at + 1
            while stop < len(words) and stop - at < 9 and _extends(words, stop):
                stop += 1
            return Span(words[start].start, words[stop - 1].stop)
        if not _is_adjective_in(words[at].form, "gent") and not _is_adjective_in(
            words[at].form, "loct"
        ):
            return None
    return None


def _is_body(word: str) -> bool:
    if word.isupper() and len(word) > 1:
        return word not in {"США", "РФ", "СССР", "ОАЭ", "КНР", "ФРГ", "КНДР"}
    form = name_form(word)
    if word[:1].isupper() and len(word) > 2 and form.is_body and not form.is_place:
        return True
    return len(word) > 2 and any(lemma in ORGANISATION_HEADS for lemma in lemmas(word)[:2])


def _body_subject(masked: str, words: list[Word], verb: int | None, stop_at: int) -> Span | None:
    """Return the body that is the subject: a noun of the list, an abbreviation, a name in marks."""
    start = verb + 1 if verb is not None else 0
    order = [*range(start, len(words)), *range(start - 1)]
    for at in order:
        if at and words[at - 1].form.lower() in _STOP_WORDS:
            continue
        if _is_body(words[at].form) and _may_be_subject(words[at].form):
            stop = at + 1
            while stop < len(words) and stop - at < 9 and _extends(words, stop):
                stop += 1
            first = at
            while first > 0 and _is_adjective_in(words[first - 1].form, "nomn"):
                first -= 1
            return Span(words[first].start, _with_marks(masked, words[stop - 1].stop))
        if re.search(r"[A-Za-z]", words[at].form) and words[at].form[:1].isupper():
            stop = at + 1
            while stop < len(words) and re.match(r"[A-Z&]", words[stop].form):
                stop += 1
            return Span(words[at].start, words[stop - 1].stop)
    if verb is not None:
        named = _NAME_IN_MARKS.match(masked, words[verb].stop)
        if named and named.end() <= stop_at:
            return Span(named.end() - len(named[0].lstrip()), named.end())
    return None


def _with_marks(masked: str, stop: int) -> int:
    named = _NAME_IN_MARKS.match(masked, stop)
    return named.end() if named else stop


def _may_be_subject(word: str) -> bool:
    if word.isupper():
        return True
    return any("nomn" in r.grammemes for r in readings(word))
