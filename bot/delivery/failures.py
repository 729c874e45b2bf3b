"""What a failed call says about the message: was it taken, may it be tried again, and when."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

# Without it the library warns at each 429 that a number of seconds will become a duration.
os.environ.setdefault("PTB_TIMEDELTA", "true")


class Failure(Enum):
    """The ends a failed call can have."""

    ACCEPTED = auto()  # an edit that changes nothing
    FLOOD = auto()  # 429: certainly not sent
    REFUSED = auto()  # 5xx or no connection: certainly not sent
    UNKNOWN = auto()  # a timeout or a cut connection: perhaps sent
    MARKUP = auto()  # the HTML was not understood
    MIGRATED = auto()  # the group has another number now
    CHAT_GONE = auto()  # nothing can be sent to this chat
    MESSAGE_GONE = auto()  # this message or topic is gone, the chat is not
    BROKEN = auto()  # our mistake: the operator must look


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a failure means, how long Telegram asks to wait, the new number of the chat."""

    failure: Failure
    wait_s: float = 0.0
    chat_id: int | None = None


#: Parts of descriptions, in small letters, and what they mean. Source: the Bot API server.
_BAD_REQUESTS = (
    ("message is not modified", Failure.ACCEPTED),
    ("can't parse entities", Failure.MARKUP),
    ("message to edit not found", Failure.MESSAGE_GONE),
    ("message can't be edited", Failure.MESSAGE_GONE),
    ("message thread not found", Failure.MESSAGE_GONE),
    ("topic_closed", Failure.MESSAGE_GONE),
    ("topic_deleted", Failure.MESSAGE_GONE),
    ("chat not found", Failure.CHAT_GONE),
    ("chat_write_forbidden", Failure.CHAT_GONE),
    ("chat_restricted", Failure.CHAT_GONE),
    ("not enough rights", Failure.CHAT_GONE),
    ("need administrator rights", Failure.CHAT_GONE),
    ("have no rights", Failure.CHAT_GONE),
    ("peer_id_invalid", Failure.CHAT_GONE),
    ("user is deactivated", Failure.CHAT_GONE),
)

#: Names of the transport's errors after which the request cannot have reached Telegram. Counted as
#: unknown they would end messages as dead within seconds, while a proxy is down.
_NEVER_LEFT = frozenset(
    {"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol"}
)


def judge(error: TelegramError) -> Verdict:
    """Return what an error of python-telegram-bot means for the message that met it.

    `BadRequest` and `TimedOut` are kinds of `NetworkError` there, so the order matters.
    """
    for kind, decide in _DECIDERS:
        if isinstance(error, kind):
            return decide(error)
    # Something answered 200 without JSON: Telegram's answer cut short, or a page in between.
    is_unread = isinstance(error.__cause__, ValueError)
    return Verdict(Failure.UNKNOWN if is_unread else Failure.BROKEN)


def _flood(error: TelegramError) -> Verdict:
    wait = error.retry_after if isinstance(error, RetryAfter) else 0
    seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
    return Verdict(Failure.FLOOD, wait_s=seconds)


def _migrated(error: TelegramError) -> Verdict:
    return Verdict(Failure.MIGRATED, chat_id=getattr(error, "new_chat_id", None))


def _bad_request(error: TelegramError) -> Verdict:
    words = error.message.lower()
    found = (failure for part, failure in _BAD_REQUESTS if part in words)
    return Verdict(next(found, Failure.BROKEN))


def _transport(error: TelegramError) -> Verdict:
    """Return the verdict on a call without a sound answer, by what the transport said.

    Whatever is not known to have kept the request back may have let it through.
    """
    cause = error.__cause__
    if type(cause).__name__ in _NEVER_LEFT:
        return Verdict(Failure.REFUSED)
    # 5xx: the library's own error, of which a body that is no JSON may be the cause.
    is_answer = cause is None or isinstance(cause, TelegramError)
    if is_answer and not isinstance(error, TimedOut):
        return Verdict(Failure.REFUSED)
    return Verdict(Failure.UNKNOWN)


_DECIDERS: tuple[tuple[type[TelegramError], Callable[[TelegramError], Verdict]], ...] = (
    (RetryAfter, _flood),
    (ChatMigrated, _migrated),
    (Forbidden, lambda _: Verdict(Failure.CHAT_GONE)),
    (BadRequest, _bad_request),
    (InvalidToken, lambda _: Verdict(Failure.REFUSED)),
    (NetworkError, _transport),
)
