"""A timeline as a message: a page of lines, and the buttons to turn, narrow and take it away."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from bot.locales import Locale
from bot.replies.chart import Picture
from bot.replies.choices import Choice, choice_page
from bot.replies.chronology import page_count, page_places, timeline_lines
from bot.replies.dates import date_words, frame_of
from bot.replies.exports import Format
from bot.replies.exports.entries import entries_of
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Card, Keyboard
from bot.replies.passage import View
from index.sectors import list_sectors
from index.types import TimelineItem

_ROW = 3


@dataclass(frozen=True, slots=True)
class Narrowing:
    """By whom and what a list is narrowed: keys of names as `key_of` makes them, 0 for all."""

    sector: int = 0
    person: int = 0

    def holds(self, item: TimelineItem) -> bool:
        """Return whether an event stays in the list."""
        is_of_sector = not self.sector or self.sector in map(key_of, item.sectors)
        return is_of_sector and (not self.person or self.person in map(key_of, item.persons))


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a stored list: its id, title, events in order after narrowing, page from 1."""

    listing_id: int
    title: str
    items: Sequence[TimelineItem]
    page: int
    narrowing: Narrowing = Narrowing()

    @property
    def narrowed_to(self) -> tuple[str, str]:
        """Return the id of the sector and the person that it is narrowed to, "" for all."""
        if not self.items:
            return "", ""
        item, wanted = self.items[0], self.narrowing
        sector = next((each for each in item.sectors if key_of(each) == wanted.sector), "")
        return sector, next((each for each in item.persons if key_of(each) == wanted.person), "")

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least one."""
        return page_count(len(self.items))

    @property
    def places(self) -> range:
        """Return the places of the page's events in the list."""
        return page_places(len(self.items), self.page)

    @property
    def on_page(self) -> list[TimelineItem]:
        """Return the events of the page."""
        return [self.items[place] for place in self.places]

    def data(self, verb: str, *numbers: int) -> str:
        """Return callback data for this page, the same narrowing, and a number more if any."""
        parts = (self.listing_id, self.page, self.narrowing.sector, self.narrowing.person, *numbers)
        return ":".join((verb, *map(str, parts)))

    def turned(self, page: int) -> "Shown":
        """Return another page of the same list."""
        return Shown(self.listing_id, self.title, self.items, page, self.narrowing)


def key_of(name: str) -> int:
    """Return a number for a name that is short enough for callback data, never 0."""
    return crc32(name.encode()) or 1


def title_words(shown: Shown, view: View) -> str:
    """Return what a list is of, with what it is narrowed to; "" where it is of everything."""
    sector, person = shown.narrowed_to
    names = {each.id: each.name(view.locale.language) for each in list_sectors()}
    parts = (shown.title, person, names.get(sector, sector))
    return ", ".join(part for part in dict.fromkeys(parts) if part)


def timeline_body(shown: Shown, view: View) -> Body:
    """Return a page of a timeline."""
    lines = [_head(shown, view), *timeline_lines(shown.items, shown.page, view)]
    return Body("\n".join(lines), _keyboard(shown, view))


def timeline_card(shown: Shown, index_version: int, view: View) -> Card:
    """Return a page of a timeline as an inline card, without buttons that need a stored list."""
    first = shown.on_page[0]
    body = timeline_body(shown, view)
    return Card(
        id=f"{index_version}-tl{first.id}-{len(shown.items)}",
        title=" · ".join(_heads(shown, view)),
        description=view.locale.text("A page of events"),
        body=Body(body.html),
    )


def export_body(shown: Shown, view: View) -> Body:
    """Return the same page with the choice of formats in place of its buttons."""
    locale = view.locale
    labels = {
        Format.CSV: locale.text("Table (CSV)"),
        Format.JSON: locale.text("TimelineJS (JSON)"),
        Format.ICS: locale.text("Calendar (ICS)"),
        Format.ATOM: locale.text("Feed (Atom)"),
    }
    buttons = [
        Button(labels[chosen], data=shown.data("tlfile", number))
        for number, chosen in enumerate(Format)
    ]
    rows: Keyboard = (tuple(buttons[:2]), tuple(buttons[2:]), (_back(shown, view),))
    return Body(timeline_body(shown, view).html, rows)


def sectors_body(
    shown: Shown, everything: Sequence[TimelineItem], view: View, page: int = 1
) -> Body:
    """Return the sectors of a list with counts, a button each; of one person, if so narrowed."""
    locale, person = view.locale, shown.narrowing.person
    names = {sector.id: sector.name(locale.language) for sector in list_sectors()}
    rest = filter(Narrowing(0, person).holds, everything)
    counts = Counter(sector for item in rest for sector in item.sectors)
    choices = [
        Choice(
            names.get(key, key),
            _events(count, locale),
            _narrowed(shown, Narrowing(key_of(key), person)),
        )
        for key, count in _most_common(counts)
    ]
    lines, rows = choice_page(choices, page, lambda n: shown.data("tlsec", n), view)
    whole = Button(locale.text("All sectors"), data=_narrowed(shown, Narrowing(0, person)))
    lines = [escape(locale.text("Sectors of this timeline:")), *lines]
    return Body("\n".join(lines), (*rows, (whole, _back(shown, view))))


def people_body(
    shown: Shown, everything: Sequence[TimelineItem], view: View, page: int = 1
) -> Body:
    """Return the people of a list with counts, a button each; of one sector, if so narrowed."""
    locale, sector = view.locale, shown.narrowing.sector
    rest = filter(Narrowing(sector, 0).holds, everything)
    counts = Counter(name for item in rest for name in item.persons)
    choices = [
        Choice(name, _events(count, locale), _narrowed(shown, Narrowing(sector, key_of(name))))
        for name, count in _most_common(counts)
    ]
    lines, rows = choice_page(choices, page, lambda n: shown.data("tlwho", n), view)
    whole = Button(locale.text("All people"), data=_narrowed(shown, Narrowing(sector, 0)))
    lines = [escape(locale.text("People of this timeline:")), *lines]
    return Body("\n".join(lines), (*rows, (whole, _back(shown, view))))


def _events(count: int, locale: Locale) -> str:
    return locale.count("{n} event", "{n} events", count)


def picture_of(shown: Shown, view: View) -> Picture:
    """Return the picture of a page."""
    entries, locale = entries_of(shown.on_page, view), view.locale
    title = locale.text("Timeline")
    if words := title_words(shown, view):
        title = f"{title}: {words}"
    first, total = shown.places.start + 1, len(shown.items)
    if shown.pages == 1:
        return Picture(entries, first, title, _events(total, locale))
    count = locale.text(
        "events {first}–{last} of {n}", first=first, last=shown.places.stop, n=total
    )
    frames = tuple(frame_of(item.event.date) for item in shown.items)
    reach = locale.text("All events: {dates}", dates=ends_words(shown.items, view))
    return Picture(entries, first, title, count, frames, reach)


def picture_caption(shown: Shown, view: View, *, is_dark: bool) -> Body:
    """Return what a picture shows, in words; its text is the message it answers."""
    locale = view.locale
    first, last, total = shown.places.start + 1, shown.places.stop, len(shown.items)
    dates = ends_words(shown.on_page, view)
    if first == last:
        words = locale.text(
            "The picture shows event {n} of {total}: {dates}.", n=first, total=total, dates=dates
        )
    else:
        words = locale.text(
            "The picture shows events {first}–{last} of {total}: {dates}.",
            first=first,
            last=last,
            total=total,
            dates=dates,
        )
    note = locale.text("The same in words is in the message above.")
    label = locale.text("Light picture") if is_dark else locale.text("Dark picture")
    other = Button(label, data=shown.data("tlpic", int(not is_dark)))
    return Body(f"{escape(words)}\n{escape(note)}", ((other,),))


def ends_words(items: Sequence[TimelineItem], view: View) -> str:
    """Return the first and the last date of events in order, once if they are the same."""
    ends = (date_words(item.event.date, view.locale) for item in (items[0], items[-1]))
    return " … ".join(dict.fromkeys(ends))


def _head(shown: Shown, view: View) -> str:
    title, *rest = _heads(shown, view)
    return f"<b>{escape(title)}</b> · {escape(' · '.join(rest))}"


def _heads(shown: Shown, view: View) -> list[str]:
    """Return what stands above a list: its name, what it is of, how many, which page."""
    locale = view.locale
    parts = [locale.text("Timeline"), title_words(shown, view)]
    parts.append(_events(len(shown.items), locale))
    if shown.pages > 1:
        parts.append(locale.text("page {n} of {total}", n=shown.page, total=shown.pages))
    return [part for part in parts if part]


def _keyboard(shown: Shown, view: View) -> Keyboard:
    locale = view.locale
    numbers = [
        Button(str(place + 1), data=f"tlev:{shown.items[place].id}") for place in shown.places
    ]
    rows = [tuple(numbers[n : n + _ROW]) for n in range(0, len(numbers), _ROW)]
    turn = []
    if shown.page > 1:
        turn.append(Button(locale.text("Back"), data=shown.turned(shown.page - 1).data("tl")))
    if shown.page < shown.pages:
        turn.append(Button(locale.text("Next"), data=shown.turned(shown.page + 1).data("tl")))
    narrow = [
        Button(locale.text("Sector"), data=shown.data("tlsec", 1)),
        Button(locale.text("Who"), data=shown.data("tlwho", 1)),
    ]
    away = [
        Button(locale.text("Picture"), data=shown.data("tlpic", 0)),
        Button(locale.text("Export"), data=shown.data("tlout")),
    ]
    return (*rows, *((tuple(turn),) if turn else ()), tuple(narrow), tuple(away))


def _narrowed(shown: Shown, narrowing: Narrowing) -> str:
    """Return callback data for the list narrowed otherwise, opened near today."""
    return Shown(shown.listing_id, shown.title, shown.items, 0, narrowing).data("tl")


def _back(shown: Shown, view: View) -> Button:
    return Button(view.locale.text("Back"), data=shown.data("tl"))


def _most_common(counts: Counter[str]) -> list[tuple[str, int]]:
    """Return names by count, those of one count by name."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
