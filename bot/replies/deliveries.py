"""What a chat was told, and is to be told, as a list in words."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.locales import Locale
from bot.locales.clock import clock
from bot.replies.layout import escape, shorten
from bot.replies.outcome import Body, Button
from bot.replies.passage import View
from bot.store.followers import Follower
from bot.store.notices import Cause, Delivery, NoticeState
from bot.store.outbox import OutboxState

#: Lines on a page: each fills two on a phone.
ON_A_PAGE = 10

_MOST_TITLE = 80

_ON_ITS_WAY = frozenset({OutboxState.READY, OutboxState.LEASED})
_ON = _ON_ITS_WAY | {OutboxState.SENT}

#: Words of Telegram, and ours, by which a chat took no messages.
_CHAT_GONE = ("suspended", "forbidden", "blocked", "kicked", "not found", "rights", "deactivated")


def deliveries_body(
    found: Sequence[Delivery], follower: Follower, page: int, pages: int, view: View
) -> Body:
    """Return a page of the ledger of a chat, the latest first, with moments of its own clock."""
    locale = view.locale
    if not found:
        return Body(escape(locale.text("Nothing was sent to you yet. To follow: /subscribe")))
    head = locale.text("What was sent and what waits")
    lines = [f"<b>{escape(head)}</b>" + _pages(page, pages, locale)]
    zone = ZoneInfo(follower.zone)
    for each in found:
        at = _moment(each.notice.created_at, zone, locale)
        became = _became(each, zone, locale)
        lines.append(escape(f"{at} · {_what(each, locale)} — {became}"))
    row = []
    if page > 1:
        row.append(Button(locale.text("Back"), data=f"told:{page - 1}"))
    if page < pages:
        row.append(Button(locale.text("Next"), data=f"told:{page + 1}"))
    return Body("\n".join(lines), (tuple(row),) if row else ())


def _pages(page: int, pages: int, locale: Locale) -> str:
    if pages < 2:
        return ""
    return " · " + escape(locale.text("page {n} of {total}", n=page, total=pages))


def _what(each: Delivery, locale: Locale) -> str:
    if each.notice.cause is Cause.BROADCAST:
        return locale.text("a message of the owner")
    title = shorten(each.title or each.cause_title or "", _MOST_TITLE)
    return locale.text("“{title}”", title=title) if title else locale.text("an article")


def _became(each: Delivery, zone: ZoneInfo, locale: Locale) -> str:
    """Return what has become of a notice, in words."""
    notice = each.notice
    match notice.state:
        case NoticeState.WAITING:
            return locale.text("waits its turn")
        case NoticeState.HELD:
            return locale.text("held until {at}", at=_moment(notice.due_at, zone, locale))
        case NoticeState.DROPPED:
            return _dropped(notice.reason or "", locale)
        case NoticeState.UNDELIVERABLE if each.outbox in _ON:
            return _sent(each.outbox, locale)  # an owner let it be sent again
        case NoticeState.UNDELIVERABLE:
            return _undelivered(notice.reason or "", locale)
        case NoticeState.SENT:
            return _sent(each.outbox, locale)


def _sent(state: str | None, locale: Locale) -> str:
    if state in _ON_ITS_WAY:
        return locale.text("on its way")
    if state in {None, OutboxState.SENT}:
        return locale.text("sent")
    return locale.text("not delivered")


def _undelivered(reason: str, locale: Locale) -> str:
    """Return why something was not delivered, in our words: the reason is Telegram's."""
    told = reason.casefold()
    if "topic" in told or "thread" in told:
        return locale.text("not delivered: the topic took no messages")
    if any(word in told for word in _CHAT_GONE):
        return locale.text("not delivered: the chat took no messages")
    return locale.text("not delivered")


def _dropped(reason: str, locale: Locale) -> str:
    match reason:
        case "withdrawn":
            return locale.text("not sent: the article was withdrawn")
        case "unsubscribed" | "paused" | "suspended":
            return locale.text("not sent: you had stopped it")
        case "answered":
            return locale.text("not sent: your question had its answer")
        case "no longer about it":
            return locale.text("not sent: the article is not about it any more")
        case _:
            return locale.text("not sent")


def _moment(at: datetime, zone: ZoneInfo, locale: Locale) -> str:
    local = at.astimezone(zone)
    return f"{locale.day(local.date())}, {clock(local.hour * 60 + local.minute)}"
