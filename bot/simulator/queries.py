"""Questions that wait for one quick answer: pressed buttons, inline and guest queries."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.simulator.wire import Json
from bot.simulator.world import Chat, Message, User


@dataclass(slots=True, eq=False)
class Query:
    """One question. `answer` is None until the bot has answered."""

    id: str
    kind: str  # callback, inline or guest
    user: User
    at_s: float
    chat: Chat | None = None
    message: Message | None = None
    data: str = ""
    offset: str = ""
    answer: Json | None = None
    answered: int = 0


@dataclass(slots=True)
class _Cached:
    until_s: float
    answer: Json


@dataclass(slots=True)
class Queries:
    """All queries by id, and the cache of inline answers on Telegram's side."""

    _by_id: dict[str, Query] = field(default_factory=dict)
    _cache: dict[tuple[str, str, int | None], _Cached] = field(default_factory=dict)

    def add(
        self,
        kind: str,
        user: User,
        at_s: float,
        *,
        chat: Chat | None = None,
        message: Message | None = None,
        data: str = "",
        offset: str = "",
    ) -> Query:
        """Return a new question that nobody has answered."""
        query_id = f"{kind}-{len(self._by_id) + 1}"
        query = Query(query_id, kind, user, at_s, chat, message, data, offset)
        self._by_id[query_id] = query
        return query

    def find(self, kind: str, query_id: str) -> Query | None:
        """Return the query of this kind and id, or None."""
        query = self._by_id.get(query_id)
        return query if query and query.kind == kind else None

    def unanswered(self, kind: str = "callback") -> list[Query]:
        """Return the queries that still spin, oldest first."""
        return [q for q in self if q.kind == kind and q.answer is None]

    def remember(self, query: Query, now_s: float) -> None:
        """Cache the answer to an inline query, for its user or for all."""
        answer = query.answer or {}
        whom = query.user.id if answer.get("is_personal") else None
        until_s = now_s + answer.get("cache_time", DEFAULT_CACHE_S)
        self._cache[query.data, query.offset, whom] = _Cached(until_s, answer)

    def cached(self, user: User, text: str, offset: str, now_s: float) -> Json | None:
        """Return the answer that Telegram gives without asking the bot, or None."""
        for whom in (user.id, None):
            found = self._cache.get((text, offset, whom))
            if found and now_s < found.until_s:
                return found.answer
        return None

    def __iter__(self) -> Iterator[Query]:
        return iter(self._by_id.values())


DEFAULT_CACHE_S = 300  # Source: Bot API, answerInlineQuery, cache_time
