"""A timeline as a picture that is read on a phone: rows of date and clause, each with its bar.

The picture says nothing by colour alone, and nothing that the message beside it does not say.
"""

import asyncio
import io
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from bot.locales.dates import tick_words
from bot.replies.dates import Frame, Grain
from bot.replies.exports.entries import Entry
from bot.replies.passage import View
from bot.replies.scale import Scale, scale_for
from bot.replies.sheet import DPI, LINE_GAP, MARGIN, WIDTH, Sheet, Theme, font_of
from bot.store.attachments import Attachment
from index.types import Modality

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LIGHT = Theme(paper="#fbfaf7", ink="#1d2530", muted="#5f6b7a", line="#d5dae0", accent="#1f6fb2")
DARK = Theme(paper="#17212b", ink="#eef2f6", muted="#9fb0c0", line="#344454", accent="#6ab7f5")

#: Heights of letters and of the parts of a row, in pixels, chosen by eye.
_TITLE, _DATE, _LABEL, _SMALL = 52, 40, 36, 28
_TRACK, _BAR, _ROW_GAP = 56, 22, 34
_RADIUS, _ARROW, _NOTCH, _TODAY = 9, 30, 7, 22
_STRIP, _STROKE = 44, 26

#: Between the words of two marks, in pixels; a mark that would come nearer has no words.
_TICK_GAP = 16

#: A long title is set in smaller letters before it takes a second line.
_TITLES = (_TITLE, 46, _DATE)

#: A bar of a day or two has no room for dashes.
_LEAST_DASHED = 80

_DRAWING = Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture shows: some entries of a list, the number of the first, a title, a count.

    `whole` are the days of the whole list where the entries are a part of it: they are drawn as
    strokes above, with the words of `reach`.
    """

    entries: tuple[Entry, ...]
    first_number: int
    title: str
    count: str
    whole: tuple[Frame, ...] = ()
    reach: str = ""


async def picture_file(picture: Picture, view: View, theme: Theme) -> Attachment:
    """Return a picture as a file; the event loop goes on while it is drawn."""
    content = await asyncio.to_thread(_png, picture, view, theme)
    return Attachment("timeline.png", "image/png", content)


def _png(picture: Picture, view: View, theme: Theme) -> bytes:
    file = io.BytesIO()
    with _DRAWING:  # the fonts of matplotlib are shared, and no two threads may draw with them
        draw(picture, view, theme).savefig(
            file, format="png", dpi=DPI, facecolor=theme.paper, metadata={"Software": None}
        )
    return file.getvalue()


def draw(picture: Picture, view: View, theme: Theme) -> "Figure":
    """Return the picture as a figure: texts in order, and bars named `bar:<number>`."""
    sheet = Sheet(theme)
    frames = [entry.frame for entry in picture.entries]
    scale = scale_for(frames, view.today, MARGIN, WIDTH - MARGIN)
    sheet.text(picture.title, sheet.size_for(picture.title, _TITLES), is_bold=True)
    sheet.text(picture.count, _SMALL, color=theme.muted)
    if picture.whole:
        _draw_whole(sheet, picture, view)
    sheet.down(_ROW_GAP)
    for number, entry in enumerate(picture.entries, start=picture.first_number):
        sheet.text(f"{number}. {entry.when}", _DATE, is_bold=True, color=theme.accent)
        sheet.text(entry.label, _LABEL)
        _draw_track(sheet, entry, number, scale, view)
        sheet.down(_ROW_GAP)
    _draw_ticks(sheet, scale, view)
    if view.username:
        sheet.down(_ROW_GAP / 2)
        sheet.text(f"@{view.username}", _SMALL, color=theme.muted)
    return sheet.finished()


def _draw_whole(sheet: Sheet, picture: Picture, view: View) -> None:
    """Draw where the entries lie in the whole list: a stroke an event, taller for those shown."""
    theme = sheet.theme
    scale = scale_for(picture.whole, view.today, MARGIN, WIDTH - MARGIN)
    sheet.text(picture.reach, _SMALL, color=theme.muted)
    middle = sheet.y + _STRIP / 2
    sheet.line((scale.left, middle), (scale.right, middle), theme.line, width=2)
    places = [scale.x(frame.first) for frame in picture.whole]
    start = picture.first_number - 1
    shown = places[start : start + len(picture.entries)]
    sheet.strokes(places, middle, _NOTCH, theme.muted, width=2)
    sheet.strokes(shown, middle, _STROKE / 2, theme.accent, width=5)
    sheet.down(_STRIP)


def _draw_track(sheet: Sheet, entry: Entry, number: int, scale: Scale, view: View) -> None:
    """Draw the line of time of one event with its bar, full for a fact and hollow for a plan."""
    theme, middle = sheet.theme, sheet.y + _TRACK / 2
    sheet.line((scale.left, middle), (scale.right, middle), theme.line, width=2)
    for tick in scale.ticks():
        x = scale.x(tick.day)
        sheet.line((x, middle - _NOTCH), (x, middle + _NOTCH), theme.line, width=2)
    if scale.holds(view.today):
        x = scale.x(view.today)
        sheet.line((x, middle - _TODAY), (x, middle + _TODAY), theme.ink, width=3)
    _draw_bar(sheet, entry, number, scale, middle)
    sheet.down(_TRACK)


def _draw_bar(sheet: Sheet, entry: Entry, number: int, scale: Scale, middle: float) -> None:
    """Draw a bar over the days of an event; an open end is an arrow to the end of the scale."""
    from matplotlib.patches import FancyBboxPatch, Polygon

    theme, when = sheet.theme, entry.item.event.date
    left = scale.x(entry.frame.first) if when.first else scale.left + _ARROW
    right = scale.x(entry.frame.last, is_end=True) if when.last else scale.right - _ARROW
    width = max(right - left, _BAR)
    left = min(max((left + right - width) / 2, scale.left), scale.right - width)
    is_fact = entry.item.event.modality is Modality.HAPPENED
    look: dict[str, Any] = {
        "facecolor": theme.accent if is_fact else theme.paper,
        "edgecolor": theme.accent,
        "linestyle": "--" if when.is_approximate and width > _LEAST_DASHED else "-",
        "linewidth": 3,
        "gid": f"bar:{number}",
    }
    corners = f"round,pad=0,rounding_size={_RADIUS}"
    low = middle - _BAR / 2
    sheet.axes.add_patch(FancyBboxPatch((left, low), width, _BAR, corners, zorder=3, **look))
    for x, by in ((left + width, _ARROW), (left, -_ARROW)):
        if (when.last if by > 0 else when.first) is None:
            tip = [(x, middle - _BAR), (x + by, middle), (x, middle + _BAR)]
            sheet.axes.add_patch(Polygon(tip, closed=True, zorder=4, **look))


def _draw_ticks(sheet: Sheet, scale: Scale, view: View) -> None:
    """Write the days of the scale in a row, and today below where it is in sight."""
    theme, language = sheet.theme, view.locale.language
    font, free = font_of(_SMALL), 0.0
    for tick in scale.ticks():
        x = scale.x(tick.day)
        words = tick_words(
            tick.day,
            language,
            has_day=tick.grain is Grain.DAY,
            has_month=tick.grain is Grain.MONTH,
        )
        sheet.line((x, sheet.y - 12), (x, sheet.y - 2), theme.muted, width=2)
        left, right = sheet.under(x, words, font)
        if left >= free:
            sheet.write((left, sheet.y + _SMALL), words, font, theme.muted)
            free = right + _TICK_GAP
    sheet.down(_SMALL * LINE_GAP)
    if scale.holds(view.today):
        words = view.locale.text("today, {date}", date=view.locale.day(view.today))
        font = font_of(_SMALL, is_bold=True)
        left, _ = sheet.under(scale.x(view.today), words, font)
        sheet.write((left, sheet.y + _SMALL), words, font, theme.ink)
        sheet.down(_SMALL * LINE_GAP)
