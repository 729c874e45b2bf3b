"""Quotes in English and Azerbaijani: words in marks, and the clause that says whose they are.

Common forms only: “…,” said X. X said: “…”. X said that “…”. «…», deyə X bildirib. X bildirib: «…».
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.languages import fold
from index.people import Cast
from index.people.latin_words import POSTS
from index.quotes.frame import Frame
from index.quotes.marks import Marked
from index.types import Certainty, Language, Quote, QuoteKind, Span, Speaker, SpeakerKind

_SAID = {
    Language.EN: re.compile(
        r"(?i)\b(?:said|says|told|adds?|added|noted|stated|stressed|explain(?:s|ed)|announced|warn(?:s|ed)"
        r"|argue[sd]|insist(?:s|ed)|repl(?:y|ies|ied)|asked|wrote|writes|tweeted|posted|claim(?:s|ed)"
        r"|admit(?:s|ted)|acknowledged|continued|concluded|emphasi[sz]ed|remarked|commented|declared"
        r"|confirmed|denied|promised|urged|recalled|according to)\b"
    ),
    Language.AZ: re.compile(
        r"(?i)\b(?:bildirib|bildirdi|bildirir|deyib|dedi|deyir|söyləyib|söylədi|vurğulayıb|vurğuladı"
        r"|yazıb|yazdı|xatırladıb|cavab verib|bəyan edib|qeyd ed(?:ib|ir)|qeyd etdi"
        r"|əlavə ed(?:ib|ir)|əlavə etdi|diqqətə çatdırıb|açıqlayıb|sözlərinə görə|deyilir)\b"
    ),
}
_HE = {
    Language.EN: re.compile(r"(?i)\b(he|she)\b"),
    Language.AZ: re.compile(r"(?i)(?<![^\W_])(o)(?![^\W_])"),
}
#: «X said that “…”», X bildirib ki, «…».
_THAT = re.compile(r"(?i)\b(?:that|ki,?)\s*$")
_OPENED = re.compile(r"[:,]\s*(?:[-–—]\s*)?$")
_LEAD = re.compile(r"\s*[,.!?]?\s*[-–—]*\s*(?:deyə\s*,?\s*)?")
_STOP = re.compile(r"[.!?](?=\s|$)|\n|[«“\"]")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")

#: The author's words beside a quote are no longer than this.
_REACH = 260
#: A quote without attribution has at least so many words; fewer are a title.
_LEAST_WORDS = 5
#: How far back «he» may reach, in code points.
_BACK = 600


@dataclass(frozen=True, slots=True)
class _Found:
    """A quote with the clause of its author, None when there is none."""

    marked: Marked
    kind: QuoteKind
    clause: Span | None


def find_foreign(view: Frame, cast: Cast, language: Language) -> tuple[Quote, ...]:
    """Return the quotes of a text in English or Azerbaijani, in text order. Never raises."""
    speaking = _Speaking(view, cast, language)
    quotes: list[Quote] = []
    for found in _found(view, language):
        speaker, mention = speaking.of(found, quotes[-1] if quotes else None)
        outer, clause = found.marked.outer, found.clause
        start = min(outer.start, clause.start if clause else outer.start)
        stop = max(outer.stop, clause.stop if clause else outer.stop)
        line = view.line_at(start)
        quotes.append(
            Quote(
                spans=found.marked.spans,
                kind=found.kind,
                speaker=speaker,
                mention=mention,
                attribution=clause,
                sentences=Span(start, stop),
                before=view.lines[line - 1] if line else None,
                occasion=None,
            )
        )
    return tuple(quotes)


def _found(view: Frame, language: Language) -> Iterator[_Found]:
    """Yield what in marks is somebody's words."""
    said = _SAID[language]
    for marked in view.marked:
        words = _WORD.findall(view.text, marked.spans[0].start, marked.spans[-1].stop)
        after, before = _clause_after(view, marked), _clause_before(view, marked)
        is_opening = not before.of(view.masked).strip()
        first = view.text[marked.spans[0].start]
        if is_opening and len(words) > 1 and _says_first(said, after.of(view.masked)):
            yield _Found(marked, QuoteKind.DIRECT, after)
        elif said.search(before.of(view.masked)) and words:
            kind = _kind_after(before.of(view.masked), first, len(words))
            if kind is not None:
                yield _Found(marked, kind, before)
        elif is_opening and len(words) >= _LEAST_WORDS and first.isupper():
            last = view.text[marked.spans[-1].stop - 1]
            if last in ".!?…" and not after.of(view.masked).strip(" .,;"):
                yield _Found(marked, QuoteKind.DIRECT, None)


def _says_first(said: re.Pattern[str], clause: str) -> bool:
    """Return whether a verb of saying is near the start of the clause after a quote."""
    found = said.search(clause)
    return found is not None and len(_WORD.findall(clause[: found.start()])) <= _MOST_SUBJECT


#: «Customs Service chief Emil Hartov said»: a subject before its verb has no more words.
_MOST_SUBJECT = 9


def _kind_after(before: str, first: str, count: int) -> QuoteKind | None:
    if _OPENED.search(before) and not _THAT.search(before.rstrip(", ")):
        return QuoteKind.DIRECT
    if _THAT.search(before):
        return QuoteKind.INTEGRATED if count >= _LEAST_WORDS - 2 else QuoteKind.FRAGMENT
    return QuoteKind.FRAGMENT if count > 1 and first.islower() else None


def _clause_after(view: Frame, marked: Marked) -> Span:
    lead = _LEAD.match(view.masked, marked.outer.stop)
    start = lead.end() if lead else marked.outer.stop
    limit = min(len(view.masked), start + _REACH)
    end = _STOP.search(view.masked, start, limit)
    is_over = view.masked[marked.outer.stop : start].strip()[:1] in {".", "!", "?"}
    if is_over or "\n" in view.masked[marked.outer.stop : start]:
        return Span(marked.outer.stop, marked.outer.stop)
    return Span(start, end.start() if end else limit)


def _clause_before(view: Frame, marked: Marked) -> Span:
    """Return the author's words of the sentence before a quote."""
    sentence = view.sentences[view.sentence_at(marked.outer.start)]
    return Span(max(sentence.start, marked.outer.start - _REACH), marked.outer.start)


@dataclass(frozen=True, slots=True)
class _Speaking:
    """Who speaks: a name, a post that one person of the text has, «he» of the last one named."""

    view: Frame
    cast: Cast
    language: Language

    def of(self, found: _Found, last: Quote | None) -> tuple[Speaker | None, Span | None]:
        """Return the speaker and the words that name him."""
        if found.clause is None:
            return self._as_before(found, last), None
        named = [
            (mention.span, person)
            for mention, person in self.cast.mentions
            if found.clause.start <= mention.span.start < found.clause.stop and person is not None
        ]
        verb = _SAID[self.language].search(self.view.masked, found.clause.start, found.clause.stop)
        place = verb.start() if verb else found.clause.start
        if len({person for _, person in named}) > 1:
            named = self._subjects(named, place, verb[0] if verb else "")
        if len({person for _, person in named}) == 1:
            return self._named(named[0][1], Certainty.STATED), named[0][0]
        if named:
            return None, None
        return self._unnamed(found.clause)

    def _subjects(
        self, named: Sequence[tuple[Span, int]], place: int, verb: str
    ) -> list[tuple[Span, int]]:
        """Return the name right before the verb, or the one right after it: not of «told X»."""
        before = [each for each in named if each[0].stop <= place]
        after = [each for each in named if each[0].start > place]
        if fold(verb) == "told":
            return before[-1:]
        near = [each for each in after if each[0].start - place < _REACH // 4]
        return near[:1] if near and not before else before[-1:]

    def _unnamed(self, clause: Span) -> tuple[Speaker | None, Span | None]:
        text = clause.of(self.view.masked)
        he = _HE[self.language].search(text)
        if he is not None:
            mention = Span(clause.start + he.start(1), clause.start + he.end(1))
            return self._last_named(clause.start), mention
        for word in _WORD.finditer(text):
            if fold(word[0]) in POSTS:
                mention = Span(clause.start + word.start(), clause.start + word.end())
                return self._holder(fold(word[0]), clause.start), mention
        return None, None

    def _holder(self, post: str, place: int) -> Speaker | None:
        """Return the one person named before who has the post."""
        holders = [
            person
            for person, roles in enumerate(self.cast.roles)
            if any(post in map(fold, _WORD.findall(role.of(self.view.text))) for role in roles)
            and self.cast.persons[person].mentions[0].start < place
        ]
        return self._named(holders[0], Certainty.ROLE) if len(holders) == 1 else None

    def _last_named(self, place: int) -> Speaker | None:
        """Return the one person named in the paragraph up to a place or in the one before."""
        line = self.view.line_at(place)
        floor = max(self.view.lines[max(0, line - 1)].start, place - _BACK)
        named = {
            person
            for mention, person in self.cast.mentions
            if floor <= mention.span.start < place and person is not None
        }
        return self._named(named.pop(), Certainty.CONTEXT) if len(named) == 1 else None

    def _as_before(self, found: _Found, last: Quote | None) -> Speaker | None:
        """Return who said the quote before, when this one follows in the same paragraph."""
        if last is None or last.speaker is None or last.speaker.person is None:
            return None
        start = found.marked.outer.start
        if self.view.line_at(last.sentences.stop - 1) != self.view.line_at(start):
            return None
        if start - last.sentences.stop > len(". "):
            return None
        return self._named(last.speaker.person, Certainty.CONTEXT)

    def _named(self, person: int, certainty: Certainty) -> Speaker:
        found = self.cast.persons[person]
        return Speaker(found.name, SpeakerKind.PERSON, certainty, role=found.role, person=person)
