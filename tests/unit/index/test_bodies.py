"""Which bodies a reader's words name."""

import pytest

from index.people import match_body

BODIES = (
    ("Министерство энергетики Сольвика", "Минэнерго"),
    ("Министерство энергетики", None),
    ("SOCAR", None),
    ("Фонд развития порта", "ФРП"),
    ("Северный ветер", None),
)


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("министерства энергетики", (1, 0)),
        ("министерством энергетики Сольвика", (0,)),
        ("минэнерго", (0,)),
        ("socar", (2,)),
        ("Сокар", (2,)),
        ("фрп", (3,)),
        ("фонду развития", (3,)),
        ("северного ветра", (4,)),
        ("Severny veter", (4,)),
        ("министерство рыбалки", ()),
        ("порт", (3,)),
        ("и в", ()),
        ("", ()),
        ("?!", ()),
    ],
)
def test_every_word_must_be_in_the_name(query: str, places: tuple[int, ...]) -> None:
    """In any form, by sound in another alphabet; the shortest name first."""
    assert match_body(query, BODIES) == places
