"""The simulator as tests use it: start it, add people and chats, act, look at the journal."""

from types import TracebackType
from typing import Self

from bot.simulator import people
from bot.simulator.access import origin
from bot.simulator.clock import Clock
from bot.simulator.control import control_routes
from bot.simulator.errors import MisuseError
from bot.simulator.faults import Faults
from bot.simulator.groups import Group
from bot.simulator.journal import Journal, Request
from bot.simulator.limits import Flood, FloodRules
from bot.simulator.page import page_routes
from bot.simulator.people import Draft
from bot.simulator.person import Person
from bot.simulator.queries import Query
from bot.simulator.rooms import PATIENCE_S, Room
from bot.simulator.server import Server
from bot.simulator.state import Rules, State, message_event
from bot.simulator.updates import Lifetimes, UpdateQueue
from bot.simulator.views import Seen, see
from bot.simulator.world import SERVICE_ACCOUNT_ID, User, World

BOT_ID = 5_000_000_001


class Simulator:
    """A little Telegram on loopback. `async with Simulator() as sim:` starts and stops it.

    The bot under test is given `api_url` and `token`. Everything happens in the running event loop.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        token: str = f"{BOT_ID}:simulated",
        username: str = "paragraf_bot",
        name: str = "Параграф",
        clock: Clock | None = None,
        flood: FloodRules | None = None,
        rules: Rules | None = None,
        lifetimes: Lifetimes | None = None,
    ) -> None:
        clock = clock or Clock()
        bot = User(int(token.partition(":")[0]), name, username, is_bot=True)
        self.state = State(
            token=token,
            clock=clock,
            world=World(bot),
            updates=UpdateQueue(clock, lifetimes or Lifetimes()),
            flood=Flood(flood or FloodRules()),
            rules=rules or Rules(),
        )
        routes = [*page_routes(), *control_routes(self.state)]
        self._server = Server(self.state, port, routes)
        self._private: dict[int, Room] = {}

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on loopback."""
        await self._server.start()

    async def stop(self) -> None:
        """Let held requests go, end polls and streams, close."""
        self.state.faults.clear()
        self.state.updates.stop()
        self.state.feed.close()
        await self._server.stop()

    async def go_down(self) -> None:
        """Refuse every connection until `come_up`."""
        await self._server.stop()

    async def come_up(self) -> None:
        """Listen again on the same port."""
        await self._server.start()

    @property
    def api_url(self) -> str:
        """Where the bot sends requests: `<api_url>/bot<token>/…`, `<api_url>/file/bot<token>/…`."""
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.state.token

    @property
    def username(self) -> str:
        """The bot's name without @."""
        return self.state.world.bot.username or ""

    @property
    def journal(self) -> Journal:
        """Every request, and every violation."""
        return self.state.journal

    @property
    def faults(self) -> Faults:
        """The fault switches of requests; those of updates are in `updates.mischief`."""
        return self.state.faults

    @property
    def flood(self) -> Flood:
        """The flood limits; `flood.rules` can be changed at any time."""
        return self.state.flood

    @property
    def updates(self) -> UpdateQueue:
        """The updates that wait."""
        return self.state.updates

    @property
    def rules(self) -> Rules:
        """Privacy mode, inline mode and the like; can be changed at any time."""
        return self.state.rules

    def unanswered(self) -> list[Query]:
        """Return the pressed buttons that still spin."""
        return self.state.queries.unanswered("callback")

    def add_user(
        self,
        first_name: str,
        *,
        user_id: int | None = None,
        username: str | None = None,
        language_code: str | None = None,
        last_name: str | None = None,
    ) -> Person:
        """Return a new person."""
        user = self.state.world.add_user(
            first_name,
            user_id=user_id,
            username=username,
            language_code=language_code,
            last_name=last_name,
        )
        self.state.feed.publish("chats", user.id, {})
        return Person(self, user)

    def private_chat(self, person: Person) -> Room:
        """Return a person's chat with the bot; always the same object."""
        if person.id not in self._private:
            chat = self.state.world.chats[person.id]
            self._private[person.id] = Room(self.state, chat, person.user)
        return self._private[person.id]

    def add_group(
        self,
        title: str,
        members: list[Person],
        *,
        kind: str = "supergroup",
        forum: bool = False,
        bot: str | None = "member",
        username: str | None = None,
    ) -> Group:
        """Return a new group, whose first member owns it and writes by default.

        `bot` is the bot's status there, None for a group it has never been in.
        """
        if not members:
            raise MisuseError("a group has an owner")
        chat = self.state.world.add_chat(kind, title, username=username, is_forum=forum)
        chat.members = {person.id: "member" for person in members}
        chat.members[members[0].id] = "creator"
        group = Group(self.state, chat, members[0].user if kind != "channel" else None)
        if bot:
            group.set_bot(bot)
        self.state.feed.publish("chats", chat.id, {})
        return group

    def add_channel(
        self,
        title: str,
        owner: Person,
        *,
        bot: str = "administrator",
        username: str | None = None,
    ) -> Group:
        """Return a new channel in which the bot is an administrator."""
        return self.add_group(title, [owner], kind="channel", bot=bot, username=username)

    def auto_forward(self, post: Seen, group: Group) -> Seen:
        """Return the copy that Telegram itself makes of a channel's post in its linked group."""
        chat = self.state.world.chats[group.id]
        source = self.state.world.chats[post.chat_id].messages[post.id]
        content = source.content | {
            "is_automatic_forward": True,
            "forward_origin": origin(source),
        }
        draft = Draft(content, sender_chat=source.chat, file=source.file)
        author = self.state.world.service_user(SERVICE_ACCOUNT_ID)
        return see(message_event(people.post(self.state, chat, author, draft)))

    async def asked(
        self,
        method: str,
        count: int = 1,
        *,
        chat_id: int | None = None,
        timeout_s: float = PATIENCE_S,
    ) -> list[Request]:
        """Return the requests of a method when there are `count` of them. Raises: TimeoutError."""

        def look() -> list[Request] | None:
            found = self.journal.requests(method, chat_id)
            return found if len(found) >= count else None

        return await self.state.feed.wait_for(look, timeout_s, f"{count} × {method}")

    async def settled(self, timeout_s: float = PATIENCE_S) -> None:
        """Return when the bot has confirmed every update. Raises: TimeoutError."""
        await self.state.updates.when_empty(lambda: True, timeout_s)
