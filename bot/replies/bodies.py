"""Bodies as messages: ministries, companies, media that the articles name, and one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.locales import Locale
from bot.replies.choices import MOST_CHOICES, Choice, choice_page
from bot.replies.layout import MOST_LINE, escape, shorten
from bot.replies.outcome import Body, Button
from bot.replies.passage import View, heading
from bot.replies.timeline import key_of
from bot.store.organisations import OrganisationCount
from index.types import OrganisationKind, Passage

#: Articles of a body that are named, the newest; a row has as many buttons.
MOST_ARTICLES = 3


@dataclass(frozen=True, slots=True)
class BodyProfile:
    """What the corpus has of a body; `speaks_as` is the name that its quotes are under."""

    body: OrganisationCount
    passages: Sequence[Passage]
    events: int
    quotes: int
    speaks_as: str


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
    locale, body = view.locale, profile.body
    lines = [f"<b>{escape(body.name)}</b>"]
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
    lines.append(escape(" · ".join(counts)))
    for number, passage in enumerate(profile.passages, start=1):
        lines.append(f"{number}. {heading(passage, view)}")
    facts = []
    if profile.events:
        facts.append(Button(locale.text("Timeline"), data=f"orgtl:{key_of(body.name)}"))
    if profile.quotes:
        facts.append(Button(locale.text("Quotes"), data=f"qwho:{key_of(profile.speaks_as)}"))
    numbers = [
        Button(str(number), data=f"see:{passage.paragraph_id}")
        for number, passage in enumerate(profile.passages, start=1)
    ]
    whole = [Button(locale.text("All organisations"), data="orglist:1")]
    rows = (tuple(numbers), tuple(facts), tuple(whole))
    return Body("\n".join(lines), tuple(row for row in rows if row))


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
