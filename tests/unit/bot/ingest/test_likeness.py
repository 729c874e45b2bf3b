"""A text made of another is told from one that tells of the same."""

import pytest

from bot.ingest.likeness import _likeness, sign
from index.paragraphs import find_paragraphs

PORT = "\n".join(
    f"Причал номер {n} примет суда с зерном, и его глубина составит {n} метров." for n in range(20)
)
OTHER = "\n".join(
    f"Зерно повезут судами от причала {n}: там теперь глубоко, сказал министр." for n in range(20)
)


def likeness(one: str, other: str) -> float:
    """Return how nearly two texts read alike."""
    signs = [sign([each.terms for each in find_paragraphs(text)]) for text in (one, other)]
    return _likeness(*signs)


@pytest.mark.parametrize(
    ("other", "least", "most"),
    [
        (PORT, 1.0, 1.0),
        (PORT.replace("составит", "составила"), 1.0, 1.0),
        (PORT + "\nОткрытие назначено на осень.", 0.85, 1.0),
        ("\n".join(reversed(PORT.splitlines())), 1.0, 1.0),
        ("\n".join(PORT.splitlines()[:10]), 0.3, 0.8),
        (OTHER, 0.0, 0.1),
    ],
    ids=["same", "other forms", "a line more", "other order", "half", "same matter"],
)
def test_likeness(other: str, least: float, most: float) -> None:
    """Of word forms and order it does not depend, of three words in a row it does."""
    assert least <= likeness(PORT, other) <= most
