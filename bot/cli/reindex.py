"""`paragraf reindex`: the facts of articles found anew, where the rules have changed."""

import sys

from rich.progress import track

from bot.cli.terminal import complain, err, out, run
from bot.errors import DamagedTextError
from bot.locales import Locale
from bot.store.database import Database
from bot.store.facts import list_stale, load_source, replace_facts
from bot.store.lexicon import load_lexicon
from bot.store.readings import list_unread, mark_read
from index.facts import find_facts


def reindex() -> None:
    """Find dates, quotes, people and sectors anew. What is stopped goes on the next time."""

    async def work(db: Database, locale: Locale) -> int:
        damaged = 0
        lexicon = await load_lexicon(db)
        unread = dict(await list_unread(db, lexicon))
        stale = sorted({*await list_stale(db), *unread})
        shown = track(stale, locale.text("Reading"), console=err, disable=not err.is_terminal)
        for version_id in shown:
            try:
                source = await load_source(db, version_id)
            except DamagedTextError as error:  # the others are read all the same
                damaged += 1
                complain(str(error))
                continue
            facts = find_facts(source.text, source.day, source.language, lexicon=lexicon)
            await replace_facts(db, source, facts)
            if version_id in unread:
                async with db.write() as connection:
                    await mark_read(connection, version_id, unread[version_id])
        read = len(stale) - damaged
        out.print(locale.count("{n} article read anew.", "{n} articles read anew.", read))
        return damaged

    if run(work):
        sys.exit(1)
