"""/aliases: other names of people and the titles they bear; each change is tried first."""

import asyncio
from datetime import date

from telegram import Update

from bot.chat.places import numbers_of, pressed_row, reply_target, user_of, view_of
from bot.chat.prompts import ask_for_words, waiting_for, words_of
from bot.chat.requests import MOST_QUESTION, Request, find_person, read_period
from bot.chat.trying import offer, trial_lines, try_words, use_offer
from bot.context import ButtonHandler, Command, Context, PromptHandler
from bot.errors import UserError
from bot.ingest.rereading import try_lexicon
from bot.replies.aliases import (
    Change,
    aliases_body,
    done_line,
    found_body,
    moved_lines,
    rival_lines,
    tried_line,
)
from bot.replies.layout import escape
from bot.replies.outcome import Body, Edit, Outcome, Send
from bot.replies.timeline import key_of
from bot.store.database import Transaction
from bot.store.lexicon import MEANS, alias_subject, change_alias, load_lexicon_on
from bot.store.people import list_names, list_persons
from bot.store.roles import Role
from bot.store.synonyms import list_synonyms
from index.lexicon import OwnAlias, find_rivals, is_title, struck
from index.people import region
from index.people.aliases import KnownPerson

CHANGE = "alias"

#: The kind of the prompt «кого как называют?».
ADD_NAME = "alias"

#: The changes that the table of the corpus's own has one more entry by.
_KEEPING = {Change.ADD, Change.STRIKE}

#: A longer name or title is none.
MOST_LETTERS = 80


async def aliases(update: Update, context: Context) -> Outcome:
    """Reply with the names and titles of the corpus, with those of somebody, or try a new one."""
    words = " ".join(context.args or ())[:MOST_QUESTION]
    if "=" in words:
        return await _tried(update, context, Change.ADD, await _read(context, words))
    body = await _found(context, words) if words else _page(context, 1)
    return Outcome(out=(Send(reply_target(update), body),))


async def on_page(update: Update, context: Context) -> Outcome:
    """Turn to another page, in place."""
    (page,) = numbers_of(update, 1)
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, _page(context, page)),))


async def on_add(update: Update, context: Context) -> Outcome:
    """Ask for a name or a title, and whose it is."""
    words = context.locale.text(
        "Write who is called how: Хасанов = Хасан Зираев, or who bears a title:"
        " министр энергетики = Хасан Зираев, с 2024 по 2025"
    )
    return Outcome(
        out=(ask_for_words(update, context, words),),
        write=waiting_for(update, context, ADD_NAME, ""),
    )


async def on_words(update: Update, context: Context) -> Outcome:
    """Try what was written."""
    return await _tried(update, context, Change.ADD, await _read(context, words_of(update)))


async def on_remove(update: Update, context: Context) -> Outcome:
    """Try what would be without a name or a title, or with a post that was struck out."""
    (key,) = numbers_of(update, 1)
    own = context.search.lexicon.aliases
    wanted = next((each for each in own if key_of(alias_subject(each)) == key), None)
    if wanted is None:
        raise UserError("These words are not in the table any more.")
    change = Change.RESTORE if wanted.is_away else Change.REMOVE
    return await _tried(update, context, change, wanted)


async def on_strike(update: Update, context: Context) -> Outcome:
    """Try what would be without a post that ships as somebody's."""
    (key,) = numbers_of(update, 1)
    wanted = next(
        (each for each in map(struck, region().persons) if key_of(alias_subject(each)) == key), None
    )
    if wanted is None:
        raise UserError("This button is out of date.")
    return await _tried(update, context, Change.STRIKE, wanted)


async def on_change(update: Update, context: Context) -> Outcome:
    """Do what was tried."""
    user_id, at = user_of(update).id, context.services.now()
    target = reply_target(update)

    async def write(connection: Transaction) -> tuple[Send, ...]:
        act, since, until, subject = (await use_offer(connection, update, context, CHANGE)).split(
            ":", 3
        )
        words, _, person = subject.partition(MEANS)
        change = Change(act)
        is_away = change in {Change.STRIKE, Change.RESTORE}
        alias = OwnAlias(words, person, _day(since), _day(until), is_away)
        if change is Change.ADD and any(
            each.words == words and each.is_name
            for each in (await load_lexicon_on(connection)).aliases
        ):
            raise UserError("These words are in the table already.")
        await change_alias(connection, alias, is_kept=change in _KEEPING, by=user_id, at=at)
        return (Send(target, Body(escape(done_line(change, alias, context.locale)))),)

    return Outcome(write=write, changes_index=True)


async def _tried(update: Update, context: Context, change: Change, alias: OwnAlias) -> Outcome:
    """Reply with the answers and the authors of quotes that would be others."""
    now, locale = context.search.lexicon, context.locale
    subject = alias_subject(alias)
    if change in _KEEPING and any(
        alias_subject(each) == subject or (each.words == alias.words and each.is_name)
        for each in now.aliases
    ):
        raise UserError("These words are in the table already.")
    then = now.having(alias) if change in _KEEPING else now.lacking(alias)
    groups = [each.phrases for each in await list_synonyms(context.db)]
    trial = await try_words(context, groups, then)
    reading = await try_lexicon(context.db, context.services.preparer, now, then)
    head = tried_line(change, alias, locale)
    warning = rival_lines(find_rivals(alias, now), locale) if change is Change.ADD else []
    days = ":".join(day.isoformat() if day else "" for day in (alias.since, alias.until))
    return offer(
        update,
        context,
        [head, *warning, *moved_lines(reading, locale), *trial_lines(trial, context)],
        action=CHANGE,
        verb="alok",
        subject=f"{change}:{days}:{subject}",
        is_worse=trial.is_worse,
    )


async def _read(context: Context, text: str) -> OwnAlias:
    """Return what «Хасанов = Хасан Зираев» says. Raises: UserError if it cannot be so."""
    words, _, whose = (" ".join(part.split()) for part in text.partition("="))
    names = [each.name for each in await list_persons(context.db)]
    request = Request(whose)
    if whose not in names:  # «Тереза Май» is no month
        request = read_period(whose, view_of(context).today)
    person = request.words.strip(" ,;") if request.period else whose
    is_written = any(map(str.isalpha, words)) and any(map(str.isalpha, person))
    if not is_written or "=" in person or max(len(words), len(person)) > MOST_LETTERS:
        raise UserError("Write who is called how: /aliases Хасанов = Хасан Зираев")
    if request.period and not is_title(words):
        raise UserError("Only a title has days: a name is somebody's for ever.")
    name, left = person, ""
    if person not in names:
        table = context.search.lexicon.people
        name, left = await asyncio.to_thread(find_person, person, names, table)
    if not name or left:
        if not is_title(words) or len(person.split()) < 2:
            raise UserError("No article names {person}. Who there is: /people", person=person)
        name = person  # whoever bears a title need not be named by any article
    if name == words:
        raise UserError("This is the name that the articles give already.")
    if request.period is None:
        return OwnAlias(words, name)
    return OwnAlias(words, name, request.period.first, request.period.last)


async def _found(context: Context, words: str) -> Body:
    """Return what there is of whoever is named."""
    wanted = words.casefold()
    everybody = {each.name: each.id for each in await list_persons(context.db)}
    table = context.search.lexicon.people
    name, _ = await asyncio.to_thread(find_person, words, list(everybody), table)
    names = await list_names(context.db, everybody[name]) if name else ()
    everybody = {each.name: each.id for each in await list_persons(context.db)}
    table = context.search.lexicon.people
    name, _ = await asyncio.to_thread(find_person, words, list(everybody), table)
    names = await list_names(context.db, everybody[name]) if name else ()
    own = [
        each
        for each in context.search.lexicon.aliases
        if each.person == name or wanted in alias_subject(each).casefold()
    ]
    called = [each for each in region().persons if _is_called(each, name or wanted)]
    gone = set(map(struck, called))
    own = [
        each
        for each in context.search.lexicon.aliases
        if each in gone or each.person == name or wanted in alias_subject(each).casefold()
    ]
    shipped = [each for each in called if struck(each) not in own]
    return found_body(name, names, own, shipped, context.locale)


def _page(context: Context, page: int) -> Body:
    return aliases_body(context.search.lexicon.aliases, page, context.locale)


def _is_called(known: KnownPerson, name: str) -> bool:
    """Return whether one who ships is called so, by his whole name or by his surname."""
    spelled = {spelling.casefold() for spelling in known.spellings}
    return name.casefold() in spelled | {spelling.split()[-1] for spelling in spelled}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


COMMANDS = (Command("aliases", aliases, "Who is called how", role=Role.EDITOR, in_groups=False),)
BUTTONS = (
    ButtonHandler("al", on_page, role=Role.EDITOR),
    ButtonHandler("aladd", on_add, role=Role.EDITOR),
    ButtonHandler("alrm", on_remove, role=Role.EDITOR),
    ButtonHandler("alaway", on_strike, role=Role.EDITOR),
    ButtonHandler("alok", on_change, role=Role.EDITOR),
)
PROMPTS = (PromptHandler(ADD_NAME, on_words, role=Role.EDITOR),)
