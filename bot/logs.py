"""The log: one line an event, for a person or a machine, without tokens and people's words."""

import logging
import re
import sys
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

from bot.config import LogFormat, Settings

#: A bot token, wherever it stands. Source: RELIABILITY, secrets; Telegram's tokens are longer.
_TOKEN = re.compile(r"\d+:[\w-]{30,}")
_REDACTED = "<token>"

#: These log the address of every request, which has the token in it.
_TALKATIVE = ("httpx", "httpcore", "telegram", "aiosqlite", "alembic")


def redact(text: str) -> str:
    """Return the text with every token taken out."""
    return _TOKEN.sub(_REDACTED, text)


def set_up_logs(settings: Settings) -> None:
    """Send all logs of this process to standard error, in the form that the settings ask for."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _redact_event,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    render = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log_format is LogFormat.JSON
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter(foreign_pre_chain=shared, processor=render))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level.upper())
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_crash


class _Formatter(structlog.stdlib.ProcessorFormatter):
    """The last look at a line: what no processor saw is redacted here."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line without tokens."""
        return redact(super().format(record))


def _log_crash(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Log what nobody caught; Python itself would print it as it is."""
    logging.getLogger(__name__).critical("crashed", exc_info=(kind, error, trace))


def _redact_event(
    _logger: object, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = redact(value)
    return event
