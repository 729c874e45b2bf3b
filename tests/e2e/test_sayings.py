"""«Что сказал … о …» is answered with that speaker's quotes, or says that there are none."""

from datetime import UTC, date, datetime

import pytest

from bot.app import RunningBot
from bot.ingest.drafts import Overrides, make_draft
from bot.ingest.publish import publish
from bot.simulator import Person, Room, Seen, Simulator
from tests.e2e.conftest import Publish
from tests.e2e.followers import Time

PORT = (
    "Министр Игорь Лисовец заявил 20 января 2026 года: «Порт готов принять первые суда».\n"
    "«За воду в гавани отвечает город», — добавил Игорь Лисовец.\n"
    "Причалы порта осмотрела комиссия."
)
WATER = (
    "Мэр Озёрного Анна Берг сказала: «Воды хватит каждому дому».\n"
    "Анна Берг о порте не говорила ничего."
)
SHIPS = "Министр Игорь Лисовец сообщил: «Порт примет сто судов за лето»."

pytestmark = pytest.mark.usefixtures("sayings")


@pytest.fixture
def clock() -> Time:
    """Return the bot's clock."""
    return Time(datetime(2026, 3, 1, 12, tzinfo=UTC))


@pytest.fixture
async def sayings(add_article: Publish) -> None:
    """Publish three articles with quotes."""
    await add_article(PORT, "Гавань готова", day=date(2026, 1, 22))
    await add_article(WATER, "Вода для Озёрного", day=date(2026, 2, 3))
    await add_article(SHIPS, "Летний план", day=date(2026, 2, 20))


async def asked(chat: Room, question: str) -> Seen:
    await chat.send(question)
    return await chat.reply()


def quoted(message: Seen) -> list[str]:
    return list(message.marked("blockquote"))


@pytest.mark.parametrize(
    "question",
    [
        "что сказал Лисовец о воде?",
        "что И. Лисовец говорил про воду",
        "слова Лисовца о воде в гавани",
        "цитата министра Лисовца о воде",
        "по словам Лисовца, кто отвечает за воду?",
        "кто отвечает за воду по словам Лисовца",
        "what did Lisovets say about воду",
        "кто сказал, что за воду в гавани отвечает город?",
    ],
)
async def test_a_speaker_answers_in_his_own_words(chat: Room, question: str) -> None:
    """In any case, with initials, in Latin letters; with the card of a quote."""
    reply = await asked(chat, question)
    assert quoted(reply) == ["За воду в гавани отвечает город"]
    assert "— Игорь Лисовец" in reply.text
    assert "Сообщить об ошибке" in reply.labels


async def test_a_role_names_the_one_speaker_who_has_it(chat: Room, add_article: Publish) -> None:
    """Of two who have it neither is meant."""
    assert quoted(await asked(chat, "что сказала мэр о воде")) == ["Воды хватит каждому дому"]
    await add_article("Мэр Кортаны Пётр Стрелец сказал: «Дом сдан».", "Дом", day=date(2026, 2, 4))
    assert "— " not in (await asked(chat, "что сказал мэр о воде")).text


async def test_several_quotes_are_paged_newest_first(chat: Room) -> None:
    """As in /quote."""
    reply = await asked(chat, "что говорил Лисовец о порте")
    assert reply.text.startswith("1 из 2")
    assert quoted(reply) == ["Порт примет сто судов за лето"]
    await chat.press(reply, "Вперёд")
    assert quoted(await chat.edited(reply)) == ["Порт готов принять первые суда"]


async def test_without_a_topic_all_he_said(chat: Room) -> None:
    """Newest first."""
    assert (await asked(chat, "что сказал Лисовец?")).text.startswith("1 из 3")


async def test_a_period_holds_for_quotes_too(chat: Room) -> None:
    """By the day of speech."""
    reply = await asked(chat, "что Лисовец говорил о порте в январе 2026")
    assert reply.text.splitlines()[0] == "Только за период: январь 2026"
    assert quoted(reply) == ["Порт готов принять первые суда"]


async def test_a_source_narrows_quotes_too(chat: Room, bot: RunningBot) -> None:
    """And is named above them."""
    draft = make_draft(
        "Игорь Лисовец сказал: «Порт закроют на зиму».",
        Overrides(title="Зима", day=date(2026, 2, 25), source="Эхо гавани"),
    )
    await publish(bot.services.db, draft, at=bot.services.now())
    await bot.services.search.refresh()
    reply = await asked(chat, "что сказал Лисовец о порте по данным Эха гавани")
    assert reply.text.splitlines()[0] == "Только статьи: Эхо гавани"
    assert quoted(reply) == ["Порт закроют на зиму"]


async def test_who_said_nothing_about_it_is_told_of(chat: Room) -> None:
    """In one line above the ordinary answer; it stays when the answer is turned."""
    reply = await asked(chat, "что сказала Анна Берг о порте")
    assert reply.text.splitlines()[0] == "Анна Берг: цитат об этом нет."
    assert quoted(reply)
    await chat.press(reply, "Действия")
    assert (await chat.edited(reply)).text == reply.text


async def test_a_refusal_says_so_too(chat: Room) -> None:
    """Before it says that no article has the answer."""
    reply = await asked(chat, "что сказал Лисовец о космодроме в тундре")
    assert reply.text.splitlines()[:2] == [
        *("Игорь Лисовец: цитат об этом нет.", "В статьях нет ответа."),
    ]


async def test_an_unknown_speaker_is_a_question_like_others(chat: Room) -> None:
    """Nobody else's words are put in his mouth."""
    reply = await asked(chat, "что сказал Гордеев о причалах порта")
    assert "цитат" not in reply.text
    assert "— Игорь" not in reply.text


async def test_a_transliterated_question_is_understood(chat: Room) -> None:
    """As it was meant."""
    reply = await asked(chat, "chto skazal lisovets o vode")
    assert quoted(reply) == ["За воду в гавани отвечает город"]


async def test_an_edited_question_becomes_quotes(chat: Room) -> None:
    """In place, with pages that turn."""
    question = await chat.send("причалы порта осмотрела комиссия")
    reply = await chat.reply()
    await chat.edit(question, "что говорил Лисовец о порте")
    mended = await chat.edited(reply)
    assert mended.text.startswith("1 из 2")
    await chat.press(mended, "Вперёд")
    assert (await chat.edited(mended)).text.startswith("2 из 2")


async def test_in_groups_and_inline(sim: Simulator, anna: Person, chat: Room) -> None:
    """The same quotes."""
    group = sim.add_group("Гавань", [anna])
    await group.reply()
    await group.send(f"@{sim.username} что сказал Лисовец о воде", by=anna)
    assert quoted(await group.reply()) == ["За воду в гавани отвечает город"]
    answer = await anna.inline("что сказал Лисовец о воде")
    posted = await anna.choose(answer, answer.cards[0], chat)
    assert quoted(posted) == ["За воду в гавани отвечает город"]
