"""HTTP to the Bot API: python-telegram-bot's own client costs thrice as much for a long message.

It writes parameters as a form, in which a Cyrillic letter takes six bytes; here they are JSON. And
it asks httpx's client, which looks at cookies, redirects and logins; here its transport is asked.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx
from telegram import Bot
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

#: Seconds, where a call names none: the library's own, and its longer one for files.
CONNECT_S = 5.0
READ_S = 5.0
WRITE_S = 5.0
WRITE_FILE_S = 20.0
WAIT_FOR_CONNECTION_S = 1.0

#: A file of a request: its name, content and type.
File = tuple[str, bytes, str]


class Client(BaseRequest):
    """Connections to the Bot API at `url`, at most `connections`."""

    def __init__(self, url: str, connections: int) -> None:
        limits = httpx.Limits(max_connections=connections)
        # Closed when it was shut down, it opens again at the next request.
        self._http = httpx.AsyncHTTPTransport(limits=limits, proxy=find_proxy(url))

    @property
    def read_timeout(self) -> float:
        """Return how long an answer is waited for, where a call does not say."""
        return READ_S

    async def initialize(self) -> None:
        """Do nothing: connections are made as they are needed."""

    async def shutdown(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return the status and the body of the answer.

        Raises: TimedOut or NetworkError, from the error of httpx by which `failures` judges.
        """
        files = request_data.multipart_data if request_data else None
        headers = {"User-Agent": self.USER_AGENT}
        timeouts = {
            "connect": _or(connect_timeout, CONNECT_S),
            "read": _or(read_timeout, READ_S),
            "write": _or(write_timeout, WRITE_FILE_S if files else WRITE_S),
            "pool": _or(pool_timeout, WAIT_FOR_CONNECTION_S),
        }
        content: dict[str, Any] = {}
        if request_data and files:
            content = {"data": request_data.json_parameters, "files": files}
        elif request_data:
            headers["Content-Type"] = "application/json"
            content = {"content": json.dumps(request_data.parameters, ensure_ascii=False).encode()}
        request = httpx.Request(
            method, url, headers=headers, extensions={"timeout": timeouts}, **content
        )
        try:
            answer = await self._http.handle_async_request(request)
            try:
                return answer.status_code, await answer.aread()
            finally:
                await answer.aclose()
        except httpx.TimeoutException as error:
            raise TimedOut from error
        except httpx.HTTPError as error:
            raise NetworkError(f"{type(error).__name__}: {error}") from error


@dataclass(frozen=True, slots=True)
class _Parameters:
    """What a client reads of the library's `RequestData`, which only the library may make."""

    parameters: Mapping[str, Any]
    multipart_data: Mapping[str, File] = field(default_factory=dict)

    @property
    def json_parameters(self) -> dict[str, str]:
        """Return the parameters as fields of a form."""
        return {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in self.parameters.items()
        }


async def post(
    bot: Bot,
    method: str,
    parameters: Mapping[str, Any],
    *,
    files: Mapping[str, File] | None = None,
    timeout_s: float,
) -> Any:  # noqa: ANN401 - whatever JSON the method answers
    """Return the result of a method of the Bot API, as it came.

    The library's own methods turn it into objects, which costs as much as the call itself.

    Raises: telegram.error.TelegramError.
    """
    data = cast("RequestData", _Parameters(parameters, files or {}))
    return await bot.request.post(f"{bot.base_url}/{method}", data, read_timeout=timeout_s)


def find_proxy(url: str) -> str | None:
    """Return the proxy that the environment names for an address, None for none."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    # NO_PROXY may name a port as well.
    with_port = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    if proxy_bypass(host) or proxy_bypass(with_port):
        return None
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    # Often written as host and port only; the transport refuses that.
    return f"http://{proxy}" if proxy and "://" not in proxy else proxy


def _or(given: object, usual: float) -> float | None:
    """Return a timeout that a call names, None for none at all, else the usual one."""
    return usual if given is BaseRequest.DEFAULT_NONE else cast("float | None", given)
