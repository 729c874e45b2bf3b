"""Alarms to the owners: rows of the outbox like any other, at most one of a kind an hour."""

import html
from datetime import datetime

from bot.delivery.messages import as_message
from bot.replies.outcome import Body, Send, Target
from bot.store.database import Database
from bot.store.outbox import Prio, add_messages
from bot.store.roles import Role, list_roles


async def raise_alarm(db: Database, kind: str, text: str, at: datetime) -> None:
    """Tell the owners, unless an alarm of this kind was raised in this hour."""
    owners = [grant.user_id for grant in await list_roles(db) if grant.role is Role.OWNER]
    body = Body(html.escape(text, quote=False))
    messages = [as_message(Send(Target(owner), body, Prio.ADMIN)) for owner in owners]
    async with db.write() as connection:
        await add_messages(connection, f"alarm:{kind}:{at:%Y%m%d%H}", messages, at)
