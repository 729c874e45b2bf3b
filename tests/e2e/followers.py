"""What the tests of followers share: a clock to move, something followed, notices made."""

from datetime import UTC, datetime, timedelta

from bot.app import RunningBot
from bot.simulator import Room, Seen
from bot.store.announcements import next_announcement

#: Noon in Moscow: nobody sleeps.
NOON = datetime(2026, 2, 12, 9, tzinfo=UTC)


class Time:
    """A clock that a test moves; no two moments on it are the same."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        self.at += timedelta(microseconds=1)
        return self.at

    def pass_(self, **time: float) -> None:
        self.at += timedelta(**time)


async def expanded(bot: RunningBot) -> None:
    """Return when notices of all that was announced are made, before the clock is moved."""
    while await next_announcement(bot.services.db):
        await bot.notifier.step()


async def tapped(chat: Room, message: Seen, *labels: str) -> Seen:
    """Return what becomes of a message whose buttons are pressed one after the other."""
    for label in labels:
        await chat.press(message, label)
        message = await chat.edited(message)
    return message


async def followed(chat: Room, words: str, label: str = "Сразу") -> Seen:
    """Return what the bot says when something was followed."""
    await chat.send(f"/subscribe {words}")
    offer = await chat.reply()
    await chat.press(offer, label)
    return await chat.edited(offer)
