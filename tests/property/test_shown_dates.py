"""Whatever a date is, it can be shown, drawn and taken away; and never more finely than it is."""

import csv
import io
import json
import re
from datetime import date

import feedparser
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from bot.locales import get_locale
from bot.replies.chart import LIGHT, Picture, draw
from bot.replies.chronology import in_order, page_near, timeline_lines
from bot.replies.dates import Grain, date_words, frame_of, grain_of
from bot.replies.exports import Format, export
from bot.replies.exports.entries import Feed, entries_of
from bot.replies.passage import View
from index.types import DateMention, Event, Language, Modality, Precision, Span, TimelineItem
from tests.unit.bot.replies.samples import OFFSET, TODAY, a_passage

FEED = Feed("Хроника", "paragraf-timeline", "paragraf_bot", "ru")


@st.composite
def mentions(draw_from: st.DrawFn) -> DateMention:
    """Build dates of every kind, open and closed, at any time of the calendar."""
    ends = sorted(draw_from(st.lists(st.dates(), min_size=2, max_size=2)))
    is_open = draw_from(st.sampled_from(["", "", "first", "last"]))
    precision = draw_from(st.sampled_from(list(Precision)))
    if precision is Precision.DAY:
        ends[1] = ends[0]
    return DateMention(
        Span(OFFSET, OFFSET + 1),
        None if is_open == "first" else ends[0],
        None if is_open == "last" else ends[1],
        precision,
        is_approximate=draw_from(st.booleans()),
    )


@st.composite
def items(draw_from: st.DrawFn) -> list[TimelineItem]:
    """Build events with any clause."""
    found = []
    for number, when in enumerate(draw_from(st.lists(mentions(), min_size=1, max_size=6))):
        text = draw_from(st.text(min_size=1, max_size=160))
        event = Event(
            when, Span(OFFSET, OFFSET + len(text)), draw_from(st.sampled_from(list(Modality)))
        )
        found.append(TimelineItem(number + 1, a_passage(text), event, ("Анна Берг",), ("energy",)))
    return found


@given(mentions(), st.sampled_from(list(Language)))
def test_a_date_has_words_and_a_frame(when: DateMention, language: Language) -> None:
    """Its known ends lie in the frame; digits of days appear only if it has days."""
    assert date_words(when, get_locale(language))
    frame = frame_of(when)
    assert frame.first <= frame.last
    for end in (when.first, when.last):
        assert end is None or frame.first <= end <= frame.last
    if grain_of(when) is not Grain.DAY and language is Language.RU:
        words = date_words(when, get_locale(language))
        assert not re.search(
            r"\b\d\d? (?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)", words
        )


@settings(max_examples=30)
@given(items(), st.sampled_from(list(Language)))
def test_any_timeline_can_be_taken_away(found: list[TimelineItem], language: Language) -> None:
    """And is read by the programs it is for."""
    view = View(get_locale(language), TODAY, "paragraf_bot")
    ordered = in_order(found)
    assert timeline_lines(ordered, page_near(ordered, view), view)
    files = {chosen: export(ordered, chosen, FEED, view).content for chosen in Format}
    rows = list(csv.reader(io.StringIO(files[Format.CSV].decode("utf-8-sig"), newline="")))
    assert rows
    assert len(json.loads(files[Format.JSON])["events"]) == len(found)
    assert len(Calendar.from_ical(files[Format.ICS]).walk("VEVENT")) == len(found)
    assert not feedparser.parse(files[Format.ATOM]).bozo


@settings(max_examples=15)
@given(items())
def test_any_timeline_can_be_drawn(found: list[TimelineItem]) -> None:
    """With a bar for each event, and no warning of a missing letter."""
    view = View(get_locale(Language.RU), date(2026, 2, 1), "paragraf_bot")
    picture = Picture(entries_of(in_order(found), view), 1, "Хроника", "")
    figure = draw(picture, view, LIGHT)
    figure.canvas.draw()
    names = {patch.get_gid() for patch in figure.axes[0].patches}
    assert names == {f"bar:{number}" for number in range(1, len(found) + 1)}
