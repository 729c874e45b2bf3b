"""An article as pages of a message, and a passage among its neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.replies.layout import MOST_QUOTED, escape, fit, utf16_length
from bot.replies.outcome import Body, Button, Keyboard
from bot.replies.passage import View, cite, heading, paragraph_link
from index.types import Passage, Span

#: Block quotes on a page: each is an entity, of which a message keeps a hundred.
MOST_QUOTES = 40

#: The widest context: paragraphs on each side.
WIDEST = 5


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an article: its paragraphs, its number from 1, and how many there are."""

    passages: tuple[Passage, ...]
    number: int
    total: int


def context_body(passages: Sequence[Passage], centre_id: int, width: int, view: View) -> Body:
    """Return a passage with its neighbours, each a block quote, as many as fit."""
    centre = next(p for p in passages if p.paragraph_id == centre_id)
    shown = _around(passages, centre)
    body = _quoted(shown, heading(centre, view), paragraph_link(centre, view))
    first = [Button(view.locale.text("Article"), data=f"art:{centre_id}")]
    if width < WIDEST and len(shown) == len(passages):
        wider = Button(view.locale.text("More context"), data=f"ctx:{centre_id}:{width + 1}")
        first.insert(0, wider)
    if centre.url:
        first.append(Button(view.locale.text("Source"), url=centre.url))
    return Body(body.html, (tuple(first),), body.cites)


def find_page(passages: Sequence[Passage], *, number: int = 0, paragraph_id: int = 0) -> Page:
    """Return a page of an article: by its number, or the one that has a paragraph."""
    pages = _pages(passages)
    place = number - 1
    if paragraph_id:
        ids = [[passage.paragraph_id for passage in page] for page in pages]
        place = next((n for n, page in enumerate(ids) if paragraph_id in page), 0)
    place = max(0, min(place, len(pages) - 1))
    return Page(tuple(pages[place]), place + 1, len(pages))


def article_body(page: Page, view: View) -> Body:
    """Return a page of an article with buttons to the others."""
    first = page.passages[0]
    count = view.locale.text("page {n} of {total}", n=page.number, total=page.total)
    body = _quoted(page.passages, heading(first, view), escape(count) if page.total > 1 else "")
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


def _quoted(passages: Sequence[Passage], head: str, foot: str) -> Body:
    """Return passages as numbered block quotes between two lines."""
    lines, cites = [head], []
    for passage in passages:
        part = fit(passage.text, Span(0, len(passage.text)), MOST_QUOTED)
        rest = " …" if part.stop < len(passage.text) else ""
        quote = escape(part.of(passage.text))
        lines.append(f"{passage.number}. <blockquote>{quote}</blockquote>{rest}")
        cites.append(cite(passage, part))
    return Body("\n".join((*lines, foot)).strip(), cites=tuple(cites))


def _pages(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Return the paragraphs in pages that a message can hold; at least one page, never empty."""
    pages: list[list[Passage]] = []
    room = 0
    for passage in passages:
        length = min(utf16_length(passage.text), MOST_QUOTED)
        if not pages or room < length or len(pages[-1]) == MOST_QUOTES:
            pages.append([])
            room = MOST_QUOTED
        pages[-1].append(passage)
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
