"""Bodies and documents that speak: «сообщили в МИД», «говорится в докладе», «Вестник» пишет."""

import re

from index.languages import lemmas
from index.languages.ru import readings
from index.people.forms import name_form
from index.people.heads import ORGANISATION_HEADS
from index.quotes.phrases import PREPOSITIONS, Word, goes_on, is_adjective_in, words_in
from index.speech import is_finite, is_saying
from index.types import Span

_NAME_IN_MARKS = re.compile('\\s*[«"„“]\u0000+[»"”“]')
#: The name of a medium or a firm is no longer than this.
_MOST_NAME = 80
#: What stands before a name that is the subject: «глава «Луча» сказал» is not said by «Луч».
_OPENS = re.compile(r"(?:[.!?…\n,;:—–]\s*)$")
_NAME_BEFORE = re.compile('([«"„“]\u0000+[»"”“])\\s+$')
_DOCUMENTS = frozenset(
    """
    сообщение заявление документ пресс-релиз релиз письмо отчет доклад обращение текст приказ
    указ закон постановление распоряжение резолюция соглашение договор публикация статья
    материал комментарий телеграмма послание коммюнике справка решение хартия меморандум проект
    протокол уведомление приговор иск ответ сводка бюллетень пост запись исследование
    конституция декларация концепция стратегия программа устав определение обзор вердикт памятка
    инструкция петиция акт ходатайство жалоба манифест заключение прогноз аннотация ориентировка
    поручение нота директива циркуляр объявление листовка рецензия докладная рапорт указание
    рекомендация отзыв анонс досье брошюра путеводитель книга дневник мемуары методичка буклет
    регламент кодекс билль законопроект поздравление соболезнование приветствие колонка
    расследование репортаж заметка рассылка план доктрина пакт записка предписание извещение
    рецепт подпись интервью блог лекция доктрина правила договоренность опровержение реферат
    """.split()
)


def is_document(word: str) -> bool:
    """Return whether the word is a noun for something written that may say something."""
    return any(lemma in _DOCUMENTS for lemma in lemmas(word)[:2])


def phrase_stop(masked: str, words: list[Word], head: int, clause: Span) -> int:
    """Return where the phrase of a head noun ends: before a verb, a preposition or a stop."""
    stop = words[head].stop
    for word in words[head + 1 : head + 9]:
        gap = masked[stop : word.start]
        if re.search(r"[,.;:()—–]", gap) or word.form.lower() in PREPOSITIONS - {"о", "об"}:
            break
        if is_finite(word.form) and word.form.islower():
            break
        stop = word.stop
    while masked[stop : stop + 1] in {"»", "\u0000"}:
        stop += 1
    return min(stop, clause.stop)


def speaking_body(masked: str, clause: Span) -> Span | None:
    """Return the body that is all that stands before a colon: «Халданский генштаб: «…»»."""
    words = words_in(masked, clause)
    if not words or len(words) > _MOST_LABEL or any(is_finite(w.form) for w in words):
        return None
    head = next((at for at, w in enumerate(words) if is_body(w.form)), None)
    if head is None or not _may_be_subject(words[head].form):
        return None
    if not all(is_adjective_in(w.form, "nomn") for w in words[:head]):
        return None
    return Span(words[0].start, words[-1].stop)


#: «Управление по делам молодёжи» is among the longest bodies before a colon.
_MOST_LABEL = 5


def body_phrase(words: list[Word], start: int) -> Span | None:
    """Return the phrase of a body that begins at `start`: «пресс-службе МИД», «ТАСС»."""
    for at in range(start, min(len(words), start + 4)):
        if is_body(words[at].form):
            stop = at + 1
            while stop < len(words) and stop - at < 9 and goes_on(words, stop):
                stop += 1
            return Span(words[start].start, words[stop - 1].stop)
        if not is_adjective_in(words[at].form, "gent") and not is_adjective_in(
            words[at].form, "loct"
        ):
            return None
    return None


def is_body(word: str) -> bool:
    """Return whether the word may head the name of a body; countries are none."""
    if word.isupper() and len(word) > 1:
        return word not in {"США", "РФ", "СССР", "ОАЭ", "КНР", "ФРГ", "КНДР"}
    form = name_form(word)
    if word[:1].isupper() and len(word) > 2 and form.is_body and not form.is_place:
        return True
    return len(word) > 2 and any(lemma in ORGANISATION_HEADS for lemma in lemmas(word)[:2])


def _until_bracket(masked: str, words: list[Word]) -> Span:
    """Return a document's name up to its year in brackets, or «которого» that it is spoken of by.

    «Доклад палаты (2023) гласит», «договор, статья 4 которого гласит».
    """
    stop = words[0].stop
    for word in words[1:]:
        if "(" in masked[stop : word.start] or lemmas(word.form)[0] == "который":
            break
        stop = word.stop
    return Span(words[0].start, stop)


def document_subject(masked: str, words: list[Word], verb: int | None) -> Span | None:
    """Return the document that is the subject right before the verb: «Статья 5 гласит»."""
    if verb is None:
        return None
    for at in range(max(0, verb - 5), verb):
        word = words[at].form
        is_free = not at or words[at - 1].form.lower() not in PREPOSITIONS
        is_bare = at == verb - 1 or words[at + 1].form.lower() in PREPOSITIONS
        if is_bare and lemmas(word)[0] in {"ответ", "запись"}:
            continue  # «Ответ был краток», «Запись в нём сделана»: of whoever was asked, or wrote
        if is_free and is_document(word) and _may_be_subject(word):
            return _until_bracket(masked, words[at:verb])
    following = verb + 1  # «гласит текст документа»
    if following < len(words) and is_document(words[following].form):
        form = words[following].form
        if _may_be_subject(form) and not readings(form)[0].grammemes & {"gent", "datv"}:
            stop = following + 1
            while (
                stop < len(words) and stop - following < _MOST_NAME_WORDS and goes_on(words, stop)
            ):
                stop += 1
            return Span(words[following].start, words[stop - 1].stop)
    return None


#: The name of a document behind its verb is no longer.
_MOST_NAME_WORDS = 6


def body_subject(masked: str, words: list[Word], verb: int | None, stop_at: int) -> Span | None:
    """Return the body that is the subject: a noun of the list, an abbreviation, a name in marks."""
    start = verb + 1 if verb is not None else 0
    order = [*range(start, len(words)), *range(start - 1)]
    for at in order:
        if at and words[at - 1].form.lower() in PREPOSITIONS:
            continue
        if is_body(words[at].form) and _may_be_subject(words[at].form):
            stop = at + 1
            while stop < len(words) and stop - at < 9 and goes_on(words, stop):
                stop += 1
            first = at
            while first > 0 and is_adjective_in(words[first - 1].form, "nomn"):
                first -= 1
            return Span(words[first].start, with_marks(masked, words[stop - 1].stop))
        if at and _is_object(words[at - 1].form):
            continue  # «рассказала она агентству Cine»
        if re.search(r"[A-Za-z]", words[at].form) and words[at].form[:1].isupper():
            stop = at + 1
            while stop < len(words) and re.match(r"[A-Z&]", words[stop].form):
                stop += 1
            return Span(words[at].start, words[stop - 1].stop)
    return _named_in_marks(masked, words[verb], stop_at) if verb is not None else None


def _is_object(word: str) -> bool:
    """Return whether the word is a body that cannot be the subject: «агентству»."""
    return word.islower() and is_body(word) and not _may_be_subject(word)


def _named_in_marks(masked: str, verb: Word, stop_at: int) -> Span | None:
    """Return a name in marks right before or behind a verb: «Вестник» пишет."""
    ahead = _NAME_BEFORE.search(masked, max(0, verb.start - _MOST_NAME), verb.start)
    if ahead is not None and is_saying(verb.form) and _opens(masked, ahead.start(1)):
        return Span(ahead.start(1), ahead.end(1))
    named = _NAME_IN_MARKS.match(masked, verb.stop)
    if named and named.end() <= stop_at:
        return Span(named.end() - len(named[0].lstrip()), named.end())
    return None


def _opens(masked: str, start: int) -> bool:
    before = masked[max(0, start - 3) : start]
    return start == 0 or bool(_OPENS.search(before))


def with_marks(masked: str, stop: int) -> int:
    """Return the end of a phrase with the name in marks that follows it, if one does."""
    named = _NAME_IN_MARKS.match(masked, stop)
    return named.end() if named else stop


def _may_be_subject(word: str) -> bool:
    if word.isupper():
        return True
    return any("nomn" in r.grammemes for r in readings(word))
