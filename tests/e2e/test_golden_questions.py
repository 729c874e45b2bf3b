"""Golden questions on the command line and on the first screen."""

import json
from pathlib import Path

import pytest

from bot.app import RunningBot
from bot.simulator import Room
from bot.store.golden import Golden, Place, add_golden
from tests.e2e.conftest import HARVEST, PORT, Publish

from .terminal import ROOT, Terminal

DEMO = ROOT / "demo"

#: What is wrong with a line, and how the sentence about it begins.
WRONG = [
    (
        '{"question": "Когда?"}',
        "«article» — это номер, название или файл статьи либо null. Строка выглядит так:",
    ),
    ('{"question": "Когда?", ', "Это не JSON в фигурных скобках."),
    ('{"question": " ", "article": null}', "В вопросе от 1 до 1000 знаков."),
    ('{"question": "Когда?", "article": "1.txt", "paragraphs": [1]}', "Нет статьи «1.txt»"),
    ('{"question": "Когда?", "article": true, "paragraphs": [1]}', "«article» — это номер"),
    ('{"question": "Когда?", "article": 7, "paragraphs": [1]}', "Статьи 7 нет."),
    ('{"question": "Когда?", "article": 1, "paragraphs": [9]}', "В статье 1 нет абзаца 9"),
    ('{"question": "Когда?", "article": 1, "paragraphs": [0]}', "«paragraphs» — это список"),
    ('{"question": 5, "article": null}', "«question» — это текст."),
    ('["Когда?"]', "Это не JSON в фигурных скобках."),
    (
        '{"question": "Когда?", "article": 1, "paragraphs": [1], "also": [[1]]}',
        "«also» — это список пар",
    ),
    ('{"question": "Когда?", "article": 1, "paragraphs": []}', "Назовите статью и её абзацы"),
    ('{"question": "Когда?", "article": null, "paragraphs": [1]}', "Назовите статью и её абзацы"),
    ('{"question": "Когда?", "article": "Весть", "paragraphs": [1]}', "Статей «Весть» несколько"),
    ('{"question": "Где  порт?", "article": null}', "Этот вопрос в файле дважды."),
    ('{"question": "Когда?", "article": 3, "paragraphs": [1]}', "Статья 3 отозвана."),
]


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """Return a terminal whose corpus has two articles of one title and two others."""
    terminal = Terminal(tmp_path)
    head = "date: 2026-02-11\ntitle: "
    terminal.write("1-port.txt", f"{head}Порт\n\n{PORT}")
    terminal.write("2-harvest.txt", f"{head}Урожай\n\n{HARVEST}")
    terminal.write("3-old.txt", f"{head}Старое\n\nМост закрыли.")
    terminal.write("4-one.txt", f"{head}Весть\n\nТуннель пробили.")
    terminal.write("5-two.txt", f"{head}Весть\n\nПаром починили.")
    assert terminal.run("add", ".").code == 0
    assert terminal.run("withdraw", "3").code == 0
    return terminal


def test_the_demo_is_imported_as_it_is_and_measured(tmp_path: Path) -> None:
    """Export gives what import reads; the figures are those of the live corpus."""
    terminal = Terminal(tmp_path)
    assert terminal.run("add", str(DEMO / "articles")).code == 0
    imported = terminal.run("golden", "import", str(DEMO / "golden.jsonl"))
    assert (imported.code, imported.out) == (0, "Сохранено 135 эталонных вопросов.\n")
    exported = terminal.run("golden", "export").out
    again = terminal.run("golden", "import", "--replace", "-", stdin=exported.encode())
    assert (again.code, again.out) == (0, imported.out)
    assert terminal.run("golden", "export", "e.jsonl").code == 0
    assert (tmp_path / "e.jsonl").read_text(encoding="utf-8") == exported
    figures = json.loads(terminal.run("eval", "golden", "--json").out)
    assert (figures["questions"], figures["answerable"], figures["unanswerable"]) == (135, 105, 30)
    assert figures["hits_at_1"] / 105 >= 0.80
    assert figures["hits_at_3"] / 105 >= 0.92
    assert figures["refusals_right"] / 30 >= 0.50
    wrong = 105 - figures["hits_at_1"] + 30 - figures["refusals_right"]
    assert len(figures["missed"]) == wrong


def test_every_wrong_line_is_named_and_nothing_is_stored(terminal: Terminal) -> None:
    """With its number; the right lines are not stored either, and those before stay."""
    terminal.write("old.jsonl", '{"question": "Кто?", "article": "Порт", "paragraphs": [4]}')
    assert terminal.run("golden", "import", "old.jsonl").code == 0
    before = terminal.run("golden", "export").out
    right = '{"question": "Где порт?", "article": null}\n\n'
    terminal.write("new.jsonl", right + "\n".join(line for line, _ in WRONG))
    ended = terminal.run("golden", "import", "--replace", "new.jsonl")
    *said, last = ended.err.splitlines()
    assert (ended.code, ended.out) == (1, "")
    assert last == "Ничего не сохранено. Исправьте эти строки и повторите."
    for number, (sentence, (_, complaint)) in enumerate(zip(said, WRONG, strict=True), start=3):
        assert sentence.startswith(f"new.jsonl, строка {number}: {complaint}")
    assert terminal.run("golden", "export").out == before


def test_a_title_that_two_articles_have_is_exported_as_a_number(terminal: Terminal) -> None:
    """So that import finds the one that was meant."""
    line = '{"question": "Что с паромом?", "article": 5, "paragraphs": [1], "also": [["Порт", 2]]}'
    terminal.write("g.jsonl", line)
    assert terminal.run("golden", "import", "g.jsonl").code == 0
    assert json.loads(terminal.run("golden", "export").out) == json.loads(line)


def test_what_is_missed_is_told_with_what_came_first(terminal: Terminal) -> None:
    """A table of hits and refusals, then the questions; a lost paragraph is named as such."""
    lines = [
        {"question": "глубина у главного причала", "article": 1, "paragraphs": [2]},
        {"question": "на сколько вырос урожай пшеницы", "article": 2, "paragraphs": [3]},
        {"question": "кто починил паром", "article": 5, "paragraphs": [1]},
        {"question": "сколько лоцманов отвечают за безопасность", "article": None},
        {"question": "где купить велосипед", "article": None},
    ]
    terminal.write("g.jsonl", "\n".join(map(json.dumps, lines)))
    assert terminal.run("golden", "import", "g.jsonl").out == "Сохранено 5 эталонных вопросов.\n"
    assert terminal.run("withdraw", "5").code == 0
    ended = terminal.run("eval", "golden")
    table, missed = ended.out.split("\n\n")
    assert (ended.code, ended.err) == (0, "")
    first, third, _, refusals = table.splitlines()
    assert first.split() == ["Верный", "абзац", "первый", "1", "из", "3", "33.3%"]
    assert "из 3" in third
    assert refusals.split() == ["Верные", "отказы", "1", "из", "2", "50.0%"]
    assert "    первым пришло: статья 2, абзац 1, Урожай" in missed.splitlines()
    assert "    такого абзаца в опубликованном больше нет" in missed.splitlines()
    assert "    ожидалось: отказ" in missed.splitlines()
    found = json.loads(terminal.run("eval", "golden", "--json").out)
    assert [each["is_gone"] for each in found["missed"]] == [False, True, False]
    assert found["missed"][0]["first"] == {"article_id": 2, "paragraph": 1, "title": "Урожай"}


def test_no_questions_and_no_file_are_said(tmp_path: Path) -> None:
    """The first is no mistake."""
    terminal = Terminal(tmp_path)
    ended = terminal.run("eval", "golden")
    assert (ended.code, ended.err) == (0, "")
    assert "paragraf golden import FILE" in ended.out
    assert json.loads(terminal.run("eval", "golden", "--json").out)["questions"] == 0
    assert terminal.run("golden", "export").out == ""
    missing = terminal.run("golden", "import", "none.jsonl")
    assert missing.code == 1
    assert missing.err.startswith("none.jsonl cannot be read:")


async def test_golden_questions_are_the_first_examples(
    bot: RunningBot, add_article: Publish, chat: Room
) -> None:
    """Headings fill up the three; a golden question that is to be refused is no example."""
    port = await add_article(PORT, "Морской порт откроется осенью")
    await add_article(HARVEST, "Урожай вырос")
    async with bot.services.db.write() as connection:
        places = (Place(port.article_id, 2),)
        questions = [Golden("где купить велосипед", ()), Golden("глубина у причала", places)]
        await add_golden(connection, questions)
    await chat.send("/start")
    screen = await chat.reply()
    assert screen.labels[:3] == (
        "1. Глубина у причала",
        "2. Урожай вырос",
        "3. Морской порт…",
    )
    await chat.press(screen, "1. Глубина у причала")
    assert list((await chat.reply()).marked("blockquote")) == [PORT.splitlines()[1]]
