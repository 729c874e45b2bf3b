"""/channels: the channels that somebody manages, and what each of them is told."""

import asyncio

from telegram import Update
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError
from telegram.helpers import create_deep_linked_url

from bot.chat.elsewhere import require_channel
from bot.chat.following import data_of, number_at
from bot.chat.managers import is_manager
from bot.chat.places import in_private, is_private, pressed_row, reply_target, user_of, view_of
from bot.context import ButtonHandler, Command, Context
from bot.errors import UserError
from bot.replies.channels import ChannelCard, channel_body, channels_body
from bot.replies.outcome import Body, Edit, Outcome, Send
from bot.store.chats import Chat, list_channels
from bot.store.subscriptions import list_subscriptions

#: Channels about which Telegram is asked at once; of a bot in more, words narrow them.
MOST_ASKED = 20

#: What the link of a group's button opens.
CHANNELS_LINK = "hchannels"


async def channels(update: Update, context: Context) -> Outcome:
    """Reply with the channels that the sender manages, those with some words in their names.

    In a group with the way to the private chat: whose channels they are is nobody else's business.
    """
    if not is_private(update):
        return in_private(update, context, CHANNELS_LINK)
    wanted = " ".join(context.args or ()).casefold()
    body = await _list(update, context, wanted)
    return Outcome(out=(Send(reply_target(update), body),))


async def on_list(update: Update, context: Context) -> Outcome:
    """Show the channels again, in place of the card of one."""
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, await _list(update, context, "")),))


async def on_channel(update: Update, context: Context) -> Outcome:
    """Show what a channel is told, and what can be changed of it, in place."""
    number = number_at(data_of(update), 0)
    chat_id, row = await pressed_row(update, context)
    body = await _card(update, context, -number)
    return Outcome(out=(Edit(chat_id, row, body),))


async def show_channel(update: Update, context: Context, number: int) -> Outcome:
    """Reply with the card of the channel of a link. Raises: UserError if it is not the sender's."""
    return Outcome(out=(Send(reply_target(update), await _card(update, context, -number)),))


async def _list(update: Update, context: Context, wanted: str) -> Body:
    """Return the channels that who sent an update manages."""
    known = await list_channels(context.db)
    found = [each for each in known if wanted in each[1].casefold()]
    asked = found[:MOST_ASKED]
    user_id = user_of(update).id
    are_his = await asyncio.gather(*(_is_his(context, key, user_id) for key, _ in asked))
    his = [each for each, is_his in zip(asked, are_his, strict=True) if is_his]
    link = create_deep_linked_url(context.services.username) + "?startchannel&admin=post_messages"
    return channels_body(his, link, view_of(context).locale, has_more=len(found) > len(asked))


async def _is_his(context: Context, chat_id: int, user_id: int) -> bool:
    try:
        return await is_manager(context, chat_id, user_id)
    except TelegramError:  # the bot is not there any more: it is nobody's here
        return False


async def _card(update: Update, context: Context, chat_id: int) -> Body:
    channel = await require_channel(update, context, chat_id)
    followed = await list_subscriptions(context.db, chat_id, 0)
    card = ChannelCard(
        channel.id, channel.title or "", len(followed), await _may_post(context, channel)
    )
    return channel_body(card, context.locale)


async def _may_post(context: Context, channel: Chat) -> bool:
    """Return whether the bot is an administrator of a channel: others cannot post there."""
    try:
        mine = await context.bot.get_chat_member(channel.id, context.bot.id)
    except TelegramError as error:
        raise UserError("I am not in this channel any more.") from error
    return mine.status == ChatMemberStatus.ADMINISTRATOR


COMMANDS = (
    Command("channels", channels, "What the channels that you manage are told", in_groups=False),
)
BUTTONS = (ButtonHandler("channels", on_list), ButtonHandler("channel", on_channel))
