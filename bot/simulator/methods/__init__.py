"""The methods of the Bot API, one module a subject. `METHODS` is the whole list."""

from bot.simulator.methods import chats, edits, files, menus, messages, queries, updates
from bot.simulator.methods.call import Call, Method

METHODS: dict[str, Method] = {
    **chats.METHODS,
    **edits.METHODS,
    **files.METHODS,
    **menus.METHODS,
    **messages.METHODS,
    **queries.METHODS,
}
# getUpdates waits, hence the only one that is a coroutine.
get_updates = updates.get_updates

__all__ = ["METHODS", "Call", "Method", "get_updates"]
