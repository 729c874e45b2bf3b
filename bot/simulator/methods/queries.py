"""Answers to pressed buttons, inline queries and guest queries."""

from bot.simulator.compose import compose_text
from bot.simulator.errors import bad_request, query_too_old
from bot.simulator.keyboards import read_keyboard
from bot.simulator.links import PAYLOAD
from bot.simulator.methods.call import Call, Method
from bot.simulator.queries import DEFAULT_CACHE_S, Query
from bot.simulator.wire import Json
from bot.simulator.world import Message

TOAST_LIMIT = 200  # Source: Bot API, answerCallbackQuery
RESULT_LIMIT = 50  # Source: Bot API, answerInlineQuery
ID_LIMIT_BYTES = 64  # the same, for result ids and for the offset


def answer_callback_query(call: Call) -> bool:
    """Return True; the button stops spinning and a toast may show.

    Raises: ApiError 400 if the query is too old.
    """
    params = call.params
    query = _find(call, "callback", call.state.updates.lifetimes.callback_query_s)
    if len(params.get("text", "")) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    url = params.get("url", "")
    if url and f"t.me/{call.state.world.bot.username}?start=" not in url:
        raise bad_request("URL_INVALID")
    if query.answer is not None:
        call.tell(f"{query.id} is answered a second time")
        return True
    query.answer = {
        "text": params.get("text", ""),
        "show_alert": bool(params.get("show_alert")),
        "url": url,
    }
    chat_id = query.chat.id if query.chat else None
    toast: Json = query.answer | {"user_id": query.user.id, "callback_query_id": query.id}
    call.state.feed.publish("toast", chat_id, toast)
    return True


def answer_inline_query(call: Call) -> bool:
    """Return True after showing the cards.

    Raises: ApiError 400 if the query is too old or a card is not acceptable.
    """
    params = call.params
    query = _find(call, "inline", call.state.updates.lifetimes.inline_query_s)
    results: list[Json] = params["results"]
    if len(results) > RESULT_LIMIT:
        raise bad_request("RESULTS_TOO_MUCH")
    ids = [result["id"] for result in results]
    if len(set(ids)) != len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    for result in results:
        result["message"] = _card(call, result)
    if len(params.get("next_offset", "").encode()) > ID_LIMIT_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    button = params.get("button")
    if button and not PAYLOAD.fullmatch(button.get("start_parameter", "")):
        raise bad_request("START_PARAM_INVALID")
    if query.answer is not None:
        call.tell(f"{query.id} is answered a second time")
    query.answer = {
        "results": results,
        "next_offset": params.get("next_offset", ""),
        "button": button,
        "cache_time": params.get("cache_time", DEFAULT_CACHE_S),
        "is_personal": bool(params.get("is_personal")),
    }
    if call.state.rules.inline_cache:
        call.state.queries.remember(query, call.state.clock.now())
    call.state.feed.bell.ring()
    return True


def answer_guest_query(call: Call) -> Json:
    """Return the id of the message that the bot's answer became in a chat it is not in.

    Raises: ApiError 400 if the query is too old or answered already.
    """
    query = _find(call, "guest", call.state.updates.lifetimes.message_s)
    if query.answer is not None or query.chat is None:
        raise query_too_old()
    card = _card(call, call.params["result"])
    query.answer = card
    message = place_card(call, query, card)
    return {"inline_message_id": message.inline_message_id}


def place_card(call: Call, query: Query, card: Json) -> Message:
    """Return the bot's guest message, now in the chat."""
    state, chat = call.state, query.chat
    if chat is None:
        raise query_too_old()
    message = Message(
        id=0,
        chat=chat,
        date=state.date(),
        sender=state.world.bot,
        content=card["content"] | {"guest_bot_caller_user": query.user.to_json()},
        keyboard=card["keyboard"],
        reply_to=query.message,
        by_bot=True,
        inline_message_id=f"guest-{query.id}",
    )
    state.world.add_message(chat, message)
    state.world.inline_messages[f"guest-{query.id}"] = message
    state.show("message", message)
    return message


def _card(call: Call, result: Json) -> Json:
    """Return the content and the keyboard of the message that a result would become."""
    if result["type"] != "article":
        call.tell(f"results of type {result['type']} are not known to the simulator")
        raise bad_request("can't parse inline query result: Unsupported type")
    if not 1 <= len(result["id"].encode()) <= ID_LIMIT_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if not result["title"].strip():
        raise bad_request("RESULT_TITLE_EMPTY")
    content = result["input_message_content"]
    return {
        "content": compose_text(content, call.tell, text="message_text"),
        "keyboard": read_keyboard(result.get("reply_markup")),
    }


def _find(call: Call, kind: str, life_s: float) -> Query:
    query = call.state.queries.find(kind, call.params[f"{kind}_query_id"])
    if query is None or call.state.clock.now() - query.at_s >= life_s:
        raise query_too_old()
    return query


METHODS: dict[str, Method] = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
    "answerGuestQuery": answer_guest_query,
}
