"""Quotes of an article: whose words, where, and what the author says about them."""

from bisect import bisect_right
from datetime import date

from index.languages import detect_language
from index.people import Aliases, Cast, find_cast, region
from index.quotes.candidate import Candidate, Side
from index.quotes.candidates import find_candidates
from index.quotes.foreign import find_foreign
from index.quotes.frame import Frame, frame
from index.quotes.marks import find_marked
from index.quotes.occasions import find_occasion
from index.quotes.speakers import Resolver
from index.quotes.unmarked import find_unmarked
from index.types import Language, Quote, Span

__all__ = ["find_quotes"]


def find_quotes(
    text: str,
    day: date | None = None,
    *,
    cast: Cast | None = None,
    aliases: Aliases | None = None,
    home: str | None = None,
) -> tuple[Quote, ...]:
    """Return the quotes in `text`, in text order, without overlaps; indirect speech is none.

    `day` is the article's: without it the table of aliases tells nothing. `cast` are the persons of
    `text` if found already, `aliases` the corpus's table (the region's if None), `home` the code of
    the country whose «глава государства» needs no country («az»).

    Spans are slices of `text`, ordered, without the outer marks and the author's words. Linear in
    the length of `text`. Never raises.

    Source: rules in docs/quotes.md.
    """
    aliases = aliases or region()
    view = frame(text, find_marked(text))
    cast = cast or find_cast(text, aliases)
    language = detect_language(text)
    if language is not Language.RU:
        return find_foreign(view, cast, language)
    candidates = sorted(
        [*find_candidates(view), *find_unmarked(view)], key=lambda c: (c.outer.start, -c.outer.stop)
    )
    resolver = Resolver(view, cast, aliases, day, home)
    found: list[Quote] = []
    stop = 0
    for candidate in candidates:
        if candidate.outer.start < stop:
            continue
        stop = candidate.outer.stop
        found.append(_quote(view, candidate, resolver))
    return tuple(found)


def _quote(view: Frame, candidate: Candidate, resolver: Resolver) -> Quote:
    speaker, mention = resolver.resolve(candidate)
    sentences = _sentences(view, candidate)
    before = _paragraph_before(view, candidate)
    return Quote(
        spans=candidate.spans,
        kind=candidate.kind,
        speaker=speaker,
        mention=mention,
        attribution=candidate.clause,
        sentences=sentences,
        before=before,
        occasion=find_occasion(view, candidate, sentences, before),
    )


def _sentences(view: Frame, candidate: Candidate) -> Span:
    """Return the span of the sentences that hold a quote and its attribution."""
    start, stop = candidate.outer.start, candidate.outer.stop
    is_apart = candidate.side in {Side.INSIDE, Side.INTERVIEW}  # an introduction is far away
    if candidate.clause is not None and not is_apart:
        start = min(start, candidate.clause.start)
        stop = max(stop, candidate.clause.stop)
    first = view.sentences[view.sentence_at(start)]
    last = view.sentences[view.sentence_at(max(start, stop - 1))]
    return Span(min(start, first.start), max(stop, last.stop))


def _paragraph_before(view: Frame, candidate: Candidate) -> Span | None:
    number = bisect_right(view.lines, candidate.outer.start, key=lambda s: s.start) - 1
    return view.lines[number - 1] if number > 0 else None
