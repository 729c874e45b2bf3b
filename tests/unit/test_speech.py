"""The day of a quote is that of its sentence, or of the occasion told just before."""

from datetime import date

from index.dates import find_speech_days
from index.types import Language, Span, SpeechDay

DAY = date(2026, 1, 22)


def speech(text: str) -> list[tuple[date, bool]]:
    quotes = []
    start = text.find("«")
    while start >= 0:
        stop = text.find("»", start)
        quotes.append([Span(start + 1, stop)])
        start = text.find("«", stop)
    return [(day.day, day.is_stated) for day in find_speech_days(text, quotes, DAY, Language.RU)]


def test_a_day_in_the_attribution_is_stated() -> None:
    assert speech("«Порт готов», — сказал министр 12 января.") == [(date(2026, 1, 12), True)]


def test_a_day_in_the_paragraph_before_is_that_of_the_quote() -> None:
    text = "Министр выступил 12 января на форуме.\n\n«Порт готов», — сказал он."
    assert speech(text) == [(date(2026, 1, 12), True)]


def test_a_quote_after_another_is_dated_by_context() -> None:
    text = "12 января министр сказал: «Порт готов».\n«Дорога тоже», — добавил он."
    assert speech(text) == [(date(2026, 1, 12), True), (date(2026, 1, 12), False)]


def test_the_day_of_a_document_is_no_day_of_speech() -> None:
    assert speech("«Порт готов», — сказал он о плане от 12 января.") == []


def test_a_day_without_an_occasion_is_no_day_of_speech() -> None:
    text = "Порт построен 12 января.\n«Он готов», — сказал министр."
    assert speech(text) == []


def test_a_day_to_come_is_no_day_of_speech() -> None:
    assert speech("«Порт готов», — сказал министр, открывая его 12 февраля.") == []


def test_a_quote_of_several_paragraphs_has_a_day_for_each() -> None:
    text = "Министр выступил 12 января.\n«Порт готов.\nДорога тоже»."
    first, second = Span(29, 40), Span(41, 52)
    assert find_speech_days(text, [[first, second]], DAY, Language.RU) == (
        SpeechDay(first, date(2026, 1, 12)),
        SpeechDay(second, date(2026, 1, 12)),
    )
