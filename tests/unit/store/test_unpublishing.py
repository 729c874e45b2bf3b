"""Publishing taken back: gone wholly; of a new version what readers were shown stays."""

from datetime import timedelta

import pytest

from bot.errors import UserError
from bot.ingest.drafts import prepare
from bot.ingest.likeness import sign_missing
from bot.ingest.publish import publish_draft
from bot.store.changed_passages import list_changed
from bot.store.changes import load_indexed
from bot.store.corrections import FactKind
from bot.store.database import Database, run
from bot.store.drafts import (
    Described,
    Fetched,
    Fix,
    Origin,
    add_draft,
    get_draft,
    get_draft_on,
    set_fixes,
)
from bot.store.erasing import erase_article
from bot.store.golden import Golden, Place, set_golden
from bot.store.gone import Gone, find_taken
from bot.store.lexicon import change_alias
from bot.store.outbox import Cite
from bot.store.passages import load_slices
from bot.store.personal import erase_person
from bot.store.publishing import add_article, insert_article
from bot.store.retention import DECIDED_KEPT, erase_old
from bot.store.revisions import Revision, get_revision, publish_revision, put_revision
from bot.store.roles import Role, set_role
from index.facts import find_facts
from index.lexicon import OwnAlias
from index.types import Language

from .samples import NOON, a_message, accept, an_article, paragraphs_of
from .taken_back import LATER, OWNER, tables_of, undo_last


@pytest.fixture
async def db(db: Database) -> Database:
    """Return a database with an article, an owner and a message."""
    text = "Порт откроют в мае."
    await add_article(db, an_article(text), paragraphs_of(text), analysis=1, at=NOON)
    async with db.write() as connection:
        await set_role(connection, OWNER, Role.OWNER, NOON, given_by=None)
    await accept(db, a_message(), cause="u:1")
    return db


async def publish(db: Database) -> None:
    """Publish the waiting draft: persons of his own and of others, a page, a correction."""
    draft = await get_draft(db, 1)
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
    """Every table is as it was, with the draft or version waiting; once more, and all is there.

    With the ids that it had, and as often as one likes. Likeness is reckoned anew when needed.
    """
    before = await tables_of(waiting)
    await PUBLISHING[name](waiting)
    await sign_missing(waiting, batches=1)
    made = await tables_of(waiting)
    assert {"article_version", "paragraph", "event", "person", "announcement"} <= {
        key for key in made if made[key] != before[key]
    }
    for _ in range(2):
        await undo_last(waiting)
        assert await tables_of(waiting) == before
        assert await check_keys(waiting) == []
        await undo_last(waiting)
        again = await tables_of(waiting)
        assert {key for key in made if again[key] != made[key]} == {"minhash"}
        assert await check_keys(waiting) == []


async def test_a_draft_that_was_changed_meanwhile_is_published_from_its_card(
    waiting: Database,
) -> None:
    """Else what is published were not what its card says."""
    await publish(waiting)
    await undo_last(waiting)
    async with waiting.write() as connection:
        await set_fixes(connection, 1, [])
    with pytest.raises(UserError, match="draft again"):
        await undo_last(waiting)
    await publish(waiting)
    assert await waiting.fetch("SELECT id FROM article ORDER BY id") == [(1,), (2,), (4,)]


async def test_a_version_that_waits_no_more_is_corrected_anew(waiting: Database) -> None:
    await publish_version(waiting)
    await undo_last(waiting)
    async with waiting.write() as connection:
        await run(connection, "DELETE FROM revision")
    with pytest.raises(UserError, match="waits again"):
        await undo_last(waiting)


async def test_names_mean_again_whom_they_meant(waiting: Database) -> None:
    """Where the corpus itself says that a name is another's, publishing with it notes so."""
    alias = OwnAlias("Анна Берг", "Олег Сомин")
    known = "Министр Олег Сомин открыл порт."
    await add_article(
        waiting, an_article(known), paragraphs_of(known), analysis=1, at=NOON,
        facts=find_facts(known, NOON.date(), Language.RU),
    )  # fmt: skip
    async with waiting.write() as connection:
        await change_alias(connection, alias, is_kept=True, by=OWNER, at=NOON)
    before = await tables_of(waiting)
    meant = "SELECT person_id, is_own FROM person_alias WHERE name = 'Анна Берг'"
    assert await waiting.fetch(meant) == [(1, 0)]
    await publish(waiting)
    assert await waiting.fetch(meant) == [(2, 1)]
    await undo_last(waiting)
    assert await tables_of(waiting) == before
    await undo_last(waiting)
    assert await waiting.fetch(meant) == [(2, 1)]


@pytest.mark.parametrize("name", list(PUBLISHING))
async def test_notices_that_wait_go_with_it(waiting: Database, name: str) -> None:
    """Nobody is told of what is not there any more; nor was he yet. If it comes back he is."""
    before = await tables_of(waiting)
    await PUBLISHING[name](waiting)
    newest = "FROM announcement ORDER BY id DESC LIMIT 1"
    async with waiting.write() as connection:
        await run(
            connection,
            "UPDATE announcement SET expanded_at = 1, topic_cursor = 2"
            " WHERE id = (SELECT max(id) FROM announcement)",
        )
        await run(
            connection,
            "INSERT INTO notice (cause, cause_id, item, chat_id, thread_id, due_at, state,"
            " created_at) SELECT 'subscription', 1, max(id), 9, 0, 1, 'held', 1 FROM announcement",
        )
    await undo_last(waiting)
    assert await tables_of(waiting) == before
    await undo_last(waiting)
    assert await waiting.fetch(f"SELECT expanded_at, topic_cursor {newest}") == [(None, 0)]


#: What readers have.
TRAFFIC = {"answer", "outbox", "listing", "notice", "feedback"}

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


#: What readers were shown of a new version stays: links name it, with a line that it is an old one,
#: and the notice that it says otherwise again quotes it. So do the people whom it quotes.
SHOWN = {"article_version", "paragraph", "event", "quote", "quote_paragraph", "person"}


@pytest.mark.parametrize("seen", list(SEEN))
async def test_what_readers_have_is_all_that_is_left_of_an_article(
    waiting: Database, seen: str
) -> None:
    """Answers, messages, lists, notices and remarks stay; every other table is as it was.

    Their links find the act that took it away. Taken back once more all is there, as it was.
    """
    before = await tables_of(waiting)
    await publish(waiting)
    async with waiting.write() as connection:
        await run(connection, SEEN[seen])
    done = await tables_of(waiting)
    await undo_last(waiting)
    undone = await tables_of(waiting)
    (theirs,) = [name for name in TRAFFIC if done[name] != before[name]]
    assert {name for name in before if undone[name] != before[name]} == {theirs}
    assert undone[theirs] == done[theirs]
    gone = [await find_taken(waiting, *key) for key in (("paragraph", 3), ("event", 1))]
    assert gone == [Gone(3, LATER, OWNER, is_draft=True)] * 2
    assert await find_taken(waiting, "paragraph", 1) is None
    (cited,) = await load_slices(waiting, [Cite(3, 0, 5)])
    assert not cited.is_published
    await undo_last(waiting)
    again = await tables_of(waiting)
    assert {name for name in done if again[name] != done[name]} <= {"minhash"}


@pytest.mark.parametrize("seen", list(SEEN))
async def test_what_readers_were_shown_of_a_version_is_all_that_is_left_of_it(
    waiting: Database, seen: str
) -> None:
    """Taken back once more it is the current one again, with all its facts."""
    before = await tables_of(waiting)
    await publish_version(waiting)
    async with waiting.write() as connection:
        await run(connection, SEEN[seen])
    done = await tables_of(waiting)
    await undo_last(waiting)
    undone = await tables_of(waiting)
    left = {name for name in before if undone[name] != before[name]} - TRAFFIC
    assert {"article_version", "paragraph"} <= left <= SHOWN
    shown = "SELECT id, version FROM article WHERE withdrawn_at IS NULL ORDER BY id"
    assert await waiting.fetch(shown) == [(1, 1), (2, 1)]
    assert await check_keys(waiting) == []
    await undo_last(waiting)
    again = await tables_of(waiting)
    corrected = {"minhash", "announcement", "changed_passage"}
    assert {name for name in done if again[name] != done[name]} <= corrected


@pytest.mark.parametrize("name", list(PUBLISHING))
async def test_what_was_taken_away_is_kept_for_thirty_days(waiting: Database, name: str) -> None:
    """After that it is published from what waits again; nothing else is taken away instead."""
    await PUBLISHING[name](waiting)
    async with waiting.write() as connection:
        await run(connection, SEEN["an answer"])
    await undo_last(waiting)
    await erase_old(waiting, LATER + DECIDED_KEPT + timedelta(seconds=1))
    undone = await tables_of(waiting)
    kept = "SELECT count(*) FROM audit WHERE json_type(before, '$.rows') IS NOT NULL"
    assert await waiting.fetch(kept) == [(0,)]
    with pytest.raises(UserError, match=r"draft again|not there any more"):
        await undo_last(waiting)
    assert await tables_of(waiting) == undone


async def test_erasing_forgets_what_undoing_keeps(waiting: Database) -> None:
    """It may be the same words: published once more, and erased then."""
    await publish(waiting)
    await undo_last(waiting)
    await publish(waiting)
    async with waiting.write() as connection:
        await erase_article(connection, 4, by=OWNER, at=LATER)
    kept = "SELECT count(*) FROM audit WHERE json_type(before, '$.rows') IS NOT NULL"
    assert await waiting.fetch(kept) == [(0,)]


async def test_whom_somebody_follows_stays(waiting: Database) -> None:
    """With the names; who follows the article itself follows it again if it comes back."""
    await publish(waiting)
    before = await tables_of(waiting)
    async with waiting.write() as connection:
        await run(
            connection,
            "INSERT INTO topic (kind, subject) SELECT 'person', CAST(max(id) AS TEXT) FROM person"
            " UNION SELECT 'article', CAST(max(id) AS TEXT) FROM article",
        )
    await undo_last(waiting)
    undone = await tables_of(waiting)
    assert undone["person"] == before["person"]
    assert undone["person_alias"] == before["person_alias"]
    assert await waiting.fetch("SELECT id FROM article ORDER BY id") == [(1,), (2,)]
    await undo_last(waiting)
    again = await tables_of(waiting)
    assert {name for name in before if again[name] != before[name]} <= {"minhash", "topic"}


async def test_an_article_that_a_golden_question_names_is_withdrawn(waiting: Database) -> None:
    """That is another act, which is to be taken back first; nobody reads the article meanwhile."""
    await publish(waiting)
    done = await tables_of(waiting)
    async with waiting.write() as connection:
        golden = Golden("когда закроют мост?", (Place(3, 1),))
        await set_golden(connection, golden, by=9, at=NOON)
    await undo_last(waiting)
    undone = await tables_of(waiting)
    kept = {"golden_question", "golden_paragraph"}
    assert {key for key in done if undone[key] != done[key]} == {"article", *kept}


async def test_a_golden_question_finds_its_place_in_the_former_version(waiting: Database) -> None:
    """It named a paragraph of the version that is taken back."""
    await publish_version(waiting)
    async with waiting.write() as connection:
        golden = Golden("когда откроют порт?", (Place(1, 1),))
        await set_golden(connection, golden, by=9, at=NOON)
    await undo_last(waiting)
    kept = "SELECT count(*) FROM paragraph AS p JOIN article_version AS v ON v.id = p.version_id"
    named = " JOIN golden_paragraph AS g ON g.article_id = v.article_id AND g.version = v.number"
    assert await waiting.fetch(kept + named) == [(1,)]


async def test_who_is_forgotten_does_not_come_back_with_an_article(waiting: Database) -> None:
    """What he mended stays mended, by nobody."""
    await publish(waiting)
    mended = "SELECT field, by FROM fact_correction"
    ((field, by),) = await waiting.fetch(mended)
    assert by == OWNER
    await undo_last(waiting)
    async with waiting.write() as connection:
        await erase_person(connection, OWNER)
    await undo_last(waiting)
    assert await waiting.fetch(mended) == [(field, None)]


async def test_an_article_that_two_drafts_became_is_withdrawn(waiting: Database) -> None:
    """The second said the very same, and was published as the first."""
    await publish(waiting)
    draft = await get_draft(waiting, 1)
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
    """Every row is as it was; those that links name stay, since it was shown."""
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
    versions = {"answer", "article_version", "paragraph", "event", "revision"}
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
