"""Brings a database to the tables of this program, one migration a transaction.

Migrations expand, migrate and contract over two releases: one release adds, the next removes, so
that an older program can still work beside a newer one.
"""

from importlib.resources import as_file, files

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.errors import StoreError
from bot.failpoints import reach
from bot.store.health import APPLICATION_ID


def migrate(connection: Connection, target: str = "head") -> None:
    """Bring the database to the revision `target`; do nothing if it is there.

    Each step reads the revision and moves it in one transaction that holds the write lock from its
    start, so two processes that start together do each step once, and a kill leaves whole steps.

    Raises: StoreError if a newer program made the database.
    """
    with as_file(files("bot.store") / "migrations") as folder:
        scripts = ScriptDirectory(str(folder))
        goal = scripts.get_revision(target).revision
        while _take_step(connection, scripts, goal):
            pass


def list_revisions() -> tuple[str, ...]:
    """Return the revisions of all migrations, oldest first."""
    with as_file(files("bot.store") / "migrations") as folder:
        return tuple(script.revision for script in ScriptDirectory(str(folder)).walk_revisions())[
            ::-1
        ]


def _take_step(connection: Connection, scripts: ScriptDirectory, goal: str) -> bool:
    """Move the database one revision on; return False if it stands at the goal already."""
    with connection.begin():
        current = MigrationContext.configure(connection).get_current_revision()
        _require_known(scripts, current)
        if current == goal:
            return False
        if current is None and connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")

        def next_step(_heads: tuple[str, ...], _context: MigrationContext) -> list[RevisionStep]:
            return scripts._upgrade_revs(goal, current or "base")[:1]

        context = MigrationContext.configure(connection, opts={"fn": next_step})
        with Operations.context(context):
            context.run_migrations()
        reach("migration.before_commit")
    reach("migration.after_commit")
    return True


def _require_known(scripts: ScriptDirectory, revision: str | None) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    if revision is not None and revision not in known:
        raise StoreError(
            f"The database was made by a newer Paragraf (its revision {revision} is unknown here). "
            "Install that version or newer."
        )
