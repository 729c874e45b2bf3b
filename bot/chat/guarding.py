"""Who may have a handler: people, and of those whom the role allows it."""

from telegram import Chat, Update

from bot.chat.places import is_person, is_too_much
from bot.context import Context, Handler
from bot.errors import UserError
from bot.replies.outcome import Outcome
from bot.store.roles import Role, refusal


def guarded(handler: Handler, role: Role, *, is_counted: bool = True) -> Handler:
    """Return the handler for people alone, and of those for whom the role allows it.

    What is not counted is no flood, however much of it comes.
    """

    async def guarding(update: Update, context: Context) -> Outcome:
        is_press = update.callback_query is not None
        if is_press and update.effective_chat and update.effective_chat.type == Chat.CHANNEL:
            # Whoever reads a channel may press, and a reply would stand there for all.
            raise UserError("Ask me in private: @{name}", name=context.services.username)
        if not is_press and not is_person(update):
            return Outcome()
        if not is_press and is_counted and is_too_much(update, context):
            return Outcome()
        if not context.role.covers(role):
            raise refusal(role)
        return await handler(update, context)

    return guarding
