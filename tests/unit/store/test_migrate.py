import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, event

from bot.errors import StoreError
from bot.store.database import open_database
from bot.store.migrate import list_revisions, migrate
from bot.store.tables import metadata

REVISIONS = list_revisions()

OPENER = """
import asyncio, sys
from pathlib import Path
from bot.store.database import open_database

async def main():
    async with open_database(Path(sys.argv[1])):
        print("opened")

asyncio.run(main())
"""

# What a database of each revision holds; a later one holds the earlier ones' rows as well.
DATA = {
    "0001": """
        INSERT INTO article (id, version, created_at) VALUES (5, 1, 10);
        INSERT INTO article_version (id, article_id, number, title, day, language, text, sha256,
            analysis, created_at)
        VALUES (6, 5, 1, 'О порте', '2026-01-22', 'ru', 'Порт.', 'x', 1, 10);
        INSERT INTO paragraph (id, version_id, number, start, stop, terms)
        VALUES (7, 6, 1, 0, 5, 'порт');
        INSERT INTO index_change (seq, article_id, op, at) VALUES (8, 5, 'add', 10);
    """,
    "0002": """
        INSERT INTO inbox (id, bot_id, update_id, chat_key, received_at, body, state)
        VALUES (1, 77, 900, '42', 10, '{}', 'new');
        INSERT INTO attachment (sha256, name, mime, bytes)
        VALUES ('f', 'a.png', 'image/png', x'00');
        INSERT INTO outbox (id, dedupe, chat_id, prio, method, payload, cites, attachment, state,
            created_at)
        VALUES (3, 'u:1:0', 42, 0, 'sendPhoto', '{}', '[]', 'f', 'ready', 10);
        INSERT INTO pause (chat_id, until, reason) VALUES (42, 20, '429');
        INSERT INTO chat (id, kind, state, last_seen_at) VALUES (42, 'private', 'active', 10);
        INSERT INTO role (user_id, role, since) VALUES (42, 'owner', 10);
        INSERT INTO nonce (id, action, subject, expires_at) VALUES ('t', 'own', '', 20);
        INSERT INTO answer (id, chat_id, outbox_id, passages, index_version, verdict, created_at)
        VALUES (9, 42, 3, '[]', 8, 'answer', 10);
    """,
    "0003": """
        UPDATE answer SET question_message_id = 5;
    """,
    "0004": """
        INSERT INTO event (id, version_id, paragraph_id, start, stop, label_start, label_stop,
            first, precision, is_approximate, is_relative, modality, extractor)
        VALUES (11, 6, 7, 0, 2, 0, 5, '2026-01-22', 'day', 0, 0, 'happened', 1);
        INSERT INTO quote (id, version_id, spans, kind, day, is_day_stated, extractor)
        VALUES (12, 6, '[[0, 4]]', 'direct', '2026-01-22', 1, 1);
        INSERT INTO quote_paragraph (quote_id, paragraph_id) VALUES (12, 7);
        INSERT INTO paragraph_person (paragraph_id, name) VALUES (7, 'Порт');
        INSERT INTO paragraph_sector (paragraph_id, sector, weight) VALUES (7, 'transport', 1.5);
        INSERT INTO listing (id, kind, chat_id, asker_id, title, items, created_at)
        VALUES (13, 'timeline', 42, 42, '', '[11]', 10);
    """,
    "0005": """
        UPDATE article_version SET extractor = 1;
    """,
    "0006": """
        INSERT INTO person (id, name, first, patronymic, surname)
        VALUES (14, 'Порт', '', '', 'порт');
        INSERT INTO person_alias (name, person_id) VALUES ('Порт', 14);
        INSERT INTO version_person (version_id, person_id, paragraph_id, role)
        VALUES (6, 14, 7, 'министр');
        INSERT INTO fact_correction (id, version_id, kind, start, stop, field, value, at)
        VALUES (15, 6, 'event', 0, 2, 'modality', 'planned', 10);
        UPDATE quote SET person_id = 14;
    """,
    "0007": """
        INSERT INTO golden_question (id, question) VALUES (16, 'Когда откроют порт?');
        INSERT INTO golden_paragraph (question_id, article_id, paragraph, is_also)
        VALUES (16, 5, 1, 0);
    """,
    "0008": """
        INSERT INTO prompt (chat_id, user_id, kind, subject, expires_at)
        VALUES (42, 42, 'edit', '5', 20);
    """,
    "0009": """
        INSERT INTO version_organisation (version_id, name, paragraph_id, kind, abbreviation, role)
        VALUES (6, 'Порт', 7, 'company', NULL, 'компания');
        UPDATE person SET sound = 'олиг порт';
    """,
    "0010": """
        INSERT INTO feedback (id, kind, subject_id, paragraph_id, vote, index_version, voter_id,
            created_at)
        VALUES (1, 'answer', 9, 7, 'wrong', 8, 42, 10);
    """,
    "0011": """
        INSERT INTO announcement (id, article_id, version_id, kind, is_urgent, created_at)
        VALUES (20, 5, 6, 'new', 0, 10);
        INSERT INTO topic (id, kind, subject) VALUES (21, 'sector', 'transport');
        INSERT INTO subscription (id, topic_id, chat_id, thread_id, user_id, title, mode, hour,
            weekday, is_silent, state, created_at)
        VALUES (22, 21, 42, 0, 42, 'Транспорт', 'instant', 9, 0, 0, 'active', 10);
        INSERT INTO follower (chat_id, zone, takes_corrections) VALUES (42, 'Asia/Baku', 1);
        INSERT INTO watch (id, chat_id, thread_id, user_id, question, created_at)
        VALUES (23, 42, 0, 42, 'Когда откроют порт?', 10);
        INSERT INTO notice (id, cause, cause_id, item, chat_id, thread_id, due_at, state,
            created_at)
        VALUES (24, 'subscription', 22, 20, 42, 0, 10, 'waiting', 10);
    """,
    "0012": """
        INSERT INTO audit (id, at, by, kind, subject, before, after)
        VALUES (17, 10, 42, 'role', '43', 'null', '{"role": "editor"}');
    """,
    "0013": """
        INSERT INTO paragraph_vector (paragraph_id, model, vector) VALUES (7, 'm', x'00');
    """,
    "0014": """
        INSERT INTO revision (id, article_id, version, title, day, language, text, by, created_at)
        VALUES (30, 5, 1, 'О порте', '2026-01-22', 'ru', 'Порт открыт.', 42, 10);
        INSERT INTO changed_passage (id, article_id, version_id, paragraph_id, at)
        VALUES (31, 5, 6, 7, 10);
    """,
    "0015": """
        INSERT INTO unanswered (id, lemmas) VALUES (40, 'порт');
        INSERT INTO unanswered_asker (unanswered_id, asker, at) VALUES (40, 'f00', 10);
        INSERT INTO unanswered_text (unanswered_id, text, at) VALUES (40, 'где порт?', 10);
    """,
    "0016": """
        INSERT INTO draft (id, user_id, state, origin, title, is_day_assumed, language, text,
            corrections, created_at)
        VALUES (40, 42, 'open', 'text', 'О порте', 0, 'ru', 'Порт.', '[]', 10);
        INSERT INTO job (id, kind, payload, user_id, chat_id, state, attempts, created_at)
        VALUES (41, 'take', '{}', 42, 42, 'waiting', 0, 10);
        INSERT INTO source_page (version_id, fetched_at, sha256, content)
        VALUES (6, 10, 'f', x'00');
    """,
    "0017": """
        INSERT INTO minhash (version_id, signature) VALUES (6, x'00');
    """,
    "0018": """
        INSERT INTO synonym (id, phrases, by, at) VALUES (32, 'ЦОД = дата-центр', 42, 10);
        INSERT INTO quality (id, at, index_version, answerable, hits_at_1, hits_at_3,
            wrongly_refused, unanswerable, refusals_right)
        VALUES (33, 10, 8, 5, 4, 5, 0, 1, 1);
    """,
    "0019": """
        INSERT INTO feed (id, url, title, mode, state, user_id, chat_id, interval_s, due_at,
            failures, created_at)
        VALUES (50, 'https://example.org/a', 'Вестник', 'ask', 'active', 42, 42, 1800, 10, 0, 10);
        INSERT INTO feed_item (feed_id, key) VALUES (50, 'a');
    """,
    "0020": """
        INSERT INTO broadcast (id, by, html, audience, is_stopped, created_at)
        VALUES (30, 42, 'Порт открыт.', 'all', 0, 10);
    """,
    "0021": """
        INSERT INTO index_change (seq, op, at) VALUES (51, 'words', 10);
    """,
    "0022": """
        UPDATE chat SET suspended_at = 10 WHERE id = 42;
    """,
    "0023": """
        INSERT INTO index_change (seq, article_id, op, at) VALUES (52, 99, 'remove', 10);
    """,
    "0024": """
        INSERT INTO own_alias (id, words, person, since, by, at)
        VALUES (60, 'начальник порта', 'Порт', '2026-01-01', 42, 10);
        INSERT INTO own_pattern (id, sector, words, is_away, by, at)
        VALUES (61, 'transport', 'причал', 0, 42, 10);
        INSERT INTO own_reading (version_id, stamp) VALUES (6, 'f00');
    """,
    "0025": """
        INSERT INTO golden_paragraph (question_id, article_id, paragraph, is_also, version)
        VALUES (16, 5, 2, 0, 1);
    """,
    "0026": """
        INSERT INTO watch_round (id, seq, watch_cursor) VALUES (1, 8, 3);
    """,
    "0027": """
        UPDATE feedback SET reason = 'other';
    """,
    "0028": """
        INSERT INTO clock (id, jumps, at, elapsed, boot, due_cursor)
        VALUES (1, 2, 10, 20, 'x', NULL);
    """,
    "0029": """
        INSERT INTO own_alias (id, words, person, by, at, is_away)
        VALUES (63, 'mayor XX', 'Порт', 42, 10, 1);
    """,
}


def make_database(path: Path, revision: str) -> None:
    """Make a database as the program of `revision` left it, with rows in each table."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"isolation_level": None})
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    with engine.connect() as connection:
        migrate(connection, revision)
    engine.dispose()
    with closing(sqlite3.connect(path)) as database:
        for known in REVISIONS[: REVISIONS.index(revision) + 1]:
            database.executescript(DATA[known])


def rows_of(path: Path) -> dict[str, list[dict[str, object]]]:
    """Return the rows of each table, each by the names of its columns."""
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        names = [
            name
            for (name,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
            if name != "alembic_version"
        ]
        return {
            name: [dict(row) for row in database.execute(f"SELECT * FROM {name} ORDER BY 1")]
            for name in names
        }


def revision_of(path: Path) -> str:
    with closing(sqlite3.connect(path)) as database:
        revision: str = database.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        return revision


async def test_migrations_make_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    async with open_database(tmp_path / "paragraf.db"):
        pass

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    engine = create_engine(f"sqlite:///{tmp_path / 'paragraf.db'}")
    with engine.connect() as connection:
        assert differences(connection) == []
    engine.dispose()


@pytest.mark.parametrize("revision", REVISIONS)
async def test_every_earlier_database_is_brought_up_with_its_rows(
    tmp_path: Path, revision: str
) -> None:
    path = tmp_path / "paragraf.db"
    make_database(path, revision)
    before = rows_of(path)
    assert before
    assert all(before.values())
    async with open_database(path):
        pass
    after = rows_of(path)
    assert revision_of(path) == REVISIONS[-1]
    ids = before.pop("sqlite_sequence")  # in the order of tables, of which some are made anew
    assert all(row in after["sqlite_sequence"] for row in ids)
    for table, rows in before.items():
        kept = [row.items() & then.items() for row, then in zip(after[table], rows, strict=True)]
        assert kept == [row.items() for row in rows]  # columns may have come, none has changed


@pytest.mark.parametrize("step", range(1, len(REVISIONS) + 1))
@pytest.mark.parametrize("place", ["migration.before_commit", "migration.after_commit"])
async def test_a_kill_in_a_migration_leaves_whole_steps(
    tmp_path: Path, place: str, step: int
) -> None:
    path = tmp_path / "paragraf.db"
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", OPENER, str(path), env=os.environ | {"FAIL_AT": f"{place}:{step}"}
    )
    assert await killed.wait() == -signal.SIGKILL
    done = step if place.endswith("after_commit") else step - 1
    if done:
        assert revision_of(path) == REVISIONS[done - 1]
    else:
        assert rows_of(path) == {}
    async with open_database(path):
        pass
    assert revision_of(path) == REVISIONS[-1]


def test_two_programs_that_start_together_migrate_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OPENER, str(tmp_path / "paragraf.db")]
    starts = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [start.communicate()[0] for start in starts] == ["opened\n"] * 3
    assert [start.returncode for start in starts] == [0, 0, 0]


async def test_a_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "paragraf.db"
    make_database(path, REVISIONS[-1])
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    before = rows_of(path)
    with pytest.raises(StoreError, match="made by a newer Paragraf"):
        async with open_database(path):
            pass
    assert rows_of(path) == before
