"""What a handler gives back: plain values that the worker stores and the sender sends.

Nothing here knows python-telegram-bot, and nothing is sent by making one.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.store.answers import StoredAnswer
from bot.store.attachments import Attachment
from bot.store.database import Transaction
from bot.store.outbox import Cite, Prio

#: The writes of an outcome: store functions on the connection of the worker's one transaction. May
#: refuse with `UserError`; then everything is rolled back and the refusal is the reply. May return
#: messages that only they can word, such as the number of what was stored; they follow the others.
Write = Callable[[Transaction], Awaitable["tuple[Send | Edit, ...] | None"]]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes: the chat, the topic in it, the message it answers."""

    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button with exactly one action: callback data, a link, or a text to copy."""

    label: str
    data: str | None = None
    url: str | None = None
    copied: str | None = None


#: Rows of buttons, top to bottom.
Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Body:
    """The content of a message: Telegram's HTML, buttons, and the slices its block quotes quote.

    `cites` has one entry for each block quote of `html`, in their order. `hint` opens the field
    for a reply to a message without buttons, and stands in it until one writes.
    """

    html: str
    keyboard: Keyboard = ()
    cites: tuple[Cite, ...] = ()
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Send:
    """A new message. `answer` is what it shows, to be stored with the message's own id."""

    target: Target
    body: Body
    prio: Prio = Prio.REPLY
    is_silent: bool = False
    answer: StoredAnswer | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Another content for a message sent before, named by its outbox row; `answer` as in Send."""

    chat_id: int
    outbox_id: int
    body: Body
    answer: StoredAnswer | None = None


@dataclass(frozen=True, slots=True)
class SendFile:
    """A file as a document, or a picture as a photo, with a caption."""

    target: Target
    attachment: Attachment
    caption: Body
    is_photo: bool = False


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to a pressed button: up to 200 characters, none to just stop the waiting sign."""

    text: str = ""
    is_alert: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A result of an inline query: what the list shows, and the message it becomes."""

    id: str
    title: str
    description: str
    body: Body


@dataclass(frozen=True, slots=True)
class InlineCards:
    """The answer to an inline query, a page of cards.

    `start` labels a button above them that opens the private chat, with the payload `opens`.
    """

    cards: tuple[Card, ...]
    next_offset: str = ""
    start: str | None = None
    opens: str = "ask"


@dataclass(frozen=True, slots=True)
class GuestCard:
    """The answer to a guest message: one card."""

    card: Card


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of an update: messages by way of the outbox, a direct answer, writes.

    `changes_index` says that the writes publish or withdraw: the live index follows before the
    messages leave, so that who reads "published" and asks at once finds it. `menu_for` is the
    person whose role, and so whose menu of commands, is another one now.
    """

    out: tuple[Send | Edit | SendFile, ...] = ()
    now: Toast | InlineCards | GuestCard | None = None
    write: Write | None = None
    changes_index: bool = False
    menu_for: int | None = None
