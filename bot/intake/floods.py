"""Who asks too much: counted in memory, forgotten within a minute."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

#: Questions and commands a minute. Source: docs/reliability.md, limits.
USER_A_MINUTE = 20
GROUP_A_MINUTE = 60

WINDOW_S = 60.0

#: So many askers are remembered; past it those who are quiet again are forgotten.
MOST_REMEMBERED = 10_000


class Flood(Enum):
    """What a question is, beside those of the last minute."""

    NONE = auto()
    BEGUN = auto()  # the first one too many: said once
    GOES_ON = auto()  # those after it: silence


@dataclass(slots=True)
class _Asker:
    asked_s: deque[float] = field(default_factory=deque)
    is_told: bool = False


class Floods:
    """Counts the questions of each person and each group within the last minute."""

    def __init__(
        self,
        user_a_minute: int = USER_A_MINUTE,
        group_a_minute: int = GROUP_A_MINUTE,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = {True: user_a_minute, False: group_a_minute}
        self._monotonic = monotonic
        self._askers: dict[int, _Asker] = {}

    def note(self, user_id: int, chat_id: int, waited_s: float = 0.0) -> Flood:
        """Count a question of a person in a chat; groups are the chats with negative ids.

        It counts for the moment at which it was asked, `waited_s` ago: what waited for a bot that
        was off is no flood. One too many is not counted, so that who goes on asking is heard again
        within a minute.
        """
        keys = (user_id, chat_id) if chat_id < 0 else (user_id,)
        moment = self._monotonic() - waited_s
        if len(self._askers) > MOST_REMEMBERED:
            self._forget(moment)
        askers = [(key, self._recent(key, moment)) for key in keys]
        over = [each for key, each in askers if len(each.asked_s) >= self._limits[key > 0]]
        if not over:
            for _, asker in askers:
                asker.asked_s.append(moment)
                asker.is_told = False
            return Flood.NONE
        is_new = not any(asker.is_told for asker in over)
        for asker in over:
            asker.is_told = True
        return Flood.BEGUN if is_new else Flood.GOES_ON

    def _recent(self, key: int, moment: float) -> _Asker:
        """Return an asker with what he asked within the last minute."""
        asker = self._askers.setdefault(key, _Asker())
        while asker.asked_s and asker.asked_s[0] <= moment - WINDOW_S:
            asker.asked_s.popleft()
        return asker

    def _forget(self, moment: float) -> None:
        since = moment - WINDOW_S
        self._askers = {
            key: asker
            for key, asker in self._askers.items()
            if asker.asked_s and asker.asked_s[-1] > since
        }
