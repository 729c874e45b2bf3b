"""docs/dates.md names every rule in its order, and its examples are true."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index.dates import find_dates
from index.dates.languages import RULES
from index.types import Language

DOC = Path(__file__).parent.parent.parent / "docs" / "dates.md"
DAY = date(2026, 1, 22)
ROW = re.compile(r"^\| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
HEADINGS = {"Russian": Language.RU, "English": Language.EN, "Azerbaijani": Language.AZ}


def rows() -> Iterator[tuple[Language, str, str, str]]:
    for section in DOC.read_text("utf-8").split("\n## ")[1:]:
        language = HEADINGS.get(section.split("\n", 1)[0])
        if language is not None:
            for name, example, days in re.findall(
                r"^\| (.+?) \| (.+?) \| (.+?) \|$", section, re.MULTILINE
            ):
                if name != "rule":
                    yield language, name, example, days


@pytest.mark.parametrize("language", Language)
def test_the_document_lists_the_rules_in_order(language: Language) -> None:
    listed = [name for of, name, _, _ in rows() if of is language]
    assert listed == [rule.name for rule in RULES[language]]


@pytest.mark.parametrize(("language", "name", "example", "days"), [*rows()])
def test_each_rule_has_a_true_example(
    language: Language, name: str, example: str, days: str
) -> None:
    found = []
    for mention in find_dates(example, DAY, language):
        first, last = (day.isoformat() if day else "" for day in (mention.first, mention.last))
        found.append(first if first == last else f"{first}..{last}")
    assert (" ".join(found) or "none") == days
