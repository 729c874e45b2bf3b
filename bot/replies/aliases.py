"""Names and titles of people as editors see them, and what a change of them would do."""

from collections.abc import Sequence
from enum import StrEnum

from bot.locales import Locale
from bot.replies.layout import escape, shorten
from bot.replies.outcome import Body, Button
from bot.replies.posts import post_words
from bot.replies.timeline import key_of
from bot.store.lexicon import alias_subject
from bot.store.readings import Reading
from index.lexicon import OwnAlias, struck
from index.people.aliases import KnownPerson

#: Lines on a page, each with a button.
PAGE = 10

#: The names that articles give somebody are cut here: a few tell how he is called.
MOST_NAMES = 500

#: Quotes that are shown of those whose author would be another.
MOST_QUOTES = 3

#: A quote is a line or two of a phone.
MOST_QUOTE = 90


class Change(StrEnum):
    """What is done to an entry: of the corpus's own, or of those that ship."""

    ADD = "add"
    REMOVE = "remove"
    STRIKE = "strike"
    RESTORE = "restore"


def aliases_body(own: Sequence[OwnAlias], page: int, locale: Locale) -> Body:
    """Return a page of what the corpus says of people itself, with a button that drops each."""
    pages = max(1, -(-len(own) // PAGE))
    page = page if 1 <= page <= pages else 1
    start = (page - 1) * PAGE
    lines, rows = _entries(own[start : start + PAGE], start + 1, locale)
    lines = lines or [locale.text("This corpus says nothing of people itself yet.")]
    if pages > 1:
        lines.append(locale.text("page {n} of {total}", n=page, total=pages))
    lines.append(
        locale.text(
            "To add: /aliases Хасанов = Хасан Зираев, /aliases министр энергетики = Хасан Зираев."
            " To look for somebody: /aliases Зираев"
        )
    )
    last = [Button(locale.text("Add"), data="aladd")]
    if pages > 1:
        last.append(Button(locale.text("More"), data=f"al:{page % pages + 1}"))
    return Body(escape("\n".join(lines)), (*rows, tuple(last)))


def found_body(
    name: str,
    names: Sequence[str],
    own: Sequence[OwnAlias],
    shipped: Sequence[KnownPerson],
    locale: Locale,
) -> Body:
    """Return what there is of somebody: names that articles give, own entries, shipped posts."""
    lines = [name] if name else []
    if names:
        lines.append(
            locale.text("Named by articles: {names}", names=shorten(", ".join(names), MOST_NAMES))
        )
    own, shipped = own[:PAGE], shipped[:PAGE]
    told, rows = _entries(own, 1, locale)
    lines += told
    buttons = []
    for number, each in enumerate(shipped, start=len(own) + 1):
        lines.append(f"{number}. {_shipped_words(each, locale)}")
        label = locale.text("Strike out {n}", n=number)
        buttons.append(Button(label, data=f"alaway:{key_of(alias_subject(struck(each)))}"))
    rows += [tuple(buttons[n : n + 3]) for n in range(0, len(buttons), 3)]
    if not lines:
        lines = [locale.text("Nobody here is called so. Who there is: /people")]
    return Body(escape("\n".join(lines)), (*rows, (Button(locale.text("Add"), data="aladd"),)))


def tried_line(change: Change, alias: OwnAlias, locale: Locale) -> str:
    """Return what is tried."""
    words = alias_subject(alias) + period_words(alias, locale)
    if change is Change.ADD:
        return locale.text("To be added: {words}", words=words)
    if change is Change.REMOVE:
        return locale.text("To be removed: {words}", words=words)
    if change is Change.STRIKE:
        return locale.text("To be struck out: {words}", words=words)
    return locale.text("To hold again as it ships: {words}", words=words)


def done_line(change: Change, alias: OwnAlias, locale: Locale) -> str:
    """Return what was done, and the way back."""
    words = alias_subject(alias)
    if change is Change.ADD:
        return locale.text(
            "Added: {words}. The articles with it are being read anew; /undo takes it back.",
            words=words,
        )
    if change is Change.REMOVE:
        return locale.text(
            "Removed: {words}. The articles with it are being read anew; /undo brings it back.",
            words=words,
        )
    if change is Change.STRIKE:
        return locale.text(
            "Struck out: {words}. The articles with it are being read anew; /undo takes it back.",
            words=words,
        )
    return locale.text(
        "It holds again: {words}. The articles with it are being read anew; /undo takes it back.",
        words=words,
    )


def _shipped_words(known: KnownPerson, locale: Locale) -> str:
    return locale.text(
        "Ships with Paragraf: {person}, {post} of {country}, {since} – {until}",
        person=known.name,
        post=post_words(known.post, locale),
        country=locale.country(known.country),
        since=locale.day(known.since),
        until=locale.day(known.until),
    )


def period_words(alias: OwnAlias, locale: Locale) -> str:
    """Return from when until when a title is somebody's, "" for ever."""
    if alias.since and alias.until:
        words = f"{locale.day(alias.since)} – {locale.day(alias.until)}"
    elif alias.since:
        words = locale.text("from {day}", day=locale.day(alias.since))
    elif alias.until:
        words = locale.text("until {day}", day=locale.day(alias.until))
    else:
        return ""
    return f" ({words})"


def moved_lines(reading: Reading, locale: Locale) -> list[str]:
    """Return the quotes whose author would be another, the first of them shown."""
    moved = reading.moved
    if not moved:
        lines = [locale.text("No quote changes its author.")]
    else:
        lines = [
            locale.count(
                "{n} quote changes its author:", "{n} quotes change their author:", len(moved)
            )
        ]
    nobody = locale.text("not established")
    lines += [
        f"«{shorten(each.words, MOST_QUOTE)}»: {each.before or nobody} → {each.after or nobody}"
        for each in moved[:MOST_QUOTES]
    ]
    if reading.left:
        told = locale.count(
            "{n} older article was not looked at.",
            "{n} older articles were not looked at.",
            reading.left,
        )
        lines.append(told)
    return lines


def _entries(
    own: Sequence[OwnAlias], first: int, locale: Locale
) -> tuple[list[str], list[tuple[Button, ...]]]:
    """Return entries as numbered lines, and buttons that drop them, three in a row."""
    lines, buttons = [], []
    for number, each in enumerate(own, start=first):
        words = f"{alias_subject(each)}{period_words(each, locale)}"
        label = locale.text("Remove {n}", n=number)
        if each.is_away:
            words = locale.text("Struck out: {words}", words=words)
            label = locale.text("Bring {id} back", id=number)
        lines.append(f"{number}. {words}")
        buttons.append(Button(label, data=f"alrm:{key_of(alias_subject(each))}"))
    return lines, [tuple(buttons[n : n + 3]) for n in range(0, len(buttons), 3)]


def rival_lines(rivals: Sequence[OwnAlias], locale: Locale) -> list[str]:
    """Return who else bears a title on the same days."""
    return [
        locale.text(
            "On some of these days the title is borne by another: {person}. Set the days of both,"
            " or quotes may go to the wrong one.",
            person=f"{each.person}{period_words(each, locale)}",
        )
        for each in rivals
    ]
