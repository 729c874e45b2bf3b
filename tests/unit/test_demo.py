"""The demo corpus has the shape its README promises."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

DEMO = Path(__file__).parents[2] / "demo"
ARTICLES = sorted((DEMO / "articles").iterdir())
GOLDEN: list[dict[str, Any]] = [
    json.loads(line) for line in (DEMO / "golden.jsonl").read_text(encoding="utf-8").splitlines()
]
REQUIRED = {"title", "date", "source", "language"}
RESERVED_HOSTS = {"example.org", "example.com", "example.net"}  # RFC 2606, section 3
KEYS = ["id", "question", "article", "paragraphs", "kind"]
UNANSWERED = {"near", "far"}
AT_LEAST = {
    "direct": 20,
    "paraphrase": 8,
    "low-overlap": 8,
    "abbreviation": 5,
    "typo": 5,
    "translit": 5,
    "layout": 3,
    "number": 8,
    "name": 8,
    "near": 14,
    "far": 10,
}


def split_article(path: Path) -> tuple[dict[str, str], list[str]]:
    head, body = path.read_text(encoding="utf-8").split("\n\n", 1)
    pairs = (line.split(":", 1) for line in head.splitlines())
    header = {key.strip().lower(): value.strip() for key, value in pairs}
    return header, [line for line in body.splitlines() if line.strip()]


BODIES = {path.name: split_article(path)[1] for path in ARTICLES}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_every_article_has_its_header(path: Path) -> None:
    """Title, day, source and language are always there; an address leads to no real host."""
    header, _ = split_article(path)
    assert header.keys() - {"url"} == REQUIRED
    assert all(header.values())
    assert date(2024, 3, 1) <= date.fromisoformat(header["date"]) <= date(2026, 3, 31)
    assert header["language"] in {"ru", "en", "az"}
    if "url" in header:
        assert urlsplit(header["url"]).hostname in RESERVED_HOSTS


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_a_blank_line_parts_every_two_paragraphs(path: Path) -> None:
    """A paragraph is one line, so its number is the same however paragraphs are cut."""
    _, paragraphs = split_article(path)
    body = path.read_text(encoding="utf-8").split("\n\n", 1)[1]
    assert body == "\n\n".join(paragraphs) + "\n"
    assert 5 <= len(paragraphs) <= 14


def test_the_corpus_is_large_enough_and_in_three_languages() -> None:
    languages = Counter(split_article(path)[0]["language"] for path in ARTICLES)
    assert languages["ru"] >= 14
    assert languages["en"] >= 1
    assert languages["az"] >= 1


def test_golden_questions_are_told_apart() -> None:
    """No identifier and no question comes twice."""
    assert len({row["id"] for row in GOLDEN}) == len(GOLDEN)
    assert len({row["question"] for row in GOLDEN}) == len(GOLDEN)


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: row["id"])
def test_a_golden_line_points_at_paragraphs_that_exist(row: dict[str, Any]) -> None:
    """Answered means an article and paragraphs; `near` and `far` mean neither."""
    assert [key for key in row if key != "also"] == KEYS
    assert row["question"].strip()
    assert (row["article"] is None) == (row["kind"] in UNANSWERED)
    assert bool(row["paragraphs"]) == (row["article"] is not None)
    named = [[row["article"], number] for number in row["paragraphs"]] + row.get("also", [])
    assert all(1 <= number <= len(BODIES[name]) for name, number in named)


def test_each_kind_of_question_has_its_share() -> None:
    """Few questions of a kind would let a fall in answering it pass unseen."""
    kinds = Counter(row["kind"] for row in GOLDEN)
    assert kinds.keys() == AT_LEAST.keys()
    assert {kind: kinds[kind] for kind in kinds if kinds[kind] < AT_LEAST[kind]} == {}
    assert sum(kinds[kind] for kind in kinds.keys() - UNANSWERED) >= 75


def test_every_article_answers_a_question() -> None:
    assert {row["article"] for row in GOLDEN} - {None} == set(BODIES)
