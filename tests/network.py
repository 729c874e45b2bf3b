"""A small internet in a network namespace, with a public site and private ones.

Run as a program by `unshare`: it fetches each address and prints what came of it. A name server of
its own makes names, some of which move from a public address to a private one.
"""

import asyncio
import gzip
import json
import socket
import ssl
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from bot.errors import UserError
from bot.ingest.fetch import fetch
from tests.network_tls import UNKNOWN, asked_for, make_certificates

PUBLIC = "93.184.216.34"

#: Each answers, and counts who asks.
PRIVATE = (
    *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1"),
    *("::1", "fd00::1", "198.18.0.1", "0.0.0.0"),  # noqa: S104 - of a namespace of its own
)

#: The addresses of names, in turn; two in one answer where there are two in one place.
NAMES = {
    "public.test": ((PUBLIC,),),
    "private.test": (("10.0.0.1",),),
    "mixed.test": ((PUBLIC, "10.0.0.1"),),
    "rebinding.test": ((PUBLIC,), ("127.0.0.1",)),
    "moving.test": ((PUBLIC,), ("127.0.0.1",)),
    "unnamed.test": ((PUBLIC,),),
    UNKNOWN: ((PUBLIC,),),
}

#: What paths give beside those below: other tests put pages and whole responses here.
PAGES: dict[str, bytes] = {}

ARTICLE = (
    b"<html><body><article><p>" + "Порт открыт. ".encode() * 20 + b"</p></article></body></html>"
)

#: No connection serves twice here.
CLOSING = "Connection: close\r\n\r\n"

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"

hits: Counter[str] = Counter()

#: The hosts that requests named, over TLS, in order.
hosts: list[str] = []


def main() -> None:
    """Fetch the addresses that are given as JSON, and print what came of each."""
    folder = Path(sys.argv[2])
    setup(folder)
    outcomes = asyncio.run(_fetch_all(json.loads(sys.argv[1]), make_certificates(folder)))
    told = {"outcomes": outcomes, "hits": hits, "hosts": hosts, "asked for": asked_for}
    sys.stdout.write(json.dumps(told))


def setup(folder: Path) -> None:
    """Give this namespace its addresses and its name server; files of it go into the folder."""
    _run("ip", "link", "set", "lo", "up")
    for address in (PUBLIC, *PRIVATE):
        if address not in ("127.0.0.1", "::1", "0.0.0.0"):  # noqa: S104
            _run("ip", "address", "add", address, "dev", "lo", *_no_probing(address))
    for name, text in (
        ("resolv.conf", "nameserver 127.0.0.1\n"),
        ("hosts", "127.0.0.1 localhost\n"),
    ):
        file = folder / name
        file.write_text(text)
        _run("mount", "--bind", str(file), f"/etc/{name}")
    names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    names.bind(("127.0.0.1", 53))
    threading.Thread(target=_serve_names, args=(names,), daemon=True).start()


def _no_probing(address: str) -> tuple[str, ...]:
    return ("nodad",) if ":" in address else ()


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


async def _fetch_all(urls: list[str], certificates: ssl.SSLContext) -> dict[str, str]:
    _bomb()  # it takes a while, in which nobody would be served
    async with serving(certificates):
        return {url: await _outcome(url) for url in urls}


async def _outcome(url: str) -> str:
    try:
        page = await fetch(url, most_s=2 if url.endswith("/drip") else 20)
    except UserError as error:
        return error.message_id
    return f"{len(page.content or b'')} bytes"


@asynccontextmanager
async def serving(certificates: ssl.SSLContext | None = None) -> AsyncIterator[None]:
    """Serve on every address, ports 80 and 8080, for as long as the block lasts; 443 with TLS."""
    ports = {80: None, 8080: None} | ({443: certificates} if certificates else {})
    servers = [
        await asyncio.start_server(_answer, address, port, ssl=context)
        for address in (PUBLIC, *PRIVATE[:-1])
        for port, context in ports.items()
    ]
    try:
        yield
    finally:
        for server in servers:
            server.close()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    address = writer.get_extra_info("sockname")[0]
    hits["public" if address == PUBLIC else "private"] += 1
    path = (await reader.readline()).decode().split()[1]
    if writer.get_extra_info("ssl_object"):
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        hosts.append(head.partition("host: ")[2].partition("\r\n")[0])
    try:
        if path == "/drip":
            await _drip(writer)
        else:
            writer.write(_page(path))
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def _drip(writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD + b"\r\n")
    while True:
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(0.1)


def _page(path: str) -> bytes:
    if path in PAGES:
        return PAGES[path]
    if path.startswith("/to/"):
        return f"HTTP/1.1 302 Found\r\nLocation: http://{path[4:]}\r\n{CLOSING}".encode()
    if path.startswith("/tls/"):
        return f"HTTP/1.1 302 Found\r\nLocation: https://{path[5:]}\r\n{CLOSING}".encode()
    if path == "/round":
        return b"HTTP/1.1 302 Found\r\nLocation: /round\r\n\r\n"
    if path == "/bomb":
        return HEAD + b"Content-Encoding: gzip\r\n\r\n" + _bomb()
    if path == "/twice":
        packed = gzip.compress(gzip.compress(bytes(9_000_000)))
        return HEAD + b"Content-Encoding: gzip, gzip\r\n\r\n" + packed
    if path == "/large":
        return HEAD + b"\r\n" + bytes(6_000_000)
    if path == "/picture":
        return b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"
    if path == "/gone":
        return b"HTTP/1.1 404 Not Found\r\n\r\n"
    return HEAD + b"\r\n" + ARTICLE


@cache
def _bomb() -> bytes:
    """Return 200 KB that unpack to 200 MB."""
    return gzip.compress(bytes(200_000_000))


def _serve_names(sock: socket.socket) -> None:
    """Answer questions for A records. Source: RFC 1035, 4.1."""
    asked: Counter[str] = Counter()
    while True:
        question, sender = sock.recvfrom(512)
        labels, at = [], 12
        while length := question[at]:
            labels.append(question[at + 1 : at + 1 + length].decode())
            at += length + 1
        name, kind = ".".join(labels), question[at + 1 : at + 3]
        turns = NAMES.get(name, ())
        addresses: tuple[str, ...] = ()
        if turns and kind == b"\0\1":
            addresses = turns[min(asked[name], len(turns) - 1)]
            asked[name] += 1
        answers = b"".join(
            b"\xc0\x0c\0\1\0\1\0\0\0\0\0\4" + socket.inet_aton(each) for each in addresses
        )
        head = question[:2] + b"\x81\x80\0\1" + len(addresses).to_bytes(2, "big") + bytes(4)
        sock.sendto(head + question[12 : at + 5] + answers, sender)


if __name__ == "__main__":
    main()
