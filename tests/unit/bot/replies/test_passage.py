"""The cards that an answer is made of, line by line."""

from dataclasses import replace
from datetime import date

import pytest

from bot.locales import get_locale
from bot.replies.answer import (
    AnswerCard,
    Face,
    answer_body,
    citation_line,
)
from bot.replies.layout import MOST_QUOTED, MOST_TEXT, utf16_length
from bot.replies.outcome import Body
from bot.replies.passage import View, heading, passage_body, shown_part, source_link
from bot.replies.refusal import find_missing, refusal_body
from index.bm25 import BM25
from index.grouping import group_copies
from index.ranking import read_question
from index.types import (
    Answer,
    CitedAnswer,
    Excerpt,
    Hit,
    Language,
    Passage,
    Question,
    QuestionWord,
    Quotation,
    Span,
    Verdict,
)

TODAY = date(2026, 2, 11)
VIEW = View(get_locale(Language.RU), TODAY, "paragraf_bot")
WORD = QuestionWord("порт", "порт", ("порт",), 1.0)
MISSING = QuestionWord("хлопка", "хлопок", (), 1.0)


def a_passage(
    text: str = "Порт откроют 14 марта.",
    number: int = 2,
    *,
    article_id: int = 1,
    day: date = TODAY,
    url: str | None = None,
) -> Passage:
    return Passage(
        paragraph_id=10 * article_id + number,
        article_id=article_id,
        version_id=7,
        version=1,
        number=number,
        title=f"Статья {article_id}",
        day=day,
        url=url,
        source=None,
        span=Span(5, 5 + len(text)),
        text=text,
    )


def an_answer(
    verdict: Verdict,
    *passages: Passage,
    words: tuple[QuestionWord, ...] = (WORD,),
    suggestion: str | None = None,
) -> CitedAnswer:
    hits = tuple(Hit(p.paragraph_id, p.article_id, p.number, 1.0) for p in passages)
    question = Question(" ".join(word.form for word in words), words)
    quotations = tuple(Quotation(p, Excerpt(Span(0, 4), (Span(0, 4),)), 1.0) for p in passages)
    return CitedAnswer(Answer(question, verdict, 0.5, hits, 1, (), suggestion), quotations)


def shown(cited: CitedAnswer, **changes: object) -> Body:
    answer = cited.answer
    if answer.verdict is Verdict.NONE:
        return refusal_body(cited, VIEW)
    groups = group_copies(cited.quotations)
    card = AnswerCard(99, answer.verdict, groups, suggestion=answer.suggestion)
    return answer_body(card, VIEW, **changes)  # type: ignore[arg-type]


def labels(body: Body) -> list[list[str]]:
    return [[button.label for button in row] for row in body.keyboard]


def test_a_card_is_heading_quotation_and_paragraph() -> None:
    """Matched words are bold, the number is a permalink, the slice is named for the last check."""
    body = shown(an_answer(Verdict.ANSWER, a_passage()))
    assert body.html.splitlines() == [
        "📄 <b>Статья 1</b> · 11 февраля 2026",
        "<blockquote><b>Порт</b> откроют 14 марта.</blockquote>",
        '<a href="https://t.me/paragraf_bot?start=p12">абзац 2</a>',
    ]
    (cite,) = body.cites
    assert (cite.version_id, cite.start, cite.stop) == (7, 5, 27)


@pytest.mark.parametrize(
    ("day", "is_old"),
    [
        (date(2026, 2, 11), False),
        (date(2025, 2, 11), False),
        (date(2025, 2, 10), True),
        (date(1999, 1, 1), True),
    ],
)
def test_what_is_past_a_year_says_so(day: date, is_old: bool) -> None:
    """On the first line."""
    assert ("материалу больше года" in heading(a_passage(day=day), VIEW)) is is_old


def test_a_near_miss_says_that_it_is_one() -> None:
    """Before anything else."""
    body = shown(an_answer(Verdict.NEAR, a_passage()))
    assert body.html.splitlines()[0] == "Близко, но не уверен, что это ответ."


def test_a_button_stands_only_where_it_leads_somewhere() -> None:
    """«Источник» for an address, «Ещё» for other passages."""
    alone = an_answer(Verdict.ANSWER, a_passage())
    assert labels(shown(alone)) == [["Контекст", "Статья"], ["Действия"], ["Полезно", "Не то"]]
    other = a_passage("Порт закроют 3 мая.", number=3)
    several = an_answer(Verdict.ANSWER, a_passage(url="https://example.org"), other)
    assert labels(shown(several)) == [
        ["Контекст", "Статья", "Источник"],
        ["Ещё 1 абзац", "Действия"],
        ["Полезно", "Не то"],
    ]
    third = an_answer(Verdict.ANSWER, a_passage(), other, a_passage("Пошлины отменят.", number=4))
    assert [labels(shown(third, place=place))[1] for place in range(3)] == [
        ["Ещё 2 абзаца", "Действия"],
        ["Назад", "Вперёд", "Действия"],
        ["Назад", "Действия"],
    ]
    mended = an_answer(Verdict.ANSWER, a_passage(), suggestion="порт")
    assert labels(shown(mended))[2] == ["Искать как написано"]
    assert labels(shown(alone, face=Face.ACTING)) == [
        ["Почему этот ответ?"],
        ["Копировать", "Подписаться"],
        ["Сузить"],
        ["Назад"],
    ]


def test_a_copy_of_a_passage_is_named_and_not_shown() -> None:
    """The first is shown, the other places of its words are links; the years are summed up."""
    copy = a_passage(article_id=4, day=date(2024, 5, 1))
    other = a_passage("Пошлины на зерно отменят.", article_id=5, day=date(2025, 5, 1))
    body = shown(an_answer(Verdict.ANSWER, a_passage(), copy, other))
    assert body.html.count("<blockquote>") == len(body.cites) == 1
    link = '<a href="https://t.me/paragraf_bot?start=p42">Статья 4 · 1 мая 2024</a>'
    assert f"То же: {link}" in body.html
    assert body.html.splitlines()[-1] == "3 абзаца из 3 статей, 2024–2026"
    assert "Ещё 1 абзац" in labels(body)[1]


def test_two_statements_of_one_fact_stand_side_by_side() -> None:
    """Each with its own citation, and said to differ."""
    rival = a_passage("Порт откроют 20 июня.", article_id=4, day=date(2024, 5, 1))
    cited = an_answer(Verdict.ANSWER, a_passage(), rival)
    card = AnswerCard(99, Verdict.ANSWER, group_copies(cited.quotations), rival=1)
    body = answer_body(card, VIEW)
    assert body.html.splitlines()[0] == "Источники расходятся:"
    assert "откроют 14 марта" in body.html
    assert "откроют 20 июня" in body.html
    assert len(body.cites) == 2


def test_the_line_to_copy_fits_its_button() -> None:
    """However long the title: the permalink stays whole."""
    line = citation_line(replace(a_passage(), title="Очень длинное заглавие " * 30), VIEW)
    assert len(line) <= 256
    assert line.endswith(", 11 февраля 2026, абзац 2. https://t.me/paragraf_bot?start=p12")


@pytest.mark.parametrize(
    ("quoted", "fragment"),
    [
        ("Порт откроют 14 марта.", "%D0%9F%D0%BE%D1%80%D1%82%20"),
        ("a-b, c", "a%2Db%2C%20c"),
        (" ".join(f"w{n}" for n in range(20)), "w0%20w1%20w2%20w3%20w4,w15%20w16%20w17"),
    ],
)
def test_the_source_opens_at_the_quoted_words(quoted: str, fragment: str) -> None:
    """By a text fragment: the words, or the first and the last of them."""
    link = source_link("https://example.org/a", quoted)
    assert link.startswith(f"https://example.org/a#:~:text={fragment}")


def test_an_address_with_a_place_of_its_own_is_kept() -> None:
    """Two fragments would spoil each other."""
    assert source_link("https://example.org/a#b", "порт") == "https://example.org/a#b"


def test_no_answer_names_missing_words_and_the_nearest_articles_once() -> None:
    """At most three, the nearest first, each with a button of its number."""
    passages = [a_passage(article_id=n, number=m) for n, m in ((4, 1), (4, 2), (2, 1), (3, 1))]
    cited = an_answer(Verdict.NONE, *passages, a_passage(article_id=9), words=(WORD, MISSING))
    body = shown(cited)
    assert body.html.splitlines() == [
        "<b>В статьях нет ответа.</b>",
        "Не встречается слово: «хлопок».",
        "Ближайшее по теме:",
        "1. Статья 4 · 11 февраля 2026",
        "2. Статья 2 · 11 февраля 2026",
        "3. Статья 3 · 11 февраля 2026",
    ]
    assert labels(body) == [["1", "2", "3"]]
    assert body.cites == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("сколько хлопка", ["хлопок"]),
        ("кто такая Марина Огаркова", ["Марина", "Огаркова"]),
        ("чем кормить котёнка", ["кормить", "котёнка"]),
        ("переезд в СПб", ["переезд", "СПб"]),
        ("qızıl hasilatı", ["qızıl", "hasilatı"]),
        ("покажи таймлайн", ["таймлайн"]),
        ("рыбачат ли люди дальше", ["рыбачить", "люди", "дальше"]),
    ],
)
def test_missing_words_are_told_in_letters_that_readers_know(text: str, told: list[str]) -> None:
    """The dictionary has neither names with capitals, nor ё and ı; others are known again."""
    assert find_missing(read_question(text, BM25([("порт",)]).snapshot)) == told


def test_no_answer_says_that_words_are_never_together() -> None:
    body = shown(an_answer(Verdict.NONE, words=(WORD,)))
    assert "Нет абзаца, где эти слова стоят вместе." in body.html


def test_a_question_without_words_is_told_so_and_no_more() -> None:
    """An answer to «?» will never appear, and no editor could give one."""
    body = refusal_body(an_answer(Verdict.NONE, words=()), VIEW, answer_id=7)
    said = "В вопросе нет слов, по которым можно искать."
    assert body == Body(f"{said} Спросите обычными словами: Когда откроется порт?")


def test_of_a_long_paragraph_the_best_sentence_and_its_neighbours_are_shown() -> None:
    """The marks of what is left out stand outside of the quotation."""
    sentences = [f"Это предложение номер {n} о порте." for n in range(400)]
    text = " ".join(sentences)
    best = text.index(sentences[200])
    excerpt = Excerpt(Span(best, best + len(sentences[200])), ())
    assert shown_part(text, excerpt).of(text) == " ".join(sentences[199:202])
    body = passage_body(Quotation(a_passage(text), excerpt, 1.0), VIEW)
    quoted = " ".join(sentences[199:202])
    assert body.html.splitlines()[1] == f"… <blockquote>{quoted}</blockquote> …"


def test_the_longest_question_and_passage_fit_a_message() -> None:
    """A mended question is shown in part, the passage is not."""
    text = "порт " * (MOST_QUOTED // 5)
    cited = an_answer(Verdict.NEAR, a_passage(text.strip()), suggestion="порт " * 200)
    assert utf16_length(shown(cited).html) <= MOST_TEXT
    assert text.strip()[4:] in shown(cited).html
