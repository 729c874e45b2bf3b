"""What the simulator raises.

SimulatorError
├── ApiError        what the Bot API answers instead of a result
└── MisuseError     a test or the chat page asked for something that no person could do
"""

from collections.abc import Mapping


class SimulatorError(Exception):
    """Base of everything that the simulator raises on purpose."""


class ApiError(SimulatorError):
    """The Bot API refuses: a code, Telegram's words, and sometimes parameters for the caller."""

    def __init__(
        self, code: int, description: str, parameters: Mapping[str, int] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})


class MisuseError(SimulatorError):
    """No person could do this: a button that is not there, a message to a chat one is not in."""


def bad_request(words: str, parameters: Mapping[str, int] | None = None) -> ApiError:
    """Return the 400 that says `words`."""
    return ApiError(400, f"Bad Request: {words}", parameters)


def forbidden(words: str) -> ApiError:
    """Return the 403 that says `words`."""
    return ApiError(403, f"Forbidden: {words}")


def query_too_old() -> ApiError:
    """Return the 400 for a query that was answered too late, or never asked."""
    return bad_request("query is too old and response timeout expired or query ID is invalid")


def too_many_requests(retry_after_s: int) -> ApiError:
    """Return the 429 that asks for a pause of `retry_after_s`."""
    return ApiError(
        429,
        f"Too Many Requests: retry after {retry_after_s}",
        {"retry_after": retry_after_s},
    )
