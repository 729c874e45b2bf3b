"""Each kind of act is taken back, and every table is as it was."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import UserError
from bot.ingest.drafts import prepare
from bot.ingest.likeness import sign_missing
from bot.ingest.publish import publish_draft
from bot.store.audit import Kind, find_last_act, list_acts
from bot.store.broadcasts import add_broadcast, start_broadcast, stop_broadcast
from bot.store.changed_passages import list_changed
from bot.store.changes import load_indexed
from bot.store.corrections import FactKind
from bot.store.database import Database, run
from bot.store.draft_states import noting
from bot.store.drafts import (
    Described,
    DraftState,
    Fetched,
    Fix,
    Origin,
    add_draft,
    decide_draft,
    get_draft,
    get_draft_on,
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
from bot.store.publishing import add_article, insert_article, mark_withdrawn
from bot.store.queues import drop_message, retry_message
from bot.store.revisions import Revision, get_revision, publish_revision, put_revision
from bot.store.roles import Role, set_role
from bot.store.sending import bury_message
from bot.store.synonyms import add_synonyms, remove_synonyms
from bot.store.tables import metadata
from bot.store.unanswered import Refused, count_refusal, hide_unanswered
from bot.store.undoing import SUBJECTS, undo_act
from index.facts import find_facts
from index.lexicon import OwnAlias
from index.sectors import OwnPattern
from index.types import Language

from .samples import NOON, a_message, accept, an_article, paragraphs_of

OWNER = 7
TITLE = OwnAlias("мэр Кортаны", "Олег Сомин", date(2025, 1, 1), None)
TAKEN = OwnPattern("energy", "газ", is_away=True)
LATER = NOON + timedelta(hours=1)

#: What only grows: the acts themselves, the road of the index, and the counters of ids.
LOGS = {"audit", "index_change"}

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


async def tables_of(db: Database) -> dict[str, list[tuple[object, ...]]]:
    async with db.read() as connection:
        return {
            name: await run(connection, f"SELECT * FROM {name}")
            for name in sorted(metadata.tables.keys() - LOGS)
        }


async def undo_last(db: Database) -> None:
    act = await find_last_act(db, OWNER)
    assert act is not None
    async with db.write() as connection:
        await undo_act(connection, act.id, by=OWNER, at=LATER)


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


async def publish(db: Database) -> None:
    """Publish the waiting draft: persons of his own and of others, a page, a correction."""
    draft = await get_draft(db, 3)
    prepared = prepare(draft.article)
    async with db.write() as connection:
        await publish_draft(connection, draft, prepared, by=OWNER, at=NOON)


async def publish_version(db: Database) -> None:
    """Publish the waiting new version."""
    waiting = await get_revision(db, 1)
    prepared = prepare(waiting.article)
    async with db.write() as connection:
        await publish_revision(
            connection, waiting, prepared.paragraphs, prepared.facts, analysis=1, at=NOON
        )


PUBLISHING = {"publish": publish, "publish a new version": publish_version}


@pytest.fixture
async def waiting(db: Database) -> Database:
    """Return the database with a draft and a new version that wait, and a person known before."""
    known = "Министр Анна Берг открыла мост."
    text = "Министр Игорь Гордеев сказал: «Мост закроют в мае 2026 года». Анна Берг согласилась."
    await add_article(
        db, an_article(known), paragraphs_of(known), analysis=1, at=NOON,
        facts=find_facts(known, NOON.date(), Language.RU),
    )  # fmt: skip
    described = Described("Мост", text, NOON.date(), Language.RU)
    async with db.write() as connection:
        page = Fetched(b"<p>", NOON)
        draft_id = await add_draft(connection, described, Origin.LINK, OWNER, NOON, page)
        wrong = Fix(FactKind.SECTOR, 0, len(text), "wrong", "transport")
        await set_fixes(connection, draft_id, [wrong])
        said = an_article("Порт откроют в июне, сказал Игорь Гордеев.")
        await put_revision(connection, Revision(1, 1, said, OWNER), NOON)
    await sign_missing(db, batches=1)
    return db


@pytest.mark.parametrize("name", list(PUBLISHING))
async def test_what_nobody_has_seen_is_as_if_it_had_never_been_published(
    waiting: Database, name: str
) -> None:
    """Every table is as it was, with the draft or version waiting; the act has a way of its own."""
    before = await tables_of(waiting)
    await PUBLISHING[name](waiting)
    await sign_missing(waiting, batches=1)
    made = await tables_of(waiting)
    assert {"article_version", "paragraph", "event", "person", "announcement"} <= {
        key for key in made if made[key] != before[key]
    }
    await undo_last(waiting)
    undone = await tables_of(waiting)
    assert undone == before
    assert await check_keys(waiting) == []
    with pytest.raises(UserError, match=r"draft again|not there any more"):
        await undo_last(waiting)
    await PUBLISHING[name](waiting)
    again = await tables_of(waiting)
    assert {key for key in again if len(again[key]) != len(made[key])} == {"minhash"}


@pytest.mark.parametrize("name", list(PUBLISHING))
async def test_notices_that_wait_go_with_it(waiting: Database, name: str) -> None:
    """Nobody is told of what is not there any more; nor was he yet."""
    before = await tables_of(waiting)
    await PUBLISHING[name](waiting)
    async with waiting.write() as connection:
        await run(
            connection,
            "INSERT INTO notice (cause, cause_id, item, chat_id, thread_id, due_at, state,"
            " created_at) SELECT 'subscription', 1, max(id), 9, 0, 1, 'held', 1 FROM announcement",
        )
    await undo_last(waiting)
    assert await tables_of(waiting) == before


SEEN = {
    "an answer": "INSERT INTO answer (id, chat_id, passages, index_version, verdict, created_at)"
    " SELECT 5, 9, json_array(json_array(max(p.id), 1)), 1, 'answer', max(v.created_at)"
    " FROM paragraph AS p, article_version AS v",
    "a message": "INSERT INTO outbox (dedupe, chat_id, prio, method, cites, state, created_at)"
    " SELECT 'x', 9, 0, 'sendMessage', json_array(json_array(max(id), 0, 4)), 'ready',"
    " max(created_at) FROM article_version",
    "a list": "INSERT INTO listing (id, kind, chat_id, asker_id, title, items, created_at)"
    " SELECT 5, 'timeline', 9, 9, '', json_array(max(e.id)), max(v.created_at)"
    " FROM event AS e, article_version AS v",
    "a notice": "INSERT INTO notice (cause, cause_id, item, chat_id, thread_id, due_at, state,"
    " outbox_id, created_at) SELECT 'subscription', 1, max(id), 9, 0, 1, 'sent', 1, 1"
    " FROM announcement",
    "a remark": "INSERT INTO feedback (kind, subject_id, paragraph_id, vote, index_version,"
    " voter_id, created_at)"
    " SELECT 'event', 1, max(id), 'wrong', 1, 9, 1 FROM paragraph",
}


@pytest.mark.parametrize("seen", list(SEEN))
@pytest.mark.parametrize("name", list(PUBLISHING))
async def test_what_somebody_has_seen_stays_out_of_sight(
    waiting: Database, name: str, seen: str
) -> None:
    """Links to it were sent, so its rows stay; taken back once more it is there again."""
    before = await tables_of(waiting)
    await PUBLISHING[name](waiting)
    async with waiting.write() as connection:
        await run(connection, SEEN[seen])
    done = await tables_of(waiting)
    await undo_last(waiting)
    undone = await tables_of(waiting)
    assert undone["paragraph"] == done["paragraph"] != before["paragraph"]
    assert undone["draft"] == done["draft"]
    shown = "SELECT id, version FROM article WHERE withdrawn_at IS NULL ORDER BY id"
    assert await waiting.fetch(shown) == [(1, 1), (2, 1)]
    await undo_last(waiting)
    assert (await tables_of(waiting))["article"] == done["article"]


@pytest.mark.parametrize(
    "topic",
    [
        "SELECT 'person', CAST(max(id) AS TEXT) FROM person",
        "SELECT 'article', CAST(max(id) AS TEXT) FROM article",
    ],
)
async def test_whoever_is_followed_stays(waiting: Database, topic: str) -> None:
    """A person whom an article brought, and the article itself."""
    await publish(waiting)
    async with waiting.write() as connection:
        await run(connection, f"INSERT INTO topic (kind, subject) {topic}")
    done = await tables_of(waiting)
    await undo_last(waiting)
    undone = await tables_of(waiting)
    assert {key for key in done if undone[key] != done[key]} == {"article"}


async def test_an_article_that_two_drafts_became_is_withdrawn(waiting: Database) -> None:
    """The second said the very same, and was published as the first."""
    await publish(waiting)
    draft = await get_draft(waiting, 3)
    async with waiting.write() as connection:
        key = await add_draft(connection, draft.described, Origin.TEXT, OWNER, NOON)
        same = await get_draft_on(connection, key)
        added = await publish_draft(connection, same, prepare(same.article), by=OWNER, at=NOON)
    assert not added.is_new
    await undo_last(waiting)
    shown = "SELECT id FROM article WHERE withdrawn_at IS NULL ORDER BY id"
    assert await waiting.fetch(shown) == [(1,), (2,)]
    assert await waiting.fetch("SELECT count(*) FROM article") == [(3,)]


async def show(db: Database) -> None:
    """Let an answer have shown the newest paragraph."""
    async with db.write() as connection:
        await run(connection, SEEN["an answer"])


async def check_keys(db: Database) -> list[tuple[object, ...]]:
    """Return the rows that point at nothing."""
    return await db.fetch("PRAGMA foreign_key_check")


async def test_an_article_of_the_command_line_taken_back_is_withdrawn(db: Database) -> None:
    """There is no draft that it could be again: its rows stay, and nothing else is another one."""
    text = "Мост закроют."
    async with db.write() as connection:
        added = await insert_article(
            connection, an_article(text), paragraphs_of(text), analysis=1, at=NOON, by=OWNER
        )
    done = await tables_of(db)
    await undo_last(db)
    undone = await tables_of(db)
    assert {key for key in undone if undone[key] != done[key]} == {"article"}
    async with db.read() as connection:
        gone = await run(connection, "SELECT id FROM article WHERE withdrawn_at IS NOT NULL")
    assert gone == [(added.article_id,)]
    await undo_last(db)
    assert await tables_of(db) == done


async def test_a_version_that_was_shown_is_out_of_sight(db: Database) -> None:
    """Every row is as it was; those of the version stay, since it was shown, and point nowhere."""
    text = "Порт откроют в июне."
    before = await tables_of(db)
    async with db.write() as connection:
        said = an_article(text)
        key = await put_revision(connection, Revision(1, 1, said, OWNER), NOON)
        waiting = Revision(1, 1, said, OWNER, key)
        facts = find_facts(text, said.day, said.language)
        number = await publish_revision(
            connection, waiting, paragraphs_of(text), facts, analysis=1, at=NOON
        )
    assert number == 2
    done = await tables_of(db)
    await show(db)
    (changed,) = await list_changed(db, 2)
    assert changed.paragraph_id == 1
    assert changed.new_paragraph_id == 2
    await undo_last(db)
    undone = await tables_of(db)
    assert undone["article"] == before["article"]
    assert await list_changed(db, 2) == ()
    for name, rows in before.items():
        assert [row for row in undone[name] if row in rows] == rows, name
    facts_of = {"event", "paragraph_sector", "version_organisation"}
    versions = {"answer", "article_version", "paragraph", *facts_of}
    assert {name for name in undone if undone[name] != before[name]} <= versions
    assert (await load_indexed(db, [1]))[0].paragraphs[0].id == 1
    await undo_last(db)
    again = await tables_of(db)
    assert again["article"] == done["article"]
    assert [each.paragraph_id for each in await list_changed(db, 2)] == [1]


async def test_who_was_told_of_a_version_is_told_that_it_was_taken_back(db: Database) -> None:
    """As of any change, the other way round."""
    text = "Порт откроют в июне."
    async with db.write() as connection:
        said = an_article(text)
        key = await put_revision(connection, Revision(1, 1, said, OWNER), NOON)
        waiting = Revision(1, 1, said, OWNER, key)
        facts = find_facts(text, said.day, said.language)
        await publish_revision(connection, waiting, paragraphs_of(text), facts, analysis=1, at=NOON)
        await run(connection, "UPDATE announcement SET expanded_at = 1")
    await show(db)
    await undo_last(db)
    (changed,) = await list_changed(db, 1)
    assert (changed.paragraph_id, changed.new_paragraph_id) == (2, 1)


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
