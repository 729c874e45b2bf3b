"""What became of a passage whose article has another version now, and when its text was taken."""

import asyncio
from dataclasses import replace

from bot.context import Context
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button
from bot.replies.revision import fate_words
from bot.store.articles import get_taken_at
from bot.store.passages import get_current_version, list_paragraphs
from index.revisions import Fate, match_paragraphs
from index.types import Passage


async def with_banner(context: Context, body: Body, passage: Passage) -> Body:
    """Return a card of a passage, above it what the current version makes of it if it is another.

    With a button to what took its place.
    """
    article_id = passage.article_id
    if await get_current_version(context.db, article_id) == passage.version:
        return body
    old = await list_paragraphs(context.db, article_id, version=passage.version)
    new = await list_paragraphs(context.db, article_id)
    found = await asyncio.to_thread(
        match_paragraphs, [each.text for each in old], [each.text for each in new]
    )
    place = next(
        found[n] for n, each in enumerate(old) if each.paragraph_id == passage.paragraph_id
    )
    locale = context.locale
    if place is None:
        words, target = fate_words(Fate.REMOVED, None, locale), None
    else:
        target = new[place]
        fate = Fate.SAME if target.text == passage.text else Fate.CHANGED
        words = fate_words(fate, target.number, locale)
    rows = body.keyboard
    if target is not None:
        button = Button(locale.text("In the new version"), data=f"see:{target.paragraph_id}")
        rows = ((button,), *rows)
    return replace(body, html=f"{escape(words)}\n{body.html}", keyboard=rows)


async def with_taken(context: Context, body: Body, passage: Passage) -> Body:
    """Return a card of a passage, below it when its text was taken from a site that may change."""
    if not passage.url:
        return body
    day = (await get_taken_at(context.db, passage.version_id)).date()
    words = context.locale.text("Text taken on {day}.", day=context.locale.day(day))
    return replace(body, html=f"{body.html}\n{escape(words)}")
