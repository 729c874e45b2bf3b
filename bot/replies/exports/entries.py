"""An event as every format takes it: words for people, and dates for programs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.replies.chronology import clause, event_link, modality_words
from bot.replies.dates import Frame, Grain, date_words, frame_of, grain_of
from bot.replies.passage import View
from index.sectors import list_sectors
from index.types import TimelineItem

_UNPRINTABLE = re.compile("[^\\t\\n\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An event ready to be written, without characters that no format has a place for.

    `label` is the clause, `text` its passage. `date` is in words, `status` "" for what happened,
    `when` both together. `frame` are the days it lies in, `grain` how finely they may be written.
    `link` opens the event in the bot, "" where the bot has no name; `citation` tells where it is
    from, `url` is the address there or "".
    """

    item: TimelineItem
    label: str
    text: str
    date: str
    status: str
    frame: Frame
    grain: Grain
    link: str
    url: str
    citation: str
    sectors: tuple[str, ...]

    @property
    def when(self) -> str:
        """Return the date in words, and what the event is if not a fact."""
        return f"{self.date}, {self.status}" if self.status else self.date


@dataclass(frozen=True, slots=True)
class Feed:
    """What a file as a whole is called: its title, the file's name, the bot and its language."""

    title: str
    name: str
    username: str
    language: str


def entries_of(items: Sequence[TimelineItem], view: View) -> tuple[Entry, ...]:
    """Return the entries of events, in the order given."""
    names = {sector.id: sector.name(view.locale.language) for sector in list_sectors()}
    return tuple(
        Entry(
            item=item,
            label=printable(clause(item)),
            text=printable(item.passage.text),
            date=date_words(item.event.date, view.locale),
            status=modality_words(item.event.modality, view.locale),
            frame=frame_of(item.event.date),
            grain=grain_of(item.event.date),
            link=event_link(item, view.username),
            url="".join(printable(item.passage.url or "").split()),
            citation=printable(_citation(item, view)),
            sectors=tuple(names.get(sector, sector) for sector in item.sectors),
        )
        for item in items
    )


def printable(text: str) -> str:
    """Return a text without control characters and surrogates, which XML 1.0 has no place for.

    Its lines end with a newline alone: a carriage return would end one of a calendar.
    """
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _citation(item: TimelineItem, view: View) -> str:
    passage = item.passage
    paragraph = view.locale.text("paragraph {n}", n=passage.number)
    return f"{passage.title} · {view.locale.day(passage.day)} · {paragraph}"
