"""What no other chatbot has, played as it was promised; docs/acceptance.md says what is where."""

import asyncio
import json
import re
from pathlib import Path

import pytest

from bot.app import RunningBot
from bot.commands import COMMANDS
from bot.ingest.drafts import make_draft
from bot.ingest.publish import publish
from bot.locales import get_locale
from bot.simulator import Person, Room, Seen, Simulator
from bot.store.passages import list_paragraphs
from bot.store.roles import Role
from index.types import Language
from tests.e2e.conftest import PORT, Publish
from tests.e2e.terminal import ROOT, Terminal

#: The golden questions of the demo, an object a line.
GOLDEN = [
    json.loads(line)
    for line in (ROOT / "demo" / "golden.jsonl").read_text(encoding="utf-8").splitlines()
]

#: Questions of one person before he is told to wait. Source: docs/reliability.md, limits.
MOST_IN_A_ROW = 20

#: Every third of them, lest the test be long; all of them are measured by `paragraf eval golden`.
ANSWERABLE = [each["question"] for each in GOLDEN if each["article"]][::3]
UNANSWERABLE = [each["question"] for each in GOLDEN if not each["article"]][::3]


@pytest.fixture
async def demo(bot: RunningBot) -> int:
    """Publish the articles of the demo; return how many there are."""
    files = sorted((ROOT / "demo" / "articles").glob("*.txt"))
    for file in files:
        draft = make_draft(file.read_text(encoding="utf-8"))
        await publish(bot.services.db, draft, at=bot.services.now())
    await bot.services.search.refresh()
    return len(files)


async def ask_all(sim: Simulator, questions: list[str]) -> list[Seen]:
    """Return the replies to questions, in order; nobody asks so many that he is told to wait."""
    replies = []
    for number, question in enumerate(questions):
        if number % MOST_IN_A_ROW == 0:
            room = sim.private_chat(sim.add_user(f"Читатель {number}", language_code="ru"))
        await room.send(question)
        replies.append(await room.reply())
    return replies


async def test_every_golden_answer_is_a_slice_of_a_stored_text(
    sim: Simulator, bot: RunningBot, demo: int
) -> None:
    """Word for word."""
    stored = [
        passage.text
        for article_id in range(1, demo + 1)
        for passage in await list_paragraphs(bot.services.db, article_id)
    ]
    replies = await ask_all(sim, ANSWERABLE)
    quoted = [words for reply in replies for words in reply.marked("blockquote")]
    assert len(quoted) > len(ANSWERABLE) / 2
    assert [words for words in quoted if not any(words in text for text in stored)] == []


async def test_every_refusal_says_why(sim: Simulator, demo: int) -> None:
    """It names a word that no article has, or says that no paragraph has the words together."""
    refusals = [
        reply.text
        for reply in await ask_all(sim, UNANSWERABLE)
        if "В статьях нет ответа." in reply.text
    ]
    reasons = (
        "Не встречается слово: «",
        "Не встречаются слова: «",
        "Нет абзаца, где эти слова стоят вместе.",
    )
    assert refusals
    assert [text for text in refusals if not any(reason in text for reason in reasons)] == []


@pytest.mark.usefixtures("articles")
async def test_of_a_hundred_messages_of_a_group_three_are_answered(sim: Simulator) -> None:
    """A command, a mention, a reply; the talk of others is not the bot's."""
    people = [sim.add_user(name, language_code="ru") for name in ("Анна", "Борис", "Вера")]
    group = sim.add_group("Политика", people, forum=True)
    topic = group.topic("Порт")
    answered, reply = 0, None
    for number in range(100):
        by = people[number % 3]
        if number in {20, 50}:
            asks = {20: f"/ask@{sim.username} глубина причала", 50: f"@{sim.username} квота зерна"}
            await topic.send(asks[number], by=by)
        elif number == 80 and reply:
            await topic.send("субсидии фермерам", by=by, reply_to=reply)
        else:
            await topic.send(f"Глубина порта и урожай — тема номер {number}?", by=by)
            continue
        reply = await topic.reply()
        answered += 1
        assert reply.thread_id == topic.thread_id
        assert list(reply.marked("blockquote"))
    written = sim.journal.requests("sendMessage", group.id)
    assert len(written) == answered + 1 == 4  # the first is the word of greeting


@pytest.mark.usefixtures("articles")
async def test_inline_and_guest_mode_give_the_same_card(sim: Simulator, anna: Person) -> None:
    """With the same words and the same link."""
    answer = await anna.inline("глубина главного причала")
    inline = await anna.choose(answer, answer.cards[0])
    group = sim.add_group("Чужая", [anna], bot=None)
    guest = await anna.ask_guest(group, f"@{sim.username} глубина главного причала")
    assert (guest.text, guest.links()) == (inline.text, inline.links())
    assert list(guest.marked("blockquote")) == [PORT.splitlines()[1]]


async def test_an_article_whose_site_is_gone_is_read_and_says_when_it_was_taken(
    chat: Room, add_article: Publish, bot: RunningBot
) -> None:
    """Answer, context and article come from the store: the host below is nowhere."""
    await add_article(PORT, "Порт", url="https://gone.invalid/port")
    day = get_locale(Language.RU).day(bot.services.now().date())
    await chat.send("глубина причала")
    answer = await chat.reply()
    assert list(answer.marked("blockquote")) == [PORT.splitlines()[1]]
    await chat.press(answer, "Статья")
    article = await chat.reply()
    assert list(article.marked("blockquote")) == PORT.splitlines()
    await chat.press(answer, "Контекст")
    context = await chat.edited(answer)
    for shown in (article, context):
        assert shown.text.splitlines()[-1] == f"Текст взят {day}."


@pytest.mark.usefixtures("articles")
async def test_the_terminal_gives_the_answer_of_the_bot(chat: Room, tmp_path: Path) -> None:
    """From the same store, while the bot runs."""
    question = "глубина главного причала"
    await chat.send(question)
    (shown,) = (await chat.reply()).marked("blockquote")
    terminal = Terminal(tmp_path)
    ended = await asyncio.to_thread(
        terminal.run, "ask", "--json", question, PARAGRAF_DATA=str(tmp_path)
    )
    answer = json.loads(ended.out)
    assert answer["verdict"] == "answer"
    assert answer["passages"][0]["text"] == shown


@pytest.mark.usefixtures("articles")
async def test_no_log_holds_what_people_wrote(
    chat: Room, anna: Person, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Questions, commands with words, inline queries, buttons."""
    for words in ("глубина абракадабрия", "/quote абракадабрия", "/timeline абракадабрия 2025"):
        await chat.send(words)
        reply = await chat.reply()
        for button in filter(None, (reply.button(n).data for n in range(len(reply.labels)))):
            await chat.press(reply, data=button)
    await anna.inline("цитата абракадабрия")
    logged = "".join((*capfd.readouterr(), caplog.text)).casefold()
    assert "абракадабр" not in logged
    assert "глубина" not in logged


def _of_others(said: str, language: Language) -> list[str]:
    """Return the labels of the menu and of buttons that are there in another language."""
    words = ("Back", "Next", "More", "All commands", "Sector", "Export", "Ask a question")
    theirs = {
        locale.text(word)
        for locale in map(get_locale, Language)
        if locale.language is not language
        for word in words
    }
    ours = {get_locale(language).text(word) for word in words}
    return [word for word in theirs - ours if re.search(rf"(?<!\w){word}(?!\w)", said)]


@pytest.mark.parametrize("language", list(Language))
async def test_each_command_speaks_the_language_of_its_reader(
    sim: Simulator, demo: int, language: Language
) -> None:
    """Buttons keep the rules of accessibility, as in every test; no sentence is another's."""
    room = sim.private_chat(sim.add_user("Читатель", language_code=language.value))
    for command in COMMANDS:
        if command.role is Role.READER and command.name != "forget":
            await room.send(f"/{command.name}")
            reply = await room.reply()
            said = f"{reply.text} {' '.join(reply.labels)}"
            assert not _of_others(said, language)


async def test_pictures_come_with_words(chat: Room, demo: int) -> None:
    """What a picture shows is in its caption and in the message it answers."""
    await chat.send("/timeline порт")
    listed = await chat.reply()
    await chat.press(listed, "Картинка")
    picture = await chat.reply()
    assert picture.text.startswith("На картинке событи")
    assert picture.reply_to_id == listed.id
