"""People as messages: all whom the articles name, and one with roles and articles."""

from collections.abc import Sequence

from telegram.helpers import create_deep_linked_url

from bot.locales import Locale
from bot.replies.choices import MOST_CHOICES, Choice, choice_page
from bot.replies.layout import MOST_LINE, escape, escape_link, shorten
from bot.replies.outcome import Body, Button, Keyboard
from bot.replies.passage import View, heading
from bot.replies.timeline import key_of
from bot.replies.turning import turning
from bot.store.people import PersonCount, Profile
from index.types import Passage

#: Articles of a person that are named, the newest; a row has as many buttons.
MOST_ARTICLES = 3

#: Roles of a person that are shown: newer ones first, the older are in the articles.
MOST_ROLES = 4

#: Other names of a person that are shown: the ways of spelling one are few.
MOST_NAMES = 4

#: Others of the same surname that are offered.
MOST_NAMESAKES = 4

#: A button is cut on a phone after as many letters.
_MOST_LABEL = 24


def people_list(
    people: Sequence[PersonCount], view: View, page: int = 1, note: str = "", bodies: int = 0
) -> Body:
    """Return a page of the people in the articles, a button each, below a note if there is one.

    `bodies` is how many organisations there are to turn to.
    """
    locale = view.locale
    turn = ((Button(locale.text("Organisations"), data="orglist:1"),),) if bodies else ()
    if not people:
        none = locale.text("The articles name nobody. What they are about: /sectors")
        return Body("\n".join(filter(None, (escape(note), escape(none)))), turn)
    head = locale.text("Who is in the articles:")
    lines, rows = choice_page(_choices(people, view), page, lambda n: f"wholist:{n}", view)
    text = "\n".join((*filter(None, (escape(note),)), f"<b>{escape(head)}</b>", *lines))
    return Body(text, (*rows, *turn))


def which_body(people: Sequence[PersonCount], view: View) -> Body:
    """Return the people whom a name fits, to choose one."""
    head = view.locale.text("Whom do you mean?")
    lines, rows = choice_page(_choices(people[:MOST_CHOICES], view), 1, str, view)
    return Body("\n".join((f"<b>{escape(head)}</b>", *lines)), rows)


def page_count(articles: int) -> int:
    """Return how many pages the articles of a person or a body fill, at least one."""
    return max(1, -(-articles // MOST_ARTICLES))


def article_lines(passages: Sequence[Passage], page: int, view: View) -> list[str]:
    """Return a page of articles, numbered over all pages."""
    start = (page - 1) * MOST_ARTICLES + 1
    return [f"{n}. {heading(passage, view)}" for n, passage in enumerate(passages, start=start)]


def article_rows(
    passages: Sequence[Passage], page: int, pages: int, verb: str, view: View
) -> list[tuple[Button, ...]]:
    """Return the buttons of a page of articles, and those to turn: `verb` and a page are data."""
    start = (page - 1) * MOST_ARTICLES + 1
    numbers = [
        Button(str(number), data=f"see:{passage.paragraph_id}")
        for number, passage in enumerate(passages, start=start)
    ]
    turn = turning(f"{verb}", page, pages, view.locale)
    return [tuple(numbers), turn]


def page_words(page: int, pages: int, locale: Locale) -> list[str]:
    """Return which page of how many it is, nothing where there is one."""
    return [locale.text("page {n} of {total}", n=page, total=pages)] if pages > 1 else []


def person_body(
    profile: Profile, namesakes: Sequence[PersonCount], view: View, page: int = 1
) -> Body:
    """Return what the corpus has of a person; `namesakes` share the surname and stay apart."""
    pages = page_count(profile.person.articles)
    locale = view.locale
    lines = [_name(profile, view)]
    if profile.names:
        names = "; ".join(_quoted(profile.names[:MOST_NAMES], locale))
        lines.append(escape(locale.text("Also as: {names}", names=names)))
    if profile.roles:
        roles = "; ".join(_quoted(profile.roles[:MOST_ROLES], locale))
        lines.append(escape(locale.text("In the text: {roles}", roles=roles)))
    counts = [locale.count("{n} article", "{n} articles", profile.person.articles)]
    if profile.events:
        counts.append(locale.count("{n} event", "{n} events", profile.events))
    if profile.quotes:
        counts.append(locale.count("{n} quote", "{n} quotes", profile.quotes))
    counts += page_words(page, pages, locale)
    lines.append(escape(" · ".join(counts)))
    lines += article_lines(profile.passages, page, view)
    others = namesakes[:MOST_NAMESAKES]
    # A lone surname and initials may be anybody's, a full name is somebody else's.
    vague = [each.name for each in others if is_vague(profile.person) or is_vague(each)]
    apart = [each.name for each in others if each.name not in vague]
    if vague:
        lines.append(escape(locale.text("May be the same: {names}", names=", ".join(vague))))
    if apart:
        lines.append(escape(locale.text("Not the same: {names}", names=", ".join(apart))))
    turned = article_rows(profile.passages, page, pages, f"whopage:{profile.person.id}", view)
    return Body("\n".join(lines), _keyboard(profile, others, turned, view))


def person_link(person_id: int, username: str) -> str:
    """Return the permalink of a person, "" where the bot has no name."""
    return create_deep_linked_url(username, f"n{person_id}") if username else ""


def is_vague(person: PersonCount) -> bool:
    """Return whether a name is a surname alone or with initials."""
    return " " not in person.name or "." in person.name


def _quoted(names: Sequence[str], locale: Locale) -> list[str]:
    return [locale.quoted(shorten(name, MOST_LINE)) for name in names]


def _name(profile: Profile, view: View) -> str:
    name, link = escape(profile.person.name), person_link(profile.person.id, view.username)
    return f'<b><a href="{escape_link(link)}">{name}</a></b>' if link else f"<b>{name}</b>"


def _choices(people: Sequence[PersonCount], view: View) -> list[Choice]:
    return [
        Choice(
            each.name,
            view.locale.count("{n} article", "{n} articles", each.articles),
            f"who:{each.id}",
        )
        for each in people
    ]


def _keyboard(
    profile: Profile,
    namesakes: Sequence[PersonCount],
    turned: Sequence[Sequence[Button]],
    view: View,
) -> Keyboard:
    locale, person = view.locale, profile.person
    facts = []
    if profile.events:
        facts.append(Button(locale.text("Timeline"), data=f"whotl:{person.id}"))
    if profile.quotes:
        facts.append(Button(locale.text("Quotes"), data=f"qwho:{key_of(person.name)}"))
    labels = {shorten(each.name, _MOST_LABEL - 1): each.id for each in namesakes}
    others = [Button(label, data=f"who:{key}") for label, key in labels.items()]
    rows = [*turned, facts, others[:2], others[2:]]
    ends = [
        Button(locale.text("Subscribe"), data=f"subwho:{person.id}"),
        Button(locale.text("All people"), data="wholist:1"),
    ]
    rows.append(ends)
    return tuple(tuple(row) for row in rows if row)
