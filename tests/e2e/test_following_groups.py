"""What groups and topics follow: closed, opened again, with another number, without the bot."""

import pytest

from bot.app import RunningBot
from bot.simulator import Person, Room, Seen, Simulator
from bot.simulator.groups import Group
from tests.e2e.conftest import Publish
from tests.e2e.followers import Time, expanded


@pytest.fixture
def clock() -> Time:
    """Return the bot's clock, at noon of a winter day."""
    return Time()


async def followed_in(room: Room, sim: Simulator, words: str, by: Person) -> Seen:
    """Return what the bot says when a group or a topic follows something."""
    await room.send(f"/subscribe@{sim.username} {words}", by=by)
    offer = await room.reply()
    await room.press(offer, "Сразу", by=by)
    return await room.edited(offer)


async def test_a_closed_topic_stops_what_it_follows_until_it_is_open(
    sim: Simulator, chat: Room, anna: Person, add_article: Publish, bot: RunningBot
) -> None:
    """Whoever subscribed it is told once, in private; the group's other topics go on."""
    await chat.send("/start")
    await chat.reply()
    group = sim.add_group("Политика", [anna], forum=True)
    await group.reply()
    ports, fields = group.topic("Порты"), group.topic("Поля")
    await followed_in(ports, sim, "порт", anna)
    await followed_in(fields, sim, "порт", anna)
    group.close_topic(ports)
    await add_article("Порт открыт.", "Первая")
    assert (await fields.reply()).text.startswith("🔔")
    told = await chat.reply()
    assert told.text.startswith("Тема в группе «Политика» закрыта:")
    await add_article("Порт закрыт.", "Вторая")
    assert (await fields.reply()).text.startswith("🔔")
    group.close_topic(ports, is_closed=False)
    await sim.settled()
    await ports.send(f"/subscriptions@{sim.username}", by=anna)
    assert "тема «порт» — Сразу" in (await ports.reply()).text
    await add_article("Порт перекрасили.", "Третья")
    assert "Третья" in (await ports.reply()).text
    assert sum("Тема в группе" in str(each.params.get("text")) for each in _sends(sim)) == 1


def _sends(sim: Simulator):  # noqa: ANN202 - requests of the journal
    return sim.journal.requests("sendMessage")


@pytest.mark.parametrize("is_told", [True, False])
async def test_a_group_follows_on_with_its_new_number(
    sim: Simulator, anna: Person, add_article: Publish, is_told: bool
) -> None:
    """Whether Telegram tells of it, or only refuses the next send."""
    group = sim.add_group("Политика", [anna], kind="group")
    await group.reply()
    await followed_in(group, sim, "порт", anna)
    group.migrate(service_message=is_told)
    await add_article("Порт открыт.", "Порт")
    alert = await group.reply()
    assert alert.text.startswith("🔔 Новое по теме «порт»")
    await group.press(alert, "Отписаться", by=anna)
    assert (await group.reply()).text == "Вы отписались: тема «порт»"


async def test_a_group_without_the_bot_misses_nothing(
    sim: Simulator, anna: Person, add_article: Publish, bot: RunningBot
) -> None:
    """All comes as one digest when the bot is back."""
    group: Group = sim.add_group("Политика", [anna])
    await group.reply()
    await followed_in(group, sim, "порт", anna)
    group.set_bot("kicked")
    await add_article("Порт открыт.", "Первая")
    await expanded(bot)
    await add_article("Порт закрыт.", "Вторая")
    await expanded(bot)
    group.set_bot("member")
    first = await group.reply()
    digest = first if first.text.startswith("🔔") else await group.reply()
    assert digest.text.startswith("🔔 Дайджест · 2 статьи")


async def test_who_is_no_administrator_changes_nothing(
    sim: Simulator, anna: Person, add_article: Publish
) -> None:
    """Neither by a command nor under an alert; reading it is for all."""
    boris = sim.add_user("Борис", language_code="ru")
    group = sim.add_group("Политика", [anna, boris])
    await group.reply()
    await followed_in(group, sim, "порт", anna)
    await add_article("Порт открыт.", "Порт")
    alert = await group.reply()
    for label in ("Пауза", "Изменить", "Отписаться"):
        toast = await group.press(alert, label, by=boris)
        assert toast.text == "Это меняют только администраторы группы.", label
    for command in ("subscriptions", "hours", "deliveries"):
        await group.send(f"/{command}@{sim.username}", by=boris)
        assert (await group.reply()).text == "Это меняют только администраторы группы."
    await group.press(alert, "Статья", by=boris)
    assert "Порт открыт." in (await group.reply()).text
