"""Quotes are found whole, without the author's words, and with nobody's words put in a mouth."""

import re
from datetime import date
from pathlib import Path

import pytest

from index.quotes import find_quotes
from index.types import Certainty, Quote, QuoteKind, SpeakerKind
from tests.unit.tables import pairs, rows

NEWS_DAY = date(2026, 1, 22)


def marked(annotated: str) -> tuple[str, list[list[str]]]:
    """Return the text of an annotated line and the parts of each quote in it."""
    quotes: list[list[str]] = []
    for part in re.finditer(r"⟦(\+?)([^⟧]*)⟧", annotated):
        if part[1]:
            quotes[-1].append(part[2])
        else:
            quotes.append([part[2]])
    return re.sub(r"⟦\+?|⟧", "", annotated), quotes


def words(text: str, quote: Quote) -> list[str]:
    return [span.of(text) for span in quote.spans]


@pytest.mark.parametrize(("annotated", "kinds"), pairs("quotes_ru.txt"))
def test_quotes_are_found_word_for_word(annotated: str, kinds: str) -> None:
    text, expected = marked(annotated)
    found = find_quotes(text)
    assert [words(text, quote) for quote in found] == expected
    assert " ".join(quote.kind for quote in found) == kinds


@pytest.mark.parametrize(("text", "expected"), pairs("speakers_ru.txt"))
def test_speakers_are_who_the_article_says(text: str, expected: str) -> None:
    found = [quote.speaker for quote in find_quotes(text)]
    assert " ".join(f"{s.name}|{s.certainty}" if s else "-" for s in found) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [*pairs("speakers_en.txt"), *pairs("speakers_az.txt")]
)
def test_english_and_azerbaijani_quotes_have_their_speakers(text: str, expected: str) -> None:
    """Common forms; a fragment is left out, as lists leave it out."""
    found = [quote for quote in find_quotes(text) if quote.kind is not QuoteKind.FRAGMENT]
    speakers = [quote.speaker for quote in found]
    assert " ".join(f"{s.name}|{s.certainty}" if s else "-" for s in speakers) == expected


@pytest.mark.parametrize("text", rows("not_quotes.txt"))
def test_titles_names_and_indirect_speech_are_no_quotes(text: str) -> None:
    assert [words(text, quote) for quote in find_quotes(text)] == []


DOCS = Path(__file__).parents[2] / "docs" / "quotes.md"
EXAMPLES = [
    line.strip().replace("⏎", "\n")
    for block in re.findall(r"```quotes\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    for line in block.strip().splitlines()
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_documentation_hold(example: str) -> None:
    annotated, _, expected = example.rpartition("=>")
    text, quotes = marked(annotated.strip())
    found = find_quotes(text)
    assert [words(text, quote) for quote in found] == quotes
    speakers = [f"{q.speaker.name}|{q.speaker.certainty}" if q.speaker else "-" for q in found]
    said = [f"{quote.kind} {who}" for quote, who in zip(found, speakers, strict=True)]
    assert " ".join(said) == expected.strip()


def only(text: str, day: date | None = NEWS_DAY, home: str | None = None) -> Quote:
    (quote,) = find_quotes(text, day, home=home)
    return quote


def test_a_role_is_resolved_by_the_table_as_by_context() -> None:
    speaker = only("«Переговоры продолжатся», — заявил президент Азербайджана.").speaker
    assert speaker is not None
    assert (speaker.name, speaker.certainty) == ("Ильхам Алиев", Certainty.CONTEXT)


def test_the_table_holds_on_its_days_only() -> None:
    text = "«Переговоры продолжатся», — заявил президент США."
    names = [
        quote.speaker.name if quote.speaker else None
        for day in (date(2016, 1, 1), date(2024, 6, 1), NEWS_DAY)
        for quote in find_quotes(text, day)
    ]
    assert names == [None, "Джо Байден", "Дональд Трамп"]


def test_a_head_of_state_needs_a_country() -> None:
    text = "«Переговоры продолжатся», — заявил глава государства."
    assert only(text).speaker is None
    at_home = only(text, home="az").speaker
    assert at_home is not None
    assert at_home.name == "Ильхам Алиев"


def test_the_table_names_in_full_whom_the_article_names_by_surname() -> None:
    speaker = only("«Переговоры продолжатся», — заявил президент США Трамп.").speaker
    assert speaker is not None
    assert (speaker.name, speaker.identity) == ("Трамп", "Дональд Трамп")


def test_a_document_is_a_speaker_of_its_own_kind() -> None:
    speaker = only("«Стороны едины», — говорится в совместном заявлении МИД.").speaker
    assert speaker is not None
    assert (speaker.name, speaker.kind) == ("совместное заявление МИД", SpeakerKind.DOCUMENT)


def test_what_is_not_resolved_keeps_the_words_of_the_attribution() -> None:
    text = "«Дорога готова», — рассказал местный житель."
    quote = only(text)
    assert quote.speaker is None
    assert quote.mention is not None
    assert quote.mention.of(text) == "местный житель"
    assert quote.attribution is not None
    assert quote.attribution.of(text) == "рассказал местный житель."


def test_a_sentence_with_a_day_of_its_own_is_of_another_occasion() -> None:
    """The forum was four days before, and the words were not said there."""
    before = "20 января министр Игорь Гордеев выступил на форуме.\n"
    after = "инистр Игорь Гордеев сказал: «Дамбу строят вовремя и без задержек»."
    assert only(f"{before}24 января на верфи м{after}").occasion is None
    text = f"{before}М{after}"
    found = only(text).occasion
    assert found
    assert found.of(text) == "на форуме"


@pytest.mark.parametrize(
    ("text", "occasion"),
    [
        (
            "5 января в интервью местным телеканалам Ветров сказал: «Год был удачным для всех».",
            "в интервью местным телеканалам",
        ),
        (
            "Ветров выступил в ходе мероприятия «Утро в долине».\n«Мы готовы», — сказал он.",
            "в ходе мероприятия «Утро в долине»",
        ),
        ("«Мы готовы», — сказал Ветров на форуме в столице.", "на форуме"),
        ("«Мы готовы», — сказал Ветров.", None),
    ],
)
def test_the_occasion_is_cut_from_the_text(text: str, occasion: str | None) -> None:
    found = only(text).occasion
    assert (found.of(text) if found else None) == occasion


def test_the_day_may_stand_in_the_sentence_or_the_paragraph_before() -> None:
    text = "Ветров выступил 20 января.\n«Мы готовы. Ждём», — сказал он 21 января. Все ушли."
    quote = only(text)
    assert quote.sentences.of(text) == "«Мы готовы. Ждём», — сказал он 21 января."
    assert quote.before is not None
    assert quote.before.of(text) == "Ветров выступил 20 января."


@pytest.mark.parametrize(
    "unit",
    [
        *("«", "»", '"', "«а» ", "«\n", "Иванов ", "1 2 ", "А. ", "— Да. ", "«а „б «в ", "(а", "ы"),
        *("а\u200b", "\u202eаб\u202c ", "а\u0301", "John Smith ", "\n", "сказал, что «"),
        *("— Да?\n— Нет.\n", "Иванов: Да, мы идём.\n", "Что?\nМы идём.\n"),
    ],
)
def test_hostile_texts_are_read_to_the_end(unit: str) -> None:
    """What repeats one thing ten thousand times gives spans of the text, and no error."""
    text = unit * 10_000
    for quote in find_quotes(text, NEWS_DAY):
        assert all(0 <= span.start < span.stop <= len(text) for span in quote.spans)
