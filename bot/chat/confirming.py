"""Steps that ask once before they act: a button that works once, for whom it was made, for minutes.

Its data is `verb:id:token`; the token alone permits, the id only tells what to show meanwhile.
"""

from dataclasses import dataclass
from datetime import timedelta

from telegram import Update

from bot.chat.places import as_number, message_of, user_of
from bot.context import Context
from bot.errors import UserError
from bot.replies.outcome import Write
from bot.store.database import Transaction
from bot.store.nonces import Nonce, add_nonce, mint_token, use_nonce

#: Long enough to read the question and decide. Source: docs/reliability.md, who may do what.
BUTTON_LASTS = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a pressed button confirms: an act upon the subject of this id, if its token is good."""

    action: str
    subject_id: int
    token: str
    user_id: int
    chat_id: int

    async def use(self, connection: Transaction, context: Context) -> None:
        """Use the permission up in the acting transaction.

        Raises: UserError if it is used, over, another's, or for another subject.
        """
        subject = await use_nonce(
            connection,
            self.token,
            self.action,
            user_id=self.user_id,
            chat_id=self.chat_id,
            at=context.services.now(),
        )
        if subject != str(self.subject_id):
            raise UserError("This button is out of date.")


def permission(update: Update, context: Context, action: str, subject_id: int) -> Nonce:
    """Return the permission for the question's button, to be kept in the write that asks it."""
    return Nonce(
        mint_token(),
        action,
        str(subject_id),
        context.services.now() + BUTTON_LASTS,
        user_of(update).id,
        message_of(update).chat.id,
    )


def keeping(nonce: Nonce) -> Write:
    """Return the write of a question that asks nothing else of the store."""

    async def write(connection: Transaction) -> None:
        await add_nonce(connection, nonce)

    return write


def confirmed_by(update: Update, action: str) -> Confirmed:
    """Return what the pressed button says. Raises: UserError if it says nothing of the kind."""
    data = ((update.callback_query and update.callback_query.data) or "").split(":")
    number = as_number(data[1]) if len(data) == 3 else None
    if number is None:
        raise UserError("This button is out of date.")
    return Confirmed(action, number, data[2], user_of(update).id, message_of(update).chat.id)
