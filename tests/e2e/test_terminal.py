"""Every verb of the command line that needs no Telegram, each run as a process."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.database import DATABASE_NAME

from .terminal import Terminal

DATA = Path(__file__).parents[1] / "data"

PORT = (
    "title: Морской порт откроется осенью\ndate: 2026-02-11\nsource: Вестник\n"
    "url: https://example.org/port\n\n"
    "Новый морской порт в Кортане откроется 14 сентября 2026 года.\n\n"
    "Глубина у главного причала составит 15,5 метра.\n"
)
HARVEST = "Date: 02.10.2024\nTITLE: Урожай вырос\n\nУрожай пшеницы вырос на треть.\n"
INLINE = " date 2026-01-22 Хартию о партнёрстве подпишут весной. Об этом сказал посол.\nКонец.\n"

#: A letter over the limit: MOST_TEXT_BYTES is 5 000 000.
TOO_LONG = "date: 2026-01-22\n\n" + "слово " * 500_000

ASK_KEYS = {
    *("question", "verdict", "confidence", "index_version"),
    *("passages", "missing_words", "suggestion", "is_across"),
}
PASSAGE_KEYS = {
    *("article_id", "version", "title", "date", "url", "paragraph"),
    *("text", "start", "stop", "score", "highlights"),
}


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """Return a terminal in an empty folder."""
    return Terminal(tmp_path)


@pytest.fixture
def stocked(terminal: Terminal) -> Terminal:
    """Return a terminal whose corpus has two articles."""
    terminal.write("news/port.txt", PORT)
    terminal.write("news/harvest.md", HARVEST)
    assert terminal.run("add", "news").code == 0
    return terminal


def test_a_folder_is_added_with_a_line_for_each_article(terminal: Terminal) -> None:
    """Of a folder the text files are taken, those in folders inside it too."""
    terminal.write("news/port.txt", PORT)
    terminal.write("news/2024/harvest.md", HARVEST)
    terminal.write("news/picture.png", "no text")
    ended = terminal.run("add", "news")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "Добавлена статья 1: «Урожай вырос», 2 октября 2024, 1 абзац.",
        "Добавлена статья 2: «Морской порт откроется осенью», 11 февраля 2026, 2 абзаца.",
    ]


def test_standard_input_is_added(terminal: Terminal) -> None:
    """A title that is not given is the first sentence."""
    ended = terminal.run("add", "-", "--date", "2026-01-22", stdin="Порт открыт. Да.".encode())
    assert ended.code == 0
    assert "«Порт открыт», 22 января 2026" in ended.out


def test_the_inline_form_is_added(terminal: Terminal) -> None:
    """A line that begins with `date` and a day is the first paragraph."""
    terminal.write("charter.txt", INLINE)
    assert "«Хартию о партнёрстве подпишут весной», 22 января 2026, 2 абзаца" in (
        terminal.run("add", "charter.txt").out
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_each_encoding_gives_the_same_text(terminal: Terminal, encoding: str) -> None:
    """An older file from Windows reads like any other."""
    terminal.write("port.txt", PORT, encoding)
    assert terminal.run("add", "port.txt").code == 0
    assert "1. Новый морской порт в Кортане откроется" in terminal.run("article", "1").out


def test_options_go_before_the_header(terminal: Terminal) -> None:
    """What the operator says is right, whatever the file says."""
    terminal.write("port.txt", PORT)
    given = ("--title", "Порт", "--date", "2025-05-01", "--source", "Маяк")
    link = ("--url", "https://example.org/a", "--language", "ru")
    assert terminal.run("add", "port.txt", *given, *link).code == 0
    shown = terminal.run("article", "1").out
    assert shown.startswith("Порт\n1 мая 2025 · Маяк · https://example.org/a\n")


def test_a_text_is_not_stored_twice(stocked: Terminal) -> None:
    """Adding a folder again is no mistake: a line names the article that is there."""
    ended = stocked.run("add", "news")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.count("Эта статья уже есть") == 2
    assert stocked.run("articles").out.startswith("2 статьи\n")


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("bad.txt", b" \n", "Файл пустой."),
        ("bad.txt", b"date: 2026-01-22\n\n***\n", "В этом тексте нет слов."),
        ("bad.txt", b"\x89PNG\x00\x01\x02", "Это не текстовый файл."),
        ("bad.exe", b"MZ", "Такие файлы я не читаю. Умею: txt, md, html, docx, pdf."),
        ("bad.pdf", b"%PDF-1.7", "Файл повреждён."),
        ("bad.txt", "Порт открыт.".encode(), "Какого числа вышла статья? Например: 22.01.2026"),
        ("bad.txt", "date: 31.02.2026\n\nПорт.".encode(), "«31.02.2026» — не дата."),
        ("bad.txt", TOO_LONG.encode(), "Текст больше 5 МБ. Разделите его, пожалуйста."),
    ],
    ids=["empty", "no words", "binary", "kind", "damaged", "undated", "no such day", "too long"],
)
def test_a_file_that_does_not_fit_is_named_and_the_others_go_on(
    terminal: Terminal, name: str, content: bytes, complaint: str
) -> None:
    """One line about it, exit code 1, and the file after it is added."""
    (terminal.folder / name).write_bytes(content)
    terminal.write("port.txt", PORT)
    ended = terminal.run("add", name, "port.txt")
    assert ended.code == 1
    assert ended.err.startswith(f"{name}: {complaint}")
    assert len(ended.err.splitlines()) == 1
    assert "«Морской порт откроется осенью»" in ended.out


def test_a_missing_file_and_an_empty_folder_are_said(terminal: Terminal) -> None:
    """Both end with exit code 1."""
    (terminal.folder / "empty").mkdir()
    missing, empty = terminal.run("add", "none.txt"), terminal.run("add", "empty")
    assert (missing.code, missing.err) == (1, "none.txt: Такого файла нет.\n")
    assert (empty.code, empty.err) == (1, "Нет файлов, которые я умею читать.\n")


def test_an_answer_is_cited(stocked: Terminal) -> None:
    """Title, day, the paragraph whole on one line, its number, who published it and where."""
    lines = stocked.run("ask", "Какая глубина у причала?").out.splitlines()
    assert lines[0] == "Морской порт откроется осенью · 11 февраля 2026"
    assert lines[2].strip() == "Глубина у главного причала составит 15,5 метра."
    assert lines[4] == "статья 1, абзац 2 · Вестник · https://example.org/port" or lines[4] == (
        "статья 2, абзац 2 · Вестник · https://example.org/port"
    )


def test_a_question_without_an_answer_is_refused(stocked: Terminal) -> None:
    """The words that no article has are named."""
    ended = stocked.run("ask", "Где купить велосипед?")
    assert ended.code == 0
    assert ended.out.startswith("В статьях нет ответа.\n")
    assert "«велосипед»" in ended.out


def test_json_has_the_documented_form(stocked: Terminal) -> None:
    """The span is that of the text in the article; highlights are spans of the paragraph."""
    answer = json.loads(stocked.run("ask", "--json", "Какая глубина у причала?").out)
    assert answer.keys() == ASK_KEYS
    assert (answer["verdict"], answer["index_version"]) == ("answer", 2)
    passage = answer["passages"][0]
    assert passage.keys() == PASSAGE_KEYS
    assert passage["date"] == "2026-02-11"
    assert passage["stop"] - passage["start"] == len(passage["text"])
    marked = [passage["text"][start:stop] for start, stop in passage["highlights"]]
    assert marked == ["Глубина", "причала"]


def test_json_says_that_there_is_no_answer(stocked: Terminal) -> None:
    """A program reads it from the verdict."""
    answer = json.loads(stocked.run("ask", "--json", "Где купить велосипед?").out)
    assert answer["verdict"] == "none"
    assert "велосипед" in answer["missing_words"]


def test_an_empty_corpus_says_what_to_do(terminal: Terminal) -> None:
    """A question before the first article is no mistake."""
    ended = terminal.run("ask", "Когда откроется порт?")
    assert (ended.code, ended.err) == (0, "")
    assert "paragraf add" in ended.out
    assert terminal.run("articles").out == "0 статей\n"


def test_articles_are_listed_the_newest_first(stocked: Terminal) -> None:
    """A page past the end is empty."""
    total, first, second = stocked.run("articles").out.splitlines()
    assert total == "2 статьи"
    assert first.endswith("11 февраля 2026 · Морской порт откроется осенью · 2 абзаца")
    assert second.endswith("2 октября 2024 · Урожай вырос · 1 абзац")
    assert stocked.run("articles", "--page", "2").out == "2 статьи\n"


def test_a_withdrawn_article_is_in_no_answer(stocked: Terminal) -> None:
    """Its text is kept, and says that it is withdrawn; twice is a mistake."""
    first = json.loads(stocked.run("ask", "--json", "Какая глубина у причала?").out)
    number = str(first["passages"][0]["article_id"])
    assert stocked.run("withdraw", number).out == f"Статья {number} отозвана.\n"
    assert (
        json.loads(stocked.run("ask", "--json", "Какая глубина у причала?").out)["passages"] == []
    )
    assert "Эта статья отозвана." in stocked.run("article", number).out
    again = stocked.run("withdraw", number)
    assert (again.code, again.err) == (1, f"Статья {number} уже отозвана.\n")


@pytest.mark.parametrize("verb", ["article", "withdraw"])
def test_an_unknown_article_is_said(terminal: Terminal, verb: str) -> None:
    """Numbers too large for the database are refused by the command line."""
    unknown = terminal.run(verb, "7")
    assert (unknown.code, unknown.err) == (1, "Статьи 7 нет.\n")
    assert terminal.run(verb, "9" * 30).code == 2


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"PARAGRAF_LANGUAGE": "de"}, "PARAGRAF_LANGUAGE=de does not fit. Use ru, en or az."),
        ({"PARAGRAF_LANGAUGE": "ru"}, "PARAGRAF_LANGAUGE is not a setting. Did you mean"),
        ({"PARAGRAF_DATA": "/dev/null/x"}, "PARAGRAF_DATA=/dev/null/x does not fit:"),
    ],
)
def test_a_wrong_setting_is_named(
    terminal: Terminal, settings: dict[str, str], complaint: str
) -> None:
    """With its value and the way to mend it; exit code 1."""
    ended = terminal.run("articles", **settings)
    assert ended.code == 1
    assert ended.err.startswith(complaint)


def test_a_settings_file_that_is_no_text_is_named(terminal: Terminal) -> None:
    """It is read before anything else."""
    (terminal.folder / "paragraf.env").write_bytes(b"PARAGRAF_LANGUAGE=\xff")
    ended = terminal.run("articles")
    assert ended.code == 1
    assert ended.err.startswith("The file paragraf.env cannot be read")


def test_a_wrong_option_is_said_even_when_a_setting_is_wrong_too(terminal: Terminal) -> None:
    """Both are named."""
    ended = terminal.run("add", "--date", "x", "y", PARAGRAF_LANGUAGE="de")
    assert ended.code == 1
    assert "“x” is not a date." in ended.err
    assert "PARAGRAF_LANGUAGE=de" in ended.err


@pytest.mark.parametrize(
    ("without", "verdicts"),
    [(None, ["answer", "answer"]), ("paragraph", None), ("article", ["none", "none"])],
)
def test_retrieval_is_measured(
    terminal: Terminal, without: str | None, verdicts: list[str] | None
) -> None:
    """Whole, each question finds its passage; taken out, the passage is never among the found."""
    arguments = ["--passages", str(DATA / "eval_passages.jsonl")]
    arguments += ["--questions", str(DATA / "eval_questions.jsonl"), "--out", "o.jsonl"]
    arguments += ["--without", without] if without else []
    ended = terminal.run("eval", "retrieval", *arguments)
    assert ended.code == 0
    lines = [
        json.loads(line)
        for line in (terminal.folder / "o.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [line["id"] for line in lines] == ["q1", "q2"]
    found = [[passage["id"] for passage in line["passages"]] for line in lines]
    golden = ["port-2", "harvest-1"]
    if without is None:
        assert [ids[0] for ids in found] == golden
        assert "R@1       1.000" in ended.out
        assert lines[0]["sentence"] == [0, 47]
    else:
        assert all(key not in ids for key, ids in zip(golden, found, strict=True))
        assert "R@1       0.000" in ended.out
    if verdicts:
        assert [line["verdict"] for line in lines] == verdicts


def test_a_wrong_line_of_an_evaluation_is_named(terminal: Terminal) -> None:
    """File, line and field."""
    terminal.write("p.jsonl", '{"id": "a"}\n')
    files = ("--passages", "p.jsonl", "--questions", "p.jsonl", "--out", "o.jsonl")
    ended = terminal.run("eval", "retrieval", *files)
    assert ended.code == 1
    assert ended.err.startswith("p.jsonl, line 1: article")


def test_facts_are_found_anew_where_the_rules_have_not_looked(stocked: Terminal) -> None:
    """Once; then there is nothing to do."""
    with closing(sqlite3.connect(stocked.folder / "data" / DATABASE_NAME)) as database:
        database.execute("DELETE FROM event")
        database.execute("UPDATE article_version SET extractor = NULL WHERE id = 1")
        database.commit()
    ended = stocked.run("reindex")
    assert (ended.code, ended.out) == (0, "1 статья прочитана заново.\n")
    assert stocked.run("reindex").out == "0 статей прочитано заново.\n"


def test_facts_are_found_anew_where_the_words_of_the_corpus_are_others(stocked: Terminal) -> None:
    """Only in the articles that have them, and once."""
    with closing(sqlite3.connect(stocked.folder / "data" / DATABASE_NAME)) as database:
        database.execute(
            "INSERT INTO own_pattern (sector, words, is_away, at) VALUES ('energy', 'причал', 0, 1)"
        )
        database.commit()
    assert stocked.run("reindex").out == "1 статья прочитана заново.\n"
    with closing(sqlite3.connect(stocked.folder / "data" / DATABASE_NAME)) as database:
        found = database.execute("SELECT 1 FROM paragraph_sector WHERE sector = 'energy'")
        assert found.fetchone()
    assert stocked.run("reindex").out == "0 статей прочитано заново.\n"


def test_a_damaged_text_does_not_keep_the_others_from_being_read(stocked: Terminal) -> None:
    """It is named, and the exit code tells."""
    with closing(sqlite3.connect(stocked.folder / "data" / DATABASE_NAME)) as database:
        database.execute("UPDATE article_version SET extractor = NULL")
        (count,) = database.execute("SELECT count(*) FROM article_version").fetchone()
        database.execute("UPDATE article_version SET text = text || '!' WHERE id = 1")
        database.commit()
    ended = stocked.run("reindex")
    assert ended.code == 1
    assert "article version 1 differs" in " ".join(ended.err.split())
    assert ended.out.split()[0] == str(count - 1)
    assert stocked.run("reindex").out.split()[0] == "0"
