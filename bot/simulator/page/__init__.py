"""The chat page: a Telegram app in a browser for the people of the simulator."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

_FOLDER = Path(__file__).parent
_FILES = {"": "index.html", "chat.css": "chat.css", "chat.js": "chat.js", "icon.svg": "icon.svg"}

#: Nothing from elsewhere, no script in the markup: what a bot writes can only be text here.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'"
)


def page_routes() -> list[BaseRoute]:
    """Return the routes of the page and its files."""
    return [Route(f"/{name}", _file) for name in _FILES]


async def _file(request: Request) -> Response:
    name = _FILES[request.url.path.removeprefix("/")]
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"}
    return FileResponse(_FOLDER / name, headers=headers)
