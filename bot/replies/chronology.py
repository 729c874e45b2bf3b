"""A timeline as lines of text, and one of its events with the passage that proves it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from telegram.helpers import create_deep_linked_url

from bot.locales import Locale
from bot.replies.dates import date_words, sort_day
from bot.replies.layout import MOST_LINE, escape, escape_link, shorten
from bot.replies.outcome import Body, Button, Card
from bot.replies.passage import View, passage_body, source_buttons
from bot.replies.votes import report_button
from bot.store.feedback import Kind
from index.events import find_conflicts, statement
from index.languages import detect_language
from index.sentences import find_sentences
from index.types import Event, Excerpt, Modality, Quotation, TimelineItem

#: Events on a page, at most: their number buttons are two rows.
PAGE = 6

#: What may end a clause together with a closing quotation mark.
_CLOSING = "».,;!?… "

#: Characters behind a clause in which it is seen to go on; a paragraph may be as long as a book.
_SEEN_BEHIND = 80

#: Dates of rival statements beside one line; a fact told in more ways is seen on a tap.
MOST_RIVALS = 3


def in_order(items: Sequence[TimelineItem]) -> tuple[TimelineItem, ...]:
    """Return events oldest first; of two of one day, the wider one first, then by id."""
    return tuple(
        sorted(items, key=lambda item: (sort_day(item.event.date), -_length(item), item.id))
    )


def page_count(total: int) -> int:
    """Return how many pages so many events fill, at least one."""
    return max(1, -(-total // PAGE))


def page_places(total: int, page: int) -> range:
    """Return the places on a page: pages are as long as each other, so none has a lone event."""
    size = -(-total // page_count(total))
    return range((page - 1) * size, min(page * size, total))


def page_near(
    items: Sequence[TimelineItem],
    view: View,
    until: date = date.max,
    since: date = date.min,
) -> int:
    """Return the number of the page that is near today: the first event to come is on it.

    A list of events `until` a day that is over is read from the first that is dated `since` its
    begin: what lasted longer stands before.
    """
    total, is_over = len(items), until < view.today
    from_day = since if is_over else view.today
    place = next(
        (n for n, item in enumerate(items) if sort_day(item.event.date) >= from_day),
        0 if is_over else total - 1,
    )
    pages = range(1, page_count(total) + 1)
    return next((page for page in pages if place in page_places(total, page)), 1)


def rivals_of(items: Sequence[TimelineItem]) -> dict[int, tuple[int, ...]]:
    """Return, by place in the list, the places of statements that date the same fact differently.

    Places without a rival are left out.
    """
    # Places count within the passage here, so only in one passage do two of them tell of a place.
    told = [
        statement(
            item.passage.paragraph_id, item.passage.text, _within(item), detect_language(item.label)
        )
        for item in items
    ]
    found: dict[int, set[int]] = {}
    for group in find_conflicts(told):
        for place in group:
            days = (told[place].first, told[place].last)
            others = {n for n in group if (told[n].first, told[n].last) != days}
            found.setdefault(place, set()).update(others)
    return {place: tuple(sorted(rivals)) for place, rivals in found.items() if rivals}


def timeline_lines(items: Sequence[TimelineItem], page: int, view: View) -> tuple[str, ...]:
    """Return the events of a page, a line each, in HTML; their numbers count over all pages."""
    rivals = rivals_of(items)
    return tuple(
        _line(items, place, rivals.get(place, ()), view) for place in page_places(len(items), page)
    )


def event_body(item: TimelineItem, view: View) -> Body:
    """Return an event with its passage: the date is bold, and stands normalised below."""
    start = item.passage.span.start
    mention, label = item.event.date.span.shifted(-start), item.event.label.shifted(-start)
    body = passage_body(Quotation(item.passage, Excerpt(label, (mention,)), 0.0), view)
    words = shorten(mention.of(item.passage.text), MOST_LINE)
    foot = f"{words} → {plain_date(item, view.locale)}"
    return Body(f"{body.html} · {escape(foot)}", event_keyboard(item, view), body.cites)


def event_card(item: TimelineItem, index_version: int, view: View) -> Card:
    """Return an event as an inline card; its button opens it in the private chat."""
    body = event_body(item, view)
    link = Button(view.locale.text("Context"), url=event_link(item, view.username))
    row = (link, *(button for each in body.keyboard for button in each if button.url))
    return Card(
        id=f"{index_version}-t{item.id}",
        title=plain_date(item, view.locale),
        description=shorten(clause(item), MOST_LINE),
        body=Body(body.html, (row,), body.cites),
    )


def clause(item: TimelineItem) -> str:
    """Return the clause that tells an event, with «…» where its sentence goes on after it.

    And before it where it was cut between two words; without the dash of a dialogue before it, and
    without a quotation mark whose other one is beyond the clause.
    """
    start = item.event.label.start - item.passage.span.start
    before = item.passage.text[max(0, start - 2) : start].rstrip(" ")
    lead = "…" if before[-1:].isalnum() else ""
    return f"{lead}{_clause(item)}{'…' if _goes_on(item) else ''}"


def _goes_on(item: TimelineItem) -> bool:
    """Return whether a clause was cut out of a sentence that has more words behind it."""
    label = item.event.label.shifted(-item.passage.span.start)
    told = item.passage.text[label.start : label.stop + _SEEN_BEHIND]
    stop = label.stop - label.start
    rest = (
        told[stop : each.stop] for each in find_sentences(told) if each.start < stop < each.stop
    )
    return any(char.isalnum() for words in rest for char in words)


def _clause(item: TimelineItem) -> str:
    words = _whole_words(item).lstrip("—–- ")
    letters = Counter(words)
    if letters["«"] > letters["»"]:
        return words.removeprefix("«")
    if letters["»"] > letters["«"]:
        bare = words.rstrip(_CLOSING)
        return bare if Counter(words[len(bare) :])["»"] == 1 else words
    return words


def _whole_words(item: TimelineItem) -> str:
    """Return the clause without the piece of a word with which a very long one was cut."""
    stop = item.event.label.stop - item.passage.span.start
    is_cut = item.label[-1:].isalnum() and item.passage.text[stop : stop + 1].isalnum()
    return item.label.rpartition(" ")[0] or item.label if is_cut else item.label


def event_keyboard(item: TimelineItem, view: View) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons under one event."""
    locale, passage = view.locale, item.passage
    row = [
        Button(locale.text("Context"), data=f"ctx:{passage.paragraph_id}:1:0:0"),
        Button(locale.text("Article"), data=f"art:{passage.paragraph_id}"),
    ]
    row += source_buttons(passage, item.label, view)
    return (tuple(row), (report_button(Kind.EVENT, item.id, locale),))


def plain_date(item: TimelineItem, locale: Locale) -> str:
    """Return the date of an event, and whether it is only planned, hoped for or reported."""
    mark = modality_words(item.event.modality, locale)
    words = date_words(item.event.date, locale)
    return f"{words}, {mark}" if mark else words


def modality_words(modality: Modality, locale: Locale) -> str:
    """Return the word that marks an event as less than happened, "" for one that happened."""
    match modality:
        case Modality.PLANNED:
            return locale.text("planned")
        case Modality.HOPED:
            return locale.text("possibly")
        case Modality.REPORTED:
            return locale.text("reportedly")
    return ""


def event_link(item: TimelineItem, username: str) -> str:
    """Return the permalink of an event, "" where the bot has no name."""
    return create_deep_linked_url(username, f"t{item.id}") if username else ""


def _line(items: Sequence[TimelineItem], place: int, rivals: Sequence[int], view: View) -> str:
    item, locale = items[place], view.locale
    mark = modality_words(item.event.modality, locale)
    date = f"<b>{escape(date_words(item.event.date, locale))}</b>"
    head = f"{date}, {escape(mark)}" if mark else date
    line = f"{head} — {escape(clause(item))} {_number(items, place, view)}"
    if not rivals:
        return line
    others = "; ".join(
        f"{escape(date_words(items[n].event.date, locale))} {_number(items, n, view)}"
        for n in rivals[:MOST_RIVALS]
    )
    elsewhere = locale.text("Another date: {dates}", dates=others)
    return f"{line}\n{elsewhere}"


def _number(items: Sequence[TimelineItem], place: int, view: View) -> str:
    """Return «[3]» as a link to the event; numbers count from 1."""
    link = event_link(items[place], view.username)
    number = f"[{place + 1}]"
    return f'<a href="{escape_link(link)}">{number}</a>' if link else number


def _within(item: TimelineItem) -> Event:
    """Return the event with its places in the passage instead of the article."""
    by, event = -item.passage.span.start, item.event
    date = replace(event.date, span=event.date.span.shifted(by))
    return Event(date, event.label.shifted(by), event.modality)


def _length(item: TimelineItem) -> int:
    when = item.event.date
    return (when.last - when.first).days if when.first and when.last else 0
