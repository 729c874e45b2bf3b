"""The list of features: which handler takes what, menus, /help, the nearest command."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    Update,
)
from telegram.ext import (
    Application,
)

from bot.chat import (
    add,
    aliases,
    answers,
    article,
    articles,
    ask,
    bodies,
    broadcast,
    cancel,
    channels,
    deliveries,
    drafts,
    edit,
    editors,
    exchange,
    feedback,
    feeds,
    fields,
    findings,
    gone,
    hours,
    jobs,
    language,
    log,
    mydata,
    narrowing,
    outbox,
    people,
    privacy,
    quality,
    quote,
    refusals,
    sector,
    sectors,
    start,
    subscribe,
    subscriptions,
    synonyms,
    timeline,
    trying,
    unanswered,
    unsubscribe,
    votes,
    watches,
    withdraw,
)
from bot.chat import context as passages
from bot.chat.elsewhere import for_channels_too
from bot.chat.guarding import guarded
from bot.chat.places import (
    is_person,
    is_private,
    message_of,
    reply_target,
)
from bot.context import ButtonHandler, Command, Context, PromptHandler
from bot.locales import Locale, get_locale
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Outcome, Send
from bot.store.roles import Role
from index.types import Language

type_of_application = Application[Any, Any, Any, Any, Any, Any]


async def help_(update: Update, context: Context) -> Outcome:
    """Reply with the commands that the sender may use, by the role that they need."""
    text = context.locale.text
    heads = {
        Role.READER: text("Ask in everyday words, or use a command:"),
        Role.EDITOR: text("For editors:"),
        Role.OWNER: text("For owners:"),
    }
    name = "" if is_private(update) else f"@{context.services.username}"
    visible = tuple(_visible(context.role, in_groups=not is_private(update)))
    parts = []
    for role, head in heads.items():
        lines = [
            f"/{command.name}{name} — {escape(text(command.description or ''))}"
            for command in visible
            if command.role is role
        ]
        if lines:
            parts.append("\n".join((escape(head), *lines)))
    return Outcome(out=(Send(reply_target(update), Body("\n\n".join(parts))),))


async def unknown(update: Update, context: Context) -> Outcome:
    """Reply to a command that does not exist with the nearest one that does."""
    if not is_private(update) or not is_person(update):
        return Outcome()
    typed = (message_of(update).text or "/").split()[0][1:].partition("@")[0].lower()
    names = [command.name for command in _visible(context.role, in_groups=False)]
    near = get_close_matches(typed, names, n=1)
    if not near:
        text = context.locale.text("There is no such command. All of them: /help")
        return Outcome(out=(Send(reply_target(update), Body(escape(text))),))
    text = context.locale.text("There is no such command. Did you mean /{name}?", name=near[0])
    button = Button(f"/{near[0]}", data=f"cmd:{near[0]}")
    return Outcome(out=(Send(reply_target(update), Body(escape(text), ((button,),))),))


async def on_command(update: Update, context: Context) -> Outcome:
    """Do what the nearest command would have done."""
    name = ((update.callback_query and update.callback_query.data) or "").partition(":")[2]
    command = next((each for each in COMMANDS if each.name == name), None)
    if command is None:
        return Outcome()
    context.args = []
    return await guarded(command.handler, command.role)(update, context)


COMMANDS: tuple[Command, ...] = (
    *start.COMMANDS,
    *ask.COMMANDS,
    *articles.COMMANDS,
    *article.COMMANDS,
    *timeline.COMMANDS,
    *quote.COMMANDS,
    *people.COMMANDS,
    *sectors.COMMANDS,
    *subscribe.COMMANDS,
    *subscriptions.COMMANDS,
    *hours.COMMANDS,
    *deliveries.COMMANDS,
    *channels.COMMANDS,
    *add.COMMANDS,
    *drafts.COMMANDS,
    *feeds.COMMANDS,
    *feedback.COMMANDS,
    *unanswered.COMMANDS,
    *edit.COMMANDS,
    *withdraw.COMMANDS,
    *aliases.COMMANDS,
    *sector.COMMANDS,
    *synonyms.COMMANDS,
    *quality.COMMANDS,
    *log.COMMANDS,
    *broadcast.COMMANDS,
    *editors.COMMANDS,
    *outbox.COMMANDS,
    *language.COMMANDS,
    *privacy.COMMANDS,
    *mydata.COMMANDS,
    Command("help", help_, "All commands"),
    *cancel.COMMANDS,
)
BUTTONS: tuple[ButtonHandler, ...] = (
    *start.BUTTONS,
    *ask.BUTTONS,
    *answers.BUTTONS,
    *passages.BUTTONS,
    *article.BUTTONS,
    *articles.BUTTONS,
    *gone.BUTTONS,
    *timeline.BUTTONS,
    *quote.BUTTONS,
    *people.BUTTONS,
    *bodies.BUTTONS,
    *sectors.BUTTONS,
    *narrowing.BUTTONS,
    *add.BUTTONS,
    *drafts.BUTTONS,
    *fields.BUTTONS,
    *jobs.BUTTONS,
    *findings.BUTTONS,
    *feeds.BUTTONS,
    *votes.BUTTONS,
    *feedback.BUTTONS,
    *refusals.BUTTONS,
    *unanswered.BUTTONS,
    *subscribe.BUTTONS,
    *subscriptions.BUTTONS,
    *unsubscribe.BUTTONS,
    *exchange.BUTTONS,
    *hours.BUTTONS,
    *deliveries.BUTTONS,
    *channels.BUTTONS,
    *watches.BUTTONS,
    *language.BUTTONS,
    *edit.BUTTONS,
    *mydata.BUTTONS,
    *outbox.BUTTONS,
    *withdraw.BUTTONS,
    *synonyms.BUTTONS,
    *aliases.BUTTONS,
    *sector.BUTTONS,
    *trying.BUTTONS,
    *log.BUTTONS,
    *broadcast.BUTTONS,
    *editors.BUTTONS,
    ButtonHandler("cmd", on_command),
)
PROMPTS: tuple[PromptHandler, ...] = (
    *votes.PROMPTS,
    *feedback.PROMPTS,
    *unanswered.PROMPTS,
    *aliases.PROMPTS,
    *sector.PROMPTS,
    *edit.PROMPTS,
    *for_channels_too((*subscribe.PROMPTS, *hours.PROMPTS, *exchange.PROMPTS)),
    *broadcast.PROMPTS,
    *add.PROMPTS,
    *fields.PROMPTS,
    *findings.PROMPTS,
)


async def set_menus(bot: Bot) -> None:
    """Tell Telegram the commands of each kind of chat in each language. Sets the same each time."""
    for code in (None, *Language):
        locale = get_locale(code or Language.RU)
        language_code = code.value if code else None
        for scope, in_groups in (
            (BotCommandScopeAllPrivateChats(), False),
            (BotCommandScopeAllGroupChats(), True),
        ):
            menu = list(_menu(locale, Role.READER, in_groups=in_groups))
            await bot.set_my_commands(menu, scope=scope, language_code=language_code)


async def set_role_menu(bot: Bot, user_id: int, role: Role) -> None:
    """Give an editor or owner the menu of his role in his private chat; take it from a reader.

    A menu is a comfort and guards nothing.

    Raises: telegram.error.BadRequest if he never opened the bot.
    """
    scope = BotCommandScopeChat(user_id)
    for code in (None, *Language):
        language_code = code.value if code else None
        if role is Role.READER:
            await bot.delete_my_commands(scope=scope, language_code=language_code)
            continue
        menu = list(_menu(get_locale(code or Language.RU), role, in_groups=False))
        await bot.set_my_commands(menu, scope=scope, language_code=language_code)


def _menu(locale: Locale, role: Role, *, in_groups: bool) -> Iterator[BotCommand]:
    for command in _visible(role, in_groups=in_groups):
        if command.description:
            yield BotCommand(command.name, locale.text(command.description))


def _visible(role: Role, *, in_groups: bool) -> Iterator[Command]:
    """Yield the commands that somebody with a role is shown."""
    for command in COMMANDS:
        if (
            command.description
            and role.covers(command.role)
            and (command.in_groups or not in_groups)
        ):
            yield command
