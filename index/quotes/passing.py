"""Words passed on: «по словам X», «цитирует X», «в сообщении X», «сообщили в X»."""

import re

from index.languages import lemmas
from index.languages.ru import readings
from index.people.forms import role_readings
from index.people.roles import head_cases
from index.quotes.attribution import ANY, Attribution, MentionKind
from index.quotes.bodies import body_phrase, is_body, is_document, phrase_stop, with_marks
from index.quotes.phrases import Word, find_phrase, goes_on, span_of
from index.speech import ACCORDING, UTTERANCES, is_saying
from index.types import Span

#: «Заключению судебно-медицинской экспертной комиссии» is among the longest names of a document.
_MOST_DOCUMENT = 6

_HIS = {"его": "masc", "ее": "femn", "её": "femn", "их": "plur"}

_BEING = frozenset({"быть", "стать", "являться"})

_BELONGS_TO = {"ему": "masc", "ей": "femn"}


def find_according(words: list[Word], names: list[Span]) -> tuple[int, Attribution] | None:
    """Return «по словам X», «по его словам» and where it begins."""
    for at, word in enumerate(words[:-1]):
        noun = at + 1
        says = any(is_saying(w.form) for w in words)
        if word.form.lower() == "согласно" and is_document(words[noun].form) and not says:
            return at, Attribution(MentionKind.DOCUMENT, _whole(words, noun), ANY)
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
            return at, Attribution(MentionKind.NAME, _head_name(near), ANY)
        role = find_phrase(words, noun + 1, "gent")
        heads = words[noun + 1].form if noun + 1 < len(words) else ""
        if role is not None and not (is_body(heads) and not role_readings(heads)):
            return at, Attribution(role_kind(words, role, "gent"), span_of(words, role), ANY)
        body = body_phrase(words, noun + 1)
        if body is not None:
            return at, Attribution(MentionKind.ORGANISATION, body, ANY)
        return at, Attribution(MentionKind.NOBODY, None, ANY)
    return None


def _head_name(names: list[Span]) -> Span:
    """Return the first name, or the one right behind it: «по словам учителя Груздя Анны Мох»."""
    found = names[0]
    for name in names[1:]:
        if name.start - found.stop > 1:
            break
        found = name
    return found


def find_cited(words: list[Word], names: list[Span]) -> Attribution | None:
    """Return whose words somebody recalls: «Она напомнила слова Ветрова: «…»»."""
    last = names[-1] if names else None
    if last is None or words[-1].stop != last.stop:
        return None
    at = next((i for i, word in enumerate(words) if word.start == last.start), 0)
    is_cited = at > 1 and lemmas(words[at - 1].form)[0] in _CITED
    is_said = is_cited and any(is_saying(word.form) for word in words[: at - 1])
    return Attribution(MentionKind.NAME, last, ANY) if is_said else None


_CITED = frozenset("слово фраза высказывание изречение цитата афоризм".split())


def is_last_being(words: list[Word]) -> bool:
    """Return whether a clause ends in «были», «стало»: what was said is named before."""
    return bool(words) and lemmas(words[-1].form)[0] in _BEING


def find_owner(words: list[Word], names: list[Span]) -> Attribution | None:
    """Return whose «Ответ дворника: «…»» is, or «Ему принадлежит фраза: «…»»."""
    for at, word in enumerate(words[:-1]):
        gender = _BELONGS_TO.get(word.form.lower())
        if gender and lemmas(words[at + 1].form)[0] == "принадлежать":
            span = Span(word.start, word.stop)
            return Attribution(MentionKind.PRONOUN, span, frozenset({gender}))
    for at, word in enumerate(words[:-1]):
        his = _HIS.get(word.form.lower())
        is_word = lemmas(words[at + 1].form)[0] == "слово"
        if his in {"masc", "femn"} and is_word and is_last_being(words):
            return Attribution(
                MentionKind.PRONOUN, Span(word.start, word.stop), frozenset({his})
            )  # «последними его словами были: «…»»
    for at, word in enumerate(words[:-1]):
        if not set(lemmas(word.form)[:1]) & UTTERANCES or names:
            continue
        role = find_phrase(words, at + 1, "gent")
        if role is not None and role[0] == at + 1 and role[1] == len(words):
            return Attribution(role_kind(words, role, "gent"), span_of(words, role), ANY)
    return None


def _whole(words: list[Word], head: int) -> Span:
    """Return the phrase of a noun with what belongs to it."""
    stop = head + 1
    while stop < len(words) and stop - head < _MOST_DOCUMENT and goes_on(words, stop):
        stop += 1
    return span_of(words, (head, stop))


def _with_owner(words: list[Word], head: int) -> Span:
    """Return a document with whose it is, whom the article may not name else: «заявление Мутко»."""
    whole = _whole(words, head)
    stop = next(at for at, word in enumerate(words) if word.stop == whole.stop)
    while stop + 1 < len(words) and stop - head < _MOST_DOCUMENT:
        form = words[stop + 1].form
        if not form[:1].isupper() or is_body(form) or re.search("[A-Za-z]", form):
            break
        stop += 1
    return Span(whole.start, words[stop].stop)


def find_relayed(words: list[Word], names: list[Span], verb: int) -> Attribution | None:
    """Return whose words a medium passes on: «цитирует X газета», «приводит «Y» слова X»."""
    after = [n for n in names if n.start > words[verb].start]
    if after:
        at = next(i for i, w in enumerate(words) if w.start == after[0].start)
        is_his = at > 1 and bool(head_cases(words[at - 2].form))  # «председателя совета Ветрова»
        if at and is_body(words[at - 1].form) and words[at - 1].form.islower() and not is_his:
            body = Span(words[at - 1].start, after[0].stop)  # «цитирует ТАСС пресс-службу Иванова»
            return Attribution(MentionKind.ORGANISATION, body, ANY)
        return Attribution(MentionKind.NAME, after[0], ANY)
    for at, word in enumerate(words):
        his = _HIS.get(word.form.lower())
        if his in {"masc", "femn"}:
            return Attribution(MentionKind.PRONOUN, Span(word.start, word.stop), frozenset({his}))
        if at > verb:
            if is_document(word.form):
                return Attribution(MentionKind.DOCUMENT, _with_owner(words, at), ANY)
            if _is_body_quoted(words, at):
                return Attribution(MentionKind.ORGANISATION, _whole(words, at), ANY)
            for case in ("gent", "accs"):
                role = find_phrase(words, at, case)
                if role is not None and role[0] == at:
                    kind = role_kind(words, role, case)
                    return Attribution(kind, span_of(words, role), ANY)
    return Attribution(MentionKind.NOBODY, None, frozenset({"masc", "femn", "plur"}))


def _is_body_quoted(words: list[Word], at: int) -> bool:
    """Return whether the word is a body in the accusative and no other case: «пресс-службу»."""
    form = words[at].form
    found = {case for r in readings(form) for case in ("nomn", "accs") if case in r.grammemes}
    return form.islower() and found == {"accs"} and is_body(form)


def find_impersonal(masked: str, words: list[Word], verb: int, clause: Span) -> Attribution:
    """Return the document of «говорится в сообщении МИД», or its body."""
    for at, word in enumerate(words[:-1]):
        if word.form.lower() not in {"в", "во", "на", "из"}:
            continue
        if lemmas(words[at + 1].form)[0] == "который":  # «заявление, в котором говорится»
            near = (back for back in range(at - 1, -1, -1) if is_document(words[back].form))
            if (back := next(near, None)) is None:
                continue
            return Attribution(MentionKind.DOCUMENT, span_of(words, (back, at)), ANY)
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
            return Attribution(MentionKind.DOCUMENT, Span(words[first].start, stop), ANY)
    return source_in(masked, words, verb, frozenset({"plur"})) or Attribution(
        MentionKind.NOBODY, None, frozenset()
    )


def role_kind(words: list[Word], part: tuple[int, int], case: str) -> MentionKind:
    """Return ROLE for one person, GROUP when the head can only be plural."""
    for word in words[part[0] : part[1]]:
        if role_readings(word.form):
            return MentionKind.ROLE if case in head_cases(word.form) else MentionKind.GROUP
    return MentionKind.ROLE


def source_in(
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
