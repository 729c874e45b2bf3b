"""What followers are sent: an alert about one article, a digest of several, an answer at last."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from telegram.helpers import create_deep_linked_url

from bot.locales import Locale
from bot.replies.layout import MOST_LINE, MOST_QUOTED, escape, shorten
from bot.replies.outcome import Body, Button, Keyboard
from bot.replies.passage import View, passage_body
from bot.store.outbox import Cite
from bot.store.topics import TopicKind
from index.types import Quotation

#: What everything that comes unasked begins with. Source: TEXTS.
ALERT_SIGN = "🔔"

#: Passages of one article in an alert; the rest are counted.
MOST_PASSAGES = 3

#: More articles than this are told by their headings alone. Source: issue of followers, 2.
MOST_QUOTING = 5

#: Headings in a digest: so many fit into a message with what each is about.
MOST_HEADINGS = 15

#: A follower's own words, where several stand in a row, and a title in a digest.
_MOST_WHY, _MOST_TITLE = 60, 120


#: The data of a button that shows an article, a passage or what stands around it.
_OF_PASSAGE = re.compile(r"(?:art|see|ctx):(\d+)")


@dataclass(frozen=True, slots=True)
class Why:
    """What somebody follows: its kind, and the words by which he knows it."""

    kind: TopicKind
    title: str


@dataclass(frozen=True, slots=True)
class Told:
    """An article to tell of: why, the first passages that match, and how many do in all.

    `is_urgent` is why it may have passed quiet hours.
    """

    whys: tuple[Why, ...]
    quotations: tuple[Quotation, ...]
    count: int
    is_urgent: bool = False


def alert_body(told: Told, view: View, subscription_id: int | None) -> Body:
    """Return the alert about one article; `subscription_id` is the one cause of it, if it is one.

    With several, the buttons that change one lead to the list of all.
    """
    locale = view.locale
    why = why_line(told.whys, locale)
    head = locale.text("Urgent. {why}", why=why) if told.is_urgent else why
    lines = [f"{ALERT_SIGN} {escape(head)}"]
    cites: list[Cite] = []
    for number, quotation in enumerate(told.quotations):
        body = passage_body(quotation, view, MOST_QUOTED // len(told.quotations))
        # All are of one article, whose heading stands once.
        lines.append(body.html if number == 0 else body.html.partition("\n")[2])
        cites += body.cites
    more = told.count - len(told.quotations)
    if more > 0:
        lines.append(escape(locale.count("{n} more paragraph", "{n} more paragraphs", more)))
    return Body("\n".join(lines), _alert_buttons(told, subscription_id, locale), tuple(cites))


def digest_body(tolds: Sequence[Told], view: View) -> Body:
    """Return what several articles say; of more than a few only the headings."""
    locale = view.locale
    articles = locale.count("{n} article", "{n} articles", len(tolds))
    head = locale.text("Digest")
    lines = [f"{ALERT_SIGN} <b>{escape(head)}</b> · {escape(articles)}"]
    cites: list[Cite] = []
    shown = tolds[:MOST_HEADINGS]
    for number, told in enumerate(shown, start=1):
        passage = told.quotations[0].passage
        why = escape(why_line(told.whys[:1], locale, _MOST_WHY))
        if len(tolds) > MOST_QUOTING:
            title = escape(shorten(passage.title, _MOST_TITLE))
            lines.append(f"{number}. {title} · {escape(locale.day(passage.day))}\n{why}")
            continue
        body = passage_body(told.quotations[0], view, MOST_QUOTED // MOST_QUOTING)
        lines.append(f"{number}. {why}\n{body.html}")
        cites += body.cites
    if len(tolds) > len(shown):
        more = locale.text("and {n} more: /articles", n=len(tolds) - len(shown))
        lines.append(escape(more))
    numbers = [
        Button(str(number), data=f"see:{told.quotations[0].passage.paragraph_id}")
        for number, told in enumerate(shown, start=1)
    ]
    rows = [tuple(numbers[n : n + 3]) for n in range(0, len(numbers), 3)]
    rows.append((Button(locale.text("Subscriptions"), data="subs:1"),))
    return Body("\n".join(lines), tuple(rows), tuple(cites))


def found_body(question: str, quotation: Quotation, view: View) -> Body:
    """Return the passage that answers a question which had no answer before."""
    locale, paragraph_id = view.locale, quotation.passage.paragraph_id
    asked = shorten(question, MOST_LINE)
    head = locale.text("An article answers your question: “{question}”", question=asked)
    body = passage_body(quotation, view)
    row = (
        Button(locale.text("Context"), data=f"ctx:{paragraph_id}:1:0:0"),
        Button(locale.text("Article"), data=f"art:{paragraph_id}"),
    )
    return Body(f"{ALERT_SIGN} {escape(head)}\n{body.html}", (row,), body.cites)


def why_line(whys: Sequence[Why], locale: Locale, most: int = MOST_LINE) -> str:
    """Return why somebody is told: «Новое по теме «дата-центры»»."""
    if len(whys) != 1:
        names = "; ".join(name_of(why, locale, _MOST_WHY) for why in whys[:MOST_PASSAGES])
        return locale.text("New: {names}", names=names)
    title = shorten(whys[0].title, most)
    match whys[0].kind:
        case TopicKind.ALL:
            return locale.text("A new article")
        case TopicKind.WORDS:
            return locale.text("New on the topic “{title}”", title=title)
        case TopicKind.SECTOR:
            return locale.text("New in the sector “{title}”", title=title)
        case TopicKind.PERSON:
            return locale.text("New about {title}", title=title)
        case _:
            return locale.text("The article has changed")


def name_of(why: Why, locale: Locale, most: int = MOST_LINE) -> str:
    """Return what is followed: «тема «дата-центры»», «сектор «Энергетика»»."""
    title = shorten(why.title, most)
    match why.kind:
        case TopicKind.ALL:
            return locale.text("all articles")
        case TopicKind.WORDS:
            return locale.text("topic “{title}”", title=title)
        case TopicKind.SECTOR:
            return locale.text("sector “{title}”", title=title)
        case TopicKind.PERSON:
            return locale.text("person: {title}", title=title)
        case _:
            return locale.text("article “{title}”", title=title)


def public_keyboard(keyboard: Keyboard, view: View) -> Keyboard:
    """Return the buttons of an alert for a channel: those of passages, as links into the bot.

    Settings are its administrators', who change them in their private chats.
    """
    rows = []
    for row in keyboard:
        found = [(button, _OF_PASSAGE.match(button.data or "")) for button in row]
        rows.append(
            tuple(
                Button(button.label, url=create_deep_linked_url(view.username, f"p{match[1]}"))
                for button, match in found
                if match
            )
        )
    return tuple(row for row in rows if row)


def _alert_buttons(told: Told, subscription_id: int | None, locale: Locale) -> Keyboard:
    paragraph_id = told.quotations[0].passage.paragraph_id
    article = Button(locale.text("Article"), data=f"art:{paragraph_id}")
    if subscription_id is None:
        return ((article, Button(locale.text("Subscriptions"), data="subs:1")),)
    return (
        (article, Button(locale.text("Pause"), data=f"subpause:{subscription_id}")),
        (
            Button(locale.text("Change"), data=f"subedit:{subscription_id}"),
            Button(locale.text("Unsubscribe"), data=f"subdel:{subscription_id}"),
        ),
    )
