from datetime import timedelta

from bot.store.answers import StoredAnswer, add_answer, get_answer
from bot.store.chats import (
    Chat,
    ChatState,
    get_chat,
    rename_chat,
    resume_chat,
    see_chat,
    set_language,
    suspend_chat,
)
from bot.store.database import Database, run
from bot.store.outbox import claim_messages
from bot.store.pauses import list_pauses, set_pause
from bot.store.sending import Sent, mark_sent
from index.types import Language

from .samples import NOON, a_message, accept, rows, states

LATER = NOON + timedelta(hours=1)


async def see(db: Database, chat_id: int, kind: str = "private", title: str | None = None) -> None:
    async with db.write() as connection:
        await see_chat(connection, chat_id, kind, title, NOON)


async def test_a_chat_is_met_when_it_first_speaks(db: Database) -> None:
    assert await get_chat(db, 1) is None
    await see(db, 1)
    assert await get_chat(db, 1) == Chat(1, "private", None, None, ChatState.ACTIVE, None, NOON)


async def test_speaking_again_keeps_the_language_and_renews_the_rest(db: Database) -> None:
    await see(db, 1, "group", "Старое")
    async with db.write() as connection:
        await set_language(connection, 1, Language.AZ)
        await see_chat(connection, 1, "group", "Новое", LATER)
    assert await get_chat(db, 1) == Chat(
        1, "group", "Новое", Language.AZ, ChatState.ACTIVE, None, LATER
    )


async def test_speaking_again_soon_writes_nothing(db: Database) -> None:
    """Each update tells of its chat, and nearly always the same."""
    await see(db, 1)
    async with db.write() as connection:
        await see_chat(connection, 1, "private", None, NOON + timedelta(minutes=59))
        ((changed,),) = await run(connection, "SELECT changes()")
    assert changed == 0


async def test_a_suspended_chat_that_speaks_is_active_again(db: Database) -> None:
    await see(db, 1)
    async with db.write() as connection:
        await suspend_chat(connection, 1, "blocked", NOON)
    chat = await get_chat(db, 1)
    assert chat is not None
    assert (chat.state, chat.reason) == (ChatState.SUSPENDED, "blocked")
    await see(db, 1)
    chat = await get_chat(db, 1)
    assert chat is not None
    assert (chat.state, chat.reason) == (ChatState.ACTIVE, None)


async def test_a_chat_can_be_resumed_without_speaking(db: Database) -> None:
    await see(db, 1)
    async with db.write() as connection:
        await suspend_chat(connection, 1, "blocked", NOON)
        await resume_chat(connection, 1)
    chat = await get_chat(db, 1)
    assert chat is not None
    assert chat.state is ChatState.ACTIVE


async def test_a_group_that_becomes_a_supergroup_keeps_settings_messages_and_answers(
    db: Database,
) -> None:
    await see(db, -5, "group", "Группа")
    on_its_way, waits, other = await accept(
        db, a_message(-5), a_message(-5), a_message(9), cause="u:1"
    )
    await claim_messages(db, "run", 1, NOON)
    answer = StoredAnswer(3, -5, 1, (), 8, "answer", NOON)
    async with db.write() as connection:
        await set_language(connection, -5, Language.EN)
        await set_pause(connection, -5, LATER, "429")
        await add_answer(connection, answer)
        assert await rename_chat(connection, -5, -100, NOON) == 2
        assert await rename_chat(connection, -5, -100, NOON) == 0
    found = await rows(db, "SELECT id, chat_id, state FROM outbox ORDER BY id")
    assert found == [
        (on_its_way, -100, "ready"),
        (waits, -100, "ready"),
        (other, 9, "ready"),
    ]
    assert await list_pauses(db, NOON) == {}
    assert await get_chat(db, -5) is None
    chat = await get_chat(db, -100)
    assert chat is not None
    assert (chat.kind, chat.title, chat.language) == ("supergroup", "Группа", Language.EN)
    assert (await get_answer(db, 3)).chat_id == -100


async def test_edits_of_messages_that_stayed_behind_are_cancelled(db: Database) -> None:
    (message,) = await accept(db, a_message(-5), cause="u:1")
    await claim_messages(db, "run", 1, NOON)
    await mark_sent(db, [Sent(message, 500)], NOON)
    (edit,) = await accept(db, a_message(-5, edits=message), cause="u:2")
    async with db.write() as connection:
        assert await rename_chat(connection, -5, -100, NOON) == 0
    assert await states(db, edit) == ["cancelled"]
    assert await rows(db, "SELECT chat_id FROM outbox WHERE id = ?", message) == [(-5,)]


async def test_the_language_chosen_in_the_new_chat_stands(db: Database) -> None:
    await see(db, -5, "group")
    await see(db, -100, "supergroup")
    async with db.write() as connection:
        await set_language(connection, -5, Language.EN)
        await set_language(connection, -100, Language.AZ)
        await rename_chat(connection, -5, -100, NOON)
    chat = await get_chat(db, -100)
    assert chat is not None
    assert chat.language is Language.AZ
