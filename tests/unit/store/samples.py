"""Articles for the store's tests, cut into paragraphs at the line ends."""

from datetime import UTC, date, datetime

from bot.store.database import Database, run
from bot.store.outbox import Message, add_messages
from index.types import Article, Language, Paragraph, Span

NOON = datetime(2026, 1, 22, 12, 0, 0, 123456, tzinfo=UTC)

HARBOUR = "Порт откроют в мае.\nСтройка идёт по плану.\nМинистр назвал срок."


def an_article(text: str = HARBOUR, **changes: object) -> Article:
    values: dict[str, object] = {
        "title": "О порте",
        "text": text,
        "day": date(2026, 1, 22),
        "language": Language.RU,
        "url": "https://example.org/port",
        "source": "Вестник",
    }
    return Article(**(values | changes))


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """Return a paragraph for each line; a word has its lower case as a lemma, and a stem."""
    paragraphs = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        words = line.lower().rstrip(".").split()
        terms = tuple((word, word[:3]) if len(word) > 3 else (word,) for word in words)
        paragraphs.append(Paragraph(number, Span(start, start + len(line)), terms))
        start += len(line) + 1
    return tuple(paragraphs)


def a_message(chat_id: int = 42, **changes: object) -> Message:
    values: dict[str, object] = {"chat_id": chat_id, "method": "sendMessage", "payload": "{}"}
    return Message(**(values | changes))


async def accept(db: Database, *messages: Message, cause: str, at: datetime = NOON) -> list[int]:
    """Accept messages in a transaction of their own; return their ids."""
    async with db.write() as connection:
        return list(await add_messages(connection, cause, messages, at))


async def rows(db: Database, sql: str, *values: object) -> list[tuple[object, ...]]:
    """Return what a query finds, to see past the functions under test."""
    async with db.read() as connection:
        return await run(connection, sql, values)


async def states(db: Database, *ids: int) -> list[object]:
    """Return the states of outbox rows."""
    return [
        state
        for key in ids
        for (state,) in await rows(db, "SELECT state FROM outbox WHERE id = ?", key)
    ]
