"""A text becomes an article, or the reason why not."""

from datetime import date

import pytest

from bot.errors import UserError
from bot.ingest.drafts import MOST_TEXT_BYTES, MOST_TITLE_LETTERS, Overrides, make_draft
from index.types import Language


def test_the_text_is_kept_as_it_is() -> None:
    """Only the header and outer white space are left out."""
    draft = make_draft("title: Порт\ndate: 2026-01-22\n\n  Открыт.\n\n  Весь.  \n")
    assert draft.article.text == "Открыт.\n\n  Весь."
    assert [p.span.of(draft.article.text) for p in draft.paragraphs] == ["Открыт.", "Весь."]


def test_what_the_person_says_goes_before_what_the_file_says() -> None:
    """Field by field."""
    said = Overrides(title="Другой", day=date(2025, 5, 1), language=Language.AZ)
    article = make_draft("title: Порт\ndate: 2026-01-22\nsource: Газета\nОткрыт.", said).article
    assert (article.title, article.day, article.language) == ("Другой", date(2025, 5, 1), "az")
    assert article.source == "Газета"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Порт открыт. Приходите.", "Порт открыт"),
        ("Порт\u00a0открыт  весной", "Порт открыт весной"),
        ("Откроют? Да.", "Откроют?"),
    ],
)
def test_a_missing_title_is_the_first_sentence(text: str, title: str) -> None:
    """Without its full stop."""
    assert make_draft(text, Overrides(day=date(2026, 1, 22))).article.title == title


def test_a_long_title_is_cut_at_a_word() -> None:
    """With a sign that it goes on."""
    text = "Правительство утвердило программу развития прибрежных районов, " * 3
    title = make_draft(text, Overrides(day=date(2026, 1, 22))).article.title
    assert len(title) <= MOST_TITLE_LETTERS + 1
    assert title.endswith("…")
    assert text.startswith(title.removesuffix("…"))
    assert text[len(title) - 1] in " ,"


def test_a_single_endless_word_is_cut_too() -> None:
    """There is no word border to cut at."""
    title = make_draft("ж" * 500, Overrides(day=date(2026, 1, 22))).article.title
    assert title == "ж" * MOST_TITLE_LETTERS + "…"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Порт открыт.", "What day"),
        ("date: 2026-01-22\n\n", "no words"),
        ("date: 2026-01-22\n… — !", "no words"),
        ("date: 2026-01-22\n" + "ж " * (MOST_TEXT_BYTES // 2), "5 MB"),
        ("date: 2026-01-22\nהנמל נפתח היום.", "another language"),
        ("date: 2026-01-22\nافتتح الميناء اليوم.", "another language"),
    ],
)
def test_what_cannot_be_published_is_refused(text: str, sentence: str) -> None:
    """In one clear sentence."""
    with pytest.raises(UserError, match=sentence):
        make_draft(text)


def test_signs_that_turn_letters_around_are_left_out() -> None:
    """With them a quotation would be read other than it is stored."""
    text = "date: 2026-01-22\nПорт \u202eтырказ\u202c откроют.\x00"
    assert make_draft(text).article.text == "Порт тырказ откроют."
