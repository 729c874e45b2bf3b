"""The demo in a real browser: a newcomer asks and gets the cited paragraph."""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

CHROMIUM = shutil.which("chromium")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: the page is not tested")

#: Without these Chromium looks for its maker's servers at every start.
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """Return the address of a running `paragraf demo`; it ends cleanly when told to."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from bot.cli import main; main()"),
        *("demo", "--no-browser", "--port", "0"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    yield next(word for word in line.split() if word.startswith("http"))
    process.terminate()
    _, errors = await process.communicate()
    assert (process.returncode, errors.decode()) == (0, "")


@pytest.fixture
async def page(address: str) -> AsyncIterator[Page]:
    """Return the page, opened at the width of a phone; its scripts raised nothing."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 390, "height": 800})
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text))
        await page.goto(address)
        await expect(page.locator(".message:not(.mine)").first).to_be_visible()
        yield page
        assert complaints == []
        await browser.close()


async def test_a_newcomer_asks_and_gets_the_cited_paragraph(page: Page) -> None:
    """With its context on a press, in the language of his choice, to the width of a phone."""
    await page.get_by_role("textbox").fill("когда откроется морской порт")
    await page.keyboard.press("Enter")
    quote = page.locator("blockquote").first
    await expect(quote).to_contain_text("откроется 14 сентября 2026 года")
    await page.get_by_role("button", name="Контекст").click()
    await expect(page.locator("blockquote")).to_have_count(2)
    await page.locator("#language").select_option("en")
    await expect(page.locator("#send")).to_have_text("Send")
    await page.get_by_role("textbox").fill("какой урожай хлопка")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message").last).to_contain_text("No article has the answer.")
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
