"""Answers that are worthless when late, so they are sent at once and never queued."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog
from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import CallbackQueryLimit, ChatAction
from telegram.error import BadRequest, TelegramError

from bot.delivery.messages import as_markup
from bot.replies.outcome import Card, GuestCard, InlineCards, Toast

#: Telegram keeps an inline answer five minutes for all users unless told otherwise; an article
#: published meanwhile would be missing.
INLINE_CACHE_S = 5

#: Nobody waits longer for an answer to a query, and a worker should not.
ANSWER_S = 5.0

Answer = Toast | InlineCards | GuestCard

log = structlog.get_logger(__name__)


async def answer_query(bot: Bot, update: Update, answer: Answer | None) -> None:
    """Answer the query of an update; a pressed button is answered in any case, or it would spin.

    There is no second attempt: a failure is logged.
    """
    try:
        await _answer(bot, update, answer)
    except BadRequest as error:
        log.info("a query was too old to be answered", reason=str(error))
    except TelegramError as error:
        log.warning("a query was not answered", reason=str(error))


@asynccontextmanager
async def shown_typing(bot: Bot, update: Update, after_s: float) -> AsyncIterator[None]:
    """Show the typing sign where a message came from when the block takes longer than `after_s`."""
    message = update.message
    if message is None:
        yield
        return
    thread = message.message_thread_id if message.is_topic_message else None

    async def show() -> None:
        with contextlib.suppress(TelegramError):
            await bot.send_chat_action(
                message.chat.id, ChatAction.TYPING, message_thread_id=thread, read_timeout=ANSWER_S
            )

    signs: set[asyncio.Task[None]] = set()
    timer = asyncio.get_running_loop().call_later(
        after_s, lambda: signs.add(asyncio.create_task(show(), name="typing"))
    )
    try:
        yield
    finally:
        timer.cancel()
        for sign in signs:
            sign.cancel()


async def _answer(bot: Bot, update: Update, answer: Answer | None) -> None:
    if update.callback_query:
        toast = answer if isinstance(answer, Toast) else Toast()
        await bot.answer_callback_query(
            update.callback_query.id,
            text=toast.text[: CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH] or None,
            show_alert=toast.is_alert,
            read_timeout=ANSWER_S,
        )
    elif isinstance(answer, InlineCards) and update.inline_query:
        button = answer.start and InlineQueryResultsButton(
            answer.start, start_parameter=answer.opens
        )
        await bot.answer_inline_query(
            update.inline_query.id,
            [_result(bot, card) for card in answer.cards],
            cache_time=INLINE_CACHE_S,
            is_personal=True,
            next_offset=answer.next_offset,
            button=button or None,
            read_timeout=ANSWER_S,
        )
    elif isinstance(answer, GuestCard) and update.guest_message:
        await bot.answer_guest_query(
            update.guest_message.guest_query_id or "",
            _result(bot, answer.card),
            read_timeout=ANSWER_S,
        )


def _result(bot: Bot, card: Card) -> InlineQueryResultArticle:
    no_preview = LinkPreviewOptions(is_disabled=True)
    markup: Any = as_markup(card.body.keyboard) if card.body.keyboard else None
    return InlineQueryResultArticle(
        id=card.id,
        title=card.title,
        description=card.description,
        input_message_content=InputTextMessageContent(
            card.body.html, parse_mode="HTML", link_preview_options=no_preview
        ),
        reply_markup=InlineKeyboardMarkup.de_json(markup, bot) if markup else None,
    )
