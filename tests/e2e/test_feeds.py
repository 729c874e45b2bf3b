"""Links and feeds from end to end, in a network namespace with a public site of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.simulator import Room

EXPECTED = {
    "link": [
        "📄 Порт открыт",
        "Черновик 1 · 11 февраля 2026",
        "Вестник · http://public.test/port",
    ],
    "published": ["Статья 1 опубликована: «Порт открыт», 11 февраля 2026, 2 абзаца."],
    "answer": ["📄 Порт открыт · 11 февраля 2026", "Морской порт откроют осенью."],
    "pages kept": ["1"],
    "again": ["Такой текст уже есть: статья 1."],
    "gone": ["Сайт отвечает кодом 404."],
    "added": ["Лента «Лента порта» добавлена. В ней 1 запись; новые придут вам черновиками."],
    "item": ["Новое в ленте «Лента порта»:", "📄 Мост построен"],
    "auto": ["Новое в ленте «Лента порта»: Статья 2 опубликована: «Башня», 13 февраля 2026"],
    "broken": ["Лента «Лента порта» не читается. Сайт отвечает кодом 500. Я пробую дальше."],
    "paused": ["Лента «Лента порта» поставлена на паузу. Сайт отвечает кодом 500."],
    "list": ["1. Лента порта · пауза"],
    "no feed": ["Лента http://public.test/port не добавлена. По этому адресу нет ленты."],
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return what was told after each step."""
    inside = ["unshare", "-nm"] if os.geteuid() == 0 else ["unshare", "-rnm"]
    if subprocess.run([*inside, "true"], capture_output=True, check=False).returncode:
        pytest.skip("network namespaces are not permitted here")
    folder = tmp_path_factory.mktemp("data")
    ended = subprocess.run(
        [*inside, sys.executable, "-m", "tests.network_bot", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert ended.returncode == 0, ended.stderr[-4000:]
    found: dict[str, str] = json.loads(ended.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("step", list(EXPECTED))
def test_links_and_feeds(told: dict[str, str], step: str) -> None:
    """From what an editor sends to what a reader gets; a broken feed is told of once."""
    for words in EXPECTED[step]:
        assert words in told[step]


@pytest.mark.parametrize("words", ["add", "remove x", "add https://example.org/a sometimes"])
async def test_how_a_feed_is_added_is_said(owner_chat: Room, words: str) -> None:
    """By an example."""
    await owner_chat.send(f"/feeds {words}")
    assert (await owner_chat.reply()).text.startswith("Напишите так: /feeds add https://")


async def test_a_private_feed_is_refused(owner_chat: Room) -> None:
    """As any other private address."""
    await owner_chat.send("/feeds add http://127.0.0.1/feed")
    assert (await owner_chat.reply()).text == "Этот адрес открыть нельзя."
    await owner_chat.send("/feeds")
    assert (await owner_chat.reply()).text.startswith("Лент нет.")


async def test_a_reader_has_no_feeds(chat: Room) -> None:
    """Nor by a forged button."""
    await chat.send("/feeds")
    seen = await chat.reply()
    assert seen.text == "Эта команда для редакторов."
    assert (await chat.press(seen, data="feed:1:2")).text == "Эта команда для редакторов."
