"""Answers that are worthless when late, so they are sent at once and never queued."""

from typing import Any

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)

from bot.delivery.messages import as_markup
from bot.replies.outcome import Card, GuestCard, InlineCards, Toast

#: Telegram keeps an inline answer five minutes for all users unless told otherwise; an article
#: published meanwhile would be missing.
INLINE_CACHE_S = 10


Answer = Toast | InlineCards | GuestCard


async def answer_directly(bot: Bot, update: Update, answer: Answer) -> None:
    """Answer the query of an update; nothing to do when it has none of that kind.

    Raises: telegram.error.TelegramError, for one when the query has become too old.
    """
    if isinstance(answer, Toast) and update.callback_query:
        await bot.answer_callback_query(
            update.callback_query.id, text=answer.text or None, show_alert=answer.is_alert
        )
    elif isinstance(answer, InlineCards) and update.inline_query:
        button = answer.start and InlineQueryResultsButton(answer.start, start_parameter="inline")
        await bot.answer_inline_query(
            update.inline_query.id,
            [_result(bot, card) for card in answer.cards],
            cache_time=INLINE_CACHE_S,
            is_personal=True,
            next_offset=answer.next_offset,
            button=button or None,
        )
    elif isinstance(answer, GuestCard) and update.guest_message:
        await bot.answer_guest_query(
            update.guest_message.guest_query_id or "", _result(bot, answer.card)
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
