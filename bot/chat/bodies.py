"""Organisations of /people: ministries, companies, media, with quotes and events."""

import asyncio
from collections.abc import Sequence

from telegram import Update

from bot.chat.events import find_events
from bot.chat.managers import require_manager
from bot.chat.places import numbers_of, pressed_row, reply_target, view_of
from bot.chat.requests import Request
from bot.chat.subscribe import MOST_TITLE, offer
from bot.chat.timeline import list_timeline
from bot.context import ButtonHandler, Context
from bot.errors import UserError
from bot.replies.bodies import BodyProfile, body_body, body_list, which_body_body
from bot.replies.layout import shorten
from bot.replies.outcome import Body, Edit, Outcome, Send, Target
from bot.replies.people import MOST_ARTICLES, page_count
from bot.replies.timeline import key_of
from bot.store.organisations import (
    OrganisationCount,
    list_organisation_passages,
    list_organisations,
)
from bot.store.quotes import list_speakers
from bot.store.topics import words_topic
from index.people import match_body
from index.percolation import read_topic


async def find_body(context: Context, words: str) -> Body | None:
    """Return the body that words name, those to choose from, None if they name none."""
    bodies = await list_organisations(context.db)
    found = await asyncio.to_thread(_match, words, bodies)
    for phrase in context.search.synonyms.phrases_for(words):
        found = found or await asyncio.to_thread(_match, phrase, bodies)
    if not found:
        return None
    # A name whole and to the letter is that body, whatever longer names begin so.
    exact = [each for each in found if words.casefold() in _names(each)]
    if len(found) == 1 or exact:
        return await _body(context, (exact or found)[0])
    return which_body_body(found, view_of(context))


async def show_body(update: Update, context: Context, key: int) -> Outcome:
    """Show a body, to whoever has the link."""
    target = reply_target(update)
    found = await _find(context, key)
    if found is None:  # the key is of its name: whoever has a link had it of an article
        raise UserError("What this link led to is not in the articles any more.")
    body = await _body(context, found)
    return Outcome(out=(Send(Target(target.chat_id, target.thread_id), body),))


async def on_body(update: Update, context: Context) -> Outcome:
    """Show a body, in place."""
    (key,) = numbers_of(update, 1)
    chat_id, row = await pressed_row(update, context)
    body = await _body(context, await _get(context, key))
    return Outcome(out=(Edit(chat_id, row, body),))


async def on_articles(update: Update, context: Context) -> Outcome:
    """Turn to a page of the articles that name a body, in place."""
    key, page = numbers_of(update, 2)
    chat_id, row = await pressed_row(update, context)
    body = await _body(context, await _get(context, key), page)
    return Outcome(out=(Edit(chat_id, row, body),))


async def on_follow(update: Update, context: Context) -> Outcome:
    """Offer to follow a body by its name."""
    (key,) = numbers_of(update, 1)
    await require_manager(update, context)
    name = (await _get(context, key)).name
    query = await asyncio.to_thread(read_topic, name)
    if not query.include:
        raise UserError("There is no word in this to look for. Write what it is about.")
    return await offer(update, context, words_topic(query, shorten(name, MOST_TITLE)))


async def on_bodies(update: Update, context: Context) -> Outcome:
    """Turn to a page of all bodies, in place."""
    (page,) = numbers_of(update, 1)
    chat_id, row = await pressed_row(update, context)
    body = body_list(await list_organisations(context.db), view_of(context), page)
    return Outcome(out=(Edit(chat_id, row, body),))


async def on_timeline(update: Update, context: Context) -> Outcome:
    """Show the timeline of a body, in a new message."""
    (key,) = numbers_of(update, 1)
    return await list_timeline(update, context, (await _get(context, key)).name)


async def _get(context: Context, key: int) -> OrganisationCount:
    """Return the body of a key. Raises: UserError if no published article names it (any more)."""
    found = await _find(context, key)
    if found is None:
        raise UserError("This button is out of date.")
    return found


async def _find(context: Context, key: int) -> OrganisationCount | None:
    bodies = await list_organisations(context.db)
    return next((each for each in bodies if key_of(each.name) == key), None)


async def _body(context: Context, body: OrganisationCount, page: int = 1) -> Body:
    page = max(1, min(page, page_count(body.articles)))
    events = (await find_events(context, Request(body.name))).items
    speaks_as, quotes = _speaker(body, await list_speakers(context.db))
    profile = BodyProfile(
        body=body,
        passages=await list_organisation_passages(
            context.db, body.name, MOST_ARTICLES, (page - 1) * MOST_ARTICLES
        ),
        page=page,
        events=len(events),
        quotes=quotes,
        speaks_as=speaks_as,
    )
    return body_body(profile, view_of(context))


def _match(words: str, bodies: Sequence[OrganisationCount]) -> list[OrganisationCount]:
    """Return the bodies that words name, best first."""
    return [
        bodies[n] for n in match_body(words, [(each.name, each.abbreviation) for each in bodies])
    ]


def _speaker(body: OrganisationCount, speakers: Sequence[tuple[str, int]]) -> tuple[str, int]:
    """Return the name under which a body is quoted, and how often."""
    mine = [(name, count) for name, count in speakers if name.casefold() in _names(body)]
    return mine[0] if mine else (body.name, 0)


def _names(body: OrganisationCount) -> set[str]:
    return {name.casefold() for name in (body.name, body.abbreviation) if name}


BUTTONS = (
    ButtonHandler("org", on_body),
    ButtonHandler("orglist", on_bodies),
    ButtonHandler("orgpage", on_articles),
    ButtonHandler("orgtl", on_timeline),
    ButtonHandler("orgsub", on_follow),
)
