"""The control API: the chat page's way to be a person."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.simulator import Simulator

from .conftest import Api


class Page:
    """What the page's script does: fetch and post."""

    def __init__(self, http: httpx.AsyncClient, sim: Simulator) -> None:
        self._http = http
        self._base = f"{sim.api_url}/control"

    async def get(self, path: str, status: int = 200) -> Any:  # noqa: ANN401 - any JSON
        response = await self._http.get(f"{self._base}/{path}")
        assert response.status_code == status, response.text
        return response.json()

    async def post(self, path: str, status: int = 200, **body: object) -> Any:  # noqa: ANN401 - any JSON
        response = await self._http.post(f"{self._base}/{path}", json=body)
        assert response.status_code == status, response.text
        return response.json()

    async def events(self, after: int) -> AsyncIterator[dict[str, Any]]:
        async with self._http.stream("GET", f"{self._base}/events?after={after}") as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data: "):
                    yield json.loads(line.removeprefix("data: "))


@pytest.fixture
def page(http: httpx.AsyncClient, sim: Simulator) -> Page:
    return Page(http, sim)


async def test_a_conversation(api: Api, page: Page, sim: Simulator) -> None:
    """A question, an answer with a button, the button pressed, the toast: all seen as events."""
    anna = await page.post("users", first_name="Анна", language_code="ru")
    sent = await page.post("send", chat=anna["id"], user=anna["id"], text="вопрос")
    assert [m["text"] for m in await page.get(f"messages?chat={anna['id']}")] == ["вопрос"]
    keyboard = {"inline_keyboard": [[{"text": "Ещё", "callback_data": "m:1"}]]}
    await api.result("sendMessage", chat_id=anna["id"], text="ответ", reply_markup=keyboard)
    answer = (await page.get("state"))["chats"][0]["last_message"]
    assert (answer["text"], answer["by_bot"]) == ("ответ", True)
    pressed = await page.post(
        "press", chat=anna["id"], message=answer["message_id"], user=anna["id"], data="m:1"
    )
    await api.result("answerCallbackQuery", text="Готово", **pressed)
    await api.result(
        "editMessageText", chat_id=anna["id"], message_id=answer["message_id"], text="другой"
    )
    seen: list[dict[str, Any]] = []
    async for event in page.events(after=-1):
        seen.append(event)
        if event["kind"] == "edit":
            break
    assert [e["kind"] for e in seen] == ["chats", "message", "message", "toast", "edit"]
    assert seen[1]["data"]["message_id"] == sent["message_id"]
    assert seen[3]["data"]["text"] == "Готово"
    assert seen[4]["data"]["text"] == "другой"
    assert (await page.get("journal"))["unanswered"] == []


async def test_events_come_as_they_happen(page: Page, sim: Simulator) -> None:
    anna = sim.add_user("Анна")
    events = page.events(after=len(sim.state.feed.events) - 1)
    waiting = asyncio.create_task(anext(events))
    await anna.chat.send("сейчас")
    assert (await waiting)["data"]["text"] == "сейчас"
    await events.aclose()


async def test_groups_topics_languages_and_menus(api: Api, page: Page) -> None:
    anna = await page.post("users", first_name="Анна")
    forum = await page.post("groups", title="Форум", members=[anna["id"]], forum=True)
    topic = await page.post("topics", chat=forum["id"], user=anna["id"], name="Энергетика")
    await page.post("send", chat=forum["id"], user=anna["id"], text="/ask а", thread=topic["id"])
    path = f"messages?chat={forum['id']}&thread={topic['id']}"
    assert [m.get("text") for m in await page.get(path)] == [None, "/ask а"]
    commands = [{"command": "sual", "description": "Sual ver"}]
    await api.result("setMyCommands", commands=commands, language_code="az")
    menu = f"menu?user={anna['id']}&chat={anna['id']}"
    assert (await page.get(menu))["commands"] == []
    await page.post("language", user=anna["id"], language_code="az")
    assert (await page.get(menu))["commands"] == commands


async def test_files_links_and_blocking(
    api: Api, page: Page, sim: Simulator, http: httpx.AsyncClient
) -> None:
    anna = await page.post("users", first_name="Анна")
    uploaded = await http.post(
        f"{sim.api_url}/control/upload?chat={anna['id']}&user={anna['id']}&name=a.txt",
        content="текст".encode(),
        headers={"content-type": "text/plain"},
    )
    document = uploaded.json()["document"]
    assert (document["file_name"], document["mime_type"]) == ("a.txt", "text/plain")
    content = await http.get(f"{sim.api_url}/control/file?id={document['file_id']}")
    assert content.text == "текст"
    await page.post("block", user=anna["id"])
    await page.post("send", 400, chat=anna["id"], user=anna["id"], text="а")
    opened = await page.post("link", user=anna["id"], url="https://t.me/paragraf_bot?start=p1")
    assert opened == {"chat": anna["id"]}
    assert (await page.get(f"messages?chat={anna['id']}"))[-1]["text"] == "/start p1"


async def test_inline_cards(api: Api, page: Page, sim: Simulator) -> None:
    anna = await page.post("users", first_name="Анна")
    asking = asyncio.create_task(page.post("inline", user=anna["id"], query="порт"))
    (update,) = await api.result("getUpdates", timeout=5)
    content = {"message_text": "Порт"}
    card = {"type": "article", "id": "1", "title": "Порт", "input_message_content": content}
    await api.result(
        "answerInlineQuery", inline_query_id=update["inline_query"]["id"], results=[card]
    )
    answer = await asking
    chosen = await page.post("choose", query_id=answer["query_id"], result_id="1", chat=anna["id"])
    assert (chosen["text"], chosen["via_bot"]["id"]) == ("Порт", sim.state.world.bot.id)


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("send", {"chat": 1, "user": 1, "text": "а"}, 404),
        ("send", {"text": "а"}, 400),
        ("link", {"user": 1, "url": "x"}, 404),
        ("language", {"user": "x", "language_code": "ru"}, 400),
    ],
)
async def test_refusals(page: Page, path: str, body: dict[str, Any], status: int) -> None:
    assert "error" in await page.post(path, status, **body)


async def test_pages_of_other_sites_are_refused(sim: Simulator, http: httpx.AsyncClient) -> None:
    for origin, status in (("http://example.org", 403), (sim.api_url, 200)):
        response = await http.get(f"{sim.api_url}/control/state", headers={"origin": origin})
        assert response.status_code == status
