"""Groups, topics, channels: what the bot sees, and where it may write."""

import pytest

from bot.simulator import (
    ANONYMOUS_ADMIN_ID,
    CHANNEL_BOT_ID,
    Group,
    ManualClock,
    MisuseError,
    Person,
    Simulator,
)

from .conftest import Api


@pytest.fixture
def anna(sim: Simulator) -> Person:
    return sim.add_user("Анна")


@pytest.fixture
def group(sim: Simulator, anna: Person) -> Group:
    group = sim.add_group("Группа", [anna])
    sim.updates.drop()
    return group


def seen_by_bot(sim: Simulator, kind: str = "message") -> list[str]:
    return [p.body.get("text", "") for p in sim.updates.pending() if p.kind == kind]


async def test_privacy_mode_hides_what_does_not_address_the_bot(
    api: Api, sim: Simulator, group: Group
) -> None:
    for text in (
        "привет",
        "/ask порт",
        "/ask@other_bot а",
        "/ask@Paragraf_Bot б",
        "@paragraf_bot в",
    ):
        await group.send(text)
    assert seen_by_bot(sim) == ["/ask@Paragraf_Bot б", "@paragraf_bot в"]
    await api.result("sendMessage", chat_id=group.id, text="ответ")
    answer = await group.reply()
    await group.send("/ask теперь")
    await group.send("спасибо", reply_to=answer, quote="вет")
    assert seen_by_bot(sim)[2:] == ["/ask теперь", "спасибо"]
    quote = sim.updates.pending()[-1].body["quote"]
    assert quote == {"text": "вет", "position": 2, "is_manual": True}


async def test_administrators_and_bots_without_privacy_see_all(
    sim: Simulator, group: Group
) -> None:
    group.set_bot("administrator")
    await group.send("раз")
    group.set_bot("member")
    await group.send("два")
    sim.rules.privacy_mode = False
    await group.send("три")
    sim.rules.privacy_mode = True
    sim.rules.mentions_arrive = False
    await group.send("@paragraf_bot четыре")
    assert seen_by_bot(sim) == ["раз", "три"]


async def test_the_bot_is_told_of_its_place(api: Api, sim: Simulator, anna: Person) -> None:
    group = sim.add_group("Группа", [anna])
    group.set_bot("kicked")
    changes = [
        (p.body["old_chat_member"]["status"], p.body["new_chat_member"]["status"])
        for p in sim.updates.pending()
        if p.kind == "my_chat_member"
    ]
    assert changes == [("left", "member"), ("member", "kicked")]
    words = await api.refusal("sendMessage", chat_id=group.id, text="а")
    assert words == "Forbidden: bot was kicked from the supergroup chat"
    group.set_bot("left")
    words = await api.refusal("sendMessage", chat_id=group.id, text="а")
    assert words == "Forbidden: bot is not a member of the supergroup chat"
    group.set_bot("restricted")
    words = await api.refusal("sendMessage", chat_id=group.id, text="а")
    assert words == "Bad Request: not enough rights to send text messages to the chat"
    group.set_bot("member")
    group.forbid_writing("CHAT_WRITE_FORBIDDEN")
    words = await api.refusal("sendMessage", chat_id=group.id, text="а")
    assert words == "Bad Request: CHAT_WRITE_FORBIDDEN"
    group.delete_chat()
    words = await api.refusal("sendMessage", chat_id=group.id, text="а")
    assert words == "Forbidden: the group chat was deleted"


async def test_the_bot_deletes_what_it_may(
    api: Api, sim: Simulator, anna: Person, group: Group
) -> None:
    message = await group.send("/ask@paragraf_bot а")
    deleting = {"chat_id": group.id, "message_id": message.id}
    words = await api.refusal("deleteMessage", **deleting)
    assert words == "Bad Request: message can't be deleted"
    group.set_bot("administrator")
    assert await api.result("deleteMessage", **deleting)
    private = await anna.chat.send("а")
    assert await api.result("deleteMessage", chat_id=anna.id, message_id=private.id)


async def test_blocked_and_deleted_accounts(api: Api, sim: Simulator, anna: Person) -> None:
    await anna.chat.send("/start")
    anna.block()
    words = await api.refusal("sendMessage", chat_id=anna.id, text="а")
    assert words == "Forbidden: bot was blocked by the user"
    with pytest.raises(MisuseError):
        await anna.chat.send("а")
    anna.unblock()
    await api.result("sendMessage", chat_id=anna.id, text="а")
    anna.deactivate()
    words = await api.refusal("sendMessage", chat_id=anna.id, text="а")
    assert words == "Forbidden: user is deactivated"
    kinds = [p.kind for p in sim.updates.pending()]
    assert kinds == ["message", "my_chat_member", "my_chat_member"]


async def test_topics(api: Api, sim: Simulator, anna: Person) -> None:
    forum = sim.add_group("Форум", [anna], forum=True)
    energy, health = forum.topic("Энергетика"), forum.topic("Здоровье")
    assert forum.topic("Энергетика").thread_id == energy.thread_id
    await energy.send("/ask@paragraf_bot а")
    question = sim.updates.pending()[-1].body
    assert question["message_thread_id"] == energy.thread_id
    assert question["is_topic_message"]
    opening = question["reply_to_message"]
    assert opening["forum_topic_created"]["name"] == "Энергетика"
    assert opening["message_id"] == energy.thread_id
    await api.result(
        "sendMessage", chat_id=forum.id, message_thread_id=energy.thread_id, text="в тему"
    )
    answer = await energy.reply()
    assert (answer.text, answer.reply_to_id) == ("в тему", None)
    assert health.unread() == []
    await api.result("sendMessage", chat_id=forum.id, text="в общую")
    assert (await forum.reply()).thread_id is None
    forum.close_topic(forum)
    words = await api.refusal("sendMessage", chat_id=forum.id, text="а")
    assert words == "Bad Request: TOPIC_CLOSED"
    forum.close_topic(energy)
    sending = {"chat_id": forum.id, "message_thread_id": energy.thread_id, "text": "а"}
    assert await api.refusal("sendMessage", **sending) == "Bad Request: TOPIC_CLOSED"
    forum.close_topic(energy, is_closed=False)
    await api.result("sendMessage", **sending)
    forum.delete_topic(energy)
    words = await api.refusal("sendMessage", **sending)
    assert words == "Bad Request: message thread not found"
    general = {**sending, "message_thread_id": 1}
    words = await api.refusal("sendMessage", **general)
    assert words == "Bad Request: message thread not found"


async def test_a_reply_into_the_wrong_topic_is_told(api: Api, sim: Simulator, anna: Person) -> None:
    forum = sim.add_group("Форум", [anna], forum=True)
    question = await forum.topic("Энергетика").send("/ask@paragraf_bot а")
    await api.result(
        "sendMessage", chat_id=forum.id, text="а", reply_parameters={"message_id": question.id}
    )
    assert sim.journal.violations == [
        f"sendMessage: reply to a message of topic {question.thread_id} sent to topic None"
    ]


async def test_replies_in_ordinary_supergroups_carry_a_thread_that_is_no_topic(
    api: Api, sim: Simulator, group: Group
) -> None:
    first = await group.send("/ask@paragraf_bot а")
    second = await group.send("/ask@paragraf_bot б", reply_to=first)
    assert (second.thread_id, second.json.get("is_topic_message")) == (first.id, None)
    words = await api.refusal(
        "sendMessage", chat_id=group.id, message_thread_id=second.thread_id, text="а"
    )
    assert words == "Bad Request: message thread not found"


@pytest.mark.parametrize("told", [True, False])
async def test_a_group_becomes_a_supergroup(
    api: Api, sim: Simulator, anna: Person, told: bool
) -> None:
    group = sim.add_group("Группа", [anna], kind="group")
    old = group.id
    sim.updates.drop()
    new = group.migrate(service_message=told)
    answer = await api("sendMessage", chat_id=old, text="а")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": new}
    fields = [name for p in sim.updates.pending() for name in p.body if name.startswith("migrate_")]
    assert fields == (["migrate_to_chat_id", "migrate_from_chat_id"] if told else [])
    await api.result("sendMessage", chat_id=new, text="б")
    assert (await group.reply()).text == "б"


async def test_channels_and_their_linked_groups(
    api: Api, sim: Simulator, anna: Person, group: Group
) -> None:
    channel = sim.add_channel("Канал", anna)
    sim.updates.drop()
    post = await channel.send("новость")
    assert "from" not in post.json
    assert seen_by_bot(sim, "channel_post") == ["новость"]
    await api.result("sendMessage", chat_id=channel.id, text="статья")
    assert (await channel.reply()).text == "статья"
    sim.rules.privacy_mode = False
    copy = sim.auto_forward(post, group)
    assert copy.json["from"]["id"] == 777000
    assert copy.json["is_automatic_forward"]
    anonymous = await group.send_as(ANONYMOUS_ADMIN_ID, "/add статья")
    assert anonymous.json["sender_chat"]["id"] == group.id
    as_channel = await group.send_as(CHANNEL_BOT_ID, "от канала", sender_chat=channel)
    assert as_channel.json["sender_chat"]["id"] == channel.id
    channel.set_bot("member")
    words = await api.refusal("sendMessage", chat_id=channel.id, text="а")
    assert words == "Bad Request: need administrator rights in the channel chat"


async def test_forwards_name_where_they_come_from(sim: Simulator, anna: Person) -> None:
    channel = sim.add_channel("Канал", anna)
    post = await channel.send("новость")
    boris = sim.add_user("Борис")
    copy = await boris.chat.forward(post)
    origin = copy.json["forward_origin"]
    assert (origin["type"], origin["chat"]["id"]) == ("channel", channel.id)
    said = await anna.chat.send("слова")
    again = await boris.chat.forward(said)
    assert again.json["forward_origin"]["sender_user"]["id"] == anna.id
    hidden = await boris.chat.forward(said, hide_author=True)
    assert hidden.json["forward_origin"]["sender_user_name"] == "Анна"


async def test_edits_and_deletions_by_people(sim: Simulator, anna: Person) -> None:
    message = await anna.chat.send("до")
    await anna.chat.edit(message, "после")
    edited = sim.updates.pending()[-1]
    assert (edited.kind, edited.body["text"]) == ("edited_message", "после")
    assert (await anna.chat.edited(message)).text == "после"
    await anna.chat.delete(message)
    assert anna.chat.messages() == []


async def test_deep_links_open_the_right_chat(sim: Simulator, anna: Person, group: Group) -> None:
    await anna.open_link(f"https://t.me/{sim.username}?start=p12")
    assert seen_by_bot(sim) == ["/start p12"]
    await anna.open_link(f"https://t.me/{sim.username}?startgroup=p1", group)
    assert seen_by_bot(sim)[-1] == "/start@paragraf_bot p1"
    for wrong in ("?start=", "?start=a.b", f"?start={'a' * 65}", "?begin=1"):
        with pytest.raises(MisuseError):
            await anna.open_link(f"https://t.me/{sim.username}{wrong}")
    with pytest.raises(MisuseError):
        await anna.open_link("https://t.me/other_bot?start=p1")


async def test_strangers_cannot_write_in_a_group(sim: Simulator, group: Group) -> None:
    boris = sim.add_user("Борис")
    with pytest.raises(MisuseError):
        await group.send("а", by=boris)
    group.set_member(boris)
    await group.send("а", by=boris)


async def test_old_updates_are_lost(sim: Simulator, anna: Person, clock: ManualClock) -> None:
    await anna.chat.send("а")
    clock.advance(24 * 3600)
    assert sim.updates.pending() == []
    assert [expired.kind for expired in sim.updates.expired] == ["message"]


async def test_only_asked_for_updates_come(api: Api, sim: Simulator, anna: Person) -> None:
    await api.result("getUpdates", allowed_updates=["callback_query"])
    await anna.chat.send("а")
    assert sim.updates.pending() == []
    await api.result("getUpdates")
    await anna.chat.send("б")
    assert sim.updates.pending() == []
    await api.result("getUpdates", allowed_updates=[])
    await anna.chat.send("в")
    assert seen_by_bot(sim) == ["в"]


async def test_people_cannot_do_what_their_apps_do_not_offer(
    sim: Simulator, anna: Person, group: Group
) -> None:
    with pytest.raises(MisuseError):
        await anna.inline("а" * 257)
    with pytest.raises(MisuseError):
        await anna.ask_guest(group, "@paragraf_bot а")
    message = await anna.chat.send("а")
    with pytest.raises(MisuseError):
        await anna.chat.press(message, "Контекст")
    with pytest.raises(MisuseError):
        await anna.chat.send("б", reply_to=message, quote="чужое")
    sim.rules.inline = False
    with pytest.raises(MisuseError):
        await anna.inline("а")
