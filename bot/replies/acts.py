"""What editors did, in words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.locales import Locale
from bot.replies.layout import escape, shorten
from bot.replies.outcome import Body, Button
from bot.replies.turning import turning
from bot.store.audit import Act, Kind, State
from bot.store.lexicon import OF
from bot.store.traces import Again
from index.sectors import list_sectors

#: A title in a sentence is cut so that an act is two lines on a phone.
MOST_TITLE = 60


def act_words(act: Act, titles: Mapping[int, str], locale: Locale) -> str:
    """Return an act as a sentence without its end: «Статья 3 «О порте» отозвана»."""
    if act.kind is Kind.ARTICLE:
        return _article_words(int(act.subject), act.before, act.after, titles, locale)
    return _WORDS[act.kind](act, locale)


def undone_body(
    act: Act, titles: Mapping[int, str], locale: Locale, again: Again | None = None
) -> Body:
    """Return what is said when an act was taken back; `again` is what waits again instead of it."""
    undone = locale.text("Undone: {act}.", act=act_words(act, titles, locale))
    if again is None:
        words = undone + " " + locale.text("/undo once more brings it back.")
        is_open = act.kind is Kind.DRAFT and (act.before or {}).get("state") == "open"
        see = Button(locale.text("Open"), data=f"dr:{act.subject}")
        return Body(escape(words), ((see,),) if is_open else ())
    back = locale.text("/undo once more brings it back.")
    if again.draft_id is not None:
        words, data = locale.text("The draft waits again."), f"dr:{again.draft_id}"
    else:
        words, data = locale.text("The new version waits again."), f"rv:{again.revision_id}:1"
    return Body(escape(f"{undone} {words} {back}"), ((Button(locale.text("Open"), data=data),),))


def log_page(
    acts: Sequence[Act],
    titles: Mapping[int, str],
    reader_id: int,
    undoable: set[int],
    locale: Locale,
) -> tuple[list[str], list[Button]]:
    """Return acts as lines in HTML and buttons for those that may be taken back."""
    lines, buttons = [], []
    for act in acts:
        words = act_words(act, titles, locale)
        if act.undoes is not None:
            words += ", " + locale.text("by undoing")
        when = _moment(act.at, locale)
        lines.append(escape(f"{act.id}. {words} · {when} · {_doer(act, reader_id, locale)}"))
        if act.id in undoable:
            label = locale.text("Undo {id}", id=act.id)
            buttons.append(Button(label, data=f"undo:{act.id}"))
    return lines, buttons


def log_body(
    lines: Sequence[str], buttons: Sequence[Button], page: int, pages: int, locale: Locale
) -> Body:
    """Return a page of the log with buttons to the others."""
    title = locale.text("What was done")
    head = f"<b>{escape(title)}</b>"
    if pages > 1:
        head += " · " + escape(locale.text("page {n} of {total}", n=page, total=pages))
    turn = turning("log", page, pages, locale)
    rows = [tuple(buttons[n : n + 3]) for n in range(0, len(buttons), 3)]
    foot = escape(locale.text("Times are UTC."))
    return Body("\n".join((head, *lines, foot)), tuple(row for row in (*rows, turn) if row))


def _article_words(
    article_id: int, before: State, after: State, titles: Mapping[int, str], locale: Locale
) -> str:
    old, new = before or {}, after or {}
    # One that was erased has no title any more.
    title = shorten(titles.get(article_id) or "…", MOST_TITLE)
    if new.get("is_erased"):
        return locale.text("Article {id} was erased for ever", id=article_id)
    if not new.get("is_published"):
        return locale.text("Article {id} “{title}” was withdrawn", id=article_id, title=title)
    if not old.get("is_published"):
        return locale.text("Article {id} “{title}” was published", id=article_id, title=title)
    return locale.text(
        "Article {id} “{title}”: version {new} instead of {old}",
        id=article_id,
        title=title,
        new=new.get("version"),
        old=old.get("version"),
    )


def _message_words(subject: str, after: State, locale: Locale) -> str:
    state = (after or {}).get("state")
    if state == "ready":
        return locale.text("Message {id} is sent again", id=subject)
    if state == "cancelled":
        return locale.text("Message {id} was given up", id=subject)
    return locale.text("Message {id} waits for a decision again", id=subject)


def _update_words(act: Act, locale: Locale) -> str:
    state = (act.after or {}).get("state")
    if state == "new":
        return locale.text("Update {id} is handled again", id=act.subject)
    if state == "poison":
        return locale.text("Update {id} was given up", id=act.subject)
    return locale.text("Update {id} waits for a decision again", id=act.subject)


def _feed_words(act: Act, locale: Locale) -> str:
    url, state = shorten(act.subject, MOST_TITLE), (act.after or {}).get("state")
    if state == "active" and act.before is not None and act.before.get("state") == "paused":
        return locale.text("Feed {url} goes on", url=url)
    if state == "active":
        return locale.text("Feed {url} was added", url=url)
    if state == "paused":
        return locale.text("Feed {url} was paused", url=url)
    return locale.text("Feed {url} was removed", url=url)


def _role_words(user: str, before: State, after: State, locale: Locale) -> str:
    role = (after or {}).get("role")
    if role == "owner":
        return locale.text("{user} is an owner now", user=user)
    if role == "editor":
        return locale.text("{user} is an editor now", user=user)
    if (before or {}).get("role") == "owner":
        return locale.text("{user} is not an owner any more", user=user)
    return locale.text("{user} is not an editor any more", user=user)


def _moment(at: datetime, locale: Locale) -> str:
    return f"{locale.day(at.date())}, {at:%H:%M}"


def _doer(act: Act, reader_id: int, locale: Locale) -> str:
    if act.by is None:
        return locale.text("command line")
    return locale.text("you") if act.by == reader_id else str(act.by)


def _feedback_words(act: Act, locale: Locale) -> str:
    if (act.after or {}).get("is_resolved"):
        return locale.text("Remark {id} was resolved", id=act.subject)
    return locale.text("Remark {id} waits again", id=act.subject)


def _golden_words(act: Act, locale: Locale) -> str:
    title = shorten(act.subject, MOST_TITLE)
    if act.after is None:
        return locale.text("Golden question “{title}” was forgotten", title=title)
    return locale.text("Golden question “{title}” was kept", title=title)


def _synonym_words(act: Act, locale: Locale) -> str:
    words = shorten(act.subject, MOST_TITLE)
    if act.after is None:
        return locale.text("Synonyms “{words}” were removed", words=words)
    return locale.text("Synonyms “{words}” were added", words=words)


def _alias_words(act: Act, locale: Locale) -> str:
    words = shorten(act.subject, MOST_TITLE)
    if (act.before or {}).get("is_away"):
        return locale.text("“{words}” holds again as it ships", words=words)
    if (act.after or {}).get("is_away"):
        return locale.text("“{words}” was struck out of the people", words=words)
    if act.after is None:
        return locale.text("“{words}” was removed from the people", words=words)
    return locale.text("“{words}” was added to the people", words=words)


def _pattern_words(act: Act, locale: Locale) -> str:
    sector_id, _, words = act.subject.partition(OF)
    sector = next((each for each in list_sectors() if each.id == sector_id), None)
    name = sector.name(locale.language) if sector else sector_id
    is_away = (act.after or {"is_away": not (act.before or {}).get("is_away")}).get("is_away")
    if is_away:
        return locale.text("“{words}” is no word of “{sector}” any more", words=words, sector=name)
    return locale.text("“{words}” is a word of “{sector}” now", words=words, sector=name)


def _draft_words(act: Act, locale: Locale) -> str:
    old, new = act.before or {}, act.after or {}
    title = shorten(str(new.get("title", "…")), MOST_TITLE)
    if new.get("state") == "deleted":
        return locale.text("Draft {id} “{title}” was deleted", id=act.subject, title=title)
    if old.get("state") == "deleted":
        return locale.text("Draft {id} “{title}” was brought back", id=act.subject, title=title)
    return locale.text("Draft {id} “{title}” was corrected", id=act.subject, title=title)


def _unanswered_words(act: Act, locale: Locale) -> str:
    if (act.after or {}).get("is_hidden"):
        return locale.text("Unanswered question {id} was hidden", id=act.subject)
    return locale.text("Unanswered question {id} is shown again", id=act.subject)


def _broadcast_words(act: Act, locale: Locale) -> str:
    if (act.after or {}).get("is_stopped"):
        return locale.text("Broadcast {id} was stopped", id=act.subject)
    return locale.text("Broadcast {id} was sent on its way", id=act.subject)


_WORDS: dict[Kind, Callable[[Act, Locale], str]] = {
    Kind.DRAFT: _draft_words,
    Kind.UPDATE: _update_words,
    Kind.BROADCAST: _broadcast_words,
    Kind.FEED: _feed_words,
    Kind.FEEDBACK: _feedback_words,
    Kind.GOLDEN: _golden_words,
    Kind.MESSAGE: lambda act, locale: _message_words(act.subject, act.after, locale),
    Kind.ROLE: lambda act, locale: _role_words(act.subject, act.before, act.after, locale),
    Kind.SYNONYM: _synonym_words,
    Kind.ALIAS: _alias_words,
    Kind.PATTERN: _pattern_words,
    Kind.UNANSWERED: _unanswered_words,
}
