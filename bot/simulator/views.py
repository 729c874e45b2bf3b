"""What a person sees: messages, buttons, toasts and cards, as they were at one moment."""

from dataclasses import dataclass

from bot.simulator.entities import to_html
from bot.simulator.errors import MisuseError
from bot.simulator.utf16 import utf16_slice
from bot.simulator.wire import Json


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message; one of `data`, `url`, `copied` and `switch` is set."""

    label: str
    data: str | None = None
    url: str | None = None
    copied: str | None = None
    switch: str | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    """What the answer to a pressed button shows; an empty text shows nothing."""

    text: str
    is_alert: bool
    url: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as it looked when it came, or after one of its edits (`version` counts them).

    `text` is the caption where there is one. Entities count in UTF-16 units. `json` is the Bot
    API's `Message`.
    """

    chat_id: int
    id: int
    text: str
    entities: tuple[Json, ...]
    rows: tuple[tuple[Button, ...], ...]
    reply_to_id: int | None
    thread_id: int | None
    version: int
    is_silent: bool
    inline_message_id: str | None
    json: Json

    @property
    def buttons(self) -> tuple[Button, ...]:
        """All buttons, row by row."""
        return tuple(button for row in self.rows for button in row)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all buttons, row by row."""
        return tuple(button.label for button in self.buttons)

    @property
    def html(self) -> str:
        """The text with its formatting as Telegram's HTML."""
        return to_html(self.text, self.entities)

    def marked(self, kind: str) -> tuple[str, ...]:
        """Return the parts of the text under entities of this kind, such as `blockquote`."""
        return tuple(
            utf16_slice(self.text, e["offset"], e["length"])
            for e in self.entities
            if e["type"] == kind
        )

    def links(self) -> tuple[str, ...]:
        """Return the targets of the links in the text."""
        return tuple(e["url"] for e in self.entities if e["type"] == "text_link")

    def button(self, which: str | int) -> Button:
        """Return the button with this label or at this place. A label may be a beginning.

        Raises: MisuseError if there is none.
        """
        if isinstance(which, int):
            if not -len(self.buttons) <= which < len(self.buttons):
                raise MisuseError(f"no button {which} among {self.labels}")
            return self.buttons[which]
        for matches in (str.__eq__, str.startswith):
            for button in self.buttons:
                if matches(button.label, which):
                    return button
        raise MisuseError(f"no button {which!r} among {self.labels}")


@dataclass(frozen=True, slots=True)
class Card:
    """One result of an inline query: what is shown, and the message it would become."""

    id: str
    title: str
    description: str
    message: Seen


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """The cards of an inline query, in order."""

    query_id: str
    cards: tuple[Card, ...]
    next_offset: str
    is_personal: bool
    cache_time_s: int
    button: Json | None


def see(event: Json) -> Seen:
    """Return the message in an event of the feed."""
    text_kind = "text" if "text" in event else "caption"
    entities = event.get("entities" if text_kind == "text" else "caption_entities", ())
    replied = event.get("reply_to_message") or event.get("external_reply") or {}
    if "forum_topic_created" in replied:
        replied = {}  # shown by no app: it only says in which topic this is
    return Seen(
        chat_id=event["chat"]["id"],
        id=event["message_id"],
        text=event.get(text_kind, ""),
        entities=tuple(entities),
        rows=see_rows(event.get("reply_markup", {}).get("inline_keyboard", [])),
        reply_to_id=replied.get("message_id"),
        thread_id=event.get("message_thread_id"),
        version=event["version"],
        is_silent=event["is_silent"],
        inline_message_id=event["inline_message_id"],
        json=event,
    )


def see_rows(rows: list[list[Json]]) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons of an inline keyboard."""
    return tuple(tuple(_button(button) for button in row) for row in rows)


def _button(button: Json) -> Button:
    switch = button.get("switch_inline_query_current_chat", button.get("switch_inline_query"))
    return Button(
        label=button["text"],
        data=button.get("callback_data"),
        url=button.get("url"),
        copied=button.get("copy_text", {}).get("text"),
        switch=switch,
    )


def see_inline(query_id: str, answer: Json) -> InlineAnswer:
    """Return the answer to an inline query."""
    return InlineAnswer(
        query_id=query_id,
        cards=tuple(_card(result) for result in answer["results"]),
        next_offset=answer["next_offset"],
        is_personal=answer["is_personal"],
        cache_time_s=answer["cache_time"],
        button=answer["button"],
    )


def _card(result: Json) -> Card:
    content, keyboard = result["message"]["content"], result["message"]["keyboard"]
    event: Json = content | {
        "chat": {"id": 0},
        "message_id": 0,
        "reply_markup": {"inline_keyboard": keyboard},
        "version": 0,
        "is_silent": False,
        "by_bot": True,
        "inline_message_id": None,
    }
    return Card(result["id"], result["title"], result.get("description", ""), see(event))
