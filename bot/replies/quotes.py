"""Quotes as lists: one of several with its place among them, and who is quoted how often."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.locales import Locale
from bot.replies.choices import Choice, choice_page
from bot.replies.dates import date_words
from bot.replies.layout import MOST_LINE, escape, shorten
from bot.replies.outcome import Body, Button, Card, Keyboard
from bot.replies.passage import View
from bot.replies.quotation import quote_body, quote_link, quoted_words, speaker_words
from bot.replies.timeline import key_of
from bot.replies.turning import turning
from index.sectors import Sector
from index.types import DateMention, QuotedWords

#: What an inline result shows of the words in the list.
MOST_DESCRIPTION = 120

#: Lines above a quote: what is sought, how it was understood, who is silent.
MOST_ABOVE = 3

#: A speaker's name and how many quotes there are of his, the most quoted first.
Speakers = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Understood:
    """How a request for quotes was understood; "" or None for what it does not say."""

    who: str = ""
    about: str = ""
    where: str = ""
    period: DateMention | None = None
    sector: Sector | None = None


def understood_line(understood: Understood, locale: Locale, newest: int = 0) -> str:
    """Return whose quotes are shown, about what, from when and where; "" for all.

    `newest` is how many of them are shown where that is not all, 0 for all.
    """
    parts = []
    if newest:
        parts.append(locale.text("the newest {n}", n=newest))
    if understood.who:
        parts.append(locale.text("who — {name}", name=shorten(understood.who, MOST_LINE)))
    if understood.about:
        parts.append(locale.text("topic — “{words}”", words=shorten(understood.about, MOST_LINE)))
    if understood.where:
        parts.append(locale.text("where — “{words}”", words=shorten(understood.where, MOST_LINE)))
    if understood.sector:
        parts.append(locale.text("sector — {name}", name=understood.sector.name(locale.language)))
    if understood.period:
        parts.append(locale.text("when — {days}", days=date_words(understood.period, locale)))
    return locale.text("Quotes: {what}", what="; ".join(parts)) if parts else ""


def no_words_line(name: str, locale: Locale) -> str:
    """Return that somebody is not quoted, above what others say of him."""
    return locale.text("{name}: no quotes. The name stands here:", name=shorten(name, MOST_LINE))


def lines_above(text: str, page: int, total: int, locale: Locale) -> list[str]:
    """Return what stands in a message above the number of its quote, beside which `page` is."""
    places = [locale.text("quote {n} of {total}", n=n, total=total) for n in (page - 1, page + 1)]
    lines = text.splitlines()
    at = next((n for n, line in enumerate(lines[: MOST_ABOVE + 1]) if line in places), 0)
    return lines[:at]


def quote_page(quote: QuotedWords, listing_id: int, page: int, total: int, view: View) -> Body:
    """Return the quote at `page` of a stored list, with its number among them in words."""
    body = quote_body(quote, view)
    if total == 1:
        return body
    head = view.locale.text("quote {n} of {total}", n=page, total=total)
    turn = turning(f"qt:{listing_id}", page, total, view.locale)
    return Body(f"{escape(head)}\n{body.html}", (*body.keyboard, turn), body.cites)


def quote_card(quote: QuotedWords, index_version: int, view: View) -> Card:
    """Return a quote as an inline card; its button opens it in the private chat."""
    body = quote_body(quote, view)
    link = Button(view.locale.text("Context"), url=quote_link(quote, view.username))
    row = (link, *(button for each in body.keyboard for button in each if button.url))
    return Card(
        id=f"{index_version}-q{quote.id}",
        title=f"{speaker_words(quote, view.locale)} · {view.locale.day(quote.day)}",
        description=shorten(" … ".join(quoted_words(quote)), MOST_DESCRIPTION),
        body=Body(body.html, (row,), body.cites),
    )


def speakers_body(recent: QuotedWords, speakers: Speakers, view: View) -> Body:
    """Return a recent quote, and below it all speakers with a button each."""
    body = quote_body(recent, view)
    lines, rows = _speakers(speakers, view)
    text = "\n".join((escape(view.locale.text("The latest quote:")), body.html, "", *lines))
    return Body(text, (*body.keyboard, *rows), body.cites)


def no_quotes_body(speakers: Speakers, why: Sequence[str], view: View) -> Body:
    """Return that there is no such quote, why, lines of HTML, and whose quotes there are."""
    lines, rows = _speakers(speakers, view)
    none = view.locale.text("There are no such quotes.")
    return Body("\n".join((f"<b>{escape(none)}</b>", *why, *lines)), rows)


def speakers_page(speakers: Speakers, page: int, view: View) -> Body:
    """Return a page of the speakers alone."""
    lines, rows = _speakers(speakers, view, page)
    return Body("\n".join(lines), rows)


def _speakers(speakers: Speakers, view: View, page: int = 1) -> tuple[list[str], Keyboard]:
    """Return a page of the speakers as lines and as buttons."""
    if not speakers:
        return [], ()
    locale = view.locale
    choices = [
        Choice(name, locale.count("{n} quote", "{n} quotes", count), f"qwho:{key_of(name)}")
        for name, count in speakers
    ]
    lines, rows = choice_page(choices, page, lambda n: f"qlist:{n}", view)
    return [escape(locale.text("Who is quoted:")), *lines], rows
