"""How long to wait before asking again."""

import random

#: Telegram comes back within seconds or not for minutes. A minute at most.
FIRST_S = 1.0
MOST_S = 60.0


class Backoff:
    """Growing waits with jitter, so that many bots do not come back in one instant."""

    def __init__(self, dice: random.Random | None = None) -> None:
        self._dice = dice or random.Random()  # noqa: S311 - jitter is no secret
        self._failures = 0

    def succeed(self) -> None:
        """Start again from the shortest wait."""
        self._failures = 0

    def next_s(self) -> float:
        """Return how long to wait after one more failure: between half and all of the step."""
        # Beyond the 10th failure the step stands at its most, and the power would only grow.
        step_s = min(MOST_S, FIRST_S * 2.0 ** min(self._failures, 10))
        self._failures += 1
        return step_s * self._dice.uniform(0.5, 1.0)
