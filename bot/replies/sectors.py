"""Sectors as messages: all of them with counts, and one with its newest passages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from telegram.helpers import create_deep_linked_url

from bot.replies.choices import Choice, choice_page
from bot.replies.layout import MOST_QUOTED, escape, escape_link
from bot.replies.outcome import Body, Button, Keyboard
from bot.replies.passage import View, passage_body
from bot.replies.timeline import key_of
from bot.replies.turning import turning
from bot.store.outbox import Cite
from index.sectors import Sector, Sectors, find_sectors, list_sectors
from index.sentences import find_sentences
from index.types import Excerpt, Passage, Quotation, Span

#: Passages on a page: as many as a row has buttons.
MOST_PASSAGES = 3

#: Words of a passage that are bold: three passages stay within the 100 entities of a message.
MOST_TERMS = 20

#: Sectors with the number of their paragraphs, the largest first.
SectorCounts = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class SectorPage:
    """A page of a sector from 1: its passages, the paragraphs in all, its events and quotes.

    `table` is by whose words it is told, the shipped one if None.
    """

    sector: Sector
    passages: Sequence[Passage]
    page: int
    paragraphs: int
    events: int
    quotes: int
    table: Sectors | None = None

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return page_count(self.paragraphs)


def page_count(paragraphs: int) -> int:
    """Return how many pages so many paragraphs fill, at least one."""
    return max(1, -(-paragraphs // MOST_PASSAGES))


def sectors_list(counts: SectorCounts, view: View, page: int = 1, note: str = "") -> Body:
    """Return a page of the sectors, a button each, below a note if there is one."""
    locale = view.locale
    if not counts:
        none = locale.text("The articles name no sector. What they say by date: /timeline")
        return Body("\n".join(filter(None, (escape(note), escape(none)))))
    names = {sector.id: sector.name(locale.language) for sector in list_sectors()}
    choices = [
        Choice(
            names.get(key, key),
            locale.count("{n} paragraph", "{n} paragraphs", count),
            f"sec:{key_of(key)}:1",
        )
        for key, count in counts
    ]
    lines, rows = choice_page(choices, page, lambda n: f"seclist:{n}", view)
    head = locale.text("What the articles are about:")
    return Body("\n".join((*filter(None, (escape(note),)), f"<b>{escape(head)}</b>", *lines)), rows)


def sector_body(shown: SectorPage, view: View) -> Body:
    """Return a page of a sector: its passages with their citations, newest first."""
    lines = [_head(shown, view)]
    cites: list[Cite] = []
    most = MOST_QUOTED // MOST_PASSAGES
    for number, passage in enumerate(shown.passages, start=_first(shown)):
        body = passage_body(
            Quotation(passage, sector_excerpt(passage, shown.sector, shown.table), 0.0), view, most
        )
        lines.append(f"{number}. {body.html}")
        cites += body.cites
    return Body("\n".join(lines), _keyboard(shown, view), tuple(cites))


def sector_link(sector: Sector, username: str) -> str:
    """Return the permalink of a sector, "" where the bot has no name."""
    return create_deep_linked_url(username, f"k{sector.id}") if username else ""


def sector_excerpt(passage: Passage, sector: Sector, table: Sectors | None = None) -> Excerpt:
    """Return the words of a passage that speak for a sector, and the sentence with most of them.

    `table` is the corpus's, the shipped one if None.
    """
    hits = {hit.sector: hit.terms for hit in find_sectors(passage.text, table)}
    found: list[Span] = []
    for term in hits.get(sector.id, ())[:MOST_TERMS]:
        match = re.search(rf"(?<!\w){re.escape(term)}(?!\w)", passage.text)
        span = Span(*match.span()) if match else Span(0, 0)
        if match and not any(span.overlaps(other) for other in found):
            found.append(span)
    sentences = find_sentences(passage.text) or (Span(0, len(passage.text)),)
    best = max(sentences, key=lambda each: sum(each.overlaps(span) for span in found))
    return Excerpt(best, tuple(sorted(found)))


def _head(shown: SectorPage, view: View) -> str:
    locale = view.locale
    name, link = (
        escape(shown.sector.name(locale.language)),
        sector_link(shown.sector, view.username),
    )
    parts = [
        f'<b><a href="{escape_link(link)}">{name}</a></b>' if link else f"<b>{name}</b>",
        escape(locale.count("{n} paragraph", "{n} paragraphs", shown.paragraphs)),
    ]
    if shown.pages > 1:
        parts.append(escape(locale.text("page {n} of {total}", n=shown.page, total=shown.pages)))
    return " · ".join(parts)


def _keyboard(shown: SectorPage, view: View) -> Keyboard:
    locale, key = view.locale, key_of(shown.sector.id)
    rows = [
        [
            Button(str(number), data=f"see:{passage.paragraph_id}")
            for number, passage in enumerate(shown.passages, start=_first(shown))
        ]
    ]
    turn = turning(f"sec:{key}", shown.page, shown.pages, locale)
    facts = []
    if shown.events:
        facts.append(Button(locale.text("Timeline"), data=f"sectl:{key}"))
    if shown.quotes:
        facts.append(Button(locale.text("Quotes"), data=f"secqt:{key}"))
    ends = [
        Button(locale.text("Subscribe"), data=f"subsec:{key}"),
        Button(locale.text("All sectors"), data="seclist:1"),
    ]
    rows += [list(turn), facts, ends]
    return tuple(tuple(row) for row in rows if row)


def _first(shown: SectorPage) -> int:
    """Return the number of the page's first passage among all."""
    return (shown.page - 1) * MOST_PASSAGES + 1
