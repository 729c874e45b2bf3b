"""Fault switches: which request they hit, and whether it had its effect."""

import asyncio

import httpx
import pytest

from bot.simulator import Room, Simulator

from .conftest import Api


@pytest.fixture
async def room(sim: Simulator) -> Room:
    anna = sim.add_user("Анна")
    await anna.chat.send("/start")
    return anna.chat


async def test_a_fault_hits_the_method_the_chat_and_the_turn_it_names(
    api: Api, sim: Simulator, room: Room
) -> None:
    sim.faults.error("sendMessage", 500, "Internal Server Error", after=1, chat_id=room.id)
    await api.result("getMe")
    answers = [await api("sendMessage", chat_id=room.id, text=str(n)) for n in range(3)]
    assert [a["ok"] for a in answers] == [True, False, True]
    assert [m.text for m in room.unread()] == ["0", "2"]
    assert [r.fault for r in sim.journal.requests("sendMessage")] == [None, "error", None]


async def test_a_flood_answer_says_how_long(api: Api, sim: Simulator, room: Room) -> None:
    sim.faults.flood("*", 7200, times=None)
    answer = await api("sendMessage", chat_id=room.id, text="а")
    assert answer["parameters"] == {"retry_after": 7200}
    await api.result("getUpdates")
    sim.faults.clear()
    await api.result("sendMessage", chat_id=room.id, text="а")


async def test_html_pages_are_no_json(api: Api, sim: Simulator, http: httpx.AsyncClient) -> None:
    sim.faults.html("getMe", 504)
    response = await http.get(f"{sim.api_url}/bot{sim.token}/getMe")
    assert response.status_code == 504
    assert "504 Gateway Timeout" in response.text


async def test_a_request_whose_sender_died_while_held_never_happened(
    api: Api, sim: Simulator, room: Room
) -> None:
    held = sim.faults.hold_before("sendMessage")
    sending = asyncio.create_task(api("sendMessage", chat_id=room.id, text="а"))
    await held.reached.wait()
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    await api.result("getMe")
    held.release()
    await api.result("getMe")
    assert room.unread() == []
    assert [r.is_applied for r in sim.journal.requests("sendMessage")] == [False]


async def test_a_held_request_goes_on_when_released(api: Api, sim: Simulator, room: Room) -> None:
    held = sim.faults.hold_before("sendMessage")
    sending = asyncio.create_task(api.result("sendMessage", chat_id=room.id, text="а"))
    await held.reached.wait()
    assert room.unread() == []
    held.release()
    assert (await sending)["text"] == "а"


async def test_an_answer_withheld_comes_after_the_effect(
    api: Api, sim: Simulator, room: Room
) -> None:
    held = sim.faults.hold_after("sendMessage")
    sending = asyncio.create_task(api.result("sendMessage", chat_id=room.id, text="а"))
    assert (await room.reply()).text == "а"
    assert not sending.done()
    held.release()
    await sending


@pytest.mark.parametrize("applied", [True, False])
async def test_cut_connections(api: Api, sim: Simulator, room: Room, applied: bool) -> None:
    cut = sim.faults.reset_after if applied else sim.faults.reset_before
    cut("sendMessage")
    with pytest.raises(httpx.RemoteProtocolError):
        await api("sendMessage", chat_id=room.id, text="а")
    assert len(room.unread()) == int(applied)


async def test_a_hanging_poll_loses_nothing(api: Api, sim: Simulator, room: Room) -> None:
    hung = sim.faults.hold_before("getUpdates")
    polling = asyncio.create_task(api("getUpdates"))
    await hung.reached.wait()
    polling.cancel()
    assert len(await api.result("getUpdates")) == 1
    hung.release()


async def test_down_means_refused(api: Api, sim: Simulator) -> None:
    address = sim.api_url
    await sim.go_down()
    with pytest.raises(httpx.ConnectError):
        await api("getMe")
    await sim.come_up()
    assert sim.api_url == address
    await api.result("getMe")


async def test_requests_can_be_waited_for(api: Api, sim: Simulator, room: Room) -> None:
    waiting = asyncio.create_task(sim.asked("sendMessage", 2))
    for text in "аб":
        assert not waiting.done()
        await api.result("sendMessage", chat_id=room.id, text=text)
    assert [r.params["text"] for r in await waiting] == ["а", "б"]


async def test_a_held_request_can_be_dropped(api: Api, sim: Simulator, room: Room) -> None:
    held = sim.faults.hold_before("sendMessage")
    sending = asyncio.create_task(api("sendMessage", chat_id=room.id, text="а"))
    await held.reached.wait()
    held.drop()
    with pytest.raises(httpx.RemoteProtocolError):
        await sending
    assert room.unread() == []


async def test_a_slow_request_waits_as_long_as_it_is_told(
    api: Api, sim: Simulator, room: Room
) -> None:
    slow = sim.faults.slow("sendMessage", seconds=3600)
    sending = asyncio.create_task(api("sendMessage", chat_id=room.id, text="а"))
    await slow.reached.wait()
    await api.result("getMe")
    assert room.unread() == []
    sending.cancel()
    sim.faults.slow("getMe", seconds=0)
    await api.result("getMe")
