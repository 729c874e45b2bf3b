"""The subject of a verb of saying: a name, a pronoun, a role, a document or a body."""

import re

from index.languages.ru import readings
from index.people.forms import role_readings
from index.people.roles import head_cases
from index.quotes.attribution import ANY, Attribution, MentionKind
from index.quotes.bodies import body_subject, document_subject
from index.quotes.passing import role_kind, source_in
from index.quotes.phrases import (
    PREPOSITIONS,
    Word,
    find_phrase,
    goes_on,
    is_noun,
    is_role_in,
    span_of,
)
from index.speech import is_finite, is_saying, is_saying_gerund, verb_genders
from index.types import Span

_PRONOUNS = {"он": "masc", "она": "femn", "они": "plur"}

#: Right beside the verb: whoever was not the subject, «ответил тот».
THAT_ONE = {"тот": "masc", "та": "femn"}


def find_subject(
    masked: str,
    words: list[Word],
    verb: int | None,
    names: list[Span],
    clause: Span,
    *,
    after: bool,
) -> Attribution:
    """Return the subject of the verb: a name, then a pronoun, a role, a body."""
    genders = verb_genders(words[verb].form) if verb is not None else ANY
    if verb is not None and is_saying_gerund(words[verb].form) and not is_saying(words[verb].form):
        genders = ANY
    place = words[verb].start if verb is not None else clause.start
    pronoun = _pronoun(words, verb)
    name = _nearest(masked, names, place, after=after)
    is_apart = name is not None and verb is not None and _is_right_behind(words[verb], name)
    if pronoun is not None and not (is_apart and _is_cut_off(masked, pronoun, words, verb)):
        pronoun = pronoun if name is None or _is_nearer(pronoun, name, place) else None
    elif pronoun is not None:
        pronoun = None  # «Лёд, говорит Ветров, хуже»
    if pronoun is not None:
        form = pronoun.form.lower()
        gender = _PRONOUNS.get(form) or THAT_ONE[form]
        kind = MentionKind.GROUP if gender == "plur" else MentionKind.PRONOUN
        return Attribution(kind, Span(pronoun.start, pronoun.stop), frozenset({gender}))
    somebody = _one_of(words, verb)
    if somebody is not None and not after and words[0].start == somebody[0].start:
        return Attribution(MentionKind.GROUP, somebody[0], genders)  # «Кто-то из гостей спросил»
    role = _role_subject(masked, words, verb, genders, after=after)
    if name is not None and not _role_is_nearer(masked, words, role, name, verb):
        if genders == {"plur"} and not _is_one_of_several(masked, names, name):
            source = source_in(masked, words, verb or 0, genders)
            if source is not None:
                return source
        kind = MentionKind.GROUP if _is_one_of_several(masked, names, name) else MentionKind.NAME
        return Attribution(kind, name, genders)
    if role is not None:
        return Attribution(role_kind(words, role, "nomn"), span_of(words, role), genders)
    return _unnamed(masked, words, verb, genders, clause)


def _unnamed(
    masked: str, words: list[Word], verb: int | None, genders: frozenset[str], clause: Span
) -> Attribution:
    """Return who speaks when it is neither a name nor a role: «один из них», a document, a body."""
    if verb is not None and _is_neuter(words[verb].form):
        return Attribution(MentionKind.GROUP, None, frozenset())  # «донеслось из зала»
    one = _one_of(words, verb)
    if one is not None and one[1]:
        return Attribution(MentionKind.GROUP, one[0], genders)
    source = source_in(masked, words, verb if verb is not None else 0, genders)
    if source is not None:
        return source
    document = document_subject(masked, words, verb)
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


def _is_neuter(verb: str) -> bool:
    first = readings(verb)[0].grammemes
    return {"VERB", "past", "neut"} <= first and not is_saying(verb)


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
        if words[at].form.lower() in THAT_ONE and at == verb + 1 and _ends(words, at):
            return words[at]
    return None


def _ends(words: list[Word], at: int) -> bool:
    """Return whether a pronoun stands by itself: not «заметил тот чиновник»."""
    if at + 1 == len(words) or words[at + 1].start - words[at].stop > 1:
        return True
    return words[at + 1].form.lower() in PREPOSITIONS or is_saying_gerund(words[at + 1].form)


def _is_nearer(word: Word, name: Span, place: int) -> bool:
    return abs(word.start - place) < abs(name.start - place)


def _is_right_behind(verb: Word, name: Span) -> bool:
    return name.start - verb.stop == 1


def _is_cut_off(masked: str, word: Word, words: list[Word], verb: int | None) -> bool:
    """Return whether a comma stands between a pronoun and the verb behind it."""
    return verb is not None and "," in masked[word.stop : words[verb].start]


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
    if _is_subject_apart(masked, name.stop, (start, stop), words[verb].start):
        return True
    if start <= name.start < stop + 3 or name.start < start < name.stop + 3:
        return False
    if stop <= name.start and _is_one_title(masked, stop, name.start):
        return False
    return abs(start - words[verb].start) < abs(name.start - words[verb].start)


def _is_subject_apart(masked: str, name_stop: int, role: tuple[int, int], verb: int) -> bool:
    """Return whether a role is not what is said of the name before it, since no comma ends it.

    «Касаясь слов Ветрова, министр сказал», but «Ветров, министр, сказал».
    """
    start, stop = role
    if not name_stop <= start < stop <= verb or "," not in masked[name_stop:start]:
        return False
    return not re.search(r"[,—–]", masked[stop:verb])


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
    if is_list or not rest:
        return False
    # «первый автор работы, палинолог Гудрун Хальворсен», whether or not a dictionary has the noun
    is_noun_first = is_noun(rest[0]) and any("nomn" in r.grammemes for r in readings(rest[0]))
    return is_noun_first or any("nomn" in head_cases(word) for word in rest[:3])


def _role_subject(
    masked: str, words: list[Word], verb: int | None, genders: frozenset[str], *, after: bool
) -> tuple[int, int] | None:
    """Return the words of a role that is the subject: behind the verb, or right before it."""
    if verb is None:
        return find_phrase(words, 0, "nomn") if words else None
    behind = find_phrase(words, verb + 1, "nomn")
    if behind is not None and not _agrees_in_number(words, behind, genders):
        behind = None  # «учёный писал дочери»
    if behind is not None and not after and not _is_joined(masked, words[verb], words[behind[0]]):
        behind = None  # «признал, что подрядчик разорился»
    if behind is not None and (after or behind[0] - verb <= 2):
        return behind
    for start in range(verb - 1, -1, -1):
        form = words[start].form
        if is_finite(form) and form.islower() and not _is_adverb(form):
            break
        is_head = "nomn" in head_cases(form) or (genders == {"plur"} and is_role_in(form, "nomn"))
        if is_head and not _has_preposition(words, start):
            found = find_phrase(words, max(0, start - 2), "nomn", head=start)
            if found is not None:
                return found
    return behind


def _is_adverb(word: str) -> bool:
    """Return whether a word is rather an adverb than a short adjective: «коротко ответил»."""
    return "ADVB" in readings(word)[0].grammemes


def _is_joined(masked: str, verb: Word, role: Word) -> bool:
    """Return whether no stop stands between a verb and a role behind it."""
    return re.search(r"[,;:.—–]", masked[verb.stop : role.start]) is None


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
