"""Each kind of act is taken back, and every table is as it was."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import UserError
from bot.store.audit import Kind, find_last_act, list_acts
from bot.store.broadcasts import add_broadcast, start_broadcast, stop_broadcast
from bot.store.corrections import FactKind
from bot.store.database import Database, run
from bot.store.draft_states import noting
from bot.store.drafts import (
    Described,
    DraftState,
    Fix,
    Origin,
    add_draft,
    decide_draft,
    get_draft,
    set_described,
    set_fixes,
)
from bot.store.feedback import Feedback, Vote, resolve_feedback, set_vote
from bot.store.feedback import Kind as FeedbackKind
from bot.store.feeds import FeedMode, FeedState, add_feed, set_feed
from bot.store.golden import Golden, Place, set_golden
from bot.store.inbox import drop_update, retry_update
from bot.store.lexicon import change_alias, change_pattern
from bot.store.outbox import claim_messages
from bot.store.publishing import add_article, mark_withdrawn
from bot.store.queues import drop_message, retry_message
from bot.store.roles import Role, set_role
from bot.store.sending import bury_message
from bot.store.synonyms import add_synonyms, remove_synonyms
from bot.store.unanswered import Refused, count_refusal, hide_unanswered
from bot.store.undoing import SUBJECTS, undo_act
from index.lexicon import OwnAlias
from index.sectors import OwnPattern
from index.types import Language

from .samples import NOON, a_message, accept, an_article, paragraphs_of
from .taken_back import LATER, OWNER, tables_of, undo_last

TITLE = OwnAlias("мэр Кортаны", "Олег Сомин", date(2025, 1, 1), None)
TAKEN = OwnPattern("energy", "газ", is_away=True)

Do = Callable[[Database], Awaitable[None]]


async def withdraw(db: Database) -> None:
    async with db.write() as connection:
        await mark_withdrawn(connection, 1, NOON, by=OWNER)


async def give_role(db: Database) -> None:
    async with db.write() as connection:
        await set_role(connection, 8, Role.EDITOR, NOON, given_by=OWNER)


async def take_role(db: Database) -> None:
    async with db.write() as connection:
        await set_role(connection, 9, Role.READER, NOON, given_by=OWNER)


async def resolve(db: Database) -> None:
    async with db.write() as connection:
        await resolve_feedback(connection, 1, OWNER, NOON)


async def hide(db: Database) -> None:
    async with db.write() as connection:
        await hide_unanswered(connection, 1, OWNER, NOON)


async def make_golden(db: Database) -> None:
    golden = Golden("где порт?", (Place(1, 1),))
    async with db.write() as connection:
        await set_golden(connection, golden, by=OWNER, at=NOON)


async def send_again(db: Database) -> None:
    async with db.write() as connection:
        await retry_message(connection, 1, by=OWNER, at=NOON)


async def give_up(db: Database) -> None:
    async with db.write() as connection:
        await drop_message(connection, 1, by=OWNER, at=NOON)


async def handle_again(db: Database) -> None:
    async with db.write() as connection:
        await retry_update(connection, 1, by=OWNER, at=NOON)


async def give_an_update_up(db: Database) -> None:
    async with db.write() as connection:
        await drop_update(connection, 1, by=OWNER, at=NOON)


async def add_words(db: Database) -> None:
    async with db.write() as connection:
        await add_synonyms(connection, ("порт", "гавань"), by=OWNER, at=NOON)


async def remove_words(db: Database) -> None:
    async with db.write() as connection:
        await remove_synonyms(connection, ("мост", "виадук"), by=OWNER, at=NOON)


async def add_name(db: Database) -> None:
    async with db.write() as connection:
        alias = OwnAlias("Сомов", "Олег Сомин")
        await change_alias(connection, alias, is_kept=True, by=OWNER, at=NOON)


async def remove_title(db: Database) -> None:
    async with db.write() as connection:
        await change_alias(connection, TITLE, is_kept=False, by=OWNER, at=NOON)


async def strike_a_post(db: Database) -> None:
    async with db.write() as connection:
        alias = OwnAlias("mayor XX", "Олег Сомин", is_away=True)
        await change_alias(connection, alias, is_kept=True, by=OWNER, at=NOON)


async def add_pattern(db: Database) -> None:
    async with db.write() as connection:
        pattern = OwnPattern("energy", "турбина")
        await change_pattern(connection, pattern, is_kept=True, by=OWNER, at=NOON)


async def give_back(db: Database) -> None:
    async with db.write() as connection:
        await change_pattern(connection, TAKEN, is_kept=False, by=OWNER, at=NOON)


async def add_a_feed(db: Database) -> None:
    async with db.write() as connection:
        await add_feed(connection, "https://example.org/b", FeedMode.ASK, OWNER, OWNER, NOON)


async def remove_a_feed(db: Database) -> None:
    async with db.write() as connection:
        await set_feed(connection, 1, FeedState.REMOVED, OWNER, NOON)


async def stop(db: Database) -> None:
    async with db.write() as connection:
        await stop_broadcast(connection, 1, is_stopped=True, by=OWNER, at=NOON)


async def mend_a_draft(db: Database) -> None:
    draft = await get_draft(db, 1)
    better = replace(draft.described, title="Новый мост", day=None, source="Вестник")
    async with db.write() as connection, noting(connection, 1, by=OWNER, at=NOON):
        await set_described(connection, 1, better)


async def mend_a_fact(db: Database) -> None:
    fixes = [
        Fix(FactKind.EVENT, 0, 4, "first", "2026-01-22"),
        Fix(FactKind.QUOTE, 0, 4, "speaker", None),
    ]
    async with db.write() as connection, noting(connection, 1, by=OWNER, at=NOON):
        await set_fixes(connection, 1, fixes)


async def delete_a_draft(db: Database) -> None:
    async with db.write() as connection, noting(connection, 1, by=OWNER, at=NOON):
        await decide_draft(connection, 1, DraftState.DELETED, NOON)


async def bring_a_draft_back(db: Database) -> None:
    async with db.write() as connection, noting(connection, 2, by=OWNER, at=NOON):
        await decide_draft(connection, 2, DraftState.OPEN, NOON)


ACTS: dict[str, tuple[Kind, Do]] = {
    "withdraw": (Kind.ARTICLE, withdraw),
    "add a feed": (Kind.FEED, add_a_feed),
    "remove a feed": (Kind.FEED, remove_a_feed),
    "mend a draft": (Kind.DRAFT, mend_a_draft),
    "mend a fact of a draft": (Kind.DRAFT, mend_a_fact),
    "delete a draft": (Kind.DRAFT, delete_a_draft),
    "bring a draft back": (Kind.DRAFT, bring_a_draft_back),
    "give a role": (Kind.ROLE, give_role),
    "take a role": (Kind.ROLE, take_role),
    "resolve a remark": (Kind.FEEDBACK, resolve),
    "hide a question": (Kind.UNANSWERED, hide),
    "add synonyms": (Kind.SYNONYM, add_words),
    "remove synonyms": (Kind.SYNONYM, remove_words),
    "add a name": (Kind.ALIAS, add_name),
    "remove a title": (Kind.ALIAS, remove_title),
    "strike out a post that ships": (Kind.ALIAS, strike_a_post),
    "add words of a sector": (Kind.PATTERN, add_pattern),
    "give words of a sector back": (Kind.PATTERN, give_back),
    "keep a golden question": (Kind.GOLDEN, make_golden),
    "stop a broadcast": (Kind.BROADCAST, stop),
    "send a message again": (Kind.MESSAGE, send_again),
    "give a message up": (Kind.MESSAGE, give_up),
    "handle an update again": (Kind.UPDATE, handle_again),
    "give an update up": (Kind.UPDATE, give_an_update_up),
}


@pytest.fixture
async def db(db: Database) -> Database:
    """Return a database with an article, an owner, an editor, a remark and a refused question."""
    text = "Порт откроют в мае."
    await add_article(db, an_article(text), paragraphs_of(text), analysis=1, at=NOON)
    async with db.write() as connection:
        await set_role(connection, OWNER, Role.OWNER, NOON, given_by=None)
        await set_role(connection, 9, Role.EDITOR, NOON, given_by=OWNER)
        await set_vote(connection, Feedback(FeedbackKind.ANSWER, 9, 1, Vote.WRONG, 8, NOON, 42))
        await count_refusal(connection, Refused(("порт",), 42, NOON), b"salt")
    (message,) = await accept(db, a_message(), cause="u:1")
    async with db.write() as connection:
        broadcast_id = await add_broadcast(connection, OWNER, "Привет", NOON)
        await start_broadcast(connection, broadcast_id, message, OWNER, NOON)
    await claim_messages(db, "run", 1, NOON)
    await bury_message(db, message, "400", NOON)
    async with db.write() as connection:
        await add_synonyms(connection, ("мост", "виадук"), by=OWNER, at=NOON)
        await change_alias(connection, TITLE, is_kept=True, by=OWNER, at=NOON)
        await change_pattern(connection, TAKEN, is_kept=True, by=OWNER, at=NOON)
        await add_feed(connection, "https://example.org/a", FeedMode.ASK, OWNER, OWNER, NOON)
        await run(connection, "UPDATE feed SET state = 'active'")
        await run(
            connection,
            "INSERT INTO inbox (id, bot_id, update_id, chat_key, received_at, body, state,"
            " attempts, error) VALUES (1, 7, 1, '9', 1, '{}', 'dead', 3, 'ValueError')",
        )
        described = Described("Мост", "Мост построят.", NOON.date(), Language.RU)
        for _ in range(2):
            draft_id = await add_draft(connection, described, Origin.TEXT, OWNER, NOON)
        await decide_draft(connection, draft_id, DraftState.DELETED, NOON - timedelta(days=1))
    return db


def test_every_kind_of_act_is_tried_below() -> None:
    assert {kind for kind, _ in ACTS.values()} == set(Kind) == set(SUBJECTS)


@pytest.mark.parametrize("name", list(ACTS))
async def test_an_act_taken_back_leaves_every_table_as_it_was(db: Database, name: str) -> None:
    """And the undoing, taken back, brings all of it again."""
    _, do = ACTS[name]
    before = await tables_of(db)
    await do(db)
    done = await tables_of(db)
    assert done != before
    await undo_last(db)
    assert await tables_of(db) == before
    await undo_last(db)
    again = await tables_of(db)
    changed = {key for key in done if done[key] != before[key]}
    assert {key for key in again if again[key] != before[key]} == changed


async def test_an_act_is_taken_back_once(db: Database) -> None:
    await withdraw(db)
    act = await find_last_act(db, OWNER)
    assert act is not None
    await undo_last(db)
    with pytest.raises(UserError, match="undone already"):
        async with db.write() as connection:
            await undo_act(connection, act.id, by=OWNER, at=LATER)


async def test_what_was_changed_since_stays(db: Database) -> None:
    """As a role that was taken, given again otherwise, and taken back to the first."""
    await give_role(db)
    given = await find_last_act(db, OWNER)
    assert given is not None
    async with db.write() as connection:
        await set_role(connection, 8, Role.OWNER, LATER, given_by=OWNER)
    with pytest.raises(UserError, match="changed again"):
        async with db.write() as connection:
            await undo_act(connection, given.id, by=OWNER, at=LATER)


async def test_an_editor_takes_back_no_role(db: Database) -> None:
    await give_role(db)
    act = await find_last_act(db, OWNER)
    assert act is not None
    with pytest.raises(UserError, match="owners"):
        async with db.write() as connection:
            await undo_act(connection, act.id, by=9, at=LATER)


async def test_whoever_does_nothing_new_is_not_noted(db: Database) -> None:
    noted = await list_acts(db, 100)
    async with db.write() as connection:
        await set_role(connection, OWNER, Role.OWNER, LATER, given_by=OWNER)
        await set_role(connection, 404, Role.READER, LATER, given_by=OWNER)
    assert await list_acts(db, 100) == noted
