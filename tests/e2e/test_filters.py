"""Questions that say where to look: a source, a sector, a person; and everywhere after all."""

from datetime import date

import pytest

from bot.app import RunningBot
from bot.ingest.drafts import Overrides, make_draft
from bot.ingest.publish import publish
from bot.simulator import Person, Room, Seen, Simulator
from tests.e2e.conftest import Publish

HERALD = (
    "Новый порт в Кортане примет первые суда в мае.\n"
    "Министр Игорь Лисовец осмотрел причалы порта.\n"
    "Электростанция порта даст 40 мегаватт энергии, сообщило министерство энергетики."
)
ECHO = (
    "Новый порт в Кортане примет первые суда только в августе.\n"
    "Анна Берг спорит о сроках порта с подрядчиком."
)

pytestmark = pytest.mark.usefixtures("sources")


@pytest.fixture
async def sources(bot: RunningBot) -> None:
    """Publish an article each of two sources."""
    for text, title, source, url in (
        (HERALD, "Порт примет суда", "Кортанский вестник", "https://www.herald.example/a/1"),
        (ECHO, "Порт опаздывает", "Эхо гавани", "https://echo.example/2"),
    ):
        overrides = Overrides(title=title, day=date(2026, 2, 11), source=source, url=url)
        draft = make_draft(text, overrides)
        await publish(bot.services.db, draft, at=bot.services.now())
    await bot.services.search.refresh()


async def asked(chat: Room, question: str) -> Seen:
    await chat.send(question)
    return await chat.reply()


def quoted(message: Seen) -> str:
    return next(iter(message.marked("blockquote")))


@pytest.mark.parametrize(
    "question",
    [
        "когда порт примет суда по данным «Кортанского вестника»?",
        "когда, по информации газеты Кортанский вестник, порт примет суда",
        "по сообщению herald.example когда порт примет суда",
        "когда порт примет первые суда, источник: кортанский вестник",
        "когда порт примет суда из Кортанского вестника",
        "по данным Вестника, когда порт примет суда",
        "когда порт примет суда по информации газеты «Вестник»",
        "according to Кортанский вестник, когда порт примет суда",
        "Кортанский вестник-ə görə когда порт примет суда",
        "«Кортанский вестник» qəzetinin məlumatına görə когда порт примет суда",
        "herald.example-ə görə когда порт примет суда",
    ],
)
async def test_a_source_narrows_and_is_named(chat: Room, question: str) -> None:
    """In any case, with quotation marks or without, by its name or its site."""
    reply = await asked(chat, question)
    first = reply.text.splitlines()[0]
    assert first in {"Только статьи: Кортанский вестник", "Только статьи: www.herald.example"}
    assert quoted(reply) == HERALD.splitlines()[0]
    assert "Искать везде" in reply.labels
    await chat.press(reply, "Действия")
    acting = await chat.edited(reply)
    await chat.press(acting, "Почему")
    why = (await chat.reply()).text
    assert "«порт» —" in why
    assert "вестник" not in why


async def test_a_source_that_came_later_is_known(chat: Room, add_article: Publish) -> None:
    """The sources are read anew when the corpus changes."""
    question = "сколько маяков по данным late.example"
    assert "Только" not in (await asked(chat, question)).text
    await add_article("У порта стоят пять маяков.", "Маяки", url="https://late.example/1")
    assert (await asked(chat, question)).text.startswith("Только статьи: late.example")


async def test_everywhere_drops_the_filter(chat: Room) -> None:
    """In place, for the asker; its other buttons know it."""
    reply = await asked(chat, "когда порт примет суда по данным Эха гавани")
    assert quoted(reply) == ECHO.splitlines()[0]
    await chat.press(reply, "Искать везде")
    wide = await chat.edited(reply)
    assert "Только статьи" not in wide.text
    assert "Искать везде" not in wide.labels
    assert quoted(wide) == HERALD.splitlines()[0]
    await chat.press(wide, "Действия")
    acting = await chat.edited(wide)
    assert acting.text == wide.text
    await chat.press(acting, "Назад")
    assert (await chat.edited(acting)).labels == wide.labels


async def test_an_unknown_source_is_a_word_like_others(chat: Room) -> None:
    """Nothing is narrowed to what no article is from."""
    reply = await asked(chat, "когда порт примет первые суда по данным министерства")
    assert "Только" not in reply.text


async def test_a_refusal_says_where_it_looked(chat: Room) -> None:
    """And offers to look everywhere."""
    reply = await asked(chat, "сколько мегаватт даст электростанция порта, источник: Эхо гавани")
    assert reply.text.splitlines()[:2] == [
        *("Только статьи: Эхо гавани", "В статьях нет ответа."),
    ]
    await chat.press(reply, "Искать везде")
    assert quoted(await chat.edited(reply)) == HERALD.splitlines()[2]


@pytest.mark.parametrize(
    "question",
    [
        "что даст порту электростанция в секторе энергетика",
        "сектор: энергетика, что даст порту электростанция",
        "раздел «Энергетика»: что даст электростанция порту",
        "что даст порту электростанция in the energy sector",
    ],
)
async def test_a_sector_narrows_only_where_it_is_asked_for(chat: Room, question: str) -> None:
    """And is named in the answer."""
    reply = await asked(chat, question)
    assert reply.text.splitlines()[0].startswith("Только: Энергетика")
    assert quoted(reply) == HERALD.splitlines()[2]


async def test_a_word_about_a_sector_narrows_nothing(chat: Room) -> None:
    """«про энергетику» is what the question is about."""
    reply = await asked(chat, "что нового про порт и энергетику")
    assert "Только" not in reply.text


async def test_a_person_narrows_to_his_own_words_too(chat: Room, add_article: Publish) -> None:
    """His name stands in none of the paragraphs between the first and the last."""
    said = (
        "«Маяк зажгут летом.\n\nЛампу для маяка купили за морем.\n\nСмотритель уже живёт у моря», "
        "— сказал министр Игорь Лисовец."
    )
    await add_article(said, "Слова министра")
    reply = await asked(chat, "Лисовец: лампа для маяка")
    assert reply.text.startswith("Только: Игорь Лисовец")
    assert quoted(reply) == "Лампу для маяка купили за морем."


@pytest.mark.parametrize(
    "question", ["Лисовец: порт", "персона: Лисовец причалы порта", "И. Лисовец: порт"]
)
async def test_a_person_before_a_colon_narrows(chat: Room, question: str) -> None:
    """To the paragraphs that name him."""
    reply = await asked(chat, question)
    assert reply.text.splitlines()[0] == "Только: Игорь Лисовец"
    assert quoted(reply) == HERALD.splitlines()[1]


async def test_a_colon_alone_narrows_nothing(chat: Room) -> None:
    """A question may have one."""
    assert "Только" not in (await asked(chat, "вопрос: когда порт примет суда")).text


async def narrowed(chat: Room, reply: Seen) -> Seen:
    """Return the answer with what it can be narrowed to under it."""
    await chat.press(reply, "Действия")
    acting = await chat.edited(reply)
    await chat.press(acting, "Сузить")
    return await chat.edited(acting)


async def test_buttons_narrow_to_what_the_passage_has(chat: Room) -> None:
    """Its source, its year, its sector, whom it names; in place, with the question above."""
    reply = await asked(chat, "новый порт в мае")
    offered = await narrowed(chat, reply)
    assert offered.labels[:2] == ("Кортанский вестник", "2026")
    await chat.press(offered, "Кортанский вестник")
    answer = await chat.edited(offered)
    assert answer.text.splitlines()[:2] == [
        *(
            "Вопрос: новый порт в мае, источник: Кортанский вестник",
            "Только статьи: Кортанский вестник",
        ),
    ]
    assert quoted(answer) == HERALD.splitlines()[0]
    await chat.press(answer, "Искать везде")
    assert "Только" not in (await chat.edited(answer)).text


@pytest.mark.parametrize(
    ("question", "label", "line"),
    [
        ("осмотрел причалы", "Игорь", "Только: Игорь Лисовец"),
        ("сколько мегаватт даст электростанция", "Энергетика", "Только: Энергетика"),
        ("осмотрел причалы", "2026", "Только за период: 2026"),
    ],
)
async def test_each_kind_of_filter_has_a_button(
    chat: Room, question: str, label: str, line: str
) -> None:
    """And its line."""
    offered = await narrowed(chat, await asked(chat, question))
    await chat.press(offered, next(each for each in offered.labels if label in each))
    assert line in (await chat.edited(offered)).text.splitlines()[1]


async def test_a_refusal_after_narrowing_shows_the_question(chat: Room) -> None:
    """No message of the reader has it; it can be sent and asked everywhere."""
    offered = await narrowed(chat, await asked(chat, "сроки порта с подрядчиком"))
    await chat.press(offered, "Эхо гавани")
    answer = await chat.edited(offered)
    assert answer.text.startswith("Вопрос: сроки порта с подрядчиком, источник: Эхо гавани")


async def test_the_way_back_from_narrowing(chat: Room) -> None:
    """To the actions, and to the passage."""
    reply = await asked(chat, "новый порт")
    offered = await narrowed(chat, reply)
    await chat.press(offered, "Назад")
    acting = await chat.edited(offered)
    assert "Сузить" in acting.labels
    await chat.press(acting, "Назад")
    assert (await chat.edited(acting)).labels == reply.labels


async def test_only_the_asker_drops_the_filter(sim: Simulator, bot: RunningBot) -> None:
    """In a group everybody sees the button."""
    anna, boris = (sim.add_user(name, language_code="ru") for name in ("Анна", "Борис"))
    group = sim.add_group("Порт", [anna, boris])
    await group.reply()
    await group.send(f"/ask@{sim.username} когда порт примет суда, источник: Эхо гавани", by=anna)
    reply = await group.reply()
    assert reply.text.startswith("Только статьи: Эхо гавани")
    toast = await group.press(reply, "Искать везде", by=boris)
    assert toast.text == "Эта кнопка не для вас."
    await group.press(reply, "Искать везде", by=anna)
    assert "Только" not in (await group.edited(reply)).text


async def test_inline_cards_are_narrowed_too(anna: Person, chat: Room) -> None:
    """And say so."""
    answer = await anna.inline("порт примет суда, источник: Эхо гавани")
    posted = await anna.choose(answer, answer.cards[0], chat)
    assert posted.text.startswith("Только статьи: Эхо гавани")
    assert quoted(posted) == ECHO.splitlines()[0]


@pytest.mark.parametrize("data", ["wide:1", "wide:x", "wide", "nar:1:0", "narto:1:0:0"])
async def test_a_forged_button_is_out_of_date(chat: Room, data: str) -> None:
    """Whatever it names."""
    toast = await chat.press(await asked(chat, "порт"), data=data)
    assert toast.text
    assert "код" not in toast.text
