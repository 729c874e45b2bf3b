"""A raw update as the inbox keeps it: whose turn it waits for, before anything is understood."""

import json
from typing import Any

from bot.store.inbox import Received

#: The kinds of update we ask Telegram for. Source: docs of the Bot API, `allowed_updates`.
KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "my_chat_member",
    "guest_message",
)


def receive(raw: object) -> Received:
    """Return the row of one item of a batch; what is no update has no number and becomes poison."""
    body = json.dumps(raw, ensure_ascii=False)
    if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
        return Received(None, "", body)
    return Received(raw["update_id"], _chat_key(raw), body)


def _chat_key(raw: dict[str, Any]) -> str:
    """Return what orders an update: its chat, else its user, else nothing.

    The chat number of a guest message may be that of another chat of ours, so it has its own keys.
    """
    for kind in KINDS:
        content = raw.get(kind)
        if isinstance(content, dict):
            prefix = "g" if kind == "guest_message" else ""
            return prefix + _number(content)
    return "0"


def _number(content: dict[str, Any]) -> str:
    message = content.get("message")
    places = (content.get("chat"), message.get("chat") if isinstance(message, dict) else None)
    for place in places:
        if isinstance(place, dict) and isinstance(place.get("id"), int):
            return str(place["id"])
    sender = content.get("from")
    return f"u{sender['id']}" if isinstance(sender, dict) and "id" in sender else "0"
