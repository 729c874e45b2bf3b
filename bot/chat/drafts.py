"""Drafts: their cards, what an editor says of them, and what he decides."""

from telegram import Update

from bot.chat.edit import proposing
from bot.chat.jobs import beginning, tools_of
from bot.chat.places import (
    as_number,
    numbers_of,
    pressed_row,
    reply_target,
    user_of,
)
from bot.context import ButtonHandler, Command, Context
from bot.errors import UserError
from bot.ingest.cards import make_card
from bot.ingest.preparing import LONG
from bot.ingest.work import publishing
from bot.replies.draft import (
    MOST_DRAFTS,
    draft_body,
    drafts_body,
    urgent_body,
)
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Edit, Outcome, Send
from bot.store.articles import get_article
from bot.store.database import Transaction
from bot.store.draft_states import noting
from bot.store.drafts import (
    DraftState,
    StoredDraft,
    count_drafts,
    decide_draft,
    get_draft,
    list_drafts,
)
from bot.store.jobs import JobKind, get_payload
from bot.store.roles import Role, require_role


async def drafts(update: Update, context: Context) -> Outcome:
    """Reply with the drafts that wait for a decision."""
    return Outcome(out=(Send(reply_target(update), await _list(context, 1)),))


async def on_list(update: Update, context: Context) -> Outcome:
    """Turn to another page of the list, in place."""
    (page,) = numbers_of(update, 1)
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, await _list(context, page)),))


async def on_card(update: Update, context: Context) -> Outcome:
    """Show the card of a draft, in place; of a long one by a job."""
    (draft_id,) = numbers_of(update, 1)
    draft = open_draft(await get_draft(context.db, draft_id))
    if not is_quick(context, draft):
        return Outcome(write=beginning(update, context, JobKind.SHOW, {"draft_id": draft_id}))
    card = await make_card(tools_of(context), draft)
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, draft_body(card, context.locale)),))


async def on_publish(update: Update, context: Context) -> Outcome:
    """Publish a draft, and tell its followers."""
    return await _publish(update, context, is_announced=True)


async def on_publish_silently(update: Update, context: Context) -> Outcome:
    """Publish a draft without telling anybody."""
    return await _publish(update, context, is_announced=False)


async def on_urgent(update: Update, context: Context) -> Outcome:
    """Ask whether a draft is to be told of in quiet hours too, in place."""
    (draft_id,) = numbers_of(update, 1)
    draft = open_draft(await get_draft(context.db, draft_id))
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, urgent_body(draft, context.locale)),))


async def on_publish_urgently(update: Update, context: Context) -> Outcome:
    """Publish a draft, and tell its followers at once, in their quiet hours too."""
    return await _publish(update, context, is_announced=True, is_urgent=True)


async def on_publish_all(update: Update, context: Context) -> Outcome:
    """Publish the drafts that came of an archive, by a job."""
    job_id, is_announced = numbers_of(update, 2)
    found = await get_payload(context.db, job_id)
    bulk = found.get("bulk")
    ids = bulk.get("ids") if isinstance(bulk, dict) else None
    if not ids:
        raise UserError("This button is out of date.")
    payload = {"draft_ids": ids, "is_announced": bool(is_announced)}
    return Outcome(write=beginning(update, context, JobKind.PUBLISH_ALL, payload))


async def on_force(update: Update, context: Context) -> Outcome:
    """Publish all though golden questions would fare worse: an owner says so."""
    (job_id,) = numbers_of(update, 1)
    found = await get_payload(context.db, job_id)
    if not found.get("draft_ids"):
        raise UserError("This button is out of date.")
    payload = {
        "draft_ids": found["draft_ids"],
        "is_announced": found["is_announced"],
        "is_forced": True,
    }
    return Outcome(write=beginning(update, context, JobKind.PUBLISH_ALL, payload))


async def on_aside(update: Update, context: Context) -> Outcome:
    """Fold the card of a draft; it stays in the list."""
    (draft_id,) = numbers_of(update, 1)
    draft = open_draft(await get_draft(context.db, draft_id))
    text = context.locale.text(
        "“{title}” is put aside. All drafts: /drafts", title=draft.described.title
    )
    again = Button(context.locale.text("Open"), data=f"dr:{draft_id}")
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, Body(escape(text), ((again,),))),))


async def on_delete(update: Update, context: Context) -> Outcome:
    """Delete a draft; the message has a button that brings it back."""
    (draft_id,) = numbers_of(update, 1)
    user_id, at = user_of(update).id, context.services.now()
    draft = open_draft(await get_draft(context.db, draft_id))

    async def write(connection: Transaction) -> None:
        await require_role(connection, user_id, Role.EDITOR)
        async with noting(connection, draft_id, by=user_id, at=at):
            await decide_draft(connection, draft_id, DraftState.DELETED, at)

    text = context.locale.text("The draft “{title}” is deleted.", title=draft.described.title)
    back = Button(context.locale.text("Bring back"), data=f"drback:{draft_id}")
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, Body(escape(text), ((back,),))),), write=write)


async def on_bring_back(update: Update, context: Context) -> Outcome:
    """Let a deleted draft wait again."""
    (draft_id,) = numbers_of(update, 1)
    user_id, at = user_of(update).id, context.services.now()
    draft = await get_draft(context.db, draft_id)

    async def write(connection: Transaction) -> None:
        await require_role(connection, user_id, Role.EDITOR)
        async with noting(connection, draft_id, by=user_id, at=at):
            await decide_draft(connection, draft_id, DraftState.OPEN, at)

    text = context.locale.text("The draft “{title}” waits again.", title=draft.described.title)
    again = Button(context.locale.text("Open"), data=f"dr:{draft_id}")
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, Body(escape(text), ((again,),))),), write=write)


async def on_new_version(update: Update, context: Context) -> Outcome:
    """Make a new version of an article of a draft, which is decided on then as /edit has it."""
    draft_id, article_id = numbers_of(update, 2)
    user_id, at = user_of(update).id, context.services.now()
    draft = open_draft(await get_draft(context.db, draft_id))
    stored = await get_article(context.db, article_id)
    if stored.withdrawn_at is not None:
        raise UserError("Article {id} is withdrawn already.", id=article_id)
    proposed = await proposing(update, context, stored, draft.article, draft_id)

    async def write(connection: Transaction) -> tuple[Send | Edit, ...]:
        async with noting(connection, draft_id, by=user_id, at=at):
            await decide_draft(connection, draft_id, DraftState.DELETED, at)
        told = await proposed.write(connection) if proposed.write else None
        await require_role(connection, user_id, Role.EDITOR)
        return told or ()

    text = context.locale.text("The draft is a new version of article {id} now.", id=article_id)
    back = Button(context.locale.text("Bring back"), data=f"drback:{draft_id}")
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, Body(escape(text), ((back,),))),), write=write)


async def _publish(
    update: Update, context: Context, *, is_announced: bool, is_urgent: bool = False
) -> Outcome:
    (draft_id,) = numbers_of(update, 1)
    user_id = user_of(update).id
    draft = open_draft(await get_draft(context.db, draft_id))
    if len(draft.described.text) > LONG:  # to store it takes long, too
        payload = {"draft_id": draft_id, "is_announced": is_announced, "is_urgent": is_urgent}
        return Outcome(write=beginning(update, context, JobKind.PUBLISH, payload))
    finish = await publishing(
        draft,
        tools_of(context),
        user_id,
        context.locale,
        is_announced=is_announced,
        is_urgent=is_urgent,
    )
    chat_id, row = await pressed_row(update, context)

    async def write(connection: Transaction) -> tuple[Send | Edit, ...]:
        await require_role(connection, user_id, Role.EDITOR)
        return (Edit(chat_id, row, await finish(connection)),)

    return Outcome(write=write, changes_index=True)


async def _list(context: Context, page: int) -> Body:
    total = await count_drafts(context.db)
    offset = (page - 1) * MOST_DRAFTS if 0 < (page - 1) * MOST_DRAFTS < total else 0
    listed = await list_drafts(context.db, MOST_DRAFTS, offset)
    return drafts_body(listed, total, offset // MOST_DRAFTS + 1, context.locale)


def is_quick(context: Context, draft: StoredDraft) -> bool:
    """Return whether the facts of a draft are known or found at once; without a day none are."""
    if draft.described.day is None:
        return True
    return context.services.preparer.is_quick(draft.article)


def open_draft(draft: StoredDraft) -> StoredDraft:
    """Return a draft that waits for a decision. Raises: UserError if it is decided."""
    if draft.state is DraftState.PUBLISHED:
        raise UserError("This draft is published already.")
    if draft.state is DraftState.DELETED:
        raise UserError("This draft is deleted.")
    return draft


def parts_of(update: Update, count: int) -> list[str]:
    """Return the parts of a button's data after its verb. Raises: UserError for other buttons."""
    data = (update.callback_query and update.callback_query.data) or ""
    parts = data.split(":")[1:]
    if len(parts) < count:
        raise UserError("This button is out of date.")
    return parts[:count]


def draft_id_of(text: str) -> int:
    """Return the number of a draft. Raises: UserError for what is none."""
    number = as_number(text)
    if number is None:
        raise UserError("This button is out of date.")
    return number


COMMANDS = (
    Command("drafts", drafts, "Drafts that wait for a decision", role=Role.EDITOR, in_groups=False),
)
BUTTONS = (
    *(
        ButtonHandler(verb, handler, role=Role.EDITOR)
        for verb, handler in {
            "dr": on_card,
            "drlist": on_list,
            "drpub": on_publish,
            "drsilent": on_publish_silently,
            "drurg": on_urgent,
            "drurgent": on_publish_urgently,
            "drall": on_publish_all,
            "draside": on_aside,
            "drdel": on_delete,
            "drback": on_bring_back,
            "drnew": on_new_version,
        }.items()
    ),
    ButtonHandler("drforce", on_force, role=Role.OWNER),
)
