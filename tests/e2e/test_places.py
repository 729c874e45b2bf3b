"""Groups, topics, inline mode, languages, commands: the same bot everywhere, and good manners."""

import pytest

from bot.app import RunningBot
from bot.intake.floods import Floods
from bot.simulator import ANONYMOUS_ADMIN_ID, Person, Room, Simulator
from bot.store.chats import get_chat
from tests.e2e.conftest import OWNER_ID, PORT, Publish, published


@pytest.mark.usefixtures("articles")
async def test_in_a_group_it_speaks_only_when_spoken_to(sim: Simulator, anna: Person) -> None:
    """A command, a mention, a reply to it; nothing else, and as an answer to the question."""
    group = sim.add_group("Политика", [anna])
    await group.reply()  # the greeting
    for number in range(20):
        await group.send(f"глубина причала {number}", by=anna)
    question = await group.send(f"@{sim.username} глубина причала", by=anna)
    reply = await group.reply()
    assert reply.reply_to_id == question.id
    assert list(reply.marked("blockquote")) == [PORT.splitlines()[1]]
    asked = await group.send(f"/ask@{sim.username} урожай пшеницы", by=anna)
    answer = await group.reply()
    assert answer.reply_to_id == asked.id
    again = await group.send("субсидии фермерам", by=anna, reply_to=answer)
    assert (await group.reply()).reply_to_id == again.id
    assert len(sim.journal.requests("sendMessage", group.id)) == 4


@pytest.mark.usefixtures("articles")
async def test_who_names_the_bot_under_a_question_has_it_answered(
    sim: Simulator, anna: Person
) -> None:
    """As a reply to the question, whoever asked it; the buttons are his who named the bot."""
    oleg = sim.add_user("Олег", language_code="ru")
    group = sim.add_group("Политика", [anna, oleg])
    await group.reply()
    question = await group.send("какая глубина у причала?", by=oleg)
    await group.send(f"@{sim.username}", by=anna, reply_to=question)
    reply = await group.reply()
    assert reply.reply_to_id == question.id
    assert list(reply.marked("blockquote")) == [PORT.splitlines()[1]]
    await group.press(reply, "Действия", by=anna)
    await group.press(await group.edited(reply), "Почему этот ответ?", by=anna)
    assert "«глубина»" in (await group.reply()).text
    await group.send(f"@{sim.username}", by=anna)
    assert "нет слов" in (await group.reply()).text


@pytest.mark.usefixtures("articles")
async def test_an_anonymous_administrator_is_nobody(sim: Simulator, anna: Person) -> None:
    """Telegram's service accounts speak for others; they get no answer and no right."""
    group = sim.add_group("Политика", [anna])
    await group.reply()
    await group.send_as(ANONYMOUS_ADMIN_ID, f"/ask@{sim.username} глубина причала")
    await group.send(f"/ask@{sim.username} глубина причала", by=anna)
    await group.reply()
    assert len(sim.journal.requests("sendMessage", group.id)) == 2


@pytest.mark.usefixtures("articles")
async def test_the_answer_comes_into_the_topic(sim: Simulator, anna: Person) -> None:
    """Where the question was asked, not into General."""
    group = sim.add_group("Политика", [anna], forum=True)
    topic = group.topic("Энергетика")
    await topic.send(f"/ask@{sim.username} глубина причала", by=anna)
    reply = await topic.reply()
    assert reply.thread_id == topic.thread_id


@pytest.mark.usefixtures("articles")
async def test_a_group_keeps_working_with_its_new_number(sim: Simulator, anna: Person) -> None:
    """After it became a supergroup."""
    group = sim.add_group("Политика", [anna], kind="group")
    await group.reply()
    group.migrate()
    await group.send(f"/ask@{sim.username} глубина причала", by=anna)
    assert list((await group.reply()).marked("blockquote")) == [PORT.splitlines()[1]]


@pytest.mark.usefixtures("articles")
async def test_inline_mode_gives_cited_cards(sim: Simulator, anna: Person) -> None:
    """With the same words, and a link to the passage."""
    answer = await anna.inline("глубина главного причала")
    card = answer.cards[0]
    assert "Морской порт откроется осенью" in card.title
    message = await anna.choose(answer, card)
    assert list(message.marked("blockquote")) == [PORT.splitlines()[1]]
    assert message.button(0).url
    topic = sim.add_group("Политика", [anna], forum=True).topic("Энергетика")
    assert (await anna.choose(answer, card, topic)).thread_id == topic.thread_id


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize("query", ["глубина главного причала", "цитата Лисовец", "хроника порт"])
async def test_every_card_opens_its_source(anna: Person, add_article: Publish, query: str) -> None:
    """What leaves the bot carries the way to where it is from."""
    said = "«Порт открыт», — сказал 5 марта 2026 года министр Игорь Лисовец."
    await add_article(said, "Слова о порте", url="https://example.org/words")
    card = next(each for each in (await anna.inline(query)).cards if each.message.rows)
    context, source = card.message.buttons
    assert (context.label, source.label) == ("Контекст", "Источник")
    assert (source.url or "").startswith("https://example.org/")


@pytest.mark.usefixtures("articles")
async def test_a_card_that_is_only_near_says_so(sim: Simulator, anna: Person, chat: Room) -> None:
    """As the answer in the chat does: inline and as a guest."""
    question = "кто строил главный причал у входа"
    await chat.send(question)
    near = "Близко, но не уверен, что это ответ."
    assert near in (await chat.reply()).text
    assert near in (await anna.inline(question)).cards[0].message.text
    group = sim.add_group("Чужая", [anna], bot=None)
    assert near in (await anna.ask_guest(group, f"@{sim.username} {question}")).text


@pytest.mark.usefixtures("articles")
async def test_inline_mode_without_a_query_shows_the_newest(anna: Person) -> None:
    """Their first paragraphs."""
    answer = await anna.inline("")
    assert len(answer.cards) == 2
    assert "Морской порт" in answer.cards[0].title


@pytest.mark.usefixtures("articles")
async def test_languages(sim: Simulator, bot: RunningBot) -> None:
    """The reader's Telegram decides, until he chooses another."""
    john = sim.add_user("John", language_code="en-GB")
    chat = sim.private_chat(john)
    await chat.send("глубина главного причала порта")
    assert (await chat.reply()).labels[0] == "Context"
    await chat.send("/language")
    await chat.press(await chat.reply(), "Azərbaycanca")
    assert (await chat.reply()).text == "İndi azərbaycanca danışıram."
    await chat.send("глубина главного причала порта")
    assert (await chat.reply()).labels[0] == "Kontekst"


async def test_examples_that_begin_alike_are_kept_apart(add_article: Publish, chat: Room) -> None:
    """By their numbers: what a phone shows of a label is short."""
    await add_article("Порт откроют.", "Новый морской порт Кортана откроют летом")
    await add_article("Порт закроют.", "Новый морской порт Кортана закроют зимой")
    await chat.send("/start")
    welcome = await chat.reply()
    assert welcome.labels[0].startswith("1. ")
    assert len(set(welcome.labels)) == len(welcome.labels)
    await chat.press(welcome, "О данных")
    assert (await chat.reply()).text.startswith("Что о вас хранится")


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize(
    ("words", "start"),
    [("глубина причала", "📄 Морской порт откроется осенью"), ("урожай хлопка", "В статьях нет")],
)
async def test_a_guest_question_gets_one_card(
    sim: Simulator, anna: Person, bot: RunningBot, words: str, start: str
) -> None:
    """The bot is not in that chat: nothing is sent there, and nothing of it is kept."""
    group = sim.add_group("Чужая", [anna], bot=None)
    card = await anna.ask_guest(group, f"@{sim.username} {words}")
    assert card.text.startswith(start)
    assert sim.journal.requests("sendMessage", group.id) == []
    assert await get_chat(bot.services.db, group.id) is None


async def test_a_post_in_a_channel_is_no_question(sim: Simulator, anna: Person) -> None:
    """It has no author; not even a command in it is answered."""
    channel = sim.add_channel("Новости", anna)
    await channel.send("глубина причала", by=anna)
    await channel.send(f"/help@{sim.username}", by=anna)
    chat = sim.private_chat(anna)
    await chat.send("/cancel")
    await chat.reply()
    assert sim.journal.requests("sendMessage", channel.id) == []


async def test_in_a_group_only_its_administrators_choose_the_language(
    sim: Simulator, anna: Person
) -> None:
    """Whoever else asks, or presses, is told so."""
    boris = sim.add_user("Борис", language_code="ru")
    group = sim.add_group("Политика", [anna, boris])
    await group.reply()
    await group.send(f"/language@{sim.username}", by=boris)
    assert (await group.reply()).text == "Это меняют только администраторы группы."
    await group.send(f"/language@{sim.username}", by=anna)
    offer = await group.reply()
    toast = await group.press(offer, "English", by=boris)
    assert toast.text == "Это меняют только администраторы группы."
    await group.press(offer, "English", by=anna)
    assert (await group.reply()).text == "I speak English now."


async def test_in_a_group_privacy_is_a_button(sim: Simulator, anna: Person) -> None:
    """That opens the private chat, and says it there."""
    group = sim.add_group("Политика", [anna])
    await group.reply()
    await group.send(f"/privacy@{sim.username}", by=anna)
    link = (await group.reply()).button("О данных").url
    assert link
    room = await anna.open_link(link)
    assert (await room.reply()).text.startswith("Что о вас хранится")


async def test_the_menu_follows_the_role(sim: Simulator, bot: RunningBot, anna: Person) -> None:
    """A reader's menu has no /add, the owner's has it once he has opened the bot."""
    owner = sim.add_user("Ольга", user_id=OWNER_ID, language_code="ru")
    room = sim.private_chat(owner)
    await room.send("/start")
    await room.reply()
    await room.send("/cancel")  # handled after the first message is done with
    await room.reply()
    assert "add" in owner.menu()
    assert "add" not in anna.menu()


@pytest.mark.usefixtures("articles")
async def test_the_first_screen(chat: Room) -> None:
    """Says what the bot is and gives questions to try."""
    await chat.send("/start")
    welcome = await chat.reply()
    assert welcome.text.startswith("Отвечаю абзацем статьи")
    await chat.press(welcome, 0)
    assert "Новый морской порт" in (await chat.reply()).text


async def test_an_empty_corpus_tells_each_what_to_do(chat: Room, owner_chat: Room) -> None:
    """The reader to wait, the owner to add."""
    await chat.send("порт")
    assert (await chat.reply()).text == "Статей пока нет. Загляните позже."
    await owner_chat.send("порт")
    assert (await owner_chat.reply()).text == "Статей пока нет. Пришлите первую: /add"


async def test_the_owner_adds_an_article(chat: Room, owner_chat: Room, bot: RunningBot) -> None:
    """With the text in the message, or as a reply to a text."""
    await owner_chat.send("/add title: Космодром\ndate: 2026-03-01\nКосмодром построят к осени.")
    said = (await published(owner_chat, await owner_chat.reply())).text
    assert said == "Статья 1 опубликована: «Космодром», 1 марта 2026, 1 абзац."
    await owner_chat.send("/add title: Космодром\ndate: 2026-03-01\nКосмодром построят к осени.")
    assert (await owner_chat.reply()).text == "Такой текст уже есть: статья 1."
    text = await owner_chat.send("date: 2026-03-02\nМетро дотянут до вокзала.")
    await owner_chat.reply()
    await owner_chat.send("/add", reply_to=text)
    assert "2 марта 2026" in (await owner_chat.reply()).text
    await bot.services.search.refresh()
    await chat.send("к осени построят космодром")
    assert "Космодром построят к осени." in (await chat.reply()).text


async def test_an_article_without_a_date_gets_todays_and_says_so(owner_chat: Room) -> None:
    """A day that the owner did not give must not pass for one that he gave."""
    await owner_chat.send("/add Метро дотянут до вокзала.")
    assert "Дата не указана: взят день вашего сообщения." in (await owner_chat.reply()).text
    await owner_chat.send("/add date: 2026-03-01\nМетро дотянут до порта.")
    assert "Дата не указана" not in (await owner_chat.reply()).text


async def test_a_reader_cannot_add(chat: Room, bot: RunningBot) -> None:
    """The command is refused in words, and nothing is stored."""
    await chat.send("/add Новая статья о порте.")
    assert (await chat.reply()).text == "Эта команда для редакторов."
    await bot.services.search.refresh()
    assert bot.services.search.paragraph_count == 0


async def test_commands_are_listed_and_their_slips_understood(chat: Room, bot: RunningBot) -> None:
    """By /help, and by the nearest one as a button."""
    await chat.send("/help")
    assert "/articles — Все статьи, новые первыми" in (await chat.reply()).text
    await chat.send("/artcles")
    reply = await chat.reply()
    assert reply.labels == ("/articles",)
    await chat.press(reply, 0)
    assert "Статей пока нет" in (await chat.reply()).text
    for command, start in (("/privacy", "Что о вас хранится"), ("/cancel", "Отменять нечего")):
        await chat.send(command)
        assert (await chat.reply()).text.startswith(start)


async def test_the_list_of_articles_has_pages(chat: Room, add_article: Publish) -> None:
    """Turned in place."""
    for number in range(10):
        await add_article(f"Новость номер {number} о порте.", f"Новость {number}")
    await chat.send("/articles")
    first = await chat.reply()
    assert "10 статей · страница 1 из 2" in first.text
    await chat.press(first, "Вперёд")
    second = await chat.edited(first)
    assert "страница 2 из 2" in second.text
    await chat.press(second, "Назад")
    assert (await chat.edited(second)).text == first.text


async def test_articles_are_listed_by_words(chat: Room, articles: None) -> None:
    """The best first; and a way to all of them, where none has the words too."""
    await chat.send("/articles причалы")
    found = await chat.reply()
    assert "«причалы»" in found.text.splitlines()[0]
    assert found.text.splitlines()[1].startswith("1. Морской порт")
    assert "Урожай" not in found.text
    await chat.send("/articles <b>😀")
    none = await chat.reply()
    assert none.text == "Ни в одной статье нет «<b>😀»."
    await chat.press(none, "Все статьи")
    assert "2 статьи" in (await chat.edited(none)).text


async def test_a_blocked_bot_comes_back_with_everything(
    sim: Simulator, chat: Room, anna: Person, bot: RunningBot
) -> None:
    """The chat is suspended, then active again, its language kept."""
    await chat.send("/language")
    await chat.press(await chat.reply(), "English")
    await chat.reply()
    anna.block()
    anna.unblock()
    await chat.send("/cancel")
    assert (await chat.reply()).text.startswith("There is nothing to cancel")


async def test_a_suggested_command_has_no_words_of_its_own(
    owner_chat: Room, bot: RunningBot
) -> None:
    """The button under the bot's own message must not publish that message."""
    await owner_chat.send("/ad")
    await owner_chat.press(await owner_chat.reply(), "/add")
    assert (await owner_chat.reply()).text.startswith("Пришлите статью")
    await bot.services.search.refresh()
    assert bot.services.search.paragraph_count == 0


async def test_a_forged_suggestion_gives_no_right(chat: Room, bot: RunningBot) -> None:
    """A client can send any bytes as the data of a button."""
    await chat.send("/hlp")
    toast = await chat.press(await chat.reply(), data="cmd:add")
    assert toast.text == "Эта команда для редакторов."


@pytest.mark.usefixtures("articles")
async def test_who_asks_too_much_is_told_once(
    sim: Simulator, bot: RunningBot, chat: Room, owner_chat: Room
) -> None:
    """Then there is silence for him, and for nobody else, until a minute has passed."""
    moment = 0.0
    bot.services.floods = Floods(user_a_minute=2, monotonic=lambda: moment)
    for words in ("глубина причала", "/cancel", "глубина причала", "/cancel", "порт"):
        await chat.send(words)
    assert "15,5" in (await chat.reply()).text
    assert (await chat.reply()).text.startswith("Отменять")
    assert (await chat.reply()).text == "Слишком много вопросов подряд. Подождите минуту."
    await owner_chat.send("/cancel")
    assert (await owner_chat.reply()).text.startswith("Отменять")
    moment = 61.0
    await chat.send("/help")
    assert "/articles" in (await chat.reply(timeout_s=20)).text
    assert len(sim.journal.requests("sendMessage", chat.id)) == 4
