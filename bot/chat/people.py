"""People: who is in the articles, in which roles, with quotes and events; bodies beside them."""

import asyncio
from collections.abc import Sequence

from telegram import Update

from bot.chat.bodies import find_body
from bot.chat.corpus import empty_body
from bot.chat.places import numbers_of, pressed_row, reply_target, view_of
from bot.chat.requests import MOST_QUESTION, lemmas_of
from bot.chat.timeline import list_timeline
from bot.context import ButtonHandler, Command, Context
from bot.errors import UserError
from bot.replies.outcome import Body, Edit, Outcome, Send, Target
from bot.replies.people import (
    MOST_ARTICLES,
    is_vague,
    page_count,
    people_list,
    person_body,
    which_body,
)
from bot.store.organisations import count_organisations
from bot.store.people import (
    PersonCount,
    Profile,
    is_gone,
    list_persons,
    list_roles,
    load_profile,
)
from index.people import Aliases, match_person
from index.types import Person


async def people(update: Update, context: Context) -> Outcome:
    """Reply with who is in the articles, or with the person or body that is named."""
    target = reply_target(update)
    if not context.search.paragraph_count:
        return Outcome(out=(Send(target, empty_body(context)),))
    words = " ".join(context.args or ())[:MOST_QUESTION]
    everybody = await list_persons(context.db)
    return Outcome(out=(Send(target, await _answer(context, words, everybody)),))


async def show_person(update: Update, context: Context, person_id: int) -> Outcome:
    """Show a person, to whoever has the link; of one who is gone with his articles, say so."""
    target = reply_target(update)
    if await is_gone(context.db, person_id):
        raise UserError("What this link led to is not in the articles any more.")
    body = await _person(context, person_id)
    return Outcome(out=(Send(Target(target.chat_id, target.thread_id), body),))


async def on_person(update: Update, context: Context) -> Outcome:
    """Show a person, in place."""
    (person_id,) = numbers_of(update, 1)
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, await _person(context, person_id)),))


async def on_articles(update: Update, context: Context) -> Outcome:
    """Turn to a page of the articles that name a person, in place."""
    person_id, page = numbers_of(update, 2)
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, await _person(context, person_id, page)),))


async def on_people(update: Update, context: Context) -> Outcome:
    """Turn to a page of all people, in place."""
    (page,) = numbers_of(update, 1)
    chat_id, row = await pressed_row(update, context)
    bodies = await count_organisations(context.db)
    body = people_list(await list_persons(context.db), view_of(context), page, bodies=bodies)
    return Outcome(out=(Edit(chat_id, row, body),))


async def on_timeline(update: Update, context: Context) -> Outcome:
    """Show the timeline of a person, in a new message."""
    (person_id,) = numbers_of(update, 1)
    profile = await _profile(context, person_id)
    return await list_timeline(update, context, profile.person.name)


async def _answer(context: Context, words: str, everybody: Sequence[PersonCount]) -> Body:
    """Return the person or body that words name, those to choose from, or who there is instead."""
    view = view_of(context)
    if not words:
        return people_list(everybody, view, bodies=await count_organisations(context.db))
    found = await asyncio.to_thread(_match, words, everybody, context.search.lexicon.people)
    # Whoever writes a first name too does not mean a lone surname; the person's page names it.
    named = [each for each in found if not is_vague(each)] if " " in words else []
    whole = named or found
    if len(whole) == 1:
        return await _person(context, whole[0].id)
    if found:
        return which_body(found, view)
    holders = await asyncio.to_thread(_by_role, words, await list_roles(context.db), everybody)
    if len(holders) == 1:
        return await _person(context, holders[0].id)
    if holders:
        return which_body(holders, view)
    if body := await find_body(context, words):
        return body
    note = context.locale.text("No article names such a person or organisation.")
    return people_list(everybody, view, note=note, bodies=await count_organisations(context.db))


async def _person(context: Context, person_id: int, page: int = 1) -> Body:
    profile = await _profile(context, person_id, page)
    page = min(page, page_count(profile.person.articles))
    surname = profile.person.name.split()[-1]
    others = await asyncio.to_thread(
        _match, surname, await list_persons(context.db), context.search.lexicon.people
    )
    namesakes = [each for each in others if each.id != person_id]
    return person_body(profile, namesakes, view_of(context), page)


async def _profile(context: Context, person_id: int, page: int = 1) -> Profile:
    """Return what there is of a person. Raises: UserError if nobody has this id (any more)."""
    profile = await load_profile(
        context.db, person_id, MOST_ARTICLES, (max(page, 1) - 1) * MOST_ARTICLES
    )
    if profile is None or not profile.passages:
        raise UserError("This button is out of date.")
    return profile


def _by_role(
    words: str, roles: Sequence[tuple[int, str]], everybody: Sequence[PersonCount]
) -> list[PersonCount]:
    """Return those whose role has all the words, in the order given: «министр транспорта»."""
    wanted = lemmas_of(words)
    holders = {key for key, role in roles if wanted and wanted <= lemmas_of(role)}
    return [each for each in everybody if each.id in holders]


def _match(words: str, everybody: Sequence[PersonCount], table: Aliases) -> list[PersonCount]:
    """Return whom words name, best first; a full name that is somebody's own names nobody else."""
    by_name = {each.name: each for each in everybody}
    persons = [Person(name, None, (), (), None, ("", "", "")) for name in by_name]
    return [by_name[person.name] for person in match_person(words, persons, table)]


COMMANDS = (Command("people", people, "Who is in the articles"),)
BUTTONS = (
    ButtonHandler("who", on_person),
    ButtonHandler("whopage", on_articles),
    ButtonHandler("wholist", on_people),
    ButtonHandler("whotl", on_timeline),
)
