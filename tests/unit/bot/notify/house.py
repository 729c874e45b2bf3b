"""A store with followers and a clock, and the part of the bot that tells them."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from bot.ingest.drafts import Overrides, make_draft
from bot.notify.asking import Find
from bot.notify.followed import Followed
from bot.notify.notifier import Notifier
from bot.search import Search
from bot.store.chats import see_chat
from bot.store.database import Database
from bot.store.outbox import claim_messages
from bot.store.publishing import add_article
from bot.store.sending import Sent, mark_sent
from bot.store.subscriptions import Wish, add_subscription
from bot.store.topics import Topic, TopicKind, add_topic, words_topic
from index.percolation import read_topic
from index.types import Language

#: Noon in Moscow, where followers are who never said where they are.
NOON = datetime(2026, 2, 12, 9, tzinfo=UTC)
DAY = date(2026, 2, 12)


class House:
    """A store with followers, and a clock."""

    def __init__(self, db: Database) -> None:
        self.db, self.at = db, NOON
        self.username: Callable[[], str] = lambda: "paragraf_bot"
        self.find: Find | None = None
        self.notifier = self.started()

    def started(self) -> Notifier:
        """Return a notifier that has just started and knows nothing but the store."""
        return Notifier(
            self.db,
            Search(self.db),
            Followed(self.db),
            find=self.find,
            language=Language.RU,
            username=self.username,
            now=lambda: self.at,
            on_messages=lambda: None,
        )

    async def follow(self, words: str, chat_id: int = 1, wish: Wish | None = None) -> int:
        topic = words_topic(read_topic(words), words) if words else Topic(TopicKind.ALL)
        async with self.db.write() as connection:
            await see_chat(connection, chat_id, "private", None, self.at)
            topic_id = await add_topic(connection, topic)
            made, _ = await add_subscription(
                connection, topic_id, (chat_id, 0), chat_id, words, self.at, wish
            )
        return made

    async def publish(self, text: str, title: str = "Заголовок", day: date = DAY) -> int:
        draft = make_draft(text, Overrides(title=title, day=day))
        added = await add_article(
            self.db, draft.article, draft.paragraphs, analysis=1, at=self.at, facts=draft.facts
        )
        return added.article_id

    async def settle(self) -> None:
        """Let all that can be made be made."""
        while await self.notifier.step() < 1:
            pass

    async def let_go(self) -> None:
        """Let Telegram take all messages."""
        while leased := await claim_messages(self.db, "run", 9, self.at):
            await mark_sent(self.db, [Sent(each.id, each.id) for each in leased], self.at)

    async def notices(self) -> list[tuple[object, ...]]:
        return await self.db.fetch("SELECT chat_id, state, reason FROM notice ORDER BY id")

    async def texts(self) -> list[str]:
        rows = await self.db.fetch(
            "SELECT json_extract(payload, '$.text') FROM outbox WHERE state = 'ready' ORDER BY id"
        )
        return [text for (text,) in rows]
