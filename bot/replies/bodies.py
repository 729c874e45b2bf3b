"""Bodies as messages: ministries, companies, media that the articles name, and one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram.helpers import create_deep_linked_url

from bot.locales import Locale
from bot.replies.choices import MOST_CHOICES, Choice, choice_page
from bot.replies.layout import MOST_LINE, escape, escape_link, shorten
from bot.replies.outcome import Body, Button
from bot.replies.passage import View
from bot.replies.people import article_lines, article_rows, page_count, page_words
from bot.replies.timeline import key_of
from bot.store.organisations import OrganisationCount
from index.types import OrganisationKind, Passage


@dataclass(frozen=True, slots=True)
class BodyProfile:
    """What the corpus has of a body, and a page of the articles that name it.

    `speaks_as` is the name that its quotes are under.
    """

    body: OrganisationCount
    passages: Sequence[Passage]
    events: int
    quotes: int
    speaks_as: str
    page: int = 1


def body_list(
    bodies: Sequence[OrganisationCount], view: View, page: int = 1, note: str = ""
) -> Body:
    """Return a page of the bodies in the articles, a button each, below a note if there is one."""
    locale = view.locale
    back = (Button(locale.text("All people"), data="wholist:1"),)
    if not bodies:
        none = locale.text("The articles name no organisations.")
        return Body("\n".join(escape(line) for line in (note, none) if line), (back,))
    head = locale.text("Organisations in the articles:")
    lines, rows = choice_page(_choices(bodies, view), page, lambda n: f"orglist:{n}", view)
    above = [escape(note)] if note else []
    return Body("\n".join((*above, f"<b>{escape(head)}</b>", *lines)), (*rows, back))


def which_body_body(bodies: Sequence[OrganisationCount], view: View) -> Body:
    """Return the bodies whom a name fits, to choose one."""
    head = view.locale.text("Which one do you mean?")
    lines, rows = choice_page(_choices(bodies[:MOST_CHOICES], view), 1, str, view)
    return Body("\n".join((f"<b>{escape(head)}</b>", *lines)), rows)


def body_body(profile: BodyProfile, view: View) -> Body:
    """Return what the corpus has of a body."""
    locale, body, page = view.locale, profile.body, profile.page
    key, pages = key_of(body.name), page_count(body.articles)
    name, link = escape(body.name), body_link(body.name, view.username)
    lines = [f'<b><a href="{escape_link(link)}">{name}</a></b>' if link else f"<b>{name}</b>"]
    about = [body.abbreviation or "", kind_words(body.kind, locale)]
    if body.role:
        about.append(locale.text("in the text: “{role}”", role=shorten(body.role, MOST_LINE)))
    if any(about):
        lines.append(escape(" · ".join(filter(None, about))))
    counts = [locale.count("{n} article", "{n} articles", body.articles)]
    if profile.events:
        counts.append(locale.count("{n} event", "{n} events", profile.events))
    if profile.quotes:
        counts.append(locale.count("{n} quote", "{n} quotes", profile.quotes))
    counts += page_words(page, pages, locale)
    lines.append(escape(" · ".join(counts)))
    lines += article_lines(profile.passages, page, view)
    facts = []
    if profile.events:
        facts.append(Button(locale.text("Timeline"), data=f"orgtl:{key}"))
    if profile.quotes:
        facts.append(Button(locale.text("Quotes"), data=f"qwho:{key_of(profile.speaks_as)}"))
    ends = (
        Button(locale.text("Subscribe"), data=f"orgsub:{key}"),
        Button(locale.text("All organisations"), data="orglist:1"),
    )
    turned = article_rows(profile.passages, page, pages, f"orgpage:{key}", view)
    return Body("\n".join(lines), tuple(row for row in (*turned, tuple(facts), ends) if row))


def body_link(name: str, username: str) -> str:
    """Return the permalink of a body, "" where the bot has no name."""
    return create_deep_linked_url(username, f"o{key_of(name)}") if username else ""


def kind_words(kind: OrganisationKind | None, locale: Locale) -> str:
    """Return what a body is, "" where its name does not say."""
    if kind is None:
        return ""
    return {
        OrganisationKind.AUTHORITY: locale.text("authority"),
        OrganisationKind.COMPANY: locale.text("company"),
        OrganisationKind.MEDIUM: locale.text("medium"),
        OrganisationKind.PARTY: locale.text("party"),
        OrganisationKind.ALLIANCE: locale.text("alliance of states"),
        OrganisationKind.INSTITUTE: locale.text("institution"),
        OrganisationKind.ASSOCIATION: locale.text("association"),
    }[kind]


def _choices(bodies: Sequence[OrganisationCount], view: View) -> list[Choice]:
    return [
        Choice(
            each.name,
            view.locale.count("{n} article", "{n} articles", each.articles),
            f"org:{key_of(each.name)}",
        )
        for each in bodies
    ]
