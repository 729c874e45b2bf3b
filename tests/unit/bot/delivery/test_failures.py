"""What a failed call says about its message: whether it may have been taken."""

from json import JSONDecodeError

import httpx
import pytest
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.delivery.failures import Failure, judge


def caused(error: TelegramError, cause: Exception | None) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("cause", "failure"),
    [
        (None, Failure.REFUSED),  # 5xx, as the library words it
        (TelegramError("Invalid server response"), Failure.REFUSED),  # 5xx with a page
        (httpx.ConnectError("refused"), Failure.REFUSED),
        (httpx.ProxyError("407"), Failure.REFUSED),
        (httpx.ReadError("cut"), Failure.UNKNOWN),
        (httpx.WriteError("cut"), Failure.UNKNOWN),
        (httpx.RemoteProtocolError("cut"), Failure.UNKNOWN),
        (httpx.CloseError("cut"), Failure.UNKNOWN),
        (httpx.DecodingError("not gzip"), Failure.UNKNOWN),
        (OSError("what nobody thought of"), Failure.UNKNOWN),
        (RuntimeError("what nobody thought of"), Failure.UNKNOWN),
    ],
)
def test_a_call_without_a_sound_answer(cause: Exception | None, failure: Failure) -> None:
    """Only what is known to have kept the request back says that it was not taken."""
    assert judge(caused(NetworkError("?"), cause)).failure is failure


@pytest.mark.parametrize(
    ("cause", "failure"),
    [
        (httpx.ConnectTimeout("late"), Failure.REFUSED),
        (httpx.PoolTimeout("late"), Failure.REFUSED),
        (httpx.ReadTimeout("late"), Failure.UNKNOWN),
        (None, Failure.UNKNOWN),
    ],
)
def test_a_call_that_took_too_long(cause: Exception | None, failure: Failure) -> None:
    """Where it waited tells whether it left."""
    assert judge(caused(TimedOut(), cause)).failure is failure


def test_a_success_that_cannot_be_read() -> None:
    """Telegram's answer cut short, or a page of somebody in between: perhaps taken."""
    error = caused(TelegramError("Invalid server response"), JSONDecodeError("?", "<html>", 0))
    assert judge(error).failure is Failure.UNKNOWN
    assert judge(TelegramError("something else")).failure is Failure.BROKEN
