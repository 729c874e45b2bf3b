"""Articles out: withdrawn until somebody undoes it, or erased for ever."""

from telegram import Update

from bot.chat.confirming import confirmed_by, keeping, permission
from bot.chat.places import as_number, numbers_of, pressed_row, reply_target
from bot.context import ButtonHandler, Command, Context
from bot.errors import UserError
from bot.replies.layout import MOST_LINE, escape, shorten
from bot.replies.outcome import Body, Button, Edit, Keyboard, Outcome, Send
from bot.store.answers import count_shown
from bot.store.articles import StoredArticle, get_article
from bot.store.database import Transaction
from bot.store.erasing import erase_article
from bot.store.nonces import Nonce, add_nonce
from bot.store.publishing import mark_withdrawn
from bot.store.roles import Role, require_role

WITHDRAWAL = "withdraw"
ERASING = "erase"
ERASING_SURELY = "erase surely"


async def withdraw(update: Update, context: Context) -> Outcome:
    """Ask whether the article of `/withdraw 3` is to be withdrawn, and say what it touches."""
    number = as_number((context.args or [""])[0])
    if number is None:
        text = context.locale.text("Write the article's number: /withdraw 3. All: /articles")
        return Outcome(out=(Send(reply_target(update), Body(escape(text))),))
    nonce, body = await _question(update, context, number)
    return Outcome(out=(Send(reply_target(update), body),), write=keeping(nonce))


async def on_ask(update: Update, context: Context) -> Outcome:
    """Ask the same in place of the article's card."""
    (number,) = numbers_of(update, 1)
    nonce, body = await _question(update, context, number)
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, body),), write=keeping(nonce))


async def on_withdraw(update: Update, context: Context) -> Outcome:
    """Withdraw the article."""
    confirmed = confirmed_by(update, WITHDRAWAL)
    article_id, user_id = confirmed.subject_id, confirmed.user_id
    chat_id, row = await pressed_row(update, context)

    async def write(connection: Transaction) -> None:
        await require_role(connection, user_id, Role.EDITOR)
        await confirmed.use(connection, context)
        await mark_withdrawn(connection, article_id, context.services.now(), by=user_id)

    text = context.locale.text("Article {id} is withdrawn. /undo brings it back.", id=article_id)
    return Outcome(out=(Edit(chat_id, row, Body(escape(text))),), write=write, changes_index=True)


async def erase(update: Update, context: Context) -> Outcome:
    """Ask whether the article of `/erase 3` is to be erased for ever, for the first time."""
    number = as_number((context.args or [""])[0])
    if number is None:
        text = context.locale.text("Write the article's number: /erase 3. All: /articles")
        return Outcome(out=(Send(reply_target(update), Body(escape(text))),))
    stored = await _existing(context, number)
    nonce = permission(update, context, ERASING, number)
    lines = (
        context.locale.text("Erase for ever: {article}", article=_name(stored)),
        await _extent(context, stored),
        context.locale.text(
            "Nobody can bring it back. For a while only: /withdraw {id}", id=number
        ),
    )
    go_on = Button(context.locale.text("Erase…"), data=f"er1:{number}:{nonce.token}")
    body = Body(escape("\n".join(lines)), ((go_on,),))
    return Outcome(out=(Send(reply_target(update), body),), write=keeping(nonce))


async def on_ask_surely(update: Update, context: Context) -> Outcome:
    """Ask for the second time, in place."""
    confirmed = confirmed_by(update, ERASING)
    stored = await _existing(context, confirmed.subject_id)
    nonce = permission(update, context, ERASING_SURELY, stored.id)
    chat_id, row = await pressed_row(update, context)

    async def write(connection: Transaction) -> None:
        await confirmed.use(connection, context)
        await add_nonce(connection, nonce)

    text = context.locale.text(
        "Really erase, without a way back: {article}?", article=_name(stored)
    )
    surely = Button(context.locale.text("Erase for ever"), data=f"er2:{stored.id}:{nonce.token}")
    back = Button(context.locale.text("Back"), data=f"page:{stored.id}:1")
    body = Body(escape(text), _rows(surely, back, stored))
    return Outcome(out=(Edit(chat_id, row, body),), write=write)


async def on_erase(update: Update, context: Context) -> Outcome:
    """Erase the article."""
    confirmed = confirmed_by(update, ERASING_SURELY)
    article_id, user_id = confirmed.subject_id, confirmed.user_id
    chat_id, row = await pressed_row(update, context)

    async def write(connection: Transaction) -> None:
        await require_role(connection, user_id, Role.OWNER)
        await confirmed.use(connection, context)
        await erase_article(connection, article_id, by=user_id, at=context.services.now())

    text = context.locale.text("Article {id} is erased for ever.", id=article_id)
    return Outcome(out=(Edit(chat_id, row, Body(escape(text))),), write=write, changes_index=True)


async def _question(update: Update, context: Context, article_id: int) -> tuple[Nonce, Body]:
    """Return what is asked before a withdrawal, and the permission of its button."""
    stored = await _existing(context, article_id)
    if stored.withdrawn_at:
        raise UserError("Article {id} is withdrawn already.", id=article_id)
    nonce = permission(update, context, WITHDRAWAL, article_id)
    lines = (
        context.locale.text("Withdraw {article}?", article=_name(stored)),
        await _extent(context, stored),
    )
    go_on = Button(context.locale.text("Withdraw"), data=f"wdok:{article_id}:{nonce.token}")
    back = Button(context.locale.text("Back"), data=f"page:{article_id}:1")
    return nonce, Body(escape("\n".join(lines)), _rows(go_on, back, stored))


async def _extent(context: Context, stored: StoredArticle) -> str:
    """Return how much an act touches: paragraphs, and answers whose buttons still work."""
    locale = context.locale
    paragraphs = locale.count("{n} paragraph", "{n} paragraphs", stored.paragraphs)
    shown = await count_shown(context.db, stored.id)
    answers = locale.count("in {n} answer", "in {n} answers", shown)
    return locale.text(
        "{paragraphs}, shown {answers} of the last 30 days.", paragraphs=paragraphs, answers=answers
    )


async def _existing(context: Context, article_id: int) -> StoredArticle:
    stored = await get_article(context.db, article_id)
    if stored.erased_at:
        raise UserError("Article {id} is erased already.", id=article_id)
    return stored


def _name(stored: StoredArticle) -> str:
    return f"{stored.id}. {shorten(stored.article.title, MOST_LINE)}"


def _rows(go_on: Button, back: Button, stored: StoredArticle) -> Keyboard:
    """Return the buttons of a question; a withdrawn article has no card to go back to."""
    return ((go_on,),) if stored.withdrawn_at else ((go_on, back),)


COMMANDS = (
    Command("withdraw", withdraw, "Withdraw an article", role=Role.EDITOR, in_groups=False),
    Command("erase", erase, "Erase an article for ever", role=Role.OWNER, in_groups=False),
)
BUTTONS = (
    ButtonHandler("wd", on_ask, role=Role.EDITOR),
    ButtonHandler("wdok", on_withdraw, role=Role.EDITOR),
    ButtonHandler("er1", on_ask_surely, role=Role.OWNER),
    ButtonHandler("er2", on_erase, role=Role.OWNER),
)
