"""Who is named where in an article, as its author names them: outside of all marks."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from index.languages import lemmas
from index.languages.ru import readings
from index.people.mention import NameMention
from index.people.persons import Cast
from index.people.roles import is_kin
from index.people.words import left_words
from index.quotes.frame import BLACK, Frame
from index.types import Span

#: How far back somebody may have been spoken of to be meant by «он», in code points.
REACH = 2_000

#: Whom an article is about is named so often at least.
_LEAST_OF_HERO, _NOBODY = 2, -1

#: What an article says of a person stands where it names him first, and near the name.
_MOST_PLACES, _BESIDE = 12, 300
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")

_GOVERNORS = re.compile(
    r"\b(?:фразу|афоризм|изречение|по\s+(?:е\w+\s+)?(?:словам|мнению|данным|информации|сведениям|утверждению|признанию|"
    r"оценке|убеждению|версии|выражению|свидетельству|прогнозу|определению)|слова|словами|"
    r"цитирует|цитировал\w*|цитату|приводит|передаёт|передает|заявлени\w+|высказывани\w+|"
    r"комментари\w+|ответ|мнение|одобрени\w+|поддержк\w+|оценк\w+)\b(?P<title>(?:[^.;:]|\.(?=\w)){0,160})$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Scene:
    """The persons of one article with their places; `first_seen` is where each is named first."""

    frame: Frame
    cast: Cast
    first_seen: dict[int, int] = field(default_factory=dict)
    _free: list[tuple[NameMention, int | None]] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    _all_starts: list[int] = field(default_factory=list)
    _owners: dict[Span, int | None] = field(default_factory=dict)
    _hero: int | None = None
    _beside: dict[int, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep the mentions that stand outside of marks: only those are the author's."""
        masked = self.frame.masked
        self._free = [(m, at) for m, at in self.cast.mentions if masked[m.span.start] != BLACK]
        self._starts = [m.span.start for m, _ in self._free]
        self._all_starts = [m.span.start for m, _ in self.cast.mentions]
        self._owners = {m.span: at for m, at in self.cast.mentions}
        for mention, at in self._free:
            if at is not None:
                self.first_seen.setdefault(at, mention.span.start)

    def mentions_in(
        self, span: Span, *, is_inside: bool = False
    ) -> list[tuple[NameMention, int | None]]:
        """Return the names in a span, each with its person; those within marks if `is_inside`."""
        if is_inside:
            first = bisect_left(self._all_starts, span.start)
            return list(self.cast.mentions[first : bisect_left(self._all_starts, span.stop)])
        first = bisect_left(self._starts, span.start)
        return self._free[first : bisect_left(self._starts, span.stop)]

    def person_at(self, span: Span) -> int | None:
        """Return the person named at a place."""
        return self._owners.get(span)

    def may_speak(self, clause: Span, mention: NameMention) -> bool:
        """Return whether the name may be a subject here, or follows «по словам», «цитирует»."""
        text = self.frame.masked
        if text[mention.span.start] == BLACK:  # the author's words within the marks
            text = self.frame.text
        if _is_governed(text, clause, mention.span):
            return True
        return mention.is_nominative and not self._is_of_another(mention)

    def is_told_from(self, clause: Span, mention: NameMention) -> bool:
        """Return whether the name follows «по словам», «цитирует»: it is he who is heard."""
        return _is_governed(self.frame.masked, clause, mention.span)

    def words_beside(self, person: int) -> frozenset[str]:
        """Return the lemmas of the author's first sentences that name a person."""
        if person not in self._beside:
            self._beside[person] = self._words_beside(person)
        return self._beside[person]

    def _words_beside(self, person: int) -> frozenset[str]:
        found: set[str] = set()
        for mention in self.cast.persons[person].mentions[:_MOST_PLACES]:
            if self.frame.masked[mention.start] == BLACK:
                continue
            sentence = self.frame.sentences[self.frame.sentence_at(mention.start)]
            start = max(sentence.start, mention.start - _BESIDE)
            stop = min(sentence.stop, mention.start + _BESIDE)
            found |= {lemmas(word)[0] for word in _WORD.findall(self.frame.masked, start, stop)}
        return frozenset(found)

    def is_told(self, clause: Span, name: Span) -> bool:
        """Return whether «по словам» and the like stand before a name."""
        return _is_governed(self.frame.masked, clause, name)

    @property
    def hero(self) -> int | None:
        """Return whom an article is about: named in its beginning, and oftener than anybody."""
        if self._hero is None:
            counts = Counter(at for _, at in self._free if at is not None)
            (first, most), *rest = [*counts.most_common(2), (-1, 0)]
            is_one = most >= _LEAST_OF_HERO and most > rest[0][1]
            beginning = self.frame.lines[min(1, len(self.frame.lines) - 1)].stop
            is_hero = is_one and self.first_seen[first] < beginning
            self._hero = first if is_hero else _NOBODY
        return None if self._hero == _NOBODY else self._hero

    def _is_of_another(self, mention: NameMention) -> bool:
        """Return whether the name hangs on another word: «помощник Меркель», «в книге о Гюго»."""
        if all(case == "nomn" for case, _ in mention.readings):
            return False
        before = left_words(self.frame.masked, mention.span.start, limit=1)
        if not before:
            return False
        if before[0][1] == "спустя":  # «скажет много лет спустя Ветров»
            return False
        return is_kin(before[0][1]) or "PREP" in readings(before[0][1])[0].grammemes


def _is_governed(text: str, clause: Span, span: Span) -> bool:
    """Return whether «по словам», «слова», «цитирует» stands before, with only a title between."""
    found = _GOVERNORS.search(text[max(clause.start, span.start - 220) : span.start])
    if found is None:
        return False
    title = _PLACES.sub("", found["title"])  # «директора в России, на Украине, в Армении Ветрова»
    return not re.search(r",\s|—|–", title)


_PLACES = re.compile(r",\s+(?:в|во|на)(?=\s+[А-ЯЁ])")
