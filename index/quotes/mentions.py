"""Whom the author's words about a quote name: a person, a body, a document, a role or a pronoun.

Grammar only: who the person is that a role or pronoun means is for `speakers`.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from index.languages import lemmas
from index.languages.ru import readings
from index.people.forms import role_readings
from index.people.roles import head_cases
from index.quotes.bodies import (
    body_phrase,
    body_subject,
    document_subject,
    is_body,
    is_document,
    phrase_stop,
    with_marks,
)
from index.quotes.phrases import (
    PREPOSITIONS,
    Word,
    find_phrase,
    goes_on,
    is_noun,
    is_role_in,
    span_of,
    words_in,
)
from index.speech import (
    ACCORDING,
    UTTERANCES,
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


_ANY = frozenset({"masc", "femn"})
#: «Заключению судебно-медицинской экспертной комиссии» is among the longest names of a document.
_MOST_DOCUMENT = 6
_HIS = {"его": "masc", "ее": "femn", "её": "femn", "их": "plur"}
_BELONGS_TO = {"ему": "masc", "ей": "femn"}
_PRONOUNS = {"он": "masc", "она": "femn", "они": "plur"}


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
    if not verbs and not after and (owner := _owner(words, names)) is not None:
        return owner
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
    if not after:  # «Ветров, которого называли «…»» is not who says it
        names = [name for name in names if not _OBJECT.match(masked, name.stop)]
    if at is not None and not after:
        place = words[at].start
        names = [name for name in names if not _is_aside(masked, clause, name, place)]
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
        noun = at + 1
        says = any(is_saying(w.form) for w in words)
        if word.form.lower() == "согласно" and is_document(words[noun].form) and not says:
            return at, Attribution(MentionKind.DOCUMENT, _whole(words, noun), _ANY)
        if word.form.lower() not in {"по", "из", "со"}:
            continue
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
        role = find_phrase(words, noun + 1, "gent")
        if role is not None:
            return at, Attribution(_role_kind(words, role, "gent"), span_of(words, role), _ANY)
        body = body_phrase(words, noun + 1)
        if body is not None:
            return at, Attribution(MentionKind.ORGANISATION, body, _ANY)
        return at, Attribution(MentionKind.NOBODY, None, _ANY)
    return None


def _owner(words: list[Word], names: list[Span]) -> Attribution | None:
    """Return whose «Ответ дворника: «…»» is, or «Ему принадлежит фраза: «…»»."""
    for at, word in enumerate(words[:-1]):
        gender = _BELONGS_TO.get(word.form.lower())
        if gender and lemmas(words[at + 1].form)[0] == "принадлежать":
            span = Span(word.start, word.stop)
            return Attribution(MentionKind.PRONOUN, span, frozenset({gender}))
    for at, word in enumerate(words[:-1]):
        if not set(lemmas(word.form)[:1]) & UTTERANCES or names:
            continue
        role = find_phrase(words, at + 1, "gent")
        if role is not None and role[0] == at + 1 and role[1] == len(words):
            return Attribution(_role_kind(words, role, "gent"), span_of(words, role), _ANY)
    return None


def _whole(words: list[Word], head: int) -> Span:
    """Return the phrase of a noun with what belongs to it."""
    stop = head + 1
    while stop < len(words) and stop - head < _MOST_DOCUMENT and goes_on(words, stop):
        stop += 1
    return span_of(words, (head, stop))


def _relayed(words: list[Word], names: list[Span], verb: int) -> Attribution | None:
    """Return whose words a medium passes on: «цитирует X газета», «приводит «Y» слова X»."""
    after = [n for n in names if n.start > words[verb].start]
    if after:
        at = next(i for i, w in enumerate(words) if w.start == after[0].start)
        is_his = at > 1 and bool(head_cases(words[at - 2].form))  # «председателя совета Ветрова»
        if at and is_body(words[at - 1].form) and words[at - 1].form.islower() and not is_his:
            body = Span(words[at - 1].start, after[0].stop)  # «цитирует ТАСС пресс-службу Иванова»
            return Attribution(MentionKind.ORGANISATION, body, _ANY)
        return Attribution(MentionKind.NAME, after[0], _ANY)
    for at, word in enumerate(words):
        his = _HIS.get(word.form.lower())
        if his in {"masc", "femn"}:
            return Attribution(MentionKind.PRONOUN, Span(word.start, word.stop), frozenset({his}))
        if at > verb:
            if is_document(word.form):
                return Attribution(MentionKind.DOCUMENT, _whole(words, at), _ANY)
            for case in ("gent", "accs"):
                role = find_phrase(words, at, case)
                if role is not None and role[0] == at:
                    kind = _role_kind(words, role, case)
                    return Attribution(kind, span_of(words, role), _ANY)
    return Attribution(MentionKind.NOBODY, None, frozenset({"masc", "femn", "plur"}))


def _impersonal(masked: str, words: list[Word], verb: int, clause: Span) -> Attribution:
    """Return the document of «говорится в сообщении МИД», or its body."""
    for at, word in enumerate(words[:-1]):
        if word.form.lower() not in {"в", "во", "на", "из"}:
            continue
        head = at + 1
        while head + 1 < len(words) and head < at + 5 and not is_document(words[head].form):
            head += 1
        his = _HIS.get(words[at + 1].form.lower())
        if is_document(words[head].form) and his in {"masc", "femn"}:  # «в её заявлении»
            span = Span(words[at + 1].start, words[at + 1].stop)
            return Attribution(MentionKind.PRONOUN, span, frozenset({his}))
        if is_document(words[head].form):
            stop = phrase_stop(masked, words, head, clause)
            first = at + 2 if his else at + 1  # «в их обзоре»
            return Attribution(MentionKind.DOCUMENT, Span(words[first].start, stop), _ANY)
    return _source_in(masked, words, verb, frozenset({"plur"})) or Attribution(
        MentionKind.NOBODY, None, frozenset()
    )


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
    role = _role_subject(words, verb, genders, after=after)
    if name is not None and not _role_is_nearer(masked, words, role, name, verb):
        if genders == {"plur"} and not _is_one_of_several(masked, names, name):
            source = _source_in(masked, words, verb or 0, genders)
            if source is not None:
                return source
        kind = MentionKind.GROUP if _is_one_of_several(masked, names, name) else MentionKind.NAME
        return Attribution(kind, name, genders)
    if role is not None:
        return Attribution(_role_kind(words, role, "nomn"), span_of(words, role), genders)
    return _unnamed(masked, words, verb, genders, clause)


def _unnamed(
    masked: str, words: list[Word], verb: int | None, genders: frozenset[str], clause: Span
) -> Attribution:
    """Return who speaks when it is neither a name nor a role: «один из них», a document, a body."""
    one = _one_of(words, verb)
    if one is not None and one[1]:
        return Attribution(MentionKind.GROUP, one[0], genders)
    source = _source_in(masked, words, verb if verb is not None else 0, genders)
    if source is not None:
        return source
    document = document_subject(words, verb)
    if document is not None:
        return Attribution(MentionKind.DOCUMENT, document, genders)
    body = body_subject(masked, words, verb, clause.stop)
    is_object = (
        body is not None
        and verb is not None
        and "GRND" in readings(words[verb].form)[0].grammemes
        and body.start > words[verb].start
    )  # «Называя Vestas «мировым лидером»»
    if body is not None and not is_object:
        return Attribution(MentionKind.ORGANISATION, body, genders)
    if one is not None:
        return Attribution(MentionKind.GROUP, one[0], genders)
    return Attribution(MentionKind.NOBODY, None, genders)


def _is_aside(masked: str, clause: Span, name: Span, verb: int) -> bool:
    """Return whether a name before the verb stands between dashes: «оглядев гостей — …, —»."""
    return bool(
        _DASH.search(masked, name.stop, verb) and _DASH.search(masked, clause.start, name.start)
    )


_OBJECT = re.compile(r",\s+котор(?:ого|ую|ому|ой|ых|ым)\s")
_DASH = re.compile(r"\s[—–]\s")


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


#: «Ветров, тогда депутат совета, сказал»: what is said of a name between two commas.
_APPOSED = re.compile(r",\s+(?:[а-яё-]+\s+){0,3}")


def _role_is_nearer(
    masked: str, words: list[Word], role: tuple[int, int] | None, name: Span, verb: int | None
) -> bool:
    """Return whether a role that is not the name's own title stands between verb and name."""
    if role is None or verb is None:
        return False
    start, stop = words[role[0]].start, words[role[1] - 1].stop
    is_between = stop <= words[verb].start and "," in masked[stop : words[verb].start]
    if is_between and name.stop < start and _APPOSED.fullmatch(masked, name.stop, start):
        return False
    if start <= name.start < stop + 3 or name.start < start < name.stop + 3:
        return False
    if stop <= name.start and _is_one_title(masked, stop, name.start):
        return False
    return abs(start - words[verb].start) < abs(name.start - words[verb].start)


def _is_one_title(masked: str, start: int, stop: int) -> bool:
    """Return whether a title goes on up to a name: «замглавы — начальник отдела Ветров»."""
    between = masked[start:stop]
    words = re.findall(r"[а-яё-]+", between)
    if any(is_finite(word) and word.islower() for word in words):
        return False
    if re.search(r"[.;:()\n]", between) or between.count(",") > 1:
        return False
    comma = between.find(",")
    if comma < 0:
        return True
    # «Сказала ученица академика, доктор наук Ольга Шпак»: two titles of one person.
    rest = re.findall(r"[а-яё-]+", between[comma:])
    is_list = any(word in {"и", "а", "но", "или"} or word.startswith("котор") for word in rest)
    return not is_list and any("nomn" in head_cases(word) for word in rest[:3])


def _role_subject(
    words: list[Word], verb: int | None, genders: frozenset[str], *, after: bool
) -> tuple[int, int] | None:
    """Return the words of a role that is the subject: behind the verb, or right before it."""
    if verb is None:
        return find_phrase(words, 0, "nomn") if words else None
    behind = find_phrase(words, verb + 1, "nomn")
    if behind is not None and not _agrees_in_number(words, behind, genders):
        behind = None  # «учёный писал дочери»
    if behind is not None and (after or behind[0] - verb <= 2):
        return behind
    for start in range(verb - 1, -1, -1):
        if is_finite(words[start].form) and words[start].form.islower():
            break
        form = words[start].form
        is_head = "nomn" in head_cases(form) or (genders == {"plur"} and is_role_in(form, "nomn"))
        if is_head and not _has_preposition(words, start):
            found = find_phrase(words, max(0, start - 2), "nomn", head=start)
            if found is not None:
                return found
    return behind


def _agrees_in_number(words: list[Word], part: tuple[int, int], genders: frozenset[str]) -> bool:
    """Return whether a role may be the subject of a verb: nothing plural of one in the singular."""
    heads = [w.form for w in words[part[0] : part[1]] if role_readings(w.form)]
    return "plur" in genders or not heads or "nomn" in head_cases(heads[0])


def _has_preposition(words: list[Word], at: int) -> bool:
    """Return whether a preposition governs the word, over an adjective: not «в мае источник»."""
    before = [w.form.lower() for w in words[max(0, at - 2) : at]]
    governs = PREPOSITIONS | {"по"}
    if before[-1:] and before[-1] in governs:
        return True
    return len(before) > 1 and before[0] in governs and not is_noun(before[1])


def _one_of(words: list[Word], verb: int | None) -> tuple[Span, bool] | None:
    """Return «один из них»: somebody who is not told apart; and whether the verb is beside it."""
    for at, word in enumerate(words[:-2]):
        if word.form.lower() in {"один", "одна", "кто-то"} and words[at + 1].form.lower() == "из":
            stop = at + 3
            while stop < len(words) and stop - at < 6 and goes_on(words, stop):
                stop += 1
            span = Span(word.start, words[stop - 1].stop)
            return span, verb is None or verb in {at - 1, stop}
    return None


def _role_kind(words: list[Word], part: tuple[int, int], case: str) -> MentionKind:
    """Return ROLE for one person, GROUP when the head can only be plural."""
    for word in words[part[0] : part[1]]:
        if role_readings(word.form):
            return MentionKind.ROLE if case in head_cases(word.form) else MentionKind.GROUP
    return MentionKind.ROLE


def _source_in(
    masked: str, words: list[Word], verb: int, genders: frozenset[str]
) -> Attribution | None:
    """Return the body of «сообщили в МИД»: a place after a plural verb without a subject."""
    if "plur" not in genders:
        return None
    for at in [*range(verb + 1, min(len(words) - 1, verb + 6)), *range(verb)]:
        if words[at].form.lower() in {"в", "во", "на"} and at + 1 < len(words):
            body = body_phrase(words, at + 1)
            if body is not None:
                body = Span(body.start, with_marks(masked, body.stop))
                return Attribution(MentionKind.ORGANISATION, body, genders)
    return None
