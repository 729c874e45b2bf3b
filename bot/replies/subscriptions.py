"""What one follows, as messages: an offer, the list, one subscription and how it tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.locales import Locale
from bot.locales.clock import clock, weekday_name, zone_name
from bot.replies.alert import Why, name_of
from bot.replies.layout import escape, shorten
from bot.replies.outcome import Body, Button, Keyboard
from bot.replies.passage import View, passage_body
from bot.store.followers import Follower
from bot.store.outbox import Cite
from bot.store.subscriptions import Mode, Subscription, SubscriptionState
from bot.store.topics import Topic, TopicKind
from index.types import Quotation

#: Subscriptions on a page. Source: USERS, A18: a hundred on ten pages.
ON_A_PAGE = 10

#: A name in a list, so that ten fit on a screen.
_MOST_NAME = 60

MODES = tuple(Mode)

#: What can be chosen for quiet hours, in minutes from midnight; the first are the chat's own.
QUIET_CHOICES: tuple[tuple[int, int] | None, ...] = (
    None,
    (0, 0),
    (22 * 60, 8 * 60),
    (23 * 60, 7 * 60),
    (21 * 60, 9 * 60),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to follow, with its number, how much there was of it in 30 days, the last of it."""

    topic_id: int
    topic: Topic
    paragraphs: int
    last: Quotation | None


def offer_body(offer: Offer, view: View) -> Body:
    """Return what one would follow, how much that was lately, and buttons that begin it."""
    locale = view.locale
    lines = [f"<b>{escape(name_of(Why(offer.topic.kind, offer.topic.title), locale))}</b>"]
    cites: tuple[Cite, ...] = ()
    if offer.topic.kind is TopicKind.ARTICLE:
        lines.append(escape(locale.text("I will tell you when the article is changed.")))
    else:
        count = locale.count("{n} paragraph", "{n} paragraphs", offer.paragraphs)
        lines.append(escape(locale.text("In the last 30 days: {count}.", count=count)))
    if offer.last:
        body = passage_body(offer.last, view)
        lines += [escape(locale.text("The last one:")), body.html]
        cites = body.cites
    elif offer.topic.query and len(offer.topic.query.include) > 1:
        words = locale.text("There was nothing yet: all of these words must stand in a paragraph.")
        lines.append(escape(words))
    elif offer.topic.kind is not TopicKind.ARTICLE:
        lines.append(escape(locale.text("There was nothing yet. I will tell you when there is.")))
    lines.append(escape(locale.text("How often shall I tell you?")))
    return Body("\n".join(lines), (_mode_row("subadd", offer.topic_id, locale),), cites)


def made_body(made: Subscription, follower: Follower, view: View, *, is_new: bool) -> Body:
    """Return that something is followed now, and when it tells."""
    locale = view.locale
    head = (
        locale.text("You follow: {name}", name=name_of_subscription(made, locale))
        if is_new
        else locale.text("You follow this already: {name}", name=name_of_subscription(made, locale))
    )
    is_paused = made.state is SubscriptionState.PAUSED
    lines = [
        head,
        locale.text("It is paused now.") if is_paused else when_line(made, follower, locale),
    ]
    if follower.is_guessed and made.zone is None:
        zone = zone_name(follower.zone, locale.language)
        lines.append(
            locale.text("Time zone: {zone}, a guess by the language. /hours changes it.", zone=zone)
        )
    rows = (
        (
            Button(locale.text("Change"), data=f"subedit:{made.id}"),
            Button(locale.text("Unsubscribe"), data=f"subdel:{made.id}:1"),
        ),
        (Button(locale.text("Subscriptions"), data="subs:1"),),
    )
    return Body(escape("\n".join(lines)), rows)


def choose_body(locale: Locale) -> Body:
    """Return what there is to follow, a button each."""
    rows = (
        (Button(locale.text("All articles"), data="suball"),),
        (
            Button(locale.text("A sector"), data="subsecs:1"),
            Button(locale.text("A person"), data="subwhos:1"),
        ),
        (Button(locale.text("A topic in words"), data="subwords"),),
    )
    words = locale.text("What do you want to follow? Or at once: /subscribe data centres")
    return Body(escape(words), rows)


def list_body(
    subscriptions: Sequence[Subscription],
    page: int,
    view: View,
    whole: Mapping[int, int],
    *,
    search: str = "",
    watches: int = 0,
) -> Body:
    """Return a page of what is followed, from 1; `search` is what it was narrowed to.

    `whole` tells on which page of the whole list each stands, where its card leads back to.
    """
    locale = view.locale
    pages = max(1, -(-len(subscriptions) // ON_A_PAGE))
    page = max(1, min(page, pages))
    start = (page - 1) * ON_A_PAGE
    shown = subscriptions[start : start + ON_A_PAGE]
    if not subscriptions:
        words = (
            locale.text("No subscription has these words.")
            if search
            else locale.text("You follow nothing yet.")
        )
        ways = (
            Button(locale.text("All subscriptions"), data="subs:1")
            if search
            else Button(locale.text("From a file"), data="subload"),
        )
        return Body(escape(words), (_list_ends(watches, locale, is_empty=not search), ways))
    count = locale.count("{n} subscription", "{n} subscriptions", len(subscriptions))
    head = f"<b>{escape(count)}</b>"
    if pages > 1:
        head += " · " + escape(locale.text("page {n} of {total}", n=page, total=pages))
    lines = [head]
    for number, each in enumerate(shown, start=start + 1):
        state = short_state(each, locale)
        lines.append(f"{number}. {escape(name_of_subscription(each, locale))} — {escape(state)}")
    numbers = [
        Button(str(number), data=f"subcard:{each.id}:{whole[each.id]}")
        for number, each in enumerate(shown, start=start + 1)
    ]
    rows = [tuple(numbers[n : n + 3]) for n in range(0, len(numbers), 3)]
    rows.append(_turning(page, pages, search, locale))
    if search:
        rows.append((Button(locale.text("All subscriptions"), data="subs:1"),))
    else:
        rows += _all_rows(subscriptions, locale)
    rows.append(_list_ends(watches, locale))
    return Body("\n".join(lines), tuple(row for row in rows if row))


def card_body(shown: Subscription, follower: Follower, page: int, view: View) -> Body:
    """Return one subscription with all that can be changed of it."""
    locale, key = view.locale, shown.id
    zone = zone_name(shown.zone or follower.zone, locale.language)
    lines = [
        f"<b>{escape(name_of_subscription(shown, locale))}</b>",
        escape(when_line(shown, follower, locale)),
        escape(locale.text("Time zone: {zone}", zone=zone)),
        escape(locale.text("Without a sound") if shown.is_silent else locale.text("With a sound")),
    ]
    if late := _late_hour(shown, follower):
        lines.append(escape(locale.text("It comes at {hour}, after quiet hours.", hour=late)))
    if shown.state is SubscriptionState.PAUSED:
        lines.append(escape(locale.text("It is paused now.")))
    elif shown.state is SubscriptionState.SUSPENDED:
        lines.append(escape(short_state(shown, locale)))
    hours = []
    if shown.mode is not Mode.INSTANT:
        hours.append(Button(locale.text("Hour"), data=f"subhour:{key}:{page}"))
    if shown.mode is Mode.WEEKLY:
        hours.append(Button(locale.text("Day of the week"), data=f"subday:{key}:{page}"))
    is_going = shown.state is SubscriptionState.ACTIVE
    rows = [
        _mode_row("submode", f"{key}:{page}", locale),
        tuple(hours),
        (
            Button(locale.text("Quiet hours"), data=f"subquiet:{key}:{page}"),
            Button(locale.text("Time zone"), data=f"subzone:{key}"),
            Button(
                locale.text("Sound") if shown.is_silent else locale.text("No sound"),
                data=f"subsound:{key}:{page}",
            ),
        ),
        (
            Button(
                locale.text("Pause") if is_going else locale.text("Resume"),
                data=f"substate:{key}:{page}",
            ),
            Button(locale.text("Unsubscribe"), data=f"subdel:{key}:{page}"),
        ),
        (Button(locale.text("Back"), data=f"subs:{page}"),),
    ]
    return Body("\n".join(lines), tuple(row for row in rows if row))


def hours_keyboard(shown: Subscription, page: int, locale: Locale) -> Keyboard:
    """Return a button for each hour of the day, and one back."""
    buttons = [
        Button(clock(hour * 60), data=f"subhour:{shown.id}:{page}:{hour}") for hour in range(24)
    ]
    rows = tuple(tuple(buttons[n : n + 3]) for n in range(0, 24, 3))
    return (*rows, _back(f"subcard:{shown.id}:{page}", locale))


def days_keyboard(shown: Subscription, page: int, locale: Locale) -> Keyboard:
    """Return a button for each day of the week, and one back."""
    buttons = [
        Button(
            weekday_name(day, locale.language),
            data=f"subday:{shown.id}:{page}:{day}",
        )
        for day in range(7)
    ]
    rows = tuple(tuple(buttons[n : n + 2]) for n in range(0, 7, 2))
    return (*rows, _back(f"subcard:{shown.id}:{page}", locale))


def quiet_keyboard(data: str, back: str, locale: Locale, *, has_chat: bool) -> Keyboard:
    """Return a button for each choice of quiet hours, its data after `data`, and one back."""
    first = 0 if has_chat else 1
    rows = tuple(
        (Button(_quiet_label(choice, locale), data=f"{data}:{number}"),)
        for number, choice in enumerate(QUIET_CHOICES)
        if number >= first
    )
    return (*rows, _back(back, locale))


def _back(data: str, locale: Locale) -> tuple[Button, ...]:
    return (Button(locale.text("Back"), data=data),)


def when_line(shown: Subscription, follower: Follower, locale: Locale) -> str:
    """Return when a subscription tells: «Раз в день в 9:00, кроме тихих часов 22:00–8:00»."""
    words = mode_words(shown, locale)
    start, stop = _quiet_of(shown, follower)
    if start == stop:
        return words
    quiet = locale.text("quiet hours {start}–{stop}", start=clock(start), stop=clock(stop))
    return f"{words}, {quiet}"


def _quiet_of(shown: Subscription, follower: Follower) -> tuple[int, int]:
    """Return the quiet hours of a subscription, its own or its chat's; (0, 0) are none."""
    start, stop = shown.quiet_from, shown.quiet_to
    if start is None or stop is None:
        start, stop = follower.quiet_from, follower.quiet_to
    return (0, 0) if start is None or stop is None else (start, stop)


def _late_hour(shown: Subscription, follower: Follower) -> str | None:
    """Return when a digest comes whose own hour lies in quiet hours, None for others."""
    start, stop = _quiet_of(shown, follower)
    minute = shown.hour * 60
    is_quiet = start <= minute < stop if start <= stop else minute >= start or minute < stop
    return clock(stop) if is_quiet and shown.mode is not Mode.INSTANT else None


def mode_words(shown: Subscription, locale: Locale) -> str:
    """Return how often a subscription tells, with the hour of its digests."""
    hour = clock(shown.hour * 60)
    match shown.mode:
        case Mode.INSTANT:
            return locale.text("At once")
        case Mode.DAILY:
            return locale.text("Once a day at {hour}", hour=hour)
        case Mode.WEEKLY:
            day = weekday_name(shown.weekday, locale.language)
            return locale.text("Once a week: {day}, {hour}", day=day, hour=hour)


def short_state(shown: Subscription, locale: Locale) -> str:
    """Return how often a subscription tells, or that it does not now."""
    match shown.state:
        case SubscriptionState.PAUSED:
            return locale.text("paused")
        case SubscriptionState.SUSPENDED:
            return locale.text("stopped: nothing can be written here")
        case SubscriptionState.ACTIVE:
            return mode_words(shown, locale)


def name_of_subscription(shown: Subscription, locale: Locale) -> str:
    """Return what a subscription is about: «тема «порт»»."""
    return name_of(Why(shown.kind, shown.title), locale, _MOST_NAME)


def _mode_row(verb: str, key: object, locale: Locale) -> tuple[Button, ...]:
    labels = (locale.text("At once"), locale.text("Once a day"), locale.text("Once a week"))
    return tuple(
        Button(label, data=f"{verb}:{key}:{number}") for number, label in enumerate(labels)
    )


def _quiet_label(choice: tuple[int, int] | None, locale: Locale) -> str:
    if choice is None:
        return locale.text("As in the whole chat")
    start, stop = choice
    return locale.text("None") if start == stop else f"{clock(start)}–{clock(stop)}"


def _turning(page: int, pages: int, search: str, locale: Locale) -> tuple[Button, ...]:
    tail = f":{search}" if search else ""
    row = []
    if page > 1:
        row.append(Button(locale.text("Back"), data=f"subs:{page - 1}{tail}"))
    if page < pages:
        row.append(Button(locale.text("Next"), data=f"subs:{page + 1}{tail}"))
    return tuple(row)


def _all_rows(subscriptions: Sequence[Subscription], locale: Locale) -> list[tuple[Button, ...]]:
    is_going = any(each.state is SubscriptionState.ACTIVE for each in subscriptions)
    label = locale.text("Pause all") if is_going else locale.text("Resume all")
    state = Button(label, data=f"suballstate:{int(is_going)}")
    files = (
        Button(locale.text("To a file"), data="subsave"),
        Button(locale.text("From a file"), data="subload"),
    )
    if len(subscriptions) == 1:
        return [(state, *files)]
    return [(state, Button(locale.text("Delete all"), data="suballdel")), files]


def _list_ends(watches: int, locale: Locale, *, is_empty: bool = False) -> tuple[Button, ...]:
    label = locale.text("Subscribe") if is_empty else locale.text("Follow more")
    row = [
        Button(label, data="submore"),
        Button(locale.text("Hours"), data="hours"),
    ]
    if watches:
        row.append(Button(locale.text("Questions"), data="watches:1"))
    return tuple(row)


def shortened(search: str) -> str:
    """Return words to search for, cut so that they fit into the data of a button."""
    return shorten(" ".join(search.split()).translate({ord(":"): " ", ord("@"): " "}), 20).rstrip(
        "…"
    )
