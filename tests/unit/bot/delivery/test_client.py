"""HTTP to the Bot API: by which proxy, and in what form."""

import pytest
from telegram import Bot

from bot.delivery.client import Client, find_proxy, post
from bot.simulator import Simulator

API = "https://api.telegram.org"


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(
    ("environment", "proxy"),
    [
        ({}, None),
        ({"https_proxy": "http://gate:3128"}, "http://gate:3128"),
        ({"HTTPS_PROXY": "http://gate:3128"}, "http://gate:3128"),
        ({"HTTPS_PROXY": "gate:3128"}, "http://gate:3128"),
        ({"ALL_PROXY": "socks5://gate:1080"}, "socks5://gate:1080"),
        ({"HTTP_PROXY": "http://gate:3128"}, None),
        ({"HTTPS_PROXY": "http://gate:3128", "NO_PROXY": "telegram.org"}, None),
        ({"HTTPS_PROXY": "http://gate:3128", "NO_PROXY": "api.telegram.org:443"}, None),
        ({"HTTPS_PROXY": "http://gate:3128", "NO_PROXY": "telegram.org:80"}, "http://gate:3128"),
    ],
)
def test_the_environment_names_the_proxy(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], proxy: str | None
) -> None:
    """As for every other program of the machine."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert find_proxy(API) == proxy


@pytest.mark.parametrize("url", ["http://localhost:8081", "http://[::1]:8081"])
@pytest.mark.parametrize("names", ["localhost:8081,::1", "localhost,[::1]:8081", "*"])
def test_a_server_beside_the_bot_is_asked_directly(
    monkeypatch: pytest.MonkeyPatch, url: str, names: str
) -> None:
    """Named with its port or without it."""
    monkeypatch.setenv("HTTP_PROXY", "http://gate:3128")
    monkeypatch.setenv("NO_PROXY", names)
    assert find_proxy(url) is None


async def test_parameters_arrive_as_they_were() -> None:
    """Of the library's methods and of ours, beside a file or not."""
    async with Simulator() as sim:
        url = f"{sim.api_url}/bot"
        client = Client(url, 2)
        async with Bot(sim.token, url, request=client, get_updates_request=client) as bot:
            chat = sim.private_chat(sim.add_user("Анна"))
            await chat.send("/start")
            said = {"chat_id": chat.id, "text": "Порт & «Кортан»", "disable_notification": True}
            first = await post(bot, "sendMessage", said, timeout_s=5)
            shown = {"chat_id": chat.id, "caption": "План"}
            files = {"document": ("план.txt", "причал".encode(), "text/plain")}
            second = await post(bot, "sendDocument", shown, files=files, timeout_s=5)
            third = await bot.send_message(chat.id, "ещё")
    assert first["text"] == "Порт & «Кортан»"
    assert second["document"]["file_name"] == "план.txt"
    assert second["caption"] == "План"
    assert first["message_id"] < second["message_id"] < third.message_id
