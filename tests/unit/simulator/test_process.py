"""The simulator in a process of its own."""

import asyncio
import signal
import sys

import httpx


async def test_it_serves_until_it_is_told_to_stop(http: httpx.AsyncClient) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.simulator", "--no-flood", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url, token = (await process.stdout.readline()).decode().split()
    me = (await http.get(f"{url}/bot{token}/getMe")).json()
    assert me["result"]["is_bot"]
    polling = asyncio.create_task(http.get(f"{url}/bot{token}/getUpdates?timeout=50"))
    anna = (await http.post(f"{url}/control/users", json={"first_name": "Анна"})).json()
    sending = {"chat": anna["id"], "user": anna["id"], "text": "вопрос"}
    await http.post(f"{url}/control/send", json=sending)
    assert len((await polling).json()["result"]) == 1
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0
