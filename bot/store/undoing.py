"""Taking acts back: for each kind of subject, how its state is read and set.

A new kind of act is a line in `SUBJECTS`; a test takes back one of each and compares all tables.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserError
from bot.store.article_states import get_article_state, set_article_state
from bot.store.audit import Act, Kind, State, get_act_on, note_act
from bot.store.broadcasts import get_broadcast_state, set_broadcast_state
from bot.store.draft_states import get_draft_state, set_draft_state
from bot.store.feedback import get_feedback_state, set_feedback_state
from bot.store.feeds import get_feed_state, set_feed_state
from bot.store.golden import get_golden_state, set_golden_state
from bot.store.inbox import get_update_state, set_update_state
from bot.store.lexicon import (
    get_alias_state,
    get_pattern_state,
    set_alias_state,
    set_pattern_state,
)
from bot.store.queues import get_message_state, set_message_state
from bot.store.roles import Role, get_role_state, require_role, set_role_state
from bot.store.synonyms import get_synonym_state, set_synonym_state
from bot.store.unanswered import get_unanswered_state, set_unanswered_state


@dataclass(frozen=True, slots=True)
class Subject:
    """How the state of a subject is read and set, and who may take acts upon it back.

    `set_state` may refuse with a UserError where a state cannot be reached any more. It returns
    what the act of doing so has to keep, beside the state before it, to be taken back itself.
    """

    role: Role
    get_state: Callable[[AsyncConnection, str], Awaitable[State]]
    set_state: Callable[[AsyncConnection, str, State, datetime], Awaitable[State]]


SUBJECTS: dict[Kind, Subject] = {
    Kind.ARTICLE: Subject(Role.EDITOR, get_article_state, set_article_state),
    Kind.DRAFT: Subject(Role.EDITOR, get_draft_state, set_draft_state),
    Kind.ROLE: Subject(Role.OWNER, get_role_state, set_role_state),
    Kind.FEED: Subject(Role.EDITOR, get_feed_state, set_feed_state),
    Kind.FEEDBACK: Subject(Role.EDITOR, get_feedback_state, set_feedback_state),
    Kind.GOLDEN: Subject(Role.EDITOR, get_golden_state, set_golden_state),
    Kind.BROADCAST: Subject(Role.OWNER, get_broadcast_state, set_broadcast_state),
    Kind.MESSAGE: Subject(Role.OWNER, get_message_state, set_message_state),
    Kind.ALIAS: Subject(Role.EDITOR, get_alias_state, set_alias_state),
    Kind.PATTERN: Subject(Role.EDITOR, get_pattern_state, set_pattern_state),
    Kind.UPDATE: Subject(Role.OWNER, get_update_state, set_update_state),
    Kind.SYNONYM: Subject(Role.EDITOR, get_synonym_state, set_synonym_state),
    Kind.UNANSWERED: Subject(Role.EDITOR, get_unanswered_state, set_unanswered_state),
}


def may_undo(act: Act, role: Role) -> bool:
    """Return whether somebody of this role is offered to take an act back."""
    is_erasing = bool(act.after and act.after.get("is_erased"))
    # What was taken away has a way of its own back: a draft, or a new version, waits again.
    is_gone = act.kind is Kind.ARTICLE and act.after is None and "taken" not in (act.before or {})
    return not (act.is_undone or is_erasing or is_gone) and role.covers(SUBJECTS[act.kind].role)


async def undo_act(connection: AsyncConnection, act_id: int, *, by: int, at: datetime) -> Act:
    """Take an act back as part of a transaction, which notes that; return the act taken back.

    Raises: UserError if there is no such act, another was done to its subject since, or this person
    may not.
    """
    act = await get_act_on(connection, act_id)
    if act is None:
        raise UserError("This button is out of date.")
    subject = SUBJECTS[act.kind]
    await require_role(connection, by, subject.role)
    if act.is_undone:
        raise UserError("That has been undone already.")
    if await subject.get_state(connection, act.subject) != act.after:
        raise UserError("It has been changed again since then. Undo the later act first: /log")
    kept = await subject.set_state(connection, act.subject, act.before, at)
    before = act.after if kept is None else {**(act.after or {}), **kept}
    # What came of it, not what was asked for: a withdrawn article has another moment now.
    after = await subject.get_state(connection, act.subject)
    await note_act(connection, act.kind, act.subject, before, after, by=by, at=at, undoes=act.id)
    return act
