"""What the tests of adding articles share: a short article, and the end of a job."""

from bot.simulator import Room
from bot.simulator.views import Seen

PORT = "title: О порте\ndate: 2026-02-11\nМорской порт откроют осенью.\nЕго глубина 15 метров."


async def settled(room: Room) -> Seen:
    """Return the message that a job ends with: its only one, or that which told how far it was."""
    seen = await room.reply(timeout_s=60)
    while "Остановить" in seen.labels:
        seen = await room.edited(seen, timeout_s=60)
    return seen
