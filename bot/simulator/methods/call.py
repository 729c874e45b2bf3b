"""What a method is given: the state, checked parameters and uploaded files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.simulator.state import State
from bot.simulator.wire import Json, Upload


@dataclass(frozen=True, slots=True)
class Call:
    """One request whose parameters have the right types."""

    method: str
    state: State
    params: Json
    uploads: Mapping[str, Upload]

    def tell(self, words: str) -> None:
        """Note that the request breaks a rule which Telegram does not enforce aloud."""
        self.state.journal.violation(self.method, words)


Method: TypeAlias = Callable[[Call], object]
