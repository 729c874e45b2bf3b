"""The demo and its chat page in a real browser."""

import asyncio
import re
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect
from telegram import Bot, CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from bot.simulator import Simulator

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


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Page]:
    """Open the page at the width of a phone; its scripts raise nothing."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": 390, "height": 800})
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text))
        await page.goto(address)
        yield page
        assert complaints == []
        await browser.close()


@pytest.fixture
async def page(address: str) -> AsyncIterator[Page]:
    """Return the page of the demo, once the bot has said its first word."""
    async with opened(address) as page:
        await expect(page.locator(".message:not(.mine)").first).to_be_visible()
        yield page


@pytest.fixture
async def telegram() -> AsyncIterator[Simulator]:
    """Return a stand-in for Telegram with one reader and no bot but the test."""
    async with Simulator() as telegram:
        yield telegram


async def test_a_newcomer_asks_and_gets_the_cited_paragraph(page: Page) -> None:
    """With its context on a press, in the language of his choice, to the width of a phone."""
    await page.get_by_role("textbox").fill("когда откроется морской порт")
    await page.keyboard.press("Enter")
    quote = page.locator("blockquote").first
    await expect(quote).to_contain_text("откроется 14 сентября 2026 года")
    await page.get_by_role("button", name="Контекст").click()
    await expect(page.locator("blockquote")).to_have_count(2)
    await page.locator("#language").select_option("en")
    await expect(page.get_by_role("button", name="Send")).to_be_visible()
    await page.get_by_role("textbox").fill("какой урожай хлопка")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message").last).to_contain_text("No article has the answer.")
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


async def test_links_of_the_bot_open_in_the_page_and_cards_come_while_one_types(
    page: Page,
) -> None:
    """The permalink of an answer shows its context; a chosen card becomes a message."""
    await page.get_by_role("textbox").fill("когда откроется морской порт")
    await page.keyboard.press("Enter")
    await page.locator(".bubble a").last.click()
    await expect(page.locator("blockquote")).to_have_count(3)
    await page.get_by_role("textbox").fill("@paragraf_bot морской порт")
    await page.locator("#cards button").first.click()
    await expect(page.locator(".message.mine blockquote")).to_contain_text("14 сентября 2026")
    await expect(page.locator("#cards")).to_be_hidden()


async def test_a_topic_is_a_chat_of_its_own(page: Page) -> None:
    """What is asked and answered in one topic is not seen in another."""
    await page.locator("#chat").select_option(label="Форум · Энергетика")
    await expect(page.locator("#title")).to_have_text("Форум · Энергетика")
    await page.get_by_role("textbox").fill("/ask когда откроется морской порт")
    await page.keyboard.press("Enter")
    await expect(page.locator("blockquote")).to_have_count(1)
    await page.locator("#chat").select_option(label="Форум · Транспорт")
    await expect(page.locator("#title")).to_have_text("Форум · Транспорт")
    await expect(page.locator(".message")).to_have_count(0)


async def test_a_question_is_edited_and_a_reply_shows_what_it_replies_to(page: Page) -> None:
    """An edited question gets its answer edited; the keyboard alone is enough for both."""
    await page.get_by_role("textbox").fill("какой урожай хлопка")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message").last).to_contain_text("В статьях нет ответа.")
    count = await page.locator(".message").count()
    await page.get_by_role("button", name="Изменить").last.press("Enter")
    await expect(page.get_by_role("textbox")).to_have_value("какой урожай хлопка")
    await page.get_by_role("textbox").fill("когда откроется морской порт")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message").last).to_contain_text("14 сентября 2026 года")
    await expect(page.locator(".message")).to_have_count(count)
    await page.get_by_role("button", name="Ответить").last.press("Enter")
    await page.get_by_role("textbox").fill("спасибо")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message.mine .reply").last).to_contain_text("Морской порт Кортан")


async def test_what_a_bot_writes_is_text_and_a_long_quote_folds(telegram: Simulator) -> None:
    """Markup shows as it was typed; the toggle is there for a quote that is too long only."""
    anna = telegram.add_user("Анна", language_code="ru")
    long = "Порт откроется в сентябре. " * 30
    copy = InlineKeyboardButton("Копировать", copy_text=CopyTextButton("цитата"))
    async with opened(f"{telegram.api_url}/") as page:
        await expect(page.locator(".message.mine")).to_have_text(re.compile("/start"))
        async with Bot(telegram.token, base_url=f"{telegram.api_url}/bot") as bot:
            await bot.send_message(
                anna.id,
                "&lt;img src=x onerror=alert(1)&gt; <b>жирный <i>курсив</i></b>"
                f"<blockquote expandable>{long}</blockquote>"
                "<blockquote expandable>коротко</blockquote>",
                parse_mode="HTML",
                reply_markup=InlineKeyboardMarkup([[copy]]),
            )
        bubble = page.locator(".message:not(.mine) .bubble")
        await expect(bubble).to_contain_text("<img src=x onerror=alert(1)>")
        await expect(bubble.locator("img")).to_have_count(0)
        await expect(bubble.locator("b i")).to_have_text("курсив")
        fold = page.get_by_role("button", name="Показать целиком")
        await expect(fold).to_have_count(1)
        await fold.click()
        await expect(page.get_by_role("button", name="Свернуть")).to_be_visible()
        await page.get_by_role("button", name="Копировать").click()
        await expect(page.locator("#toast")).to_have_text("Скопировано")
