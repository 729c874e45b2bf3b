"""Managing a channel from a private chat: the channel stands in the data of every button.

A channel's posts have no author, so nobody could be asked there what he may do. Its administrator
presses the same buttons in his private chat instead; each names the channel (`subs:1@100123`),
and at each press Telegram is asked whether he is its administrator still.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from telegram import Chat as TelegramChat
from telegram import Update
from telegram.error import BadRequest, Forbidden

from bot.chat.managers import is_manager
from bot.chat.places import CHANNEL_MARK, as_number, is_private, user_of
from bot.context import ButtonHandler, Context, Handler, PromptHandler
from bot.errors import UserError
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Edit, Outcome, Send, SendFile, Write
from bot.store.chats import Chat, get_chat
from bot.store.database import Transaction

#: The buttons of followers, which work for a channel as well.
VERBS = frozenset(
    "subadd submore suball subsecs subsec subwhos subwho subwords subs subcard subedit submode"
    " subhour subday subquiet subzone subsound substate subpause subresume subdel subundo"
    " suballstate suballdel suballgone subsave subload hours hoursquiet hourscorr hourszone"
    " zone told lang".split()
)

#: A keyboard of so many rows is a choice among many: another row would not fit beside it.
_MOST_ROWS = 9


async def require_channel(update: Update, context: Context, chat_id: int) -> Chat:
    """Return a channel that who sent an update manages, as Telegram says now.

    Raises:
        UserError: it is none that the bot is in, or he is no administrator of it.

    """
    found = await get_chat(context.db, chat_id)
    if found is None or found.kind != TelegramChat.CHANNEL or not is_private(update):
        raise UserError("This button is out of date.")
    try:
        is_his = await is_manager(context, chat_id, user_of(update).id, is_believed=False)
    except (BadRequest, Forbidden) as error:
        raise UserError("I am not in this channel any more.") from error
    if not is_his:
        raise UserError("Only the administrators of this channel may change that.")
    return found


def for_channels(buttons: Iterable[ButtonHandler]) -> list[ButtonHandler]:
    """Return buttons, of which those of followers also work for a channel."""
    return [
        replace(each, handler=_placed(each.handler)) if each.verb in VERBS else each
        for each in buttons
    ]


def for_channels_too(prompts: Iterable[PromptHandler]) -> list[PromptHandler]:
    """Return what takes replies, which may be about a channel."""
    return [replace(each, handler=_placed(each.handler)) for each in prompts]


def channel_head(title: str | None, context: Context) -> str:
    """Return the line that says which channel a message is about."""
    name = context.locale.text("Channel “{title}”", title=title or "")
    return f"<b>{escape(name)}</b>"


def _placed(handler: Handler) -> Handler:
    """Return the handler that acts for the channel which its button or prompt names, if any."""

    async def placed(update: Update, context: Context) -> Outcome:
        subject = context.prompt.subject if context.prompt else ""
        data = update.callback_query.data if update.callback_query else subject
        _, _, marked = (data or "").partition(CHANNEL_MARK)
        if not marked:
            return await handler(update, context)
        number = as_number(marked)
        if number is None:
            raise UserError("This button is out of date.")
        channel = await require_channel(update, context, -number)
        context.channel = channel.id
        return _about(await handler(update, context), channel, context)

    return placed


def _about(outcome: Outcome, channel: Chat, context: Context) -> Outcome:
    """Return an outcome whose messages say which channel they are about, and whose buttons do."""
    head = channel_head(channel.title, context)
    back = Button(context.locale.text("Channel"), data=f"channel:{-channel.id}")

    def mark(button: Button) -> Button:
        verb = (button.data or "").partition(":")[0]
        if button.data is None or verb not in VERBS:
            return button
        return replace(button, data=f"{button.data}{CHANNEL_MARK}{-channel.id}")

    def about(body: Body) -> Body:
        keyboard = tuple(tuple(map(mark, row)) for row in body.keyboard)
        if len(keyboard) < _MOST_ROWS and body.hint is None:
            keyboard = (*keyboard, (back,))
        return replace(body, html=f"{head}\n{body.html}", keyboard=keyboard)

    def named(message: Send | Edit) -> Send | Edit:
        return replace(message, body=about(message.body))

    out = tuple(
        replace(each, caption=about(each.caption)) if isinstance(each, SendFile) else named(each)
        for each in outcome.out
    )
    return replace(outcome, out=out, write=_naming(outcome.write, named))


def _naming(write: Write | None, named: Callable[[Send | Edit], Send | Edit]) -> Write | None:
    """Return a write whose messages are named as well."""
    if write is None:
        return None

    async def naming(connection: Transaction) -> tuple[Send | Edit, ...]:
        return tuple(map(named, await write(connection) or ()))

    return naming
