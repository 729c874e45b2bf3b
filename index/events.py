"""Events: dated clauses that say something happened or will.

A date becomes an event when its clause has a verb or an event noun; «итоги прошедшего года» only
refers to a time. The label is cut from the text, never rewritten. What two statements of one fact
differ in is shown side by side, so they are grouped here and never merged.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from index.dates.languages import GRAMMARS
from index.dates.scan import fold
from index.languages import CACHED_WORDS, is_stop_word, ru, tokenize
from index.sentences import find_sentences
from index.types import DateMention, Event, Language, Modality, Precision, Span

#: A label fills two lines of a timeline on a phone.
LABEL_CHARS = 160

_BORDER = re.compile(r"[,;:()]\s+|\s[–—-]\s")
_WORD = re.compile(r"[^\W\d_]+")

_EVENT_NOUN = re.compile(
    r"(?i)(?:заседани|встреч|визит|саммит|форум|конференц|переговор|подписани|выбор|открыти|запуск"
    r"|премьер|церемони|митинг|референдум|принят|голосовани|пуск|старт|начал|заверш|матч|концерт"
    r"|meeting|visit|summit|forum|conference|talks|signing|election|opening|launch|ceremony|vote"
    r"|görüş|səfər|iclas|sammit|forum|konfrans|seçki|açılış|mərasim)"
)
_HOPED = re.compile(
    r"(?i)\b(?:наде(?:юсь|емся|ется|ются)|возможно|вероятно|может быть|могут|может|хотел[аи]? бы"
    r"|рассчитыва|не исключ|hope|maybe|perhaps|possibly|may\b|might|could"
    r"|ümid|ola bilsin|ehtimal|bəlkə)"
)
_REPORTED = re.compile(
    r"(?i)\b(?:сообща(?:ет|ют|лось|ется)|сообщил|якобы"
    r"|по (?:словам|данным|сообщени|информаци|версии|оценк|подсчет|подсчёт|мнени)"
    r"|следствие (?:считает|полагает)"
    r"|со ссылкой|утвержда|reportedly|according to|allegedly|məlumata görə|bildiril)"
)
_REFERENCE_HEADS = re.compile(r"(?i)(?:от|за|по сравнению с|dated|compared with)\b")
_SPENT = re.compile(r"(?i)за\b")
_COMPARED = re.compile(r"(?i)(?:по сравнению|в сравнении|compared) $")
_ATTRIBUTE = re.compile(
    r"(?i)\d|[ivxхі]+$|(?:прошл|прошедш|минувш|текущ|нынешн|этого|будущ|следующ)"
)
_COARSE = frozenset({Precision.YEAR, Precision.DECADE, Precision.CENTURY})

#: Two labels that share this much of their words tell one fact: of six words one may be another.
_SAME_FACT = 0.7
_LEAST_SHARED = 3

#: What is counted all the time: a number of these says nothing of any one fact.
_MEASURES = frozenset(
    """
    год лет месяц неделя день сутки час минута секунда раз человек тысяча миллион миллиард триллион
    доллар рубль евро манат процент километр метр тонна баррель гектар тыс млн млрд трлн мегаватт
    year month week day hour minute million billion dollar percent kilomet ton time
    il ay gün saat milyon milyard faiz manat dollar
    """.split()
)

#: A word in more statements than this tells nothing of any one fact.
_MOST_STATEMENTS = 50


def find_events(
    text: str, dates: Sequence[DateMention], reference_day: date, language: Language
) -> tuple[Event, ...]:
    """Return the events among `dates`, the mentions found in `text`, in text order.

    Labels are at most `LABEL_CHARS` long and hold their date. `reference_day` is the day of the
    text: what is dated later is planned, or hoped for when the clause says so.
    """
    if not dates:
        return ()
    sentences = find_sentences(text)
    starts = [sentence.start for sentence in sentences]
    sign = GRAMMARS[language].sign
    events = []
    clauses: tuple[int, list[int]] = (-1, [])  # the sentence read last, and its borders
    for mention in dates:
        index = bisect_right(starts, mention.span.start) - 1
        if index < 0 or mention.span.stop > sentences[index].stop:
            continue
        if clauses[0] != index:
            clauses = index, _borders(text, sentences[index])
        label = _label(text, sentences[index], clauses[1], mention.span)
        span = mention.span
        words = f"{text[label.start : span.start]} {text[span.stop : label.stop]}"  # no «May»
        signs = _signs(words, sign)
        is_told = bool(signs) or any(map(_is_event, _WORD.findall(words)))
        if not is_told or _is_reference(text, mention, language, signs):
            continue
        borders = clauses[1]
        at = bisect_left(borders, span.stop)
        clause_stop = min(label.stop, borders[at] if at < len(borders) else label.stop)
        clause = f"{text[label.start : span.start]} {text[span.stop : clause_stop]}"
        hedged = clause if _signs(clause, sign) else words
        events.append(
            Event(mention, label, _modality(words, hedged, mention, signs, reference_day))
        )
    return tuple(events)


def _signs(words: str, sign: Callable[[str], int | None]) -> list[int]:
    """Return the times that the verbs among some words speak of."""
    return [found for word in _WORD.findall(words) if (found := sign(fold(word))) is not None]


@lru_cache(CACHED_WORDS)
def _is_event(word: str) -> bool:
    """Return whether a word is a noun of what happens: «заседание»."""
    return _EVENT_NOUN.match(word) is not None


def _label(text: str, sentence: Span, borders: list[int], mention: Span) -> Span:
    """Return the clause around a date: the sentence, or as many of its clauses as fit."""
    if sentence.stop - sentence.start <= LABEL_CHARS:
        return sentence
    start = max(sentence.start, mention.stop - LABEL_CHARS)
    stop = min(sentence.stop, mention.start + LABEL_CHARS)
    lefts = borders[bisect_left(borders, start) : bisect_right(borders, mention.start)]
    lefts = [sentence.start, *lefts]
    rights = borders[bisect_left(borders, mention.stop) : bisect_right(borders, stop)]
    rights = [*rights, sentence.stop]
    left, right = lefts.pop(), rights.pop(0)
    if right - left > LABEL_CHARS:
        return _cut(text, max(start, left), min(stop, right), mention)
    while lefts or rights:
        if rights and rights[0] - left <= LABEL_CHARS:
            right = rights.pop(0)
        elif lefts and right - lefts[-1] <= LABEL_CHARS:
            left = lefts.pop()
        else:
            break
    if right - left < LABEL_CHARS // 2:  # «В субботу, 5 мая,» and then a clause too long
        return _cut(text, left, sentence.stop, mention)
    return _stripped(text, left, right, mention)


def _borders(text: str, sentence: Span) -> list[int]:
    """Return where clauses may begin and end."""
    return [border.end() for border in _BORDER.finditer(text, sentence.start, sentence.stop)]


def _cut(text: str, start: int, stop: int, mention: Span) -> Span:
    """Return the words around a date in a clause that is too long, whole ones only."""
    half = max(0, LABEL_CHARS - (mention.stop - mention.start)) // 2
    left = max(start, min(mention.start - half, stop - LABEL_CHARS))
    right = min(stop, left + LABEL_CHARS)
    if left > start:
        space = text.find(" ", left, mention.start)
        left = space + 1 if space >= 0 else mention.start
    if right < stop:
        space = text.rfind(" ", mention.stop, right)
        right = space if space >= 0 else mention.stop
    return _stripped(text, left, max(right, mention.stop), mention)


def _stripped(text: str, start: int, stop: int, mention: Span) -> Span:
    """Return the span without spaces and dangling marks at its ends."""
    while start < mention.start and text[start] in " \t,;:–—-":
        start += 1
    while stop > mention.stop and text[stop - 1] in " \t,;:–—-(«“":
        stop -= 1
    return Span(start, stop)


def _is_reference(
    text: str, mention: DateMention, language: Language, signs: Sequence[int]
) -> bool:
    """Return whether the date only says which: «соглашения 2009 года», «указ от 5 мая»."""
    words = mention.span.of(text)
    start, stop = mention.span.start, mention.span.stop
    if _SPENT.match(words) and -1 in signs:
        return False  # «за 2025 год выплатили»
    if _REFERENCE_HEADS.match(words) or _COMPARED.search(text[max(0, start - 30) : start]):
        return True
    if text[start - 1 : start] == "(" and text[stop : stop + 1] == ")" and words.isdigit():
        return True  # a book «(1974)»
    if language is not Language.RU or mention.precision not in _COARSE:
        return False
    if not words.lower().endswith(("года", "годов", "г.", "гг.", "лет", "века")):
        return False
    before = _WORD.findall(text[max(0, mention.span.start - 40) : mention.span.start])
    is_bare = _ATTRIBUTE.match(words.split()[-2] if " " in words else words) is not None
    return is_bare and bool(before) and ru.grammar(before[-1].lower()).part == "NOUN"


def _modality(
    words: str, hedged: str, mention: DateMention, signs: Sequence[int], reference_day: date
) -> Modality:
    """Return the modality; a hope counts that stands in `hedged`."""
    is_ahead = mention.first is not None and mention.first > reference_day
    if mention.first is None and mention.last is not None and mention.last > reference_day:
        is_ahead = 1 in signs or -1 not in signs  # «представят до 1 марта», «арестован до 1 марта»
    is_over = mention.last is not None and mention.last < reference_day
    may_be_hoped = is_ahead or 1 in signs or not (is_over or -1 in signs)
    if may_be_hoped and _HOPED.search(hedged):
        return Modality.HOPED
    if is_ahead or (1 in signs and -1 not in signs):
        return Modality.PLANNED
    return Modality.REPORTED if _REPORTED.search(words) else Modality.HAPPENED


@dataclass(frozen=True, slots=True)
class Statement:
    """What an event says, for comparing: where, when, its words, what it counts («4 делегации»)."""

    article_id: int
    label: Span
    first: date | None
    last: date | None
    words: frozenset[str]
    counted: frozenset[tuple[int, str]]


def statement(article_id: int, text: str, event: Event, language: Language) -> Statement:
    """Return what the event says, without its date and without stop words."""
    numbers = GRAMMARS[language].words
    words: set[str] = set()
    counted: set[tuple[int, str]] = set()
    count, reach = 0, 0
    for token in tokenize(event.label.of(text)):
        if token.span.shifted(event.label.start).overlaps(event.date.span):
            continue
        symbol, value = numbers.get(token.form, ("", 0))
        if token.form.isdecimal() and len(token.form) <= len("999"):
            symbol, value = "Q", int(token.form)
        if symbol == "Q" and value > 1:
            count, reach = value, 2  # «четыре официальные делегации»: the thing within two words
        elif reach:
            reach = 0 if token.lemma in _MEASURES else reach - 1
            if token.lemma not in _MEASURES and not _is_verb(token.form, language):
                counted.add((count, token.lemma))
        if not is_stop_word(token):
            words.add(token.lemma)
    when = event.date
    return Statement(
        article_id, event.label, when.first, when.last, frozenset(words), frozenset(counted)
    )


def _is_verb(form: str, language: Language) -> bool:
    """Return whether the word is a verb, which a number does not count («три миссии прибыли»)."""
    return language is Language.RU and ru.grammar(form).part in {"VERB", "INFN", "PRTS"}


def find_conflicts(statements: Sequence[Statement]) -> tuple[tuple[int, ...], ...]:
    """Return groups of statements that tell one fact and date it differently.

    A group is the indices of its statements, by date and then by index; groups go by their first
    index. Two statements tell one fact when they count the same things or share most of their
    words; they differ when neither interval holds the other.
    """
    postings: dict[object, list[int]] = defaultdict(list)
    for index, told in enumerate(statements):
        for key in (*told.counted, *told.words):
            postings[key].append(index)
    conflicts: dict[int, set[int]] = defaultdict(set)
    for index, told in enumerate(statements):
        for other, shared in _rivals(told, index, postings).items():
            if _tell_one_fact(told, statements[other], shared) and _differ(told, statements[other]):
                conflicts[index].add(other)
    groups = (
        sorted({index, *others}, key=lambda i: (_sort_day(statements[i]), i))
        for index, others in sorted(conflicts.items())
    )
    return tuple(tuple(group) for group in groups)


def _rivals(told: Statement, index: int, postings: dict[object, list[int]]) -> Counter[int]:
    """Return the later statements that share a rare word, and how many words they share."""
    shared: Counter[int] = Counter()
    for word in told.words:
        if len(postings[word]) <= _MOST_STATEMENTS:
            shared.update(other for other in postings[word] if other > index)
    return shared


def _tell_one_fact(one: Statement, other: Statement, shared: int) -> bool:
    if one.counted & other.counted:
        return True
    return shared >= _LEAST_SHARED and shared >= _SAME_FACT * len(one.words | other.words)


def _differ(one: Statement, other: Statement) -> bool:
    """Return whether neither interval holds the other; of open ones, whether the ends differ.

    Two dates of one clause («21 апреля в Москве и 13 мая в Орле») are no two statements.
    """
    if one.article_id == other.article_id and one.label.overlaps(other.label):
        return False
    if None in {one.first, one.last, other.first, other.last}:
        return (one.first, one.last) != (other.first, other.last)
    return not (_holds(one, other) or _holds(other, one))


def _holds(one: Statement, other: Statement) -> bool:
    return (one.first or date.min) <= (other.first or date.min) and (other.last or date.max) <= (
        one.last or date.max
    )


def _sort_day(told: Statement) -> date:
    return told.first or told.last or date.min
