"""What people do with the bot's name: inline queries, chosen cards, guest questions."""

from bot.simulator.errors import MisuseError
from bot.simulator.people import deliver, text_content
from bot.simulator.queries import Query
from bot.simulator.state import State
from bot.simulator.wire import Json
from bot.simulator.world import PRESENT, Chat, Message, User

QUERY_LIMIT = 256  # Source: Bot API, InlineQuery


def ask_inline(state: State, user: User, text: str, offset: str, chat_type: str) -> Query:
    """Return the question asked by typing `@bot text`; it may be answered from Telegram's cache."""
    if not state.rules.inline:
        raise MisuseError("inline mode is off")
    if len(text) > QUERY_LIMIT:
        raise MisuseError(f"an inline query has at most {QUERY_LIMIT} characters")
    now_s = state.clock.now()
    query = state.queries.add("inline", user, now_s, data=text, offset=offset)
    query.answer = state.queries.cached(user, text, offset, now_s)
    if query.answer is None:
        body: Json = {"id": query.id, "from": user.to_json(), "query": text, "offset": offset}
        state.updates.add("inline_query", body | {"chat_type": chat_type})
    return query


def choose(
    state: State, query: Query, result_id: str, chat: Chat, thread_id: int | None = None
) -> Message:
    """Return the message that a chosen card becomes in `chat`, sent by the one who asked."""
    results = (query.answer or {}).get("results", [])
    card = next((r for r in results if r["id"] == result_id), None)
    if card is None:
        raise MisuseError(f"no card {result_id!r} was offered")
    user, bot = query.user, state.world.bot
    if chat.user and chat.user is not user:
        raise MisuseError("not this user's chat")
    message = Message(
        id=0,
        chat=chat,
        date=state.date(),
        sender=user,
        content=card["message"]["content"] | {"via_bot": bot.to_json()},
        keyboard=card["message"]["keyboard"],
        reply_to=chat.topic_opening(thread_id),
        thread_id=thread_id,
        is_topic_message=chat.is_forum and thread_id is not None,
    )
    state.world.add_message(chat, message)
    chosen: Json = {"result_id": result_id, "from": user.to_json(), "query": query.data}
    if message.keyboard:
        message.inline_message_id = f"inline-{query.id}-{message.id}"
        state.world.inline_messages[message.inline_message_id] = message
        chosen["inline_message_id"] = message.inline_message_id
    deliver(state, message)
    if state.rules.inline_feedback:
        state.updates.add("chosen_inline_result", chosen)
    return message


def ask_guest(
    state: State, user: User, chat: Chat, text: str, reply_to: Message | None = None
) -> Query:
    """Return the question asked by mentioning the bot in a chat it is not in."""
    if not state.rules.guest:
        raise MisuseError("guest mode is off")
    if chat.status(state.world.bot.id) in PRESENT or chat.kind == "channel":
        raise MisuseError("a guest question is asked where the bot is not")
    if f"@{state.world.bot.username}".lower() not in text.lower():
        raise MisuseError("a guest question mentions the bot")
    message = Message(0, chat, state.date(), user, text_content(text), reply_to=reply_to)
    state.world.add_message(chat, message)
    state.show("message", message)
    query = state.queries.add(
        "guest", user, state.clock.now(), chat=chat, message=message, data=text
    )
    state.updates.add("guest_message", message.to_json() | {"guest_query_id": query.id})
    return query
