"""Articles in, answers out."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from index.engine import PolicyIndex
from index.errors import DuplicateArticleError, UnknownArticleError
from index.paragraphs import find_paragraphs
from index.synonyms import with_own
from index.types import Answer, IndexedArticle, IndexedParagraph, Language, Scope, Verdict

PORT = (
    "Морской порт в Сольвике откроют 14 марта.\n"
    "Причалы примут суда с осадкой до 12 метров.\n"
    "Строительство обошлось в 2 000 талеров."
)
HARVEST = "Урожай зерна вырос на треть.\nМинистр назвал год удачным."
FISHING = "Рыбаки получат субсидии на сети.\nПорт для траулеров расширят."


def article(key: int, text: str, title: str = "Новости") -> IndexedArticle:
    """Return a text as the index takes it; paragraph ids are the article's times ten plus n."""
    paragraphs = tuple(
        IndexedParagraph(key * 10 + paragraph.number, paragraph.number, paragraph.terms)
        for paragraph in find_paragraphs(text)
    )
    return IndexedArticle(key, title, date(2026, 1, 22), Language.RU, None, paragraphs)


@pytest.fixture
def index() -> PolicyIndex:
    """Return an index of three articles."""
    index = PolicyIndex()
    index.add([article(1, PORT), article(2, HARVEST), article(3, FISHING)], version=3)
    return index


def ids(answer: Answer) -> list[int]:
    """Return the paragraphs of an answer, the best first."""
    return [hit.paragraph_id for hit in answer.hits]


def test_the_paragraph_that_says_so_comes_first(index: PolicyIndex) -> None:
    """In whatever form the words are asked for."""
    answer = index.answer("когда откроется морской порт Сольвика?")
    assert ids(answer)[0] == 11
    assert answer.verdict is Verdict.ANSWER
    assert answer.index_version == 3


def test_numbers_are_found_with_and_without_spaces(index: PolicyIndex) -> None:
    """«2000» finds «2 000»."""
    assert ids(index.answer("2000 талеров"))[0] == 13


def test_words_that_no_article_has_are_named(index: PolicyIndex) -> None:
    """Latin ones as they stand, not by their stems; and the question is refused."""
    answer = index.answer("Кто построит космодром, the launches?")
    assert answer.verdict is Verdict.NONE
    assert answer.question.missing_words == ("построить", "космодром", "launches")


@pytest.mark.parametrize("text", ["", "   ", "что это и когда?", "?!…", "🙂"])
def test_a_question_without_words_is_refused(index: PolicyIndex, text: str) -> None:
    """Nothing is found for nothing."""
    answer = index.answer(text)
    assert (answer.verdict, answer.confidence, answer.hits) == (Verdict.NONE, 0.0, ())


def test_an_empty_index_refuses() -> None:
    """It knows no word."""
    answer = PolicyIndex().answer("порт")
    assert (answer.verdict, answer.hits, answer.index_version) == (Verdict.NONE, (), 0)


def test_a_removed_article_is_in_no_answer(index: PolicyIndex) -> None:
    """And what remains is ranked as if it had never been."""
    index.remove(1, version=4)
    fresh = PolicyIndex()
    fresh.add([article(2, HARVEST), article(3, FISHING)], version=4)
    for text in ("морской порт", "урожай", "субсидии рыбакам"):
        assert index.answer(text) == fresh.answer(text)


def test_an_article_added_later_is_found(index: PolicyIndex) -> None:
    """Without touching the others."""
    index.add([article(4, "Космодром построит частная компания.")], version=5)
    answer = index.answer("Кто построит космодром?")
    assert ids(answer)[0] == 41
    assert (answer.index_version, index.paragraph_count) == (5, 8)


def test_an_article_is_added_once(index: PolicyIndex) -> None:
    """Neither over itself, nor twice in one go; nothing is half-added."""
    with pytest.raises(DuplicateArticleError):
        index.add([article(4, "Новое."), article(1, PORT)], version=4)
    with pytest.raises(DuplicateArticleError):
        index.add([article(5, "Новое."), article(5, "Новое.")], version=4)
    assert not index.has(4)
    assert index.version == 3


def test_only_what_is_there_can_be_removed(index: PolicyIndex) -> None:
    """An unknown number is an error of the caller."""
    with pytest.raises(UnknownArticleError):
        index.remove(9, version=4)


def test_the_same_question_has_the_same_answer(index: PolicyIndex) -> None:
    """Ties are broken by the order of adding."""
    other = PolicyIndex()
    other.add([article(1, PORT), article(2, HARVEST), article(3, FISHING)], version=3)
    assert index.answer("порт для рыбаков") == other.answer("порт для рыбаков")


def test_the_title_helps_to_find(index: PolicyIndex) -> None:
    """Its words count for each paragraph."""
    index.add([article(4, "Он намечен на осень.", title="Саммит в Сольвике")], version=4)
    assert ids(index.answer("когда саммит"))[0] == 41


def test_a_removal_leaves_what_a_reader_holds() -> None:
    """An answer that began before a change sees the articles as they were."""
    index = PolicyIndex()
    index.add([article(1, PORT), article(2, HARVEST)], version=2)
    before, sequence = index._state, index._state.sequences[0]
    index.remove(1, version=3)
    index.add([article(3, FISHING)], version=4)
    assert before.sequences[0] == sequence
    assert before.words.count == len(before.sequences) == 5


TOLD = """
from tests.unit.index.test_engine import FISHING, HARVEST, PORT, article
from index.engine import PolicyIndex
index = PolicyIndex()
index.add([article(1, PORT), article(2, HARVEST), article(3, FISHING)], version=3)
for question in ("когда откроют порт", "kogda otkroyut port", "субсидии рыбакам в космосе"):
    answer = index.answer(question)
    print(answer, index.explain(question, answer.hits[0].paragraph_id))
"""


def test_two_processes_give_the_same_bytes() -> None:
    """The answer and why it is one, whatever the seed of the hashes."""
    told = {
        subprocess.run(
            [sys.executable, "-c", TOLD],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert b"Explanation" in told.pop()


def test_a_word_has_its_share_of_the_answer(index: PolicyIndex) -> None:
    """The shares are 1 in sum; a word that the paragraph has not has none."""
    explained = index.explain("когда откроют порт в космосе", 11)
    assert explained
    shares = {each.word.form: each.share for each in explained.shares}
    assert shares["космосе"] == 0
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["откроют"] > 0
    assert shares["порт"] > 0


def test_nothing_explains_a_paragraph_that_left(index: PolicyIndex) -> None:
    """Nor one that never was."""
    index.remove(1, version=4)
    assert index.explain("порт", 11) is None
    assert index.explain("порт", 99) is None
    index.add([article(1, PORT)], version=5)
    assert index.explain("порт", 11)


def test_a_period_leaves_only_articles_of_its_days() -> None:
    """Both ends belong to it; nothing is found where nothing came out."""
    index = PolicyIndex()
    old = replace(article(1, PORT), day=date(2025, 12, 31))
    index.add([old, replace(article(2, PORT), day=date(2026, 1, 1))], version=1)
    new_year, month = date(2026, 1, 1), date(2026, 1, 31)
    assert ids(index.answer("морской порт", within=Scope(days=(new_year, month))))[0] // 10 == 2
    assert {
        i // 10 for i in ids(index.answer("морской порт", within=Scope(days=(date.min, new_year))))
    } == {1, 2}
    assert ids(index.answer("морской порт", within=Scope(days=(date(2027, 1, 1), date.max)))) == []
    index.add([replace(article(3, PORT), day=month)], version=2)
    assert {i // 10 for i in ids(index.answer("порт", within=Scope(days=(month, month))))} == {3}


def test_a_scope_leaves_only_its_articles_and_paragraphs(index: PolicyIndex) -> None:
    """What fits all of it; an empty set leaves nothing, a scope without limits everything."""
    everywhere = ids(index.answer("порт"))
    assert {key // 10 for key in everywhere} == {1, 3}
    assert ids(index.answer("порт", within=Scope())) == everywhere
    assert ids(index.answer("порт", within=Scope(articles=frozenset({3})))) == [32]
    assert ids(index.answer("порт", within=Scope(paragraphs=frozenset({11, 12})))) == [11]
    both = Scope(articles=frozenset({3}), paragraphs=frozenset({11, 32}))
    assert ids(index.answer("порт", within=both)) == [32]
    assert ids(index.answer("порт", within=Scope(articles=frozenset()))) == []


def test_synonyms_are_tried_without_touching_the_index(index: PolicyIndex) -> None:
    """Only what is in use changes how questions are read; its own words are no slips."""
    table = with_own((("дебаркадер", "причал"),))
    trial = index.trying(table)
    assert trial.answer("дебаркадер").hits[0].paragraph_id == 12
    assert index.answer("дебаркадер").hits == ()
    index.add([article(4, "Мост закроют.")], version=4)
    assert trial.answer("мост закроют").hits == ()
    index.use(table)
    assert index.answer("дебаркадер").hits[0].paragraph_id == 12
    assert index.version == 4


def test_an_article_is_tried_without_taking_it_in(index: PolicyIndex) -> None:
    """The trial answers as if it had it; the index, its words and later changes know nothing."""
    question = "когда построят космодром в пустыне?"
    before = index.answer(question)
    assert before.verdict is not Verdict.ANSWER
    cosmodrome = article(-1, "Космодром в пустыне построят к осени.", "Космодром")
    trial = index.with_articles([cosmodrome])
    answer = trial.answer(question)
    assert answer.verdict is Verdict.ANSWER
    assert answer.hits[0].article_id == -1
    assert index.answer(question) == before
    assert index.answer("космодрм").suggestion is None
    index.add([article(4, "Верфь заложила ледокол.")], version=4)
    assert ids(index.answer("ледокол"))[0] == 41
    assert trial.answer(question) == answer
    index.remove(1, version=5)
    assert ids(trial.answer("морской порт Сольвика"))[0] == 11


def test_an_article_that_is_tried_is_found_as_if_it_were_there(index: PolicyIndex) -> None:
    """Scores and confidence are those of an index that has it."""
    other = article(4, "Рыбаки Сольвика сдали порт в аренду.\nСети им выдаст министр.")
    trial = index.with_articles([other])
    index.add([other], version=3)
    for question in ("порт в аренду", "рыбаки Сольвика", "министр выдаст сети", "урожай зерна"):
        assert trial.answer(question) == index.answer(question)


@pytest.mark.parametrize("question", ["порт хлебозавода", "субсидии в Сольвике", "рыбакам 2 000"])
def test_one_of_two_words_is_no_answer(index: PolicyIndex, question: str) -> None:
    """A matter and what is asked of it: a passage with one of them is close at most."""
    answer = index.answer(question)
    assert answer.hits
    assert answer.verdict is not Verdict.ANSWER


def test_first_letters_alone_are_no_answer(index: PolicyIndex) -> None:
    """«Субсидиарный» begins like «субсидии» and means something else."""
    answer = index.answer("субсидиарность")
    assert ids(answer) == [31]
    assert answer.verdict is not Verdict.ANSWER


def test_a_year_is_one_word(index: PolicyIndex) -> None:
    """«Год» after its number tells nothing: «назвал год удачным» is not about 2027."""
    words = index.answer("урожай в 2027 году").question.words
    assert [word.form for word in words] == ["урожай", "2027"]
    assert [word.form for word in index.answer("удачный год").question.words] == ["удачный", "год"]


def test_a_word_is_read_so_that_it_begins_like_words_of_articles() -> None:
    """«Полив» may be a form of «полить», which no article has: «поливать» begins otherwise."""
    index = PolicyIndex()
    index.add([article(1, "Поливать газоны запрещено.\nШтраф за это вырос.")], version=1)
    (word,) = index.answer("полив").question.words
    assert word.lemma == "полив"
    assert word.is_missing


def test_what_is_left_to_be_put_together_changes_no_answer() -> None:
    """Articles come one by one, are found at once, and none waits for the others to be merged."""
    index = PolicyIndex(soon=0)
    for key in range(1, 25):
        index.add([article(key, f"{PORT}\n{HARVEST} Причал {key}.")], version=key)
    question = "когда откроется порт и причал 24?"
    before = index.answer(question)
    assert before.hits[0].article_id == 24
    assert not index.is_tidy
    index.tidy()
    assert index.is_tidy
    assert index.answer(question) == before
