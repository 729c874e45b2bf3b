"""A change of the corpus's words that was tried: what it would do, then «Применить» or «Отмена»."""

from collections.abc import Sequence

from telegram import Update

from bot.chat.confirming import BUTTON_LASTS
from bot.chat.places import message_of, pressed_row, reply_target, user_of
from bot.context import ButtonHandler, Context
from bot.quality import MOST_ASKED, Trial, try_change
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Edit, Keyboard, Outcome, Send
from bot.replies.quality import named_lines, worse_lines
from bot.store.database import Transaction
from bot.store.golden import list_golden
from bot.store.nonces import Nonce, add_nonce, mint_token, use_nonce
from bot.store.roles import Role, require_role
from bot.store.synonyms import list_synonyms
from bot.store.unanswered import list_unanswered
from index.lexicon import Lexicon


async def try_words(context: Context, groups: Sequence[Sequence[str]], lexicon: Lexicon) -> Trial:
    """Return what these synonyms and names would do to golden questions and to those refused."""
    golden = (await list_golden(context.db))[:MOST_ASKED]
    waiting = await list_unanswered(context.db, context.services.now())
    refused = [(*each.texts, " ".join(each.lemmas))[0] for each in waiting]
    own = [each.phrases for each in await list_synonyms(context.db)]
    now = context.search.trial([*own, *context.search.lexicon.groups])
    return await try_change(golden, refused, now, context.search.trial([*groups, *lexicon.groups]))


def trial_lines(trial: Trial, context: Context) -> list[str]:
    """Return what a change would do to the answers."""
    locale = context.locale
    if trial.is_worse:
        return worse_lines(trial.before, trial.after, trial.lost, locale)
    if trial.changed:
        return named_lines(locale.text("Other first answers:"), trial.changed, locale)
    return [locale.text("No known question is answered otherwise.")]


def offer(
    update: Update,
    context: Context,
    lines: Sequence[str],
    *,
    action: str,
    verb: str,
    subject: str,
    is_worse: bool = False,
    rows: Keyboard = (),
) -> Outcome:
    """Reply with what a change would do; where it lowers the figures, only an owner may go on.

    `verb` is of the button that does it: its handler gets the `subject` from `use_offer`. Above it
    are `rows` of others.
    """
    locale = context.locale
    needed = Role.OWNER if is_worse else Role.EDITOR
    said = list(lines)
    if not context.role.covers(needed):
        said.append(locale.text("Only an owner can go on with it."))
        return Outcome(out=(Send(reply_target(update), Body(escape("\n".join(said)))),))
    nonce = Nonce(
        mint_token(),
        action,
        f"{needed.value}:{subject}",
        context.services.now() + BUTTON_LASTS,
        user_of(update).id,
        message_of(update).chat.id,
    )
    label = locale.text("Do it all the same") if is_worse else locale.text("Apply")
    keyboard = (
        *rows,
        (
            Button(label, data=f"{verb}:{nonce.token}"),
            Button(locale.text("Cancel"), data=f"tryno:{nonce.token}"),
        ),
    )

    async def write(connection: Transaction) -> None:
        await add_nonce(connection, nonce)

    body = Body(escape("\n".join(said)), keyboard)
    return Outcome(out=(Send(reply_target(update), body),), write=write)


async def use_offer(connection: Transaction, update: Update, context: Context, action: str) -> str:
    """Return the subject of the change whose button was pressed, in the transaction that makes it.

    Raises: UserError if the button is used, over or another's, or the role is not enough any more.
    """
    user_id, chat_id = user_of(update).id, message_of(update).chat.id
    subject = await use_nonce(
        connection,
        _token(update),
        action,
        user_id=user_id,
        chat_id=chat_id,
        at=context.services.now(),
    )
    role, _, rest = subject.partition(":")
    await require_role(connection, user_id, Role(role))
    return rest


async def on_cancel(update: Update, context: Context) -> Outcome:
    """Say that nothing is changed, in place of what would have been."""
    chat_id, row = await pressed_row(update, context)
    body = Body(escape(context.locale.text("Nothing is changed.")))
    return Outcome(out=(Edit(chat_id, row, body),))


def _token(update: Update) -> str:
    return ((update.callback_query and update.callback_query.data) or "").partition(":")[2]


BUTTONS = (ButtonHandler("tryno", on_cancel, role=Role.EDITOR),)
