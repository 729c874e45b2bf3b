"""The chat page: a Telegram app in a browser for the people of the simulator."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

_FOLDER = Path(__file__).parent

#: What a browser may fetch, and nothing else of this folder; the page itself stands at `/`.
_FILES = (
    *("chat.css", "icon.svg", "chat.js", "bubble.js", "composer.js", "control.js"),
    *("entities.js", "scene.js", "words.js"),
)

#: Nothing from elsewhere, no script in the markup: what a bot writes can only be text here.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def page_routes() -> list[BaseRoute]:
    """Return the routes of the page and its files."""
    return [Route(f"/{name}", _file) for name in ("", *_FILES)]


async def _file(request: Request) -> Response:
    name = request.url.path.removeprefix("/") or "index.html"
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"}
    return FileResponse(_FOLDER / name, headers=headers)
