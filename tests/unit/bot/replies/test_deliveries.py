"""The ledger of a chat in words."""

from datetime import UTC, date, datetime

import pytest

from bot.locales import get_locale
from bot.replies.deliveries import deliveries_body
from bot.replies.passage import View
from bot.store.followers import Follower
from bot.store.notices import Cause, Delivery, Notice, NoticeState
from index.types import Language

NOON = datetime(2026, 2, 12, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("Bad Request: TOPIC_CLOSED", "не доставлено: тема была закрыта"),
        ("Bad Request: message thread not found", "не доставлено: тема была закрыта"),
        ("Forbidden: bot was kicked", "не доставлено: чат не принимал сообщений"),
        ("suspended", "не доставлено: чат не принимал сообщений"),
        ("Bad Request: chat not found", "не доставлено: чат не принимал сообщений"),
        ("a quotation differs", "не доставлено"),
        (None, "не доставлено"),
    ],
)
def test_what_was_not_delivered_says_why_in_our_words(reason: str | None, words: str) -> None:
    """Not in Telegram's, which are English and for programmers."""
    assert line(reason, None).endswith(f"12 февраля 2026, 12:00 · «Порт» — {words}")


@pytest.mark.parametrize(
    ("outbox", "words"),
    [("ready", "в пути"), ("leased", "в пути"), ("sent", "отправлено")],
)
def test_what_an_owner_let_be_sent_again_is_delivered(outbox: str, words: str) -> None:
    """Whatever was in the way before."""
    assert line("Bad Request: TOPIC_CLOSED", outbox).endswith(f" — {words}")


def line(reason: str | None, outbox: str | None) -> str:
    """Return the ledger of a chat that was not told of one article."""
    state = NoticeState.UNDELIVERABLE
    notice = Notice(1, Cause.SUBSCRIPTION, 1, 1, -5, 0, NOON, state, reason, 1, None, NOON)
    view = View(get_locale(Language.RU), date(2026, 2, 12), "paragraf_bot")
    follower = Follower(-5, "Europe/Moscow")
    return deliveries_body([Delivery(notice, "Порт", "порт", outbox)], follower, 1, 1, view).html
