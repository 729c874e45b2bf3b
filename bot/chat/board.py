"""Entries that editors go through one at a time: readers' remarks, questions without an answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from telegram import Update

from bot.chat.places import numbers_of, pressed_row, reply_target, user_of
from bot.context import Context
from bot.locales import Locale
from bot.replies.outcome import Body, Edit, Outcome, Send, Toast
from bot.store.database import Transaction
from bot.store.roles import Role, require_role


@dataclass(frozen=True, slots=True)
class Board:
    """A board: `page` makes the message of the entry at a place, as if one were gone (0 for none).

    `end` takes an entry off in a transaction, by its number, an editor's and the moment; `ended`
    says so.
    """

    page: Callable[[Context, int, int], Awaitable[Body]]
    end: Callable[[Transaction, int, int, datetime], Awaitable[object]]
    ended: Callable[[Locale], str]

    async def show(self, update: Update, context: Context) -> Outcome:
        """Reply with the first entry that waits."""
        return Outcome(out=(Send(reply_target(update), await self.page(context, 1, 0)),))

    async def on_page(self, update: Update, context: Context) -> Outcome:
        """Turn to another entry, in place."""
        (place,) = numbers_of(update, 1)
        chat_id, row = await pressed_row(update, context)
        return Outcome(out=(Edit(chat_id, row, await self.page(context, place, 0)),))

    async def on_end(self, update: Update, context: Context) -> Outcome:
        """Take an entry off and show the next one, in place."""
        key, place = numbers_of(update, 2)
        chat_id, row = await pressed_row(update, context)
        user_id, at = user_of(update).id, context.services.now()

        async def write(connection: Transaction) -> None:
            await require_role(connection, user_id, Role.EDITOR)
            await self.end(connection, key, user_id, at)

        body = await self.page(context, place, key)
        done = Toast(self.ended(context.locale))
        return Outcome(out=(Edit(chat_id, row, body),), now=done, write=write)
