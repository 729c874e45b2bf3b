"""`paragraf reindex`: the facts of articles found anew, where the rules have changed."""

from rich.progress import track

from bot.cli.terminal import err, out, run
from bot.locales import Locale
from bot.store.database import Database
from bot.store.facts import list_stale, load_source, replace_facts
from index.facts import find_facts


def reindex() -> None:
    """Find dates, quotes, people and sectors anew. What is stopped goes on the next time."""

    async def work(db: Database, locale: Locale) -> None:
        stale = await list_stale(db)
        shown = track(stale, locale.text("Reading"), console=err, disable=not err.is_terminal)
        for version_id in shown:
            source = await load_source(db, version_id)
            facts = find_facts(source.text, source.day, source.language)
            await replace_facts(db, source, facts)
        out.print(locale.count("{n} article read anew.", "{n} articles read anew.", len(stale)))

    run(work)
