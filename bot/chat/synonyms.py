"""Words that mean the same in this corpus: tried on the questions first, then added or removed."""

from telegram import Update

from bot.chat.places import numbers_of, pressed_row, reply_target, user_of
from bot.chat.trying import offer, trial_lines, try_words, use_offer
from bot.context import ButtonHandler, Command, Context
from bot.errors import UserError
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Edit, Outcome, Send
from bot.store.database import Transaction
from bot.store.roles import Role
from bot.store.synonyms import EQUALS, add_synonyms, list_synonyms, remove_synonyms
from index.synonyms import are_telling

CHANGE = "synonyms"

#: Groups on a page, each with a button.
PAGE = 10

#: A longer phrase is no word of a question.
MOST_LETTERS = 60
MOST_PHRASES = 10

#: What an offer's subject begins with: what to do.
ADD, REMOVE = "add", "remove"


async def synonyms(update: Update, context: Context) -> Outcome:
    """Reply with the corpus's own groups, or try a new one: `/synonyms ЦОД = дата-центр`."""
    words = " ".join(context.args or ())
    if not words:
        return Outcome(out=(Send(reply_target(update), await _page(context, 1)),))
    return await _tried(update, context, ADD, _read(words))


async def on_page(update: Update, context: Context) -> Outcome:
    """Turn to another page, in place."""
    (page,) = numbers_of(update, 1)
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, await _page(context, page)),))


async def on_remove(update: Update, context: Context) -> Outcome:
    """Try what would be without a group."""
    (key,) = numbers_of(update, 1)
    groups = {each.id: each.phrases for each in await list_synonyms(context.db)}
    if key not in groups:
        raise UserError("These words are not in the table any more.")
    return await _tried(update, context, REMOVE, groups[key])


async def on_change(update: Update, context: Context) -> Outcome:
    """Do what was tried."""
    user_id, at = user_of(update).id, context.services.now()
    target, locale = reply_target(update), context.locale

    async def write(connection: Transaction) -> tuple[Send, ...]:
        subject = await use_offer(connection, update, context, CHANGE)
        act, _, words = subject.partition(":")
        phrases = tuple(words.split(EQUALS))
        if act == ADD:
            await add_synonyms(connection, phrases, by=user_id, at=at)
            said = locale.text("Added: {words}. /undo takes it back.", words=words)
        else:
            await remove_synonyms(connection, phrases, by=user_id, at=at)
            said = locale.text("Removed: {words}. /undo brings it back.", words=words)
        return (Send(target, Body(escape(said))),)

    return Outcome(write=write, changes_index=True)


async def _tried(update: Update, context: Context, act: str, phrases: tuple[str, ...]) -> Outcome:
    """Reply with what a change would do."""
    own = [each.phrases for each in await list_synonyms(context.db)]
    if act == ADD and phrases in own:
        raise UserError("These words are in the table already.")
    groups = [*own, phrases] if act == ADD else [each for each in own if each != phrases]
    trial = await try_words(context, groups, context.search.lexicon)
    words = EQUALS.join(phrases)
    head = (
        context.locale.text("To be added: {words}", words=words)
        if act == ADD
        else context.locale.text("To be removed: {words}", words=words)
    )
    return offer(
        update,
        context,
        [head, *trial_lines(trial, context)],
        action=CHANGE,
        verb="syok",
        subject=f"{act}:{words}",
        is_worse=trial.is_worse,
    )


async def _page(context: Context, page: int) -> Body:
    locale, groups = context.locale, await list_synonyms(context.db)
    pages = max(1, -(-len(groups) // PAGE))
    page = page if 1 <= page <= pages else 1
    start = (page - 1) * PAGE
    lines, buttons = [], []
    for number, group in enumerate(groups[start : start + PAGE], start=start + 1):
        lines.append(f"{number}. {EQUALS.join(group.phrases)}")
        buttons.append(Button(locale.text("Remove {n}", n=number), data=f"syrm:{group.id}"))
    lines = lines or [locale.text("This corpus has no synonyms of its own yet.")]
    if pages > 1:
        lines.append(locale.text("page {n} of {total}", n=page, total=pages))
    lines.append(locale.text("To add: /synonyms ЦОД = дата-центр"))
    rows = [tuple(buttons[n : n + 3]) for n in range(0, len(buttons), 3)]
    if pages > 1:
        rows.append((Button(locale.text("More"), data=f"sy:{page % pages + 1}"),))
    return Body(escape("\n".join(lines)), tuple(rows))


def _read(words: str) -> tuple[str, ...]:
    """Return the phrases of «ЦОД = дата-центр». Raises: UserError if they are not two or more."""
    phrases = tuple(dict.fromkeys(" ".join(each.split()) for each in words.split("=")))
    if not 2 <= len(phrases) <= MOST_PHRASES or not all(phrases):
        raise UserError("Write words that mean the same: /synonyms ЦОД = дата-центр")
    if any(len(each) > MOST_LETTERS for each in phrases) or not are_telling(phrases):
        raise UserError("These are not words that a question is told by. Write others, please.")
    return phrases


COMMANDS = (
    Command("synonyms", synonyms, "Words that mean the same", role=Role.EDITOR, in_groups=False),
)
BUTTONS = (
    ButtonHandler("sy", on_page, role=Role.EDITOR),
    ButtonHandler("syrm", on_remove, role=Role.EDITOR),
    ButtonHandler("syok", on_change, role=Role.EDITOR),
)
