"""The extractors take work in proportion to the length of a text, whatever it is made of.

Work is counted in calls, which are the same on every machine; nothing here measures time.
"""

import cProfile
from datetime import date

import pytest

from index.dates.languages import RULES
from index.facts import Facts, find_facts
from index.types import Language

DAY = date(2026, 1, 22)
SHORT, TIMES = 1_000, 4

#: Four times the text may take so many times the calls: what is done once counts for little.
MOST = 4.6

HOSTILE = [
    "«", "«слово ", "»", '"', "«слово» ", "«Мы рады», — сказал Иван Петров. ", "1234567890", "12 ",
    "8 августа, 9–10 февраля, в марте, ", "Он приехал 8 августа. ", "в среду, вчера, ", "слово",
    "—", "— Да?\n", "Кто?\n", "Кто он?\n— Я.\n", "А. Б. ", "...", "(слово ", "Иван Петров ",
    "И. И. Иванов ", "Иван Петров: Да.\n", "John Smith ", "ИВАН ", ", который ", "\n",
    "президент Иван Петров, ", "«Вчера, 8 августа 2025 года», ", "Министерство обороны ",
]  # fmt: skip


def read(piece: str, chars: int) -> Facts:
    return find_facts((piece * (chars // len(piece) + 1))[:chars], DAY, Language.RU)


def calls(piece: str, chars: int) -> int:
    """Return how many functions are called to read a text of one piece over and over."""
    profile = cProfile.Profile()
    profile.runcall(read, piece, chars)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_texts_take_work_by_their_length(piece: str) -> None:
    """Four times as long a text takes about four times the work."""
    read(piece, SHORT)  # words that are met first are looked up once
    short = calls(piece, SHORT)
    assert calls(piece, TIMES * SHORT) <= MOST * short


def test_a_million_characters_without_a_fact_have_none() -> None:
    """A file of figures, marks and one endless word is read to its end."""
    text = "".join(piece * (250_000 // len(piece)) for piece in ("1234567890", "...", "ух", "\n"))
    facts = find_facts(text, DAY, Language.RU)
    assert (facts.dates, facts.events, facts.quotes, facts.people.persons) == ((), (), (), ())


@pytest.mark.parametrize("language", list(Language))
def test_a_rule_is_passed_over_only_where_it_cannot_match(language: Language) -> None:
    """Rows of symbols without those that it needs have no match."""
    for rule in RULES[language]:
        others = sorted({*rule.pattern.pattern, *b"xdYM.-,"} - {*rule.needs, *rb"()[]{}?*+|\<!="})
        rows = (bytes([a, b, a, b, 120, b, a]) for a in others for b in others)
        assert not rule.needs or not any(rule.pattern.search(row) for row in rows), rule.name
