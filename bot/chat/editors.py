"""Who may add and correct articles: invited by a link that works once, removed by a button."""

from datetime import datetime, timedelta

from telegram import Update
from telegram.helpers import create_deep_linked_url

from bot.chat.confirming import confirmed_by, keeping, permission
from bot.chat.places import (
    as_number,
    is_private,
    message_of,
    numbers_of,
    pressed_row,
    reply_target,
    user_of,
)
from bot.context import ButtonHandler, Command, Context
from bot.errors import UserError
from bot.locales import Locale, get_locale
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Edit, Outcome, Send, Target
from bot.store.database import Transaction
from bot.store.nonces import Nonce, add_nonce, mint_link_token, use_nonce
from bot.store.roles import (
    Grant,
    Role,
    get_role,
    get_role_on,
    get_standing,
    list_roles,
    require_role,
    set_role,
)

#: The acts that a link and a button allow.
INVITATION = "invitation"
REMOVAL = "removal"

#: A link works for a day. Source: docs/reliability.md, who may do what.
LINK_LASTS = timedelta(hours=24)

#: Editors with a button; a team that is larger removes its members from a shorter list.
MOST_BUTTONS = 20


async def editors(update: Update, context: Context) -> Outcome:
    """Reply with the owners and editors; in private alone, since a group would see the link."""
    _require_private(update)
    return Outcome(out=(Send(reply_target(update), await _list_body(update, context)),))


async def on_editors(update: Update, context: Context) -> Outcome:
    """Show the list again, in place."""
    _require_private(update)
    chat_id, row = await pressed_row(update, context)
    return Outcome(out=(Edit(chat_id, row, await _list_body(update, context)),))


async def on_invite(update: Update, context: Context) -> Outcome:
    """Send a link that makes its first opener an editor."""
    _require_private(update)
    owner_id = user_of(update).id
    until = context.services.now() + LINK_LASTS
    about = invitation_subject(Role.EDITOR, owner_id)
    nonce = Nonce(mint_link_token(), INVITATION, about, until)
    link = create_deep_linked_url(context.services.username, f"i{nonce.token}")

    async def write(connection: Transaction) -> None:
        await require_role(connection, owner_id, Role.OWNER)
        await add_nonce(connection, nonce)

    text = context.locale.text(
        "Send this link to the new editor. Whoever opens it first becomes one; it works once, for"
        " 24 hours:"
    )
    keyboard = ((Button(context.locale.text("Copy"), copied=link),),)
    body = Body(f"{escape(text)}\n{escape(link)}", keyboard)
    return Outcome(out=(Send(reply_target(update), body),), write=write)


async def on_ask_removal(update: Update, context: Context) -> Outcome:
    """Ask once whether an editor is to be removed, in place of the list."""
    _require_private(update)
    (user_id,) = numbers_of(update, 1)
    if await get_role(context.db, user_id) is not Role.EDITOR:
        raise UserError("This button is out of date.")
    nonce = permission(update, context, REMOVAL, user_id)
    text = context.locale.text(
        "Remove the editor {user}? What he published stays as it is.", user=user_id
    )
    remove = Button(context.locale.text("Remove"), data=f"edrm:{user_id}:{nonce.token}")
    back = Button(context.locale.text("Back"), data="eds")
    chat_id, row = await pressed_row(update, context)
    return Outcome(
        out=(Edit(chat_id, row, Body(escape(text), ((remove, back),))),), write=keeping(nonce)
    )


async def on_remove(update: Update, context: Context) -> Outcome:
    """Remove an editor, and tell him."""
    confirmed = confirmed_by(update, REMOVAL)
    owner_id, user_id = confirmed.user_id, confirmed.subject_id
    chat_id, row = await pressed_row(update, context)

    async def write(connection: Transaction) -> None:
        await require_role(connection, owner_id, Role.OWNER)
        await confirmed.use(connection, context)
        if await get_role_on(connection, user_id) is not Role.EDITOR:
            raise UserError("This button is out of date.")
        await set_role(connection, user_id, Role.READER, context.services.now(), given_by=owner_id)

    text = context.locale.text(
        "{user} is not an editor any more. /undo brings it back.", user=user_id
    )
    farewell = (await _locale_of(context, user_id)).text("You are not an editor any more.")
    return Outcome(
        out=(
            Edit(chat_id, row, Body(escape(text))),
            Send(Target(user_id), Body(escape(farewell))),
        ),
        write=write,
        menu_for=user_id,
    )


def invitation_subject(role: Role, given_by: int | None) -> str:
    """Return what an invitation is about; by nobody, if by a link that the operator printed."""
    return f"{role.value}:{given_by or ''}"


async def accept(update: Update, context: Context, token: str) -> Outcome:
    """Give the role of a one-time link to whoever opens it first, and tell who invited him."""
    user, at = user_of(update), context.services.now()
    chat_id, target = message_of(update).chat.id, reply_target(update)
    host_locale = get_locale(context.services.settings.language)

    async def write(connection: Transaction) -> tuple[Send, ...]:
        subject = await _use_link(connection, token, user.id, chat_id, at)
        name, _, given_by = subject.partition(":")
        role, host_id = Role(name), as_number(given_by)
        if host_id is not None and await get_role_on(connection, host_id) is not Role.OWNER:
            raise _spent()
        if (await get_role_on(connection, user.id)).covers(role):
            raise UserError("You may do all of that already. The link is still good.")
        await set_role(connection, user.id, role, at, given_by=host_id or user.id)
        welcome = Send(target, Body(escape(_welcome(role, context.locale))))
        if host_id is None:
            return (welcome,)
        told = host_locale.text(
            "{name} ({user}) is an editor now.", name=user.full_name, user=user.id
        )
        return (welcome, Send(Target(host_id), Body(escape(told))))

    return Outcome(write=write, menu_for=user.id)


async def _use_link(
    connection: Transaction, token: str, user_id: int, chat_id: int, at: datetime
) -> str:
    """Return what a link invites to. Raises: UserError if it was used, is too old or none of ours.

    A wrong one is told nothing else: whoever guesses must not learn that he came near.
    """
    try:
        return await use_nonce(
            connection, token, INVITATION, user_id=user_id, chat_id=chat_id, at=at
        )
    except UserError as error:
        raise _spent() from error


def _spent() -> UserError:
    return UserError("This invitation was used already or is too old. Ask the owner for a new one.")


def _welcome(role: Role, locale: Locale) -> str:
    if role is Role.OWNER:
        return locale.text("You are the owner now. Send the first article: /add")
    return locale.text("You are an editor now. Add an article: /add. All commands: /help")


async def _list_body(update: Update, context: Context) -> Body:
    locale, own_id = context.locale, user_of(update).id
    grants = await list_roles(context.db)
    lines = []
    for head, role in (
        (locale.text("Owners"), Role.OWNER),
        (locale.text("Editors"), Role.EDITOR),
    ):
        lines.append(f"<b>{escape(head)}</b>")
        found = [_line(each, own_id, locale) for each in grants if each.role is role]
        lines += found or [escape(locale.text("nobody yet"))]
    removable = [each.user_id for each in grants if each.role is Role.EDITOR][:MOST_BUTTONS]
    rows = [(Button(locale.text("Invite an editor"), data="edinv"),)]
    rows += [
        (Button(locale.text("Remove {user}", user=user_id), data=f"edask:{user_id}"),)
        for user_id in removable
    ]
    return Body("\n".join(lines), tuple(rows))


def _line(grant: Grant, own_id: int, locale: Locale) -> str:
    """Return somebody with a role: his number, which opens his profile, and since when."""
    who = f'<a href="tg://user?id={grant.user_id}">{grant.user_id}</a>'
    you, since = locale.text("you"), locale.text("since {day}", day=locale.day(grant.since.date()))
    if grant.user_id == own_id:
        who += f" ({escape(you)})"
    return f"{who} · {escape(since)}"


async def _locale_of(context: Context, user_id: int) -> Locale:
    """Return the language that a person chose in his private chat, else that of the instance."""
    standing = await get_standing(context.db, user_id, user_id)
    return get_locale(standing.language or context.services.settings.language)


def _require_private(update: Update) -> None:
    if not is_private(update):
        raise UserError("That is done in the private chat with me.")


COMMANDS = (Command("editors", editors, "Who may add articles", role=Role.OWNER, in_groups=False),)
BUTTONS = (
    ButtonHandler("eds", on_editors, role=Role.OWNER),
    ButtonHandler("edinv", on_invite, role=Role.OWNER),
    ButtonHandler("edask", on_ask_removal, role=Role.OWNER),
    ButtonHandler("edrm", on_remove, role=Role.OWNER),
)
