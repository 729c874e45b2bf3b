"""Articles that hold what markup, files and directions of writing have a meaning for."""

from datetime import UTC, date, datetime

import pytest

from bot.app import RunningBot
from bot.simulator import Person, Room, Seen, Simulator
from bot.store.passages import list_paragraphs
from tests.e2e.conftest import Publish
from tests.e2e.followers import Time

TITLE = '<b>Порт</b> & "кавычки" =HYPERLINK("http://evil.example") \u202eтроп\u202c 👩‍👩‍👧'
LONG = "Гавань нужна каждому городу у моря, и это знают все. " * 90
LINES = (
    "5 мая 2025 года <b>открыли</b> порт &amp; </blockquote> <script>alert(1)</script> в Кортане.",
    "6 мая 2025 года \u202eоткрыли\u202c верфь \u2067שלום\u2069 مرحبا и мо\u200bст 🙂🇦🇿 桥 e\u0301.",  # noqa: E501 - invisible
    "=7 мая 2025 года министр <i>Игорь</i> Лисовец открыл +причал @SUM(1); «x\\N».",
    "«Дамба <u>готова</u> & стоит 🙂 \u202eмного\u202c», — сказал министр Игорь Лисовец.",
    f"Министр Игорь Лисовец 8 мая 2025 года на форуме в Кортане сказал: «{LONG.strip()}».",
    f"9 мая 2025 года министр энергетики Анна Берг осмотрела порт {'щ' * 300}.",
    "Министерство <энергетики> & Ко открыло станцию 10 мая 2025 года.",
)
TEXT = "\n".join(LINES)

COMMANDS = (
    *("/timeline", "/timeline <b>", "/timeline энергетика", "/quote", "/quote на форуме"),
    *("/quote </blockquote>&amp;", "/people", "/people Лисовец", "/people энергетики", "/sectors"),
    *("/sectors энергетика", "/quote " + "щ" * 900),
)

#: Buttons that are pressed below each reply: more than any has.
MOST_PRESSED = 24

pytestmark = pytest.mark.usefixtures("hostile")


@pytest.fixture
def clock() -> Time:
    """Return the bot's clock."""
    return Time(datetime(2026, 2, 1, 12, tzinfo=UTC))


@pytest.fixture
async def hostile(add_article: Publish) -> None:
    """Publish the article, and make it a year later."""
    await add_article(TEXT, TITLE, day=date(2025, 5, 10), url="https://example.org/?a=<b>&c='\"")


@pytest.fixture
async def stored(hostile: None, bot: RunningBot) -> str:
    """Return the text as it is kept: marks of direction that end nowhere are not."""
    return "\n".join(passage.text for passage in await list_paragraphs(bot.services.db, 1))


def assert_whole(message: Seen, stored: str) -> None:
    """See that what is quoted stands in the article, and that nothing failed."""
    assert len(message.text.encode("utf-16-le")) // 2 <= 4096
    for kind in ("blockquote", "expandable_blockquote"):
        for quoted in message.marked(kind):
            assert quoted.strip() in stored
    assert "Не получилось" not in message.text


@pytest.mark.parametrize("command", COMMANDS)
async def test_every_button_below_every_reply_works(
    sim: Simulator, chat: Room, stored: str, command: str
) -> None:
    """Nothing is taken for markup, nothing breaks, nothing is lost."""
    await chat.send(command)
    first = await chat.reply()
    assert_whole(first, stored)
    for number in range(min(len(first.labels), MOST_PRESSED)):
        if (data := first.button(number).data) is not None:
            toast = await chat.press(first, data=data)
            assert "код" not in (toast.text or "")
    await chat.send("/cancel")
    while not (message := await chat.reply()).text.startswith("Отменять нечего."):
        assert_whole(message, stored)
    told = [request.params.get("text", "") for request in sim.journal.requests()]
    assert not [text for text in told if "Не получилось" in str(text)]


async def test_long_words_are_quoted_to_the_limit_of_a_message(chat: Room, stored: str) -> None:
    """And copied as a message that says that it goes on."""
    await chat.send("/quote на форуме")
    reply = await chat.reply()
    (quoted,) = reply.marked("blockquote")
    assert len(quoted) > 2500
    assert LONG.startswith(quoted)
    assert "…" in reply.text
    await chat.press(reply, "Копировать")
    copied = await chat.reply()
    assert_whole(copied, stored)
    assert "— Игорь Лисовец" in copied.text


@pytest.mark.parametrize("words", ["хроника", "цитата", "хроника <b>", "порт в Кортане", "🙂"])
async def test_inline_cards_are_whole_too(anna: Person, stored: str, words: str) -> None:
    """Chosen, each becomes a message."""
    answer = await anna.inline(words)
    for card in answer.cards:
        assert_whole(await anna.choose(answer, card), stored)


@pytest.mark.parametrize("theme", ["Картинка", "Тёмная картинка"])
async def test_a_picture_of_it_is_drawn(chat: Room, theme: str) -> None:
    """Light and dark."""
    await chat.send("/timeline")
    listed = await chat.reply()
    await chat.press(listed, "Картинка")
    picture = await chat.reply()
    if theme in picture.labels:
        await chat.press(picture, theme)
        picture = await chat.reply()
    assert chat.file(picture).startswith(b"\x89PNG")
