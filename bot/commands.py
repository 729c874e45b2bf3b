"""The list of features: which handler takes what, menus, /help, the nearest command."""

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    Chat,
    Update,
)
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
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
    inline,
    jobs,
    language,
    log,
    members,
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
from bot.chat.elsewhere import for_channels, for_channels_too
from bot.chat.places import (
    is_addressed,
    is_person,
    is_private,
    is_too_much,
    message_of,
    reply_target,
    user_of,
)
from bot.context import ButtonHandler, Command, Context, Handler, PromptHandler
from bot.errors import UserError
from bot.locales import Locale, get_locale
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button, Edit, Outcome, Send, Toast, Write
from bot.store.database import Transaction
from bot.store.prompts import Prompt, end_prompt, find_prompt
from bot.store.roles import Role, refusal
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
    return await _guarded(command.handler, command.role)(update, context)


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


def add_handlers(app: type_of_application) -> None:
    """Add the handlers in the order in which they are asked."""
    new = filters.UpdateType.MESSAGE
    app.add_handler(InlineQueryHandler(inline.inline))
    # First of those for messages: the others would write into a chat that the bot is not in.
    app.add_handler(MessageHandler(filters.UpdateType.GUEST_MESSAGE, inline.guest))
    for button in for_channels(BUTTONS):
        guarded = _guarded(button.handler, button.role)
        app.add_handler(CallbackQueryHandler(guarded, f"^{button.verb}([:@]|$)"))
    app.add_handler(CallbackQueryHandler(_stale))
    app.add_handler(ChatMemberHandler(members.on_my_member, ChatMemberHandler.MY_CHAT_MEMBER))
    app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, members.on_migration))
    reopened = filters.StatusUpdate.FORUM_TOPIC_REOPENED
    app.add_handler(MessageHandler(reopened, members.on_reopened))
    for command in COMMANDS:
        app.add_handler(CommandHandler(command.name, _guarded(command.handler, command.role), new))
    # Whoever edits a command has seen its effect already; only questions in plain words are mended.
    edited = filters.UpdateType.EDITED_MESSAGE & filters.TEXT & ~filters.COMMAND
    app.add_handler(MessageHandler(edited, ask.on_edited))
    app.add_handler(MessageHandler(new & filters.COMMAND, unknown))
    for kind, handler in ((filters.TEXT, ask.on_text), (~filters.StatusUpdate.ALL, ask.on_other)):
        taking = _unless_prompted(add.unless_offered(handler))
        app.add_handler(MessageHandler(new & kind, taking))


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


def _guarded(handler: Handler, role: Role, *, is_counted: bool = True) -> Handler:
    """Return the handler for people alone, and of those for whom the role allows it.

    What is not counted is no flood, however much of it comes.
    """

    async def guarded(update: Update, context: Context) -> Outcome:
        is_press = update.callback_query is not None
        if is_press and update.effective_chat and update.effective_chat.type == Chat.CHANNEL:
            # Whoever reads a channel may press, and a reply would stand there for all.
            raise UserError("Ask me in private: @{name}", name=context.services.username)
        if not is_press and not is_person(update):
            return Outcome()
        if not is_press and is_counted and is_too_much(update, context):
            return Outcome()
        if not context.role.covers(role):
            raise refusal(role)
        return await handler(update, context)

    return guarded


def _unless_prompted(handler: Handler) -> Handler:
    """Return the handler for messages that reply to no prompt; replies go to what takes them."""

    async def unless_prompted(update: Update, context: Context) -> Outcome:
        prompt = None
        if context.is_prompted and is_person(update) and is_addressed(update, context):
            chat_id, user_id = message_of(update).chat.id, user_of(update).id
            prompt = await find_prompt(context.db, chat_id, user_id, context.services.now())
        taker = next((each for each in PROMPTS if prompt and each.kind == prompt.kind), None)
        if prompt is None or taker is None:
            return await handler(update, context)
        context.prompt = prompt
        # What editors were asked for may be thirty posts in a row, and none of them may be lost.
        is_counted = not (taker.role.covers(Role.EDITOR) and context.role.covers(taker.role))
        guarded = _guarded(taker.handler, taker.role, is_counted=is_counted)
        outcome = await guarded(update, context)
        return replace(outcome, write=_ending(prompt, outcome.write))

    return unless_prompted


def _ending(prompt: Prompt, write: Write | None) -> Write:
    """Return the write of a reply, with the prompt over before it."""

    async def ending(connection: Transaction) -> tuple[Send | Edit, ...] | None:
        await end_prompt(connection, prompt.chat_id, prompt.user_id)
        return await write(connection) if write else None

    return ending


async def _stale(_update: Update, context: Context) -> Outcome:
    """Answer a button that nothing knows any more."""
    return Outcome(now=Toast(context.locale.text("This button is out of date."), is_alert=True))
