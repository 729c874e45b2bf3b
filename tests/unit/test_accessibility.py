"""The rules for buttons find what they are meant to find; the e2e tests hold the bot to them."""

import pytest

from tests.accessibility import find_faults


@pytest.mark.parametrize(
    ("keyboard", "fault"),
    [
        ([["👍"]], "has no words"),
        ([["Ещё"], ["Ещё"]], "stands twice"),
        ([["Показать следующие отрывки статьи"]], "is too long"),
        ([["1", "2", "3", "4"]], "is too wide"),
        ([["Ещё"], []], "an empty row"),
    ],
)
def test_a_bad_keyboard_is_found_out(keyboard: list[list[str]], fault: str) -> None:
    """Each rule by a keyboard that breaks it alone."""
    (found,) = find_faults(keyboard)
    assert fault in found


def test_a_good_keyboard_has_no_faults() -> None:
    """Words with an emoji beside them are words; numbers of list items are read aloud."""
    assert find_faults([["🔔 Подписаться", "Статья"], ["1", "2", "3"]]) == []
