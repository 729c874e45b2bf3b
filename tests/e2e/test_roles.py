"""Whoever is no editor can do nothing of an editor's: every command, button and prompt there is.

They are taken from the lists that the bot itself goes by, so that a new one cannot be forgotten.
"""

import asyncio
import importlib
import pkgutil
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

import pytest

import bot.chat
from bot.app import RunningBot
from bot.commands import BUTTONS, COMMANDS, PROMPTS
from bot.intake.floods import Floods
from bot.simulator import ANONYMOUS_ADMIN_ID, CHANNEL_BOT_ID, Person, Room, Simulator
from bot.store.database import Database, run
from bot.store.prompts import PROMPT_LASTS, Prompt, end_prompt, set_prompt
from bot.store.roles import Role, set_role
from bot.store.tables import metadata
from tests.e2e.conftest import OWNER_ID

#: What hearing a message and answering it changes, whoever sends it, and what goes on by itself.
ROAD = {"inbox", "outbox", "chat", "prompt", "answer"}
ROAD |= {"announcement", "notice", "minhash", "paragraph_vector"}

GUARDED = [each.name for each in COMMANDS if each.role is not Role.READER]
FOR_OWNERS = [each.name for each in COMMANDS if each.role is Role.OWNER]
BUTTON_VERBS = [each.verb for each in BUTTONS if each.role is not Role.READER]
OWNER_VERBS = [each.verb for each in BUTTONS if each.role is Role.OWNER]
PROMPT_KINDS = [each.kind for each in PROMPTS if each.role is not Role.READER]

REFUSALS = {"Эта команда для редакторов.", "Эта команда для владельцев."}

#: Callback data after the verb: what a hostile app would try.
FORGED = ("", ":1", ":1:2", ":1:2:3", f":{OWNER_ID}:token")


async def tables_of(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every table but those of the road."""
    async with db.read() as connection:
        return {
            name: await run(connection, f"SELECT * FROM {name}")
            for name in sorted(metadata.tables.keys() - ROAD)
        }


async def give(bot: RunningBot, user_id: int, role: Role) -> None:
    async with bot.services.db.write() as connection:
        await set_role(connection, user_id, role, datetime.now(UTC), given_by=OWNER_ID)


async def refused_command(chat: Room, name: str) -> None:
    """Send a command, alone and with words, as text and by the button of a suggestion."""
    await chat.send("/hlp")
    suggestion = await chat.reply()
    for words in ("", " 1", f" {OWNER_ID} порт = гавань"):
        await chat.send(f"/{name}{words}")
        assert (await chat.reply()).text in REFUSALS, name
    toast = await chat.press(suggestion, data=f"cmd:{name}")
    assert toast.text in REFUSALS, name


async def refused_buttons(chat: Room, verbs: list[str]) -> None:
    """Press every button under a message of the bot, with made-up data."""
    await chat.send("/help")
    message = await chat.reply()
    for verb in verbs:
        for rest in FORGED:
            toast = await chat.press(message, data=verb + rest)
            assert toast.text in REFUSALS, verb


async def refused_prompt(bot: RunningBot, chat: Room, kind: str) -> None:
    """Reply to a prompt in words and by a file, as if it had been asked of an editor."""
    until = datetime.now(UTC) + PROMPT_LASTS
    async with bot.services.db.write() as connection:
        await set_prompt(connection, Prompt(chat.id, chat.id, kind, "1", until))
    await chat.send("Порт закроют.")
    assert (await chat.reply()).text in REFUSALS, kind
    await chat.send_file("порт.txt", "Порт закроют.".encode())
    assert (await chat.reply()).text in REFUSALS, kind
    async with bot.services.db.write() as connection:
        await end_prompt(connection, chat.id, chat.id)


async def refused_all(bot: RunningBot, rooms: Sequence[Room]) -> None:
    """Try everything of an editor's, each in a chat of its own as Telegram's pace is for a chat."""
    before = await tables_of(bot.services.db)
    tries = [partial(refused_command, name=name) for name in GUARDED]
    tries += [partial(refused_prompt, bot, kind=kind) for kind in PROMPT_KINDS]
    await asyncio.gather(*(each(chat=room) for each, room in zip(tries, rooms, strict=True)))
    await refused_buttons(rooms[0], BUTTON_VERBS)
    assert await tables_of(bot.services.db) == before


@pytest.fixture
def rooms(sim: Simulator, bot: RunningBot) -> list[Room]:
    """Return the private chats of as many readers as there are commands and prompts of editors."""
    names = [*GUARDED, *PROMPT_KINDS]
    return [sim.private_chat(sim.add_user(name, language_code="ru")) for name in names]


@pytest.fixture
def unhurried(bot: RunningBot) -> None:
    """Let one person do more in a minute than a person can."""
    bot.services.floods = Floods(user_a_minute=10_000, group_a_minute=10_000)


@pytest.mark.parametrize(
    "module", [each.name for each in pkgutil.iter_modules(bot.chat.__path__, "bot.chat.")]
)
def test_no_button_of_an_editors_command_is_for_readers(module: str) -> None:
    """Nor what takes the words that it asks for: a role that was forgotten would open it to all.

    A feature is an editor's if its command is, or if what it writes asks for a role.
    """
    feature = importlib.import_module(module)
    commands = getattr(feature, "COMMANDS", ())
    handlers = [*getattr(feature, "BUTTONS", ()), *getattr(feature, "PROMPTS", ())]
    writes = "require_role" in vars(feature)
    if writes or any(each.role is not Role.READER for each in commands):
        assert [each for each in (*commands, *handlers) if each.role is Role.READER] == []


@pytest.mark.usefixtures("articles", "unhurried")
async def test_a_reader_can_do_nothing_of_an_editors(bot: RunningBot, rooms: list[Room]) -> None:
    """Each try is refused in words, and no table is another one after."""
    await refused_all(bot, rooms)


@pytest.mark.usefixtures("articles", "unhurried")
async def test_nor_can_an_editor_who_was_removed(bot: RunningBot, rooms: list[Room]) -> None:
    """From the moment on at which he is none, whatever his menu still shows."""
    for room in rooms:
        await give(bot, room.id, Role.EDITOR)
        await give(bot, room.id, Role.READER)
    await refused_all(bot, rooms)


@pytest.mark.usefixtures("articles", "unhurried")
async def test_an_editor_can_do_nothing_of_an_owners(bot: RunningBot, rooms: list[Room]) -> None:
    """Such as inviting others."""
    editors = rooms[: len(FOR_OWNERS)]
    for room in editors:
        await give(bot, room.id, Role.EDITOR)
    before = await tables_of(bot.services.db)
    await asyncio.gather(*map(refused_command, editors, FOR_OWNERS))
    await refused_buttons(editors[0], OWNER_VERBS)
    assert await tables_of(bot.services.db) == before


@pytest.mark.usefixtures("articles", "unhurried")
async def test_nobody_acts_in_the_name_of_a_chat(
    sim: Simulator, bot: RunningBot, anna: Person
) -> None:
    """An anonymous administrator, a channel in a group, a post in a channel: all unheard."""
    group = sim.add_group("Политика", [anna])
    channel = sim.add_channel("Новости", anna)
    await group.reply()  # the greeting
    before = await tables_of(bot.services.db)
    for name in GUARDED:
        command = f"/{name}@{sim.username} 1"
        await group.send_as(ANONYMOUS_ADMIN_ID, command)
        await group.send_as(CHANNEL_BOT_ID, command, sender_chat=channel)
        await channel.send(command, by=anna)
    await group.send(f"/cancel@{sim.username}", by=anna)
    assert (await group.reply()).text.startswith("Отменять нечего")
    assert sim.journal.requests("sendMessage", channel.id) == []
    assert await tables_of(bot.services.db) == before
