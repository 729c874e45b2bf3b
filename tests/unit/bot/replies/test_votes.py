"""The buttons of readers and editors, in every language."""

from datetime import UTC, date, datetime

import pytest

from bot.locales import get_locale
from bot.replies.feedback import Entry, feedback_body
from bot.replies.filters import Narrower, narrow_keyboard
from bot.replies.outcome import Keyboard
from bot.replies.passage import View
from bot.replies.unanswered import MOST_TEXT, unanswered_body
from bot.replies.votes import REASONS, reason_words, reasons_keyboard, report_keyboard, vote_row
from bot.store.feedback import Feedback, Kind, Reason, Tally, Vote
from bot.store.unanswered import MOST_TEXTS, Unanswered
from index.types import Language
from tests.accessibility import find_faults

NOON = datetime(2026, 2, 11, 12, tzinfo=UTC)
LONG = "Министерство транспорта, связи и высоких технологий Сольвика"


def labels(keyboard: Keyboard) -> list[list[str]]:
    return [[button.label for button in row] for row in keyboard]


@pytest.mark.parametrize("language", list(Language))
def test_every_keyboard_can_be_read(language: Language) -> None:
    """On a narrow phone and aloud."""
    locale = get_locale(language)
    view = View(locale, date(2026, 2, 11), "paragraf_bot")
    wrong = Feedback(Kind.ANSWER, 9, 1, Vote.WRONG, 8, NOON, voter_id=42, reason=Reason.OTHER)
    entry = Entry(wrong, Tally(1, 2), None, None, page=2, total=3)
    narrowers = [Narrower(LONG, "x"), Narrower("2026", "y"), Narrower("2026", "z")]
    keyboards = (
        (vote_row(1, 0, locale),),
        reasons_keyboard(1, 0, locale),
        report_keyboard(Kind.QUOTE, 1, locale),
        report_keyboard(Kind.EVENT, 1, locale),
        feedback_body(entry, view).keyboard,
        unanswered_body(Unanswered(1, ("порт",), 3, ()), 2, 3, view).keyboard,
        narrow_keyboard(1, 0, narrowers, locale),
    )
    assert [fault for each in keyboards for fault in find_faults(labels(each))] == []


@pytest.mark.parametrize("language", list(Language))
def test_every_reason_has_words_of_its_own(language: Language) -> None:
    """Whatever it is about."""
    locale = get_locale(language)
    words = {reason_words(reason, locale) for reason in Reason}
    assert len(words) == len(Reason)
    assert {reason for reasons in REASONS.values() for reason in reasons} == set(Reason)


def test_the_longest_entry_of_the_board_fits_a_message() -> None:
    """Whatever letters it is of: emoji count twice."""
    view = View(get_locale(Language.RU), date(2026, 2, 11), "paragraf_bot")
    entry = Unanswered(1, ("😀" * 900,) * 12, 3, ("😀" * 2 * MOST_TEXT,) * MOST_TEXTS)
    text = unanswered_body(entry, 1, 1, view).html
    assert len(text.encode("utf-16-le")) // 2 < 4096
