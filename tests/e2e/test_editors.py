"""Editors: invited by a link that works once, removed by a button that asks, all of it undone."""

import re
from datetime import timedelta

from bot.app import RunningBot
from bot.simulator import Person, Room, Simulator
from bot.store.roles import Role, get_role
from tests.e2e.conftest import OWNER_ID

SPENT = "Это приглашение уже использовано или устарело. Попросите владельца прислать новое."


async def invite(owner_chat: Room) -> str:
    """Return the link that the owner gets to pass on."""
    await owner_chat.send("/editors")
    await owner_chat.press(await owner_chat.reply(), "Пригласить редактора")
    offer = await owner_chat.reply()
    found = re.search(r"https://\S+", offer.text)
    assert found
    assert len(found[0].partition("start=i")[2]) * 6 >= 128
    return found[0]


async def make_editor(owner_chat: Room, person: Person) -> None:
    await person.open_link(await invite(owner_chat))
    assert (await person.chat.reply()).text.startswith("Теперь вы редактор.")
    await owner_chat.reply()


async def test_a_link_makes_one_editor(
    sim: Simulator, owner_chat: Room, chat: Room, anna: Person, bot: RunningBot
) -> None:
    """Its first opener; the next one is told what to do, and the owner who it was."""
    link = await invite(owner_chat)
    await anna.open_link(link)
    assert (await chat.reply()).text.startswith("Теперь вы редактор.")
    assert (await owner_chat.reply()).text == f"Анна ({anna.id}) теперь редактор."
    boris = sim.add_user("Борис", language_code="ru")
    room = await boris.open_link(link)
    assert (await room.reply()).text == SPENT
    assert await get_role(bot.services.db, boris.id) is Role.READER
    await chat.send("/cancel")
    await chat.reply()
    assert {"add", "log", "undo"} <= set(anna.menu())
    assert "editors" not in anna.menu()


async def test_a_link_is_good_for_a_day(owner_chat: Room, anna: Person, bot: RunningBot) -> None:
    """After that it gives nothing."""
    link = await invite(owner_chat)
    now = bot.services.now
    bot.services.now = lambda: now() + timedelta(hours=24)
    room = await anna.open_link(link)
    assert (await room.reply()).text == SPENT
    assert await get_role(bot.services.db, anna.id) is Role.READER


async def test_a_link_is_not_spent_by_who_may_do_all_that(
    owner_chat: Room, chat: Room, anna: Person, bot: RunningBot
) -> None:
    """The owner who tries his own link stays the owner."""
    link = await invite(owner_chat)
    owner = owner_chat
    await owner.send(f"/start {link.partition('start=')[2]}")
    assert (await owner.reply()).text == "Вам и так всё это можно. Ссылка ещё действует."
    assert await get_role(bot.services.db, OWNER_ID) is Role.OWNER
    await anna.open_link(link)
    assert (await chat.reply()).text.startswith("Теперь вы редактор.")


async def test_an_editor_is_removed_after_one_question(
    owner_chat: Room, chat: Room, anna: Person, bot: RunningBot
) -> None:
    """He is told, loses his menu and his commands, and /undo brings all of that back."""
    await make_editor(owner_chat, anna)
    await owner_chat.send("/editors")
    listed = await owner_chat.reply()
    assert f"{anna.id} · с " in listed.text
    await owner_chat.press(listed, f"Убрать {anna.id}")
    asked = await owner_chat.edited(listed)
    assert asked.text.startswith(f"Убрать редактора {anna.id}?")
    assert await get_role(bot.services.db, anna.id) is Role.EDITOR
    await owner_chat.press(asked, "Убрать")
    assert (await owner_chat.edited(asked)).text.startswith(f"{anna.id} больше не редактор.")
    assert (await chat.reply()).text == "Вы больше не редактор."
    await chat.send("/log")
    assert (await chat.reply()).text == "Эта команда для редакторов."
    assert "log" not in anna.menu()
    toast = await owner_chat.press(asked, data=asked.button("Убрать").data)
    assert toast.text == "Эта кнопка устарела."
    await owner_chat.send("/undo")
    assert "больше не редактор" in (await owner_chat.reply()).text
    assert await get_role(bot.services.db, anna.id) is Role.EDITOR


async def test_the_list_can_be_gone_back_to(owner_chat: Room, anna: Person) -> None:
    """Without removing anybody."""
    await make_editor(owner_chat, anna)
    await owner_chat.send("/editors")
    listed = await owner_chat.reply()
    await owner_chat.press(listed, f"Убрать {anna.id}")
    asked = await owner_chat.edited(listed)
    await owner_chat.press(asked, "Назад")
    assert (await owner_chat.edited(asked)).text == listed.text


async def test_a_group_does_not_see_the_link(sim: Simulator, bot: RunningBot) -> None:
    """Whoever sees it could take it."""
    owner = sim.add_user("Ольга", user_id=OWNER_ID, language_code="ru")
    group = sim.add_group("Политика", [owner])
    greeting = await group.reply()
    await group.send(f"/editors@{sim.username}", by=owner)
    assert (await group.reply()).text == "Это делается в личном чате со мной."
    toast = await group.press(greeting, data="edinv", by=owner)
    assert toast.text == "Это делается в личном чате со мной."
