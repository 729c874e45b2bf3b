"""The Bot API over HTTP: tokens, faults, the journal, and connections that can be cut."""

import asyncio
import contextlib
import socket

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from bot.simulator import journal
from bot.simulator.errors import ApiError
from bot.simulator.faults import Fault, Kind
from bot.simulator.methods import METHODS, Call, get_updates
from bot.simulator.parameters import proper_name, read_parameters
from bot.simulator.state import State
from bot.simulator.wire import Json, RawCall, read_call

_HOST = "127.0.0.1"
_BACKLOG = 512
# Longer than any client keeps an idle connection, so that it is never we who close one in use.
_KEEP_ALIVE_S = 300
_HTML_PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><hr>nginx</body></html>"


class _CutError(Exception):
    """The connection has been cut; there is nobody to answer."""


class Server:
    """The simulator's HTTP side, on a loopback port."""

    def __init__(self, state: State, port: int = 0, routes: list[BaseRoute] | None = None) -> None:
        self._state = state
        self._socket_port = port
        self._listener: asyncio.Server | None = None
        # Token and method may hold any characters: a wrong one is refused in JSON, as by Telegram.
        app = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._api, methods=["GET", "POST"]),
                Route("/file/bot{token}/{path:path}", self._download),
                *(routes or []),
            ]
        )
        self._config = uvicorn.Config(
            app, log_config=None, lifespan="off", timeout_keep_alive=_KEEP_ALIVE_S, ws="none"
        )
        self._config.load()
        self._connections = ServerState()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._socket_port

    async def start(self) -> None:
        """Listen; after a stop on the same port again."""
        # asyncio switches Nagle's delay off only where the socket names its protocol; without that
        # each answer takes 40 ms.
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((_HOST, self._socket_port))
        self._socket_port = listening.getsockname()[1]
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(
            lambda: H11Protocol(self._config, self._connections, {}),
            sock=listening,
            backlog=_BACKLOG,
        )

    async def stop(self) -> None:
        """Refuse new connections and cut those there are."""
        if self._listener is None:
            return
        self._listener.close()
        self._listener = None
        for connection in list(self._connections.connections):
            connection.transport.abort()
        # Each running request sees at its next await that nobody listens any more.
        if self._connections.tasks:
            await asyncio.wait(self._connections.tasks, timeout=1)

    def _cut(self, request: Request) -> None:
        for connection in list(self._connections.connections):
            if isinstance(connection, H11Protocol) and connection.client == request.scope["client"]:
                connection.transport.abort()

    async def _api(self, request: Request) -> Response:
        token, method = request.path_params["token"], request.path_params["method"]
        if token != self._state.token:
            return _refusal(ApiError(401, "Unauthorized"))
        name = proper_name(method)
        if name is None:
            self._state.journal.violation(method, "no such method")
            return _refusal(ApiError(404, "Not Found: method not found"))
        entry = self._open(name, {})
        try:
            raw = await _read(request)
            response = await self._answer(name, raw, entry, request)
        except ApiError as error:
            entry.code, entry.description = error.code, error.description
            response = _refusal(error)
        except _CutError:
            self._cut(request)
            return Response()
        except ClientDisconnect:  # whoever asked was killed in the midst of it
            return Response()
        entry.is_delivered = not await request.is_disconnected()
        self._state.feed.bell.ring()
        return response

    def _open(self, method: str, params: Json) -> journal.Request:
        clock = self._state.clock
        entry = self._state.journal.open(method, params, clock.monotonic(), clock.now())
        self._state.feed.bell.ring()
        return entry

    async def _answer(
        self, name: str, raw: RawCall, entry: journal.Request, request: Request
    ) -> Response:
        state = self._state
        try:
            entry.params = read_parameters(
                name, raw, lambda words: state.journal.violation(name, words)
            )
        finally:
            fault = state.faults.find(name, entry.params.get("chat_id"))
        if fault:
            entry.fault = fault.kind.value
            page = await self._before(fault, entry, request)
            if page:
                return page
        call = Call(name, state, entry.params, raw.uploads)
        result = await get_updates(call) if name == "getUpdates" else METHODS[name](call)
        entry.is_applied, entry.code, entry.result = True, 200, result
        if fault:
            await self._after(fault)
        return JSONResponse({"ok": True, "result": result})

    async def _before(
        self, fault: Fault, entry: journal.Request, request: Request
    ) -> Response | None:
        """Return an error page, or None if the request is to be handled. Raises: what it should."""
        fault.reached.set()
        if fault.kind is Kind.ERROR and fault.error:
            raise fault.error
        if fault.kind is Kind.HTML and fault.error:
            entry.code = fault.error.code
            title = f"{fault.error.code} {fault.error.description}"
            return HTMLResponse(_HTML_PAGE.format(title), fault.error.code)
        if fault.kind is Kind.RESET_BEFORE:
            raise _CutError
        if fault.kind is Kind.SLOW:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(fault.seconds):
                    await fault.released.wait()
        if fault.kind is Kind.HOLD_BEFORE:
            await fault.released.wait()
            # The one who asked may have died while it was held: then it never happened.
            if fault.is_dropped or await request.is_disconnected():
                raise _CutError
        return None

    async def _after(self, fault: Fault) -> None:
        self._state.feed.bell.ring()
        if fault.kind is Kind.RESET_AFTER:
            raise _CutError
        if fault.kind is Kind.HOLD_AFTER:
            await fault.released.wait()

    async def _download(self, request: Request) -> Response:
        if request.path_params["token"] != self._state.token:
            return _refusal(ApiError(401, "Unauthorized"))
        entry = self._open("download", {"path": request.path_params["path"]})
        fault = self._state.faults.find("download", None)
        if fault:
            try:
                page = await self._before(fault, entry, request)
            except ApiError as error:
                return _refusal(error)
            except _CutError:
                self._cut(request)
                return Response()
            if page:
                return page
        file = self._state.files.at(request.path_params["path"])
        if file is None:
            return _refusal(ApiError(404, "Not Found"))
        entry.is_applied, entry.code = True, 200
        return Response(file.content, media_type="application/octet-stream")


async def _read(request: Request) -> RawCall:
    body = await request.body()
    return read_call(request.url.query, request.headers.get("content-type", ""), body)


def _refusal(error: ApiError) -> Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return JSONResponse(body, error.code)
