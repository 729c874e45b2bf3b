"""What was found in a draft: page by page, each fact to be dropped or corrected."""

from dataclasses import replace

from telegram import Update

from bot.chat.drafts import draft_id_of, is_quick, open_draft, parts_of
from bot.chat.jobs import beginning
from bot.chat.places import as_number, message_of, numbers_of, pressed_row, reply_target, user_of
from bot.chat.prompts import ask_for_words, subject_of, waiting_for
from bot.context import ButtonHandler, Context, PromptHandler
from bot.errors import UserError
from bot.ingest.cards import read_facts
from bot.ingest.header import parse_day
from bot.replies.draft import facts_body
from bot.replies.layout import MOST_LINE
from bot.replies.outcome import Edit, Outcome, Send, Write
from bot.store.corrections import FactKind
from bot.store.database import Transaction
from bot.store.draft_states import noting
from bot.store.drafts import Fix, StoredDraft, get_draft, set_fixes
from bot.store.jobs import JobKind
from bot.store.roles import Role, require_role
from index.types import Precision

#: What waits for the correction of a fact.
FACT_PROMPT = "draftfact"


async def on_facts(update: Update, context: Context) -> Outcome:
    """Show a page of a draft's facts, in place."""
    draft_id, page = numbers_of(update, 2)
    return await _facts(update, context, open_draft(await get_draft(context.db, draft_id)), page)


async def on_drop(update: Update, context: Context) -> Outcome:
    """Take a fact out of a draft, and show the page without it."""
    draft_id, kind, start, stop, page, number = parts_of(update, 6)
    draft = open_draft(await get_draft(context.db, draft_id_of(draft_id)))
    card = await read_facts(context.services.preparer, draft)
    place = (as_number(number) or 0) - 1
    if not 0 <= place < len(card.findings):
        raise UserError("This button is out of date.")
    finding = card.findings[place]
    if (finding.kind.value, str(finding.start), str(finding.stop)) != (kind, start, stop):
        raise UserError("This button is out of date.")
    value = finding.name if finding.kind is FactKind.SECTOR else None
    fix = Fix(finding.kind, finding.start, finding.stop, "wrong", value)
    changed = replace(draft, fixes=(*draft.fixes, fix))
    outcome = await _facts(update, context, changed, as_number(page) or 1)
    return replace(outcome, write=_keeping_fixes(update, context, changed))


async def on_fix(update: Update, context: Context) -> Outcome:
    """Ask who said a quote, or when an event was."""
    draft_id, kind, *_ = parts_of(update, 5)
    open_draft(await get_draft(context.db, draft_id_of(draft_id)))
    locale = context.locale
    question = (
        locale.text("Who said it? Send the name, or a dash if nobody knows.")
        if kind == FactKind.QUOTE
        else locale.text("What day was it? For example: 22.01.2026, or 9.02.2026 – 10.02.2026")
    )
    subject = ":".join(parts_of(update, 5))
    return Outcome(
        out=(ask_for_words(update, context, question),),
        write=waiting_for(update, context, FACT_PROMPT, subject),
    )


async def on_fact(update: Update, context: Context) -> Outcome:
    """Take the words that were asked for as the correction of a fact, and show its page anew."""
    draft_id, kind, start, stop, page = subject_of(context).split(":")
    words = " ".join((message_of(update).text or "").split())
    if not words:
        raise UserError("I wait for words here. Changed your mind: /cancel")
    draft = open_draft(await get_draft(context.db, draft_id_of(draft_id)))
    fixes = tuple(
        Fix(FactKind(kind), int(start), int(stop), field, value)
        for field, value in _corrected(FactKind(kind), words)
    )
    changed = replace(draft, fixes=(*draft.fixes, *fixes))
    card = await read_facts(context.services.preparer, changed)
    body = facts_body(card, int(page), context.locale)
    return Outcome(
        out=(Send(reply_target(update), body),), write=_keeping_fixes(update, context, changed)
    )


def _corrected(kind: FactKind, words: str) -> list[tuple[str, str | None]]:
    """Return the fields that an editor's words correct. Raises: UserError for what is no date."""
    if kind is FactKind.QUOTE:
        return [("speaker", None if words in "-–—" else words[:MOST_LINE])]
    first, *rest = [parse_day(part.strip()) for part in words.replace(" - ", "–").split("–")]
    last = rest[0] if rest else first
    if last < first or len(rest) > 1:
        raise UserError("“{text}” is not a date. Write it like 22.01.2026.", text=words)
    precision = Precision.DAY if last == first else Precision.RANGE
    return [
        ("first", first.isoformat()),
        ("last", last.isoformat()),
        ("precision", precision.value),
    ]


async def _facts(update: Update, context: Context, draft: StoredDraft, page: int) -> Outcome:
    if not is_quick(context, draft):
        return Outcome(write=beginning(update, context, JobKind.SHOW, {"draft_id": draft.id}))
    card = await read_facts(context.services.preparer, draft)
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, facts_body(card, page, context.locale)),))


def _keeping_fixes(update: Update, context: Context, draft: StoredDraft) -> Write:
    user_id, at = user_of(update).id, context.services.now()

    async def write(connection: Transaction) -> None:
        await require_role(connection, user_id, Role.EDITOR)
        async with noting(connection, draft.id, by=user_id, at=at):
            await set_fixes(connection, draft.id, draft.fixes)

    return write


BUTTONS = (
    ButtonHandler("drfacts", on_facts, role=Role.EDITOR),
    ButtonHandler("drdrop", on_drop, role=Role.EDITOR),
    ButtonHandler("drfix", on_fix, role=Role.EDITOR),
)
PROMPTS = (PromptHandler(FACT_PROMPT, on_fact, role=Role.EDITOR),)
