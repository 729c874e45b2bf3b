"""/quote: who said what, with its provenance."""

from datetime import UTC, date, datetime

import pytest

from bot.simulator import Person, Room, Seen, Simulator
from tests.e2e.conftest import Publish
from tests.e2e.followers import Time

PORT = (
    "20 января 2026 года на форуме в Кортане министр Игорь Гордеев сказал: «Порт готов к работе».\n"
    "«Мы ждём первые суда в марте», — добавил Игорь Гордеев.\n"
    "Источник в порту сообщил: «Краны ещё не проверены никем»."
)
LONG = "Вода и свет нужны каждому дому в Озёрном. " * 8
POWER = f"Министр Анна Берг заявила: «{LONG.strip()}»."

pytestmark = pytest.mark.usefixtures("sayings")


@pytest.fixture
def clock() -> Time:
    """Return the bot's clock."""
    return Time(datetime(2026, 2, 1, 12, tzinfo=UTC))


@pytest.fixture
async def sayings(add_article: Publish) -> None:
    """Publish two articles with quotes."""
    await add_article(PORT, "Порт ждёт", day=date(2026, 1, 22), url="https://example.org/port")
    await add_article(POWER, "Вода для Озёрного", day=date(2025, 6, 8))


async def asked(chat: Room, words: str) -> Seen:
    await chat.send(f"/quote {words}")
    return await chat.reply()


def quoted(message: Seen) -> list[str]:
    return list(message.marked("blockquote"))


async def test_a_quote_has_speaker_day_and_source(chat: Room) -> None:
    """Word for word, with buttons to see more."""
    reply = await asked(chat, "Гордеев готов")
    assert quoted(reply) == ["Порт готов к работе"]
    lines = reply.text.splitlines()
    assert lines[0] == "Цитаты: кто — Игорь Гордеев; тема — «готов»"
    assert lines[2].startswith("— Игорь Гордеев")
    assert lines[3].startswith("20 января 2026")
    assert lines[-1] == "📄 Порт ждёт · 22 января 2026 · абзац 1"
    assert reply.labels == ("Контекст", "Статья", "Источник", "Копировать", "Сообщить об ошибке")


async def test_quotes_of_a_person_are_paged_in_place(chat: Room) -> None:
    """With their number in the text."""
    reply = await asked(chat, "Gordeyev")
    assert reply.text.splitlines()[:2] == ["Цитаты: кто — Игорь Гордеев", "1 из 2"]
    await chat.press(reply, "Вперёд")
    second = await chat.edited(reply)
    assert second.text.splitlines()[:2] == ["Цитаты: кто — Игорь Гордеев", "2 из 2"]
    assert quoted(second) != quoted(reply)
    await chat.press(second, "Назад")
    assert (await chat.edited(second)).text == reply.text


async def test_without_words_a_recent_quote_and_all_speakers(chat: Room) -> None:
    """With counts; a tap shows the quotes of one."""
    reply = await asked(chat, "")
    assert reply.text.startswith("Последняя цитата:")
    assert "Игорь Гордеев — 2 цитаты" in reply.text
    assert "Анна Берг — 1 цитата" in reply.text
    await chat.press(reply, next(label for label in reply.labels if "Берг" in label))
    assert quoted(await chat.reply()) == [LONG.strip()]


async def test_an_unknown_speaker_is_not_guessed(chat: Room) -> None:
    """The words of the text stand for him."""
    reply = await asked(chat, "краны")
    assert quoted(reply) == ["Краны ещё не проверены никем"]
    assert reply.text.splitlines()[2].startswith("— говорящий не установлен")


async def test_by_topic_and_by_period(chat: Room) -> None:
    """Alone or with a speaker."""
    assert quoted(await asked(chat, "вода 2025")) == [LONG.strip()]
    assert (await asked(chat, "вода 2024")).text.startswith("Таких цитат нет.")


async def test_who_is_named_and_not_quoted_is_said(chat: Room, add_article: Publish) -> None:
    """Above what others say of it; not where the quotes asked for are about that person."""
    text = (
        "Мэр Олег Шумов открыл маяк.\n«Маяк построил Олег Шумов», — сказал министр Игорь Гордеев."
    )
    await add_article(text, "Маяк", day=date(2026, 1, 25))
    reply = await asked(chat, "Шумов о маяке")
    assert reply.text.splitlines()[1] == "Олег Шумов: цитат об этом нет."
    assert quoted(reply) == ["Маяк построил Олег Шумов"]
    for words in ("о Шумове", "Гордеев о маяке"):
        reply = await asked(chat, words)
        assert "цитат об этом нет" not in reply.text
        assert quoted(reply) == ["Маяк построил Олег Шумов"]
    lines = (await asked(chat, "Шумов")).text.splitlines()
    assert lines[1] == "Олег Шумов: цитат нет. Имя встречается здесь:"


FORUMS = (
    "20 января 2026 года на форуме в Кортане министр Игорь Гордеев сказал: «Дамба нужна всем».\n"
    "24 января 2026 года на верфи в Озёрном министр Игорь Гордеев сказал: «Дамбу строят вовремя»."
)


@pytest.mark.parametrize(
    ("words", "said", "understood"),
    [
        ("в Озёрном", ["Дамбу строят вовремя"], "где — «в Озёрном»"),
        ("на верфи", ["Дамбу строят вовремя"], "где — «на верфи»"),
        ("на верфи в Озёрном", ["Дамбу строят вовремя"], "где — «на верфи в Озёрном»"),
        ("в Озёрном Гордеев", ["Дамбу строят вовремя"], "кто — Игорь Гордеев; где — «в Озёрном»"),
        ("о верфи", ["Дамбу строят вовремя"], "тема — «верфи»"),
        (
            "Гордеев на форуме о дамбе",
            ["Дамба нужна всем"],
            "кто — Игорь Гордеев; тема — «дамбе»; где — «на форуме»",
        ),
        (
            "Гордеев о дамбе на верфи 24 января 2026",
            ["Дамбу строят вовремя"],
            "кто — Игорь Гордеев; тема — «дамбе»; где — «на верфи»; когда — 24 января 2026",
        ),
    ],
)
async def test_by_the_occasion_and_what_was_understood(
    chat: Room, add_article: Publish, words: str, said: list[str], understood: str
) -> None:
    """A place or event of speech is read with its preposition; the reply says how it was read."""
    await add_article(FORUMS, "Дамба", day=date(2026, 1, 25))
    reply = await asked(chat, words)
    assert reply.text.splitlines()[0] == f"Цитаты: {understood}"
    assert quoted(reply) == said


async def test_an_azerbaijani_locative_is_an_occasion(chat: Room, add_article: Publish) -> None:
    """«Davikda» is «в Давике»."""
    text = (
        "20 января 2026 года в Давике на форуме министр Игорь Гордеев сказал: «Дамба нужна всем»."
    )
    await add_article(text, "Дамба", day=date(2026, 1, 25))
    reply = await asked(chat, "Qordeyev Davikda")
    assert quoted(reply)[:1] == ["Дамба нужна всем"]


@pytest.mark.parametrize(
    "question", ["что сказал Гордеев на верфи", "что Гордеев сказал о дамбе на верфи"]
)
async def test_a_question_names_the_occasion_too(
    chat: Room, add_article: Publish, question: str
) -> None:
    """Beside the speaker or the topic."""
    await add_article(FORUMS, "Дамба", day=date(2026, 1, 25))
    await chat.send(question)
    reply = await chat.reply()
    assert quoted(reply) == ["Дамбу строят вовремя"]
    assert "Вперёд" not in reply.labels


async def test_where_nobody_spoke_is_a_topic(chat: Room, add_article: Publish) -> None:
    """A preposition alone makes no occasion."""
    await add_article("Мэр Олег Шумов сказал: «Свет в гавани погас».", "Свет")
    reply = await asked(chat, "в гавани")
    assert reply.text.splitlines()[0] == "Цитаты: тема — «в гавани»"
    assert quoted(reply) == ["Свет в гавани погас"]


async def test_quotes_of_another_time_are_counted(chat: Room) -> None:
    """Where the time asked for has none."""
    lines = (await asked(chat, "Гордеев 2019")).text.splitlines()
    assert lines[:3] == [
        *("Таких цитат нет.", "Цитаты: кто — Игорь Гордеев; когда — 2019 год"),
        "В другое время: 2 цитаты, 20 января 2026.",
    ]


async def test_a_word_that_no_article_has_is_shown_as_typed(chat: Room) -> None:
    """An abbreviation in capitals, Latin letters as they are, a name with its capital."""
    for typed, shown in (("ОКНО", "ОКНО"), ("charter", "charter"), ("Париже", "Париж")):
        assert f"Не встречается слово: «{shown}»." in (await asked(chat, typed)).text


async def test_an_empty_list_says_whose_quotes_there_are(chat: Room) -> None:
    """With a button each."""
    reply = await asked(chat, "космодром")
    assert reply.text.splitlines()[:3] == [
        *("Таких цитат нет.", "Не встречается слово: «космодром».", "Кого цитируют:")
    ]
    assert any("Гордеев" in label for label in reply.labels)


async def test_a_quote_is_copied_with_its_attribution(chat: Room) -> None:
    """By the button; a long one comes as a message."""
    short = await asked(chat, "Гордеев готов")
    copied = short.button("Копировать").copied
    assert copied
    assert copied.startswith("«Порт готов к работе» — Игорь Гордеев")
    assert "?start=q" in copied
    await chat.press(await asked(chat, "вода"), "Копировать")
    message = await chat.reply()
    assert quoted(message) == [LONG.strip()]
    assert "— Анна Берг" in message.text


async def test_a_link_opens_the_quote(chat: Room, anna: Person, sim: Simulator) -> None:
    """Whoever has it; the context opens beside it."""
    short = await asked(chat, "Гордеев готов")
    link = (short.button("Копировать").copied or "").rpartition(" ")[2]
    await anna.open_link(link)
    opened = await chat.reply()
    assert quoted(opened) == ["Порт готов к работе"]
    await chat.press(opened, "Контекст")
    assert PORT.splitlines()[0] in (await chat.reply()).text


async def test_in_a_topic_the_quote_stays_there(sim: Simulator, anna: Person) -> None:
    """And the asker alone turns its pages."""
    boris = sim.add_user("Борис", language_code="ru")
    group = sim.add_group("Политика", [anna, boris], forum=True)
    topic = group.topic("Порт")
    await topic.send(f"/quote@{sim.username} Гордеев", by=anna)
    reply = await topic.reply()
    assert reply.thread_id == topic.thread_id
    toast = await topic.press(reply, "Вперёд", by=boris)
    assert toast.text == "Эта кнопка не для вас."


@pytest.mark.parametrize("data", ["qt:1:1", "qt:1", "qwho:1", "qcopy:999", "see:999"])
async def test_a_forged_button_is_out_of_date(chat: Room, data: str) -> None:
    """Whatever it names."""
    toast = await chat.press(await asked(chat, "порт"), data=data)
    assert toast.text
    assert "код" not in toast.text


async def test_a_stale_link_leads_to_the_first_screen(
    chat: Room, anna: Person, sim: Simulator
) -> None:
    """With a line that says so."""
    for payload in ("q999", "t999"):
        await anna.open_link(f"https://t.me/{sim.username}?start={payload}")
        assert "устарел" in (await chat.reply()).text


async def test_inline_mode_gives_quotes(anna: Person, chat: Room) -> None:
    """For any chat, with the speaker in the list; the button opens the quote here."""
    answer = await anna.inline("цитата Гордеев")
    assert len(answer.cards) == 2
    card = next(card for card in answer.cards if card.description == "Порт готов к работе")
    assert card.title.startswith("Игорь Гордеев")
    assert card.title.endswith("20 января 2026")
    message = await anna.choose(answer, card)
    assert quoted(message) == ["Порт готов к работе"]
    await anna.open_link(message.button(0).url or "")
    assert quoted(await chat.reply()) == ["Порт готов к работе"]


@pytest.mark.parametrize(
    ("query", "label", "opened"),
    [
        ("цитата космодром", "Таких цитат нет. Показать все", "Последняя цитата:"),
        ("хроника 1999", "Таких событий нет. Показать все", "Хроника · "),
        ("сколько стоит космодром", "Ответа нет. Спросить в личном чате", "Отвечаю абзацем"),
        ("Цитаты: Гордеев", "Спросить в личном чате", "Отвечаю абзацем"),
    ],
)
async def test_an_empty_inline_list_says_what_there_is_instead(
    anna: Person, chat: Room, sim: Simulator, query: str, label: str, opened: str
) -> None:
    """Above the cards, and opens it in the private chat."""
    button = (await anna.inline(query)).button or {}
    assert button["text"] == label
    await anna.open_link(f"https://t.me/{sim.username}?start={button['start_parameter']}")
    assert (await chat.reply()).text.startswith(opened)


async def test_all_speakers_are_reached_page_by_page(chat: Room, add_article: Publish) -> None:
    """In place; after the last page comes the first."""
    names = "Анна Борис Вера Глеб Дарья Егор Жанна Захар Инна Клим Лидия Марк".split()
    said = [f"Депутат {name} Соколов сказал: «Мост номер {name} готов давно»." for name in names]
    await add_article("\n".join(said), "Мосты")
    reply = await asked(chat, "")
    assert "страница 1 из 2" in reply.text
    await chat.press(reply, "Ещё")
    second = await chat.edited(reply)
    assert second.text.splitlines()[0] == "Кого цитируют:"
    assert second.text.splitlines()[-1] == "страница 2 из 2"
    assert second.text.splitlines()[1].startswith("13. ")
    await chat.press(second, "Ещё")
    assert "страница 1 из 2" in (await chat.edited(second)).text


async def test_what_a_list_of_quotes_leaves_out_is_said(chat: Room, add_article: Publish) -> None:
    """Nobody pages through more."""
    told = [f"Министр Игорь Гордеев сказал: «Мост номер {n} готов давно»." for n in range(205)]
    await add_article("\n".join(told), "Мосты")
    reply = await asked(chat, "Гордеев")
    assert reply.text.splitlines()[:2] == [
        *("Цитаты: новейшие 200; кто — Игорь Гордеев", "1 из 200"),
    ]
    older = "Министр Игорь Гордеев сказал: «Электростанция на нефти даст свет». Энергетика растёт."
    await add_article(older, "Свет", day=date(2020, 1, 1))
    reply = await asked(chat, "энергетика 2020")
    assert quoted(reply) == ["Электростанция на нефти даст свет"]
    assert quoted(await asked(chat, "энергетика")) == ["Электростанция на нефти даст свет"]
