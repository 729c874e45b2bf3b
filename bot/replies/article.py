"""An article as pages of a message, and a passage among its neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.locales import Locale
from bot.replies.layout import MOST_QUOTED, escape, fit, split, utf16_length
from bot.replies.outcome import Body, Button, Keyboard
from bot.replies.passage import View, cite, heading, paragraph_link, source_buttons
from index.types import Passage, Span

#: Block quotes on a page: each is an entity, of which a message keeps a hundred.
MOST_QUOTES = 40

#: The widest context: paragraphs on each side.
WIDEST = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """What one block quote shows: a passage, or a part of one that is longer than a page."""

    passage: Passage
    shown: Span


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an article: its pieces, its number from 1, and how many pages there are."""

    pieces: tuple[Piece, ...]
    number: int
    total: int


def context_body(
    passages: Sequence[Passage],
    centre_id: int,
    width: int,
    view: View,
    origin: tuple[int, int] = (0, 0),
) -> Body:
    """Return a passage with its neighbours, each a block quote, as many as fit.

    The passage itself is seen whole; longer neighbours open on a tap. `origin` is the answer and
    the place in it to which «Назад» leads, (0, 0) when the passage was opened by its link.
    """
    centre = next(p for p in passages if p.paragraph_id == centre_id)
    shown = _around(passages, centre)
    pieces = [Piece(p, fit(p.text, Span(0, len(p.text)), MOST_QUOTED)) for p in shown]
    body = _quoted(pieces, heading(centre, view), paragraph_link(centre, view), centre)
    answer_id, place = origin
    first = [Button(view.locale.text("Article"), data=f"art:{centre_id}")]
    if width < WIDEST and len(shown) == len(passages):
        wider = Button(
            view.locale.text("More context"),
            data=f"ctx:{centre_id}:{width + 1}:{answer_id}:{place}",
        )
        first.insert(0, wider)
    first += source_buttons(centre, centre.text, view)
    rows = [tuple(first)]
    if answer_id:
        rows.append((Button(view.locale.text("Back"), data=f"more:{answer_id}:{place}"),))
    return Body(body.html, tuple(rows), body.cites)


def reading_row(article_id: int, locale: Locale) -> tuple[Button, ...]:
    """Return the button that opens an article as its readers see it."""
    return (Button(locale.text("Article"), data=f"read:{article_id}"),)


def find_page(passages: Sequence[Passage], *, number: int = 0, paragraph_id: int = 0) -> Page:
    """Return a page of an article: by its number, or the first that has a paragraph."""
    pages = _pages(passages)
    place = number - 1
    if paragraph_id:
        ids = [[piece.passage.paragraph_id for piece in page] for page in pages]
        place = next((n for n, page in enumerate(ids) if paragraph_id in page), 0)
    place = max(0, min(place, len(pages) - 1))
    return Page(tuple(pages[place]), place + 1, len(pages))


def article_body(page: Page, view: View) -> Body:
    """Return a page of an article with buttons to the others."""
    first = page.pieces[0].passage
    count = view.locale.text("page {n} of {total}", n=page.number, total=page.total)
    body = _quoted(page.pieces, heading(first, view), escape(count) if page.total > 1 else "")
    return Body(body.html, _turning(page, first.article_id, first.url, view), body.cites)


def _turning(page: Page, article_id: int, url: str | None, view: View) -> Keyboard:
    row = []
    if page.number > 1:
        label = view.locale.text("Back")
        row.append(Button(label, data=f"page:{article_id}:{page.number - 1}"))
    if page.number < page.total:
        label = view.locale.text("Next")
        row.append(Button(label, data=f"page:{article_id}:{page.number + 1}"))
    if url:
        row.append(Button(view.locale.text("Source"), url=url))
    return (tuple(row),) if row else ()


def _quoted(pieces: Sequence[Piece], head: str, foot: str, centre: Passage | None = None) -> Body:
    """Return pieces as numbered block quotes between two lines; around a centre they fold."""
    lines, cites = [head], []
    for piece in pieces:
        passage, shown = piece.passage, piece.shown
        before = "… " if shown.start else ""
        after = " …" if shown.stop < len(passage.text) else ""
        fold = " expandable" if centre is not None and passage is not centre else ""
        quote = f"<blockquote{fold}>{escape(shown.of(passage.text))}</blockquote>"
        lines.append(f"{passage.number}. {before}{quote}{after}")
        cites.append(cite(passage, shown))
    return Body("\n".join((*lines, foot)).strip(), cites=tuple(cites))


def _pages(passages: Sequence[Passage]) -> list[list[Piece]]:
    """Return the paragraphs in pages that a message can hold; at least one page, never empty.

    A page ends with a paragraph; a paragraph longer than a page goes over several.
    """
    pages: list[list[Piece]] = []
    room = 0
    for piece in (
        Piece(passage, part) for passage in passages for part in split(passage.text, MOST_QUOTED)
    ):
        length = utf16_length(piece.shown.of(piece.passage.text))
        if not pages or room < length or len(pages[-1]) == MOST_QUOTES:
            pages.append([])
            room = MOST_QUOTED
        pages[-1].append(piece)
        room -= length
    return pages


def _around(passages: Sequence[Passage], centre: Passage) -> list[Passage]:
    """Return the centre and as many of its neighbours, nearest first, as a message can hold."""
    room = MOST_QUOTED - min(utf16_length(centre.text), MOST_QUOTED)
    kept = [centre]
    for passage in sorted(passages, key=lambda p: (abs(p.number - centre.number), p.number)):
        length = utf16_length(passage.text)
        if passage is not centre and length <= room:
            kept.append(passage)
            room -= length
    return sorted(kept, key=lambda passage: passage.number)
