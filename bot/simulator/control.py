"""The control API: what a chat page needs to be a Telegram app for the people of the simulator.

All bodies and answers are JSON; a refusal is `{"error": "…"}` with status 400 (no person could do
this) or 404 (no such user, chat or message). Messages are the Bot API's `Message` with `version`,
`is_silent`, `by_bot` and `inline_message_id` added.

GET
    /control/state               {bot, users, chats, rules}; a chat: the Bot API's `Chat` with
                                 members {user id: status}, topics, is_blocked, last_message
    /control/messages?chat=&thread=   [message], oldest first
    /control/menu?user=&chat=    {commands: [{command, description}], button}
    /control/profile?language=   {name, description, short_description}
    /control/file?id=            the bytes of a file, by its file_id
    /control/journal?after=      {requests: [{number, method, params, code, …}], violations,
                                 unanswered: [callback query ids]}
    /control/events?after=       server-sent events; data: {number, kind, chat_id, data}
POST
    /control/users               {first_name, language_code?, username?} → user
    /control/groups              {title, members: [user ids], kind?, forum?, bot?} → chat
    /control/topics              {chat, user, name} → {id, name, is_closed}
    /control/language            {user, language_code} → user
    /control/send                {chat, user, text, thread?, reply_to?, quote?} → message
    /control/upload?chat=&user=&kind=&caption=&thread=&name=   body: the file → message
    /control/edit                {chat, message, text} → message
    /control/delete              {chat, message} → {}
    /control/press               {chat, message, user, data} → {callback_query_id}; the toast
                                 comes as an event
    /control/inline              {user, query, offset?} → {query_id, results, next_offset,
                                 button}; waits for the bot
    /control/choose              {query_id, result_id, chat, thread?} → message
    /control/link                {user, url, chat?} → {chat}; opens a deep link of the bot
    /control/block, /control/unblock   {user} → {}

Kinds of events: message, edit, delete {message_id}, toast {text, show_alert, url, user_id,
callback_query_id}, typing {action, message_thread_id}, chats (the list changed), menu.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.simulator import control_acts as acts
from bot.simulator import control_views as views
from bot.simulator.errors import MisuseError, SimulatorError
from bot.simulator.state import State
from bot.simulator.wire import Json

_HEARTBEAT_S = 15.0  # a comment in the stream, so that a browser notices a dead connection
_INLINE_PATIENCE_S = 10.0

Act = Callable[[State, Json], object]


def control_routes(state: State) -> list[BaseRoute]:
    """Return the routes below `/control/`."""
    routes: list[BaseRoute] = [
        Route("/control/events", _guarded(state, _events)),
        Route("/control/file", _guarded(state, _file)),
        Route("/control/upload", _guarded(state, _upload), methods=["POST"]),
        Route("/control/inline", _guarded(state, _inline), methods=["POST"]),
    ]
    for name, view in views.VIEWS.items():
        routes.append(Route(f"/control/{name}", _guarded(state, _view(view))))
    for name, act in acts.ACTS.items():
        routes.append(Route(f"/control/{name}", _guarded(state, _act(act)), methods=["POST"]))
    return routes


Endpoint = Callable[[State, Request], Awaitable[Response]]


def _guarded(state: State, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint with refusals turned into JSON."""

    async def answer(request: Request) -> Response:
        # Pages of other sites must not act here, though a browser lets them send.
        origin = request.headers.get("origin")
        if origin is not None and origin != f"http://{request.headers.get('host')}":
            return JSONResponse({"error": "not from the chat page"}, 403)
        try:
            return await endpoint(state, request)
        except acts.UnknownError as error:
            return JSONResponse({"error": str(error)}, 404)
        except (SimulatorError, TimeoutError) as error:
            return JSONResponse({"error": str(error)}, 400)
        except (KeyError, TypeError, ValueError) as error:
            return JSONResponse({"error": f"bad request: {error!r}"}, 400)

    return answer


def _view(view: Callable[[State, Json], object]) -> Endpoint:
    async def show(state: State, request: Request) -> Response:
        return JSONResponse(view(state, dict(request.query_params)))

    return show


def _act(act: Act) -> Endpoint:
    async def do(state: State, request: Request) -> Response:
        return JSONResponse(act(state, await request.json()))

    return do


async def _inline(state: State, request: Request) -> Response:
    query = acts.ask_inline(state, await request.json())
    answer = await state.feed.wait_for(
        lambda: query.answer, _INLINE_PATIENCE_S, "answer to the inline query"
    )
    return JSONResponse({"query_id": query.id} | answer)


async def _upload(state: State, request: Request) -> Response:
    mime = request.headers.get("content-type", "application/octet-stream")
    body = await request.body()
    return JSONResponse(acts.upload(state, dict(request.query_params), body, mime))


async def _file(state: State, request: Request) -> Response:
    file = state.files.find(request.query_params["id"])
    if file is None:
        raise acts.UnknownError("no such file")
    return Response(file.content, media_type=file.mime)


async def _events(state: State, request: Request) -> Response:
    """Return the stream of events; it goes on after the number the browser saw last."""
    last = request.headers.get("last-event-id") or request.query_params.get("after")
    start = int(last) + 1 if last is not None else len(state.feed.events)
    if start < 0:
        raise MisuseError("after is the number of an event")
    return StreamingResponse(_stream(state, start), media_type="text/event-stream")


async def _stream(state: State, start: int) -> AsyncIterator[str]:
    feed = state.feed
    yield ": welcome\n\n"
    while not feed.is_closed:
        for event in feed.events[start:]:
            start = event.number + 1
            data = {
                "number": event.number,
                "kind": event.kind,
                "chat_id": event.chat_id,
                "data": event.data,
            }
            yield f"id: {event.number}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
        if len(feed.events) > start:
            continue
        try:
            async with asyncio.timeout(_HEARTBEAT_S):
                await feed.bell.heard()
        except TimeoutError:
            yield ": still here\n\n"
