"""Inline keyboards: what Telegram accepts, and in which words it refuses."""

from bot.simulator.errors import bad_request
from bot.simulator.markup import is_link
from bot.simulator.wire import Json

DATA_LIMIT_BYTES = 64  # Source: Bot API, InlineKeyboardButton
BUTTON_LIMIT = 100  # not documented; known from practice
ROW_LIMIT = 8  # the same
COPY_LIMIT = 256  # Source: Bot API, CopyTextButton
PLACEHOLDER_LIMIT = 64  # Source: Bot API, ForceReply
_ACTIONS = (
    "url callback_data web_app login_url switch_inline_query switch_inline_query_current_chat "
    "switch_inline_query_chosen_chat copy_text callback_game pay"
).split()


def read_keyboard(markup: Json | None) -> list[list[Json]]:
    """Return the rows of an inline keyboard; none for no keyboard or one of another kind.

    Raises: ApiError 400 for what Telegram does not take.
    """
    if not markup:
        return []
    if len(markup.get("input_field_placeholder", "")) > PLACEHOLDER_LIMIT:
        raise bad_request("reply keyboard placeholder is too long")
    rows = [row for row in markup.get("inline_keyboard", []) if row]
    if sum(map(len, rows)) > BUTTON_LIMIT or any(len(row) > ROW_LIMIT for row in rows):
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for row in rows:
        for button in row:
            _check_button(button)
    return rows


def _check_button(button: Json) -> None:
    if not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: Text can't be empty")
    actions = [name for name in _ACTIONS if name in button]
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: more than one action")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= DATA_LIMIT_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not is_link(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    copied = button.get("copy_text")
    if copied is not None and not 1 <= len(copied["text"]) <= COPY_LIMIT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
