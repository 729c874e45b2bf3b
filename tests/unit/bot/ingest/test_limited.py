"""Files of every kind are read apart, good ones whole, hostile ones to one clear sentence."""

import asyncio
import gc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.ingest.documents import Document
from bot.ingest.limited import Limits, read_document
from tests.files import (
    MEGABYTE,
    make_busy_pdf,
    make_docx,
    make_docx_bomb,
    make_heavy_docx,
    make_locked_docx,
    make_locked_pdf,
    make_looped_pdf,
    make_lying_docx_bomb,
    make_pdf,
    make_zip,
)

PAGE = """<html><head><title>Порт открыт</title><meta property="og:site_name" content="Вестник">
<meta property="article:published_time" content="2026-02-11T10:00:00Z">
<meta name="author" content="Анна Ким"><script>alert("плохо")</script></head><body><nav>Меню</nav>
<article><h1>Порт открыт</h1><p>Порт открыт и ждёт первых гостей, сказал министр транспорта.</p>
<script>document.write("плохо")</script><p onclick="alert(1)">Глубина причала составляет пятнадцать
метров, длина двести метров.</p></article><footer>© 2019, 3 мая 2018</footer></body></html>
"""


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (make_docx("Порт открыт.", "Пирс готов принять суда."), "a.docx"),
        (make_docx("Порт открыт.", "Пирс готов принять суда."), "нет имени"),
        (make_docx("Порт открыт.", "Пирс готов принять суда."), "a.txt"),
        (make_pdf("Порт открыт.", "Пирс готов принять суда."), "a.pdf"),
        (make_pdf("Порт открыт.", "Пирс готов принять суда."), "a.docx"),
        ("Порт открыт.\nПирс готов принять суда.".encode("cp1251"), "a.txt"),
        ("Порт **открыт**.\n\nПирс готов принять суда.".encode(), "a.md"),
    ],
)
async def test_the_kind_is_told_by_how_a_file_begins(content: bytes, name: str) -> None:
    """Whatever it is called; and each kind gives a line for each paragraph."""
    assert (await read_document(content, name)).text == "Порт открыт.\nПирс готов принять суда."


async def test_a_page_gives_its_article_and_what_it_states() -> None:
    """Without menu and scripts; author and site are who published it."""
    document = await read_document(PAGE.encode(), "")
    assert document == Document(
        "Порт открыт\nПорт открыт и ждёт первых гостей, сказал министр транспорта.\n"
        "Глубина причала составляет пятнадцать метров, длина двести метров.",
        title="Порт открыт",
        day=date(2026, 2, 11),
        source="Анна Ким, Вестник",
        may_have_header=False,
    )


async def test_a_day_is_not_guessed_from_the_words_of_a_page() -> None:
    """A wrong date would be quoted; a missing one is asked for."""
    undated = PAGE.replace("2026-02-11T10:00:00Z", "")
    assert (await read_document(undated.encode(), "")).day is None


async def test_a_word_file_gives_its_title_and_its_tables() -> None:
    """A row is a line."""
    content = make_docx("Порт открыт.", title="О порте", rows=(("Длина", "200 м"), ("Год", "2026")))
    document = await read_document(content, "a.docx")
    assert document.title == "О порте"
    assert document.text.splitlines() == [
        *("О порте", "Порт открыт.", "Длина · 200 м", "Год · 2026"),
    ]


async def test_lines_of_a_pdf_are_paragraphs_again() -> None:
    """A full line goes on, a cut word is whole, a short line with a full stop ends."""
    content = make_pdf(
        "Новый порт откроется осенью и примет первые су-",
        "да, сказал министр. В нём есть всё.",
        "Строительство заняло четыре года и обошлось дешевле, чем",
        "ожидали.",
    )
    assert (await read_document(content, "a.pdf")).text.splitlines() == [
        "Новый порт откроется осенью и примет первые суда, сказал министр. В нём есть всё.",
        "Строительство заняло четыре года и обошлось дешевле, чем ожидали.",
    ]


@pytest.mark.parametrize(
    ("make", "name", "sentence"),
    [
        (make_docx_bomb, "a.docx", "larger than 50 MB"),
        (lambda: make_docx_bomb(45 * MEGABYTE), "a.docx", "far more than it is"),
        (make_lying_docx_bomb, "a.docx", "damaged"),
        (lambda: make_docx("Порт")[:-200], "a.docx", "damaged"),
        (make_locked_docx, "a.docx", "password"),
        (lambda: make_zip(a=b"x"), "a.docx", "cannot read files of this kind"),
        (make_pdf, "a.pdf", "only pictures"),
        (lambda: make_locked_pdf("Порт"), "a.pdf", "password"),
        (make_looped_pdf, "a.pdf", "damaged"),
        (lambda: b"%PDF-1.7\n", "a.pdf", "damaged"),
        ("Это не PDF".encode, "a.pdf", "called so"),
        (lambda: b" \r\n", "a.txt", "empty"),
        (lambda: b"", "a.pdf", "empty"),
        (lambda: b"<html><script>alert(1)</script></html>", "a.html", "no article"),
        (lambda: b"\x89PNG\r\n\x1a\n", "a.txt", "not a text file"),
        (lambda: b"\x89PNG\r\n\x1a\n", "a", "cannot read files of this kind"),
        (lambda: b"{\\rtf1 Port}", "a.doc", "cannot read files of this kind"),
        (lambda: b"MZ", "a.exe", "cannot read files of this kind"),
    ],
)
async def test_what_cannot_be_read_is_refused_in_a_sentence(
    make: Callable[[], bytes], name: str, sentence: str
) -> None:
    """One that says what it is about the file."""
    with pytest.raises(UserError, match=sentence):
        await read_document(make(), name)


async def test_too_much_memory_ends_the_reading_only() -> None:
    """The file is within all limits of archives, and would take its reader gigabytes."""
    with pytest.raises(UserError, match=r"too large inside|takes too long"):
        await read_document(make_heavy_docx(1_200_000), "a.docx")


@pytest.mark.parametrize("limits", [Limits(cpu_s=1), Limits(wall_s=0.5)])
async def test_too_much_time_ends_the_reading_only(limits: Limits) -> None:
    """Of a processor, or by the clock."""
    with pytest.raises(UserError, match="takes too long"):
        await read_document(make_busy_pdf(), "a.pdf", limits=limits)


async def test_a_stopped_reading_leaves_no_process() -> None:
    """Whoever waited for it is cancelled; the process is gone when that is done."""
    reading = asyncio.create_task(read_document(make_busy_pdf(), "a.pdf"))
    await _until(lambda: bool(_children()))
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert _children() == []


async def test_the_process_knows_nothing_of_its_surroundings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No variable and no open file of ours is in it."""
    monkeypatch.setenv("PARAGRAF_TOKEN", "1:secret")
    reading = asyncio.create_task(read_document(make_busy_pdf(), "a.pdf"))
    await _until(lambda: any(map(_is_reader, _children())))
    folder = Path(f"/proc/{_children()[0]}")
    assert (folder / "environ").read_bytes() == b""
    await _until(lambda: (folder / "oom_score_adj").read_text().strip() == "1000")
    assert len(list((folder / "fd").iterdir())) <= 4  # the three pipes, and the copy of one
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading


def _children() -> list[int]:
    """Return the processes that this one has started and that still run."""
    found = Path("/proc/self/task").glob("*/children")
    return [int(key) for path in found for key in path.read_text().split()]


def _is_reader(key: int) -> bool:
    """Return whether a process is the program by now that it becomes."""
    return b"bot.ingest.child" in Path(f"/proc/{key}/cmdline").read_bytes()


async def _until(is_so: Callable[[], bool]) -> None:
    while not is_so():  # noqa: ASYNC110 - nothing tells of the start of a process
        await asyncio.sleep(0)


@pytest.mark.parametrize("steps", [0, 10, 100, 1_000])
async def test_a_reader_whose_caller_has_gone_is_ended(steps: int) -> None:
    """Wherever it was cancelled, twice as well: a process left over is a warning, and so an error.

    As a job that is stopped when the bot is.
    """
    reading = asyncio.create_task(read_document(make_pdf("Порт открыт."), "a.pdf"))
    for _ in range(steps):
        await asyncio.sleep(0)
    reading.cancel()
    await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    gc.collect()
