"""getUpdates: the long poll."""

from bot.simulator.methods.call import Call
from bot.simulator.updates import ON_REQUEST, UNASKED
from bot.simulator.wire import Json

_BATCH_LIMIT = 100  # Source: Bot API, getUpdates
_LONGEST_POLL_S = 50  # Source: Telegram's server


async def get_updates(call: Call) -> list[Json]:
    """Return the next batch. `allowed_updates` is remembered; an empty list means the usual ones.

    Raises: ApiError 409 if another poll starts meanwhile.
    """
    queue = call.state.updates
    allowed = call.params.get("allowed_updates")
    if allowed is not None:
        for unknown in set(allowed) - UNASKED - ON_REQUEST:
            call.tell(f"allowed_updates names {unknown}, which the simulator never sends")
        queue.allowed = frozenset(allowed) or UNASKED
    limit = min(max(call.params.get("limit", _BATCH_LIMIT), 1), _BATCH_LIMIT)
    timeout_s = min(max(call.params.get("timeout", 0), 0), _LONGEST_POLL_S)
    return await queue.poll(call.params.get("offset", 0), limit, timeout_s)
