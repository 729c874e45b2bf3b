"""/channels: an administrator says in his private chat what his channel is told."""

import pytest

from bot.app import RunningBot
from bot.chat.elsewhere import VERBS
from bot.commands import BUTTONS
from bot.simulator import Person, Room, Seen, Simulator
from bot.simulator.groups import Group
from tests.e2e.conftest import Publish
from tests.e2e.followers import Time, expanded


@pytest.fixture
def clock() -> Time:
    """Return the bot's clock, at noon of a winter day."""
    return Time()


@pytest.fixture
async def channel(sim: Simulator, chat: Room, anna: Person) -> Group:
    """Return a channel of the reader's, to which she has just added the bot."""
    await chat.send("/start")
    await chat.reply()
    return sim.add_channel("Вести порта", anna)


async def card_of(chat: Room) -> Seen:
    """Return the card of the channel, by way of the list."""
    await chat.send("/channels")
    listed = await chat.reply()
    await chat.press(listed, "1. Вести порта")
    return await chat.edited(listed)


async def gone(chat: Room) -> None:
    """Return when the bot knows that it is in no channel any more."""
    for _ in range(10):
        await chat.send("/channels")
        if (await chat.reply()).text.startswith("Не вижу канала"):
            return
    raise AssertionError("the channel is listed still")


async def subscribed(chat: Room, words: str) -> Seen:
    """Return what is said when the channel follows a topic in words."""
    await chat.press(await card_of(chat), "Подписаться")
    await chat.press(await chat.reply(), "Тема словами")
    await chat.reply()
    await chat.send(words)
    offer = await chat.reply()
    assert offer.text.startswith(f"Канал «Вести порта»\nтема «{words}»")
    await chat.press(offer, "Сразу")
    return await chat.edited(offer)


def test_every_verb_for_channels_is_one_of_a_button() -> None:
    """And none was renamed."""
    assert {button.verb for button in BUTTONS} >= VERBS


async def test_the_channel_is_told_and_its_readers_are_led_into_the_bot(
    sim: Simulator, chat: Room, channel: Group, add_article: Publish
) -> None:
    """By whoever added the bot; the post has a link to the article and no settings."""
    welcome = await chat.reply()
    assert welcome.text.startswith("Я теперь в канале «Вести порта».")
    await chat.press(welcome, "Настроить")
    card = await chat.edited(welcome)
    assert card.text.splitlines() == ["Канал «Вести порта»", "Подписок пока нет."]
    made = await subscribed(chat, "порт")
    assert made.text.splitlines()[:2] == ["Канал «Вести порта»", "Вы подписались: тема «порт»"]
    await add_article("Порт открыт.", "Порт")
    post = await channel.reply()
    assert post.text.startswith("🔔 Новое по теме «порт»")
    assert post.labels == ("Статья",)
    assert (post.button("Статья").url or "").startswith(f"https://t.me/{sim.username}?start=p")
    await chat.send("/subscriptions")
    assert (await chat.reply()).text == "Подписок пока нет."


async def test_nobody_can_make_the_bot_post_by_pressing(
    sim: Simulator, chat: Room, channel: Group, add_article: Publish, anna: Person
) -> None:
    """Whatever a reader's client, or an administrator's, sends from the channel."""
    await chat.reply()
    await subscribed(chat, "порт")
    await add_article("Порт открыт.", "Порт")
    post = await channel.reply()
    for data in ("art:1", "subs:1", "subdel:1", "hours", "cmd:articles"):
        toast = await channel.press(post, data=data, by=anna)
        assert toast.text == f"Спросите меня в личке: @{sim.username}"
    assert len(sim.journal.requests("sendMessage", channel.id)) == 1


async def test_each_act_asks_telegram_who_is_administrator(
    sim: Simulator, chat: Room, channel: Group, anna: Person
) -> None:
    """A stranger is refused whatever he presses; so is who was one until a moment ago."""
    await chat.reply()
    await subscribed(chat, "порт")
    shown = await card_of(chat)
    boris = sim.private_chat(sim.add_user("Борис", language_code="ru"))
    await boris.send("/channels")
    theirs = await boris.reply()
    assert theirs.text.startswith("Не вижу канала")
    assert theirs.labels == ("Добавить меня в канал",)
    mark = f"@{-channel.id}"
    for data in (f"channel:{-channel.id}", *(f"{verb}:1:1{mark}" for verb in sorted(VERBS))):
        toast = await boris.press(theirs, data=data)
        assert toast.text == "Это меняют только администраторы канала.", data
    channel.set_member(sim.add_user("Вера"), "creator")
    channel.set_member(anna, "member")
    assert (await chat.press(shown, "Подписки")).text.startswith("Это меняют только")
    channel.set_bot("left")
    assert (await chat.press(shown, "Подписки")).text == "Меня больше нет в этом канале."


async def test_a_link_opens_the_card(
    sim: Simulator, chat: Room, channel: Group, anna: Person
) -> None:
    """For its administrator alone."""
    await chat.reply()
    link = f"https://t.me/{sim.username}?start=c{-channel.id}"
    await anna.open_link(link)
    assert (await chat.reply()).text.startswith("Канал «Вести порта»")
    boris = sim.add_user("Борис", language_code="ru")
    await boris.open_link(link)
    assert (await boris.chat.reply()).text.startswith("Это меняют только администраторы канала.")


async def test_its_hours_and_language_are_its_own(
    sim: Simulator, chat: Room, channel: Group, add_article: Publish
) -> None:
    """And stand in the card; the administrator's stay as they are."""
    await chat.reply()
    await subscribed(chat, "порт")
    await chat.press(await card_of(chat), "Часы")
    hours = await chat.reply()
    await chat.press(hours, "Тихие часы")
    choices = await chat.edited(hours)
    await chat.press(choices, "23:00–7:00")
    assert "Тихие часы: 23:00–7:00" in (await chat.edited(choices)).text
    await chat.press(hours, "Часовой пояс")
    await chat.reply()
    await chat.send("Лондон")
    assert (await chat.reply()).text.splitlines()[:2] == [
        "Канал «Вести порта»",
        "Часовой пояс: Лондон",
    ]
    await chat.press(await card_of(chat), "Язык")
    await chat.press(await chat.reply(), "English")
    await chat.reply()
    await chat.send("/hours")
    assert (await chat.reply()).text.splitlines()[0] == "Часовой пояс: Москва"
    await add_article("Порт открыт.", "Порт")
    assert (await channel.reply()).text.startswith("🔔 New on the topic “порт”")


async def test_what_it_follows_goes_to_a_file_and_back(chat: Room, channel: Group) -> None:
    """Through the same buttons, with the channel's name above each message."""
    await chat.reply()
    await subscribed(chat, "порт")
    card = await card_of(chat)
    await chat.press(card, "Подписки")
    listed = await chat.edited(card)
    assert listed.text.splitlines()[:3] == [
        "Канал «Вести порта»",
        "1 подписка",
        "1. тема «порт» — Сразу",
    ]
    await chat.press(listed, "В файл")
    content = chat.file(await chat.reply())
    await chat.press(listed, "1")
    one = await chat.edited(listed)
    await chat.press(one, "Отписаться")
    gone = await chat.edited(one)
    assert gone.text.splitlines() == ["Канал «Вести порта»", "Вы отписались: тема «порт»"]
    card = await card_of(chat)
    await chat.press(card, "Подписки")
    empty = await chat.edited(card)
    assert empty.text.splitlines() == ["Канал «Вести порта»", "Подписок пока нет."]
    await chat.press(empty, "Из файла")
    await chat.reply()
    await chat.send_file("subscriptions.json", content)
    assert (await chat.reply()).text.splitlines() == [
        "Канал «Вести порта»",
        "Добавлена 1 подписка.",
    ]


async def test_removed_and_added_again(
    sim: Simulator, chat: Room, channel: Group, add_article: Publish, bot: RunningBot
) -> None:
    """Nothing is sent meanwhile; all that was chosen stays, and what was missed comes at once."""
    await chat.reply()
    await subscribed(chat, "порт")
    channel.set_bot("left")
    await gone(chat)
    await add_article("Порт открыт.", "Порт")
    await expanded(bot)
    channel.set_bot("administrator")
    assert (await chat.reply()).text.startswith("Я теперь в канале")
    assert "Порт открыт." in (await channel.reply()).text


async def test_a_bot_that_may_not_post_says_so(
    sim: Simulator, chat: Room, channel: Group, add_article: Publish
) -> None:
    """On the card; what it would have posted waits until it may."""
    await chat.reply()
    await subscribed(chat, "порт")
    channel.set_bot("member")
    assert "Мне там нельзя писать." in (await card_of(chat)).text
    await add_article("Порт открыт.", "Порт")
    await sim.asked("sendMessage", chat_id=channel.id)
    channel.set_bot("administrator")
    assert "Порт открыт." in (await channel.reply()).text
