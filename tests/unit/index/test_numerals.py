"""Amounts and dates are found in any of the ways a text may write them."""

import pytest

from index.numerals import reword_numbers

KNOWN = {"12", "миллион", "1.8", "миллиард", "38", "тысяча", "15000", "февраль", "9", "3.3"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12 000 000 тонн", "12 млн тонн"),
        ("12000000", "12 млн"),
        ("1,8 миллиарда", "1,8 миллиарда"),
        ("1800 миллионов", "1,8 млрд"),
        ("38000", "38 тыс"),
        ("15 тысяч", "15 000"),
        ("15.000 тонн", "15000 тонн"),
        ("9.2.2026", "9 февраля 2026"),
        ("2026-02-09", "9 февраля 2026"),
        ("9.13.2026", "9.13.2026"),
        ("09.03.2026", "09.03.2026"),
        ("версия 3.3", "версия 3.3"),
        ("907", "907"),
        ("+994 12 345 67 89", "+994 12 345 67 89"),
        ("", ""),
    ],
)
def test_only_what_articles_have_otherwise_is_reworded(typed: str, meant: str) -> None:
    """Each line holds."""
    assert reword_numbers(typed, KNOWN.__contains__) == meant
