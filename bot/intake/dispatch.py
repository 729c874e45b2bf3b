"""Which handler takes an update. PTB's own `process_update` drops results and swallows errors."""

from typing import Any

from telegram import Update
from telegram.ext import Application

from bot.replies.outcome import Outcome

type_of_application = Application[Any, Any, Any, Any, Any, Any]


async def dispatch(app: type_of_application, update: Update) -> Outcome:
    """Return what the first handler that accepts `update` makes of it. Raises what it raises."""
    context = app.context_types.context.from_update(update, app)
    await context.prepare(update)
    for group in app.handlers.values():
        for handler in group:
            check = handler.check_update(update)
            if check is not None and check is not False:
                outcome = await handler.handle_update(update, app, check, context)
                return outcome if isinstance(outcome, Outcome) else Outcome()
    return Outcome()
