"""What became of each paragraph in another version."""

import pytest

from index.revisions import MOST_ORDERED, Fate, changed_words, compare, match_paragraphs

PORT = "Новый порт в Кортане откроется 14 сентября."
LATER = "Новый порт в Кортане откроется 20 октября."
DEPTH = "Глубина у причала составит 15,5 метра."
PILOTS = "За безопасность отвечают 22 лоцмана."
WHEAT = "Урожай пшеницы вырос на треть."


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ([], [], ()),
        ([PORT, DEPTH], [PORT, DEPTH], (0, 1)),
        ([PORT, DEPTH], [WHEAT, PORT, DEPTH], (1, 2)),
        ([PORT, DEPTH, PILOTS], [PORT, PILOTS], (0, None, 1)),
        ([PORT, DEPTH], [LATER, DEPTH], (0, 1)),
        ([PORT, DEPTH, PILOTS], [PILOTS, PORT, DEPTH], (1, 2, 0)),
        ([PORT], [WHEAT], (None,)),
        (["***", PORT, "***", DEPTH], [PORT, "***", DEPTH], (None, 0, 1, 2)),
        ([PORT, PORT], [PORT], (0, None)),
        ([PORT], [WHEAT, LATER], (1,)),
    ],
)
def test_each_paragraph_is_found_again(
    old: list[str], new: list[str], found: tuple[int | None, ...]
) -> None:
    """The same words first, then what is most alike; nothing twice."""
    assert match_paragraphs(old, new) == found


def test_changes_are_listed_in_the_order_of_the_new_text() -> None:
    """A removed paragraph stands behind the one that it stood behind."""
    changes = compare([PORT, WHEAT, DEPTH], [LATER, DEPTH, PILOTS])
    assert [(each.fate, each.old, each.new) for each in changes] == [
        (Fate.CHANGED, 0, 0),
        (Fate.REMOVED, 1, None),
        (Fate.SAME, 2, 1),
        (Fate.ADDED, None, 2),
    ]


def test_the_words_that_changed() -> None:
    """On both sides, in text order."""
    gone, come = changed_words(PORT, LATER)
    assert [span.of(PORT) for span in gone] == ["14", "сентября"]
    assert [span.of(LATER) for span in come] == ["20", "октября"]


def test_a_number_is_one_word() -> None:
    """Whatever stands within it; the sentence's end is none of it."""
    was, now = "Глубина 15,5 метра, сдан 14.03.2025.", "Глубина 15,8 метра, сдан 14.03.2026."
    gone, come = changed_words(was, now)
    assert [span.of(was) for span in gone] == ["15,5", "14.03.2025"]
    assert [span.of(now) for span in come] == ["15,8", "14.03.2026"]


def test_ten_thousand_paragraphs_are_compared() -> None:
    """As long as an article may be."""
    old = [f"Абзац номер {number} о порте." for number in range(10_000)]
    new = old[:5_000] + old[5_001:]
    found = match_paragraphs(old, new)
    assert found[5_000] is None
    assert found[9_999] == 9_998


def test_the_same_words_of_very_many_paragraphs_are_found() -> None:
    """Though every other one between them was changed: that takes no more than each of them."""
    old = [f"Дом {n} снесут." for n in range(2 * MOST_ORDERED)]
    new = [words if n % 2 else f"Причал {n}{n} закроют навсегда." for n, words in enumerate(old)]
    found = match_paragraphs(old, new)
    assert found[1::2] == tuple(range(1, len(old), 2))
