"""What a handler wants to send, as a row of the outbox: a method of the Bot API, parameters."""

import html
import json
import re
from typing import Any

from bot.replies.outcome import Body, Button, Edit, Keyboard, Send, SendFile
from bot.store.outbox import Message

_TAG = re.compile(r"<[^>]+>")


def as_message(item: Send | Edit | SendFile) -> Message:
    """Return the outbox row of a message, with the twin for when its markup is refused."""
    if isinstance(item, Edit):
        text = {"text": item.body.html, **_common(item.body)}
        return Message(
            chat_id=item.chat_id,
            method="editMessageText",
            payload=_json(text),
            plain=_json(_plain(text, "text")),
            cites=item.body.cites,
            edits=item.outbox_id,
        )
    if isinstance(item, SendFile):
        caption = {"caption": item.caption.html, **_common(item.caption), **_reply(item)}
        return Message(
            chat_id=item.target.chat_id,
            thread_id=item.target.thread_id,
            method="sendPhoto" if item.is_photo else "sendDocument",
            payload=_json(caption),
            plain=_json(_plain(caption, "caption")),
            cites=item.caption.cites,
            attachment=item.attachment,
        )
    text = {"text": item.body.html, **_common(item.body), **_reply(item)}
    if item.is_silent:
        text["disable_notification"] = True
    return Message(
        chat_id=item.target.chat_id,
        thread_id=item.target.thread_id,
        method="sendMessage",
        payload=_json(text),
        prio=item.prio,
        plain=_json(_plain(text, "text")),
        cites=item.body.cites,
    )


def as_markup(keyboard: Keyboard) -> dict[str, Any]:
    """Return the buttons as the Bot API takes them."""
    return {"inline_keyboard": [[_button(button) for button in row] for row in keyboard]}


def plain_text(markup: str) -> str:
    """Return Telegram's HTML as the text that a reader sees."""
    return html.unescape(_TAG.sub("", markup))


def _common(body: Body) -> dict[str, Any]:
    parameters: dict[str, Any] = {"parse_mode": "HTML"}
    if body.keyboard:
        parameters["reply_markup"] = as_markup(body.keyboard)
    elif body.hint is not None:
        # Selective: in a group only the person who is answered is asked.
        parameters["reply_markup"] = {
            "force_reply": True,
            "selective": True,
            "input_field_placeholder": body.hint,
        }
    return parameters


def _reply(item: Send | SendFile) -> dict[str, Any]:
    """Return what makes a message an answer; it is sent all the same when the question is gone."""
    if item.target.reply_to is None:
        return {}
    number = item.target.reply_to
    return {"reply_parameters": {"message_id": number, "allow_sending_without_reply": True}}


def _button(button: Button) -> dict[str, Any]:
    if button.url is not None:
        return {"text": button.label, "url": button.url}
    if button.copied is not None:
        return {"text": button.label, "copy_text": {"text": button.copied}}
    return {"text": button.label, "callback_data": button.data}


def _plain(parameters: dict[str, Any], field: str) -> dict[str, Any]:
    kept = {name: value for name, value in parameters.items() if name != "parse_mode"}
    return {**kept, field: plain_text(parameters[field])}


def _json(parameters: dict[str, Any]) -> str:
    return json.dumps(parameters, ensure_ascii=False)
