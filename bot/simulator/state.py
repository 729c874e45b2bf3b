"""All parts of a running simulator in one place: what methods and people act upon."""

from dataclasses import dataclass, field

from bot.simulator.clock import Clock
from bot.simulator.faults import Faults
from bot.simulator.feed import Feed
from bot.simulator.files import FileStore
from bot.simulator.journal import Journal
from bot.simulator.limits import Flood
from bot.simulator.menus import Menus
from bot.simulator.queries import Queries
from bot.simulator.updates import UpdateQueue
from bot.simulator.wire import Json
from bot.simulator.world import Message, World


@dataclass(slots=True)
class Rules:
    """What the bot's owner has set with BotFather, and what is not sure about Telegram."""

    privacy_mode: bool = True
    inline: bool = True
    inline_feedback: bool = True
    guest: bool = True
    # A mention in a group usually reaches a bot in privacy mode, but is not promised.
    mentions_arrive: bool = True
    # Telegram's own cache of inline answers.
    inline_cache: bool = True


@dataclass(slots=True)
class State:
    """The parts."""

    token: str
    clock: Clock
    world: World
    updates: UpdateQueue
    flood: Flood
    rules: Rules
    journal: Journal = field(default_factory=Journal)
    feed: Feed = field(default_factory=Feed)
    faults: Faults = field(default_factory=Faults)
    files: FileStore = field(default_factory=FileStore)
    queries: Queries = field(default_factory=Queries)
    menus: Menus = field(default_factory=Menus)

    def date(self) -> int:
        """Return the moment as Telegram writes it."""
        return int(self.clock.now())

    def show(self, kind: str, message: Message) -> None:
        """Publish a message or its edit to those who watch the chats."""
        self.feed.publish(kind, message.chat.id, message_event(message))


def message_event(message: Message) -> Json:
    """Return a message for those who watch: the Bot API's `Message` and what the API omits."""
    return message.to_json() | {
        "version": message.version,
        "is_silent": message.is_silent,
        "by_bot": message.by_bot,
        "inline_message_id": message.inline_message_id,
    }
