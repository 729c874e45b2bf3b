"""What an empty corpus says, whatever is asked of it."""

from bot.context import Context
from bot.replies.layout import escape
from bot.replies.outcome import Body
from bot.store.roles import Role


def empty_body(context: Context) -> Body:
    """Return what an empty corpus says to a reader, and to who can fill it."""
    locale = context.locale
    if context.role.covers(Role.EDITOR):
        return Body(escape(locale.text("There are no articles yet. Send the first: /add")))
    return Body(escape(locale.text("There are no articles yet. Look in later.")))
