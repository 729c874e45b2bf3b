"""What was asked, what was answered, and every breach of the rules that Telegram would let pass."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.simulator.wire import Json


@dataclass(slots=True, eq=False)
class Request:
    """One request of the bot.

    `at_s` is monotonic, `now_s` is the wall clock. `code` is 0 while it is unanswered. `is_applied`
    tells whether it had its effect, `is_delivered` whether the answer was written to the wire.
    """

    number: int
    method: str
    params: Json
    at_s: float
    now_s: float
    code: int = 0
    result: object = None
    description: str | None = None
    is_applied: bool = False
    is_delivered: bool = False
    fault: str | None = None

    @property
    def chat_id(self) -> int | str | None:
        """The chat it was about, if it named one."""
        chat_id = self.params.get("chat_id")
        return chat_id if isinstance(chat_id, int | str) else None


class Journal:
    """All requests, oldest first, and the violations seen in them."""

    def __init__(self) -> None:
        self._requests: list[Request] = []
        self.violations: list[str] = []

    def open(self, method: str, params: Json, at_s: float, now_s: float) -> Request:
        """Return a new entry for a request that has just come."""
        request = Request(len(self._requests) + 1, method, params, at_s, now_s)
        self._requests.append(request)
        return request

    def violation(self, method: str, words: str) -> None:
        """Note that `method` was used in a way that Telegram forgives or repairs, or should not."""
        self.violations.append(f"{method}: {words}")

    def requests(
        self, method: str | None = None, chat_id: int | str | None = None
    ) -> list[Request]:
        """Return the requests of one method, of one chat, or all."""
        return [r for r in self if method in {None, r.method} and chat_id in {None, r.chat_id}]

    def __iter__(self) -> Iterator[Request]:
        return iter(self._requests)

    def __len__(self) -> int:
        return len(self._requests)
