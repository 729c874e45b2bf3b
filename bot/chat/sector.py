"""/sector: the words that speak for a sector; each change is tried on the paragraphs first."""

import re

from telegram import Update

from bot.chat.places import numbers_of, pressed_row, reply_target, user_of, view_of
from bot.chat.prompts import ask_for_words, subject_of, waiting_for, words_of
from bot.chat.requests import MOST_QUESTION, find_sector
from bot.chat.trying import offer, use_offer
from bot.context import ButtonHandler, Command, Context, PromptHandler
from bot.errors import UserError
from bot.ingest.sorting import try_pattern
from bot.replies.layout import escape
from bot.replies.outcome import Body, Edit, Outcome, Send
from bot.replies.patterns import OwnWords, pattern_lines, pattern_rows, patterns_body, patterns_list
from bot.replies.timeline import key_of
from bot.store.database import Transaction
from bot.store.lexicon import OF, change_pattern, pattern_subject
from bot.store.roles import Role
from bot.store.sectors import count_sectors
from index.sectors import OwnPattern, Sector, as_pattern, list_patterns, list_sectors

CHANGE = "sector"

#: The kinds of the prompts «какое слово?».
ADD_WORD, TAKE_WORD = "sector word", "no sector word"

#: A longer phrase is no word of a sector.
MOST_LETTERS = 60

#: What is done: words are added, taken away, or what was said of them is dropped.
ADD, TAKE, DROP = "add", "take", "drop"

#: «энергетика + турбина», «энергетика - газ»: with whatever a phone makes of a hyphen.
_CHANGE = re.compile(r"^(?P<name>.+?)\s+(?P<sign>[+\-–—−])\s*(?P<words>\S.*)$")


async def sector(update: Update, context: Context) -> Outcome:
    """Reply with the sectors, the words of one, or try a change: `/sector энергетика + ГРЭС`."""
    words = " ".join(context.args or ())[:MOST_QUESTION]
    target = reply_target(update)
    if not words:
        return Outcome(out=(Send(target, await _list(context, 1)),))
    match = _CHANGE.match(words)
    chosen = find_sector(match["name"] if match else words)
    if chosen is None:
        raise UserError("There is no such sector. All of them: /sector")
    if match:
        is_away = match["sign"] != "+"
        return await _tried(update, context, OwnPattern(chosen.id, _read(match["words"]), is_away))
    return Outcome(out=(Send(target, await _card(context, chosen)),))


async def on_list(update: Update, context: Context) -> Outcome:
    """Turn to a page of all sectors, in place."""
    (page,) = numbers_of(update, 1)
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, await _list(context, page)),))


async def on_card(update: Update, context: Context) -> Outcome:
    """Show the words of a sector, in place."""
    (key,) = numbers_of(update, 1)
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, await _card(context, _by_key(key))),))


async def on_add(update: Update, context: Context) -> Outcome:
    """Ask for a word that a sector is to get."""
    (key,) = numbers_of(update, 1)
    words = context.locale.text(
        "Which word or phrase speaks for “{sector}”? нефт* is every word that begins so,"
        " =ОПЕК this word as written.",
        sector=_by_key(key).name(context.locale.language),
    )
    return Outcome(
        out=(ask_for_words(update, context, words),),
        write=waiting_for(update, context, ADD_WORD, str(key)),
    )


async def on_take(update: Update, context: Context) -> Outcome:
    """Ask for a word that a sector is to lose."""
    (key,) = numbers_of(update, 1)
    words = context.locale.text(
        "Which of its words does not speak for “{sector}”?",
        sector=_by_key(key).name(context.locale.language),
    )
    return Outcome(
        out=(ask_for_words(update, context, words),),
        write=waiting_for(update, context, TAKE_WORD, str(key)),
    )


async def on_words(update: Update, context: Context) -> Outcome:
    """Try the word that was asked for."""
    chosen = _by_key(int(subject_of(context)))
    is_away = context.prompt is not None and context.prompt.kind == TAKE_WORD
    return await _tried(update, context, OwnPattern(chosen.id, _read(words_of(update)), is_away))


async def on_drop(update: Update, context: Context) -> Outcome:
    """Try what would be without something of the corpus's own."""
    key, number = numbers_of(update, 2)
    chosen = _by_key(key)
    own = [each for each in context.search.lexicon.patterns if each.sector == chosen.id]
    wanted = next((each for each in own if key_of(each.words) == number), None)
    if wanted is None:
        raise UserError("These words are not in the table any more.")
    return await _tried(
        update, context, OwnPattern(wanted.sector, wanted.words, not wanted.is_away)
    )


async def on_change(update: Update, context: Context) -> Outcome:
    """Do what was tried."""
    user_id, at, locale = user_of(update).id, context.services.now(), context.locale
    target = reply_target(update)

    async def write(connection: Transaction) -> tuple[Send, ...]:
        act, _, subject = (await use_offer(connection, update, context, CHANGE)).partition(":")
        sector_id, _, words = subject.partition(OF)
        pattern = OwnPattern(sector_id, words, act == TAKE)
        await change_pattern(connection, pattern, is_kept=act != DROP, by=user_id, at=at)
        name = _by_id(sector_id).name(locale.language)
        said = locale.text(
            "Done: {words}, “{sector}”. The articles are being sorted anew; /undo takes it back.",
            words=words,
            sector=name,
        )
        return (Send(target, Body(escape(said))),)

    return Outcome(write=write, changes_index=True)


async def _tried(update: Update, context: Context, wish: OwnPattern) -> Outcome:
    """Reply with the paragraphs that a sector would gain and lose."""
    now = context.search.lexicon
    opposite = OwnPattern(wish.sector, wish.words, not wish.is_away)
    if wish in now.patterns:
        raise UserError("These words are in the table already.")
    if opposite in now.patterns:
        act, then = DROP, now.lacking(opposite)
    else:
        _require_sensible(wish)
        act, then = (TAKE if wish.is_away else ADD), now.having(wish)
    found = await try_pattern(context.db, now, then, wish)
    chosen = _by_id(wish.sector)
    return offer(
        update,
        context,
        pattern_lines(chosen, wish, found.gained, found.lost, found.left, context.locale),
        action=CHANGE,
        verb="swok",
        subject=f"{act}:{pattern_subject(wish)}",
        rows=pattern_rows((*found.gained, *found.lost)),
    )


def _require_sensible(wish: OwnPattern) -> None:
    """Raise UserError unless words can be added, or are there to be taken away."""
    shipped = list_patterns(wish.sector)
    forms = as_pattern(wish.words)
    known = wish.words in shipped or any(as_pattern(each) == forms for each in shipped)
    if wish.is_away and not known:
        raise UserError("This sector has no such word. Take one as it is written in the list.")
    if not wish.is_away and known:
        raise UserError("These words are in the table already.")


async def _list(context: Context, page: int) -> Body:
    counts = dict(await count_sectors(context.db))
    own = context.search.lexicon.patterns
    rows = [
        (each, counts.get(each.id, 0), sum(pattern.sector == each.id for pattern in own))
        for each in list_sectors()
    ]
    return patterns_list(rows, page, view_of(context))


async def _card(context: Context, chosen: Sector) -> Body:
    own = [each for each in context.search.lexicon.patterns if each.sector == chosen.id]
    words = OwnWords(
        added=tuple(each.words for each in own if not each.is_away),
        taken=tuple(each.words for each in own if each.is_away),
        shipped=list_patterns(chosen.id),
    )
    paragraphs = dict(await count_sectors(context.db)).get(chosen.id, 0)
    return patterns_body(chosen, words, paragraphs, context.locale)


def _read(words: str) -> str:
    """Return words as they are kept. Raises: UserError if nothing could be found by them."""
    kept = " ".join(words.split())
    if len(kept) > MOST_LETTERS or ":" in kept or not as_pattern(kept):
        raise UserError("Nothing can be found by this. Write a word or a short phrase.")
    return kept if kept.startswith("=") else kept.lower()


def _by_key(key: int) -> Sector:
    """Return the sector of callback data. Raises: UserError if there is none such."""
    found = next((each for each in list_sectors() if key_of(each.id) == key), None)
    if found is None:
        raise UserError("This button is out of date.")
    return found


def _by_id(sector_id: str) -> Sector:
    found = next((each for each in list_sectors() if each.id == sector_id), None)
    if found is None:
        raise UserError("This button is out of date.")
    return found


COMMANDS = (Command("sector", sector, "The words of a sector", role=Role.EDITOR, in_groups=False),)
BUTTONS = (
    ButtonHandler("sws", on_list, role=Role.EDITOR),
    ButtonHandler("sw", on_card, role=Role.EDITOR),
    ButtonHandler("swadd", on_add, role=Role.EDITOR),
    ButtonHandler("swtake", on_take, role=Role.EDITOR),
    ButtonHandler("swdrop", on_drop, role=Role.EDITOR),
    ButtonHandler("swok", on_change, role=Role.EDITOR),
)
PROMPTS = (
    PromptHandler(ADD_WORD, on_words, role=Role.EDITOR),
    PromptHandler(TAKE_WORD, on_words, role=Role.EDITOR),
)
