"""Questions whose paragraphs are known: the demo's, and folders of one's own.

A folder holds `passages.jsonl` and `questions.jsonl` in the form that `paragraf eval retrieval`
reads; questions without passages are those that nothing answers.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from bot.ingest.drafts import make_draft
from index.evaluation import GoldPassage, GoldQuestion
from index.types import Language

T = TypeVar("T")

DEMO = Path(__file__).parents[1] / "demo"
ACROSS = Path(__file__).parents[1] / "tests" / "data"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Passages, questions with their passages, and questions that none of them answers."""

    name: str
    passages: tuple[GoldPassage, ...]
    questions: tuple[GoldQuestion, ...]
    refused: tuple[GoldQuestion, ...]


def is_held_out(question: GoldQuestion) -> bool:
    """Return whether a question is of the half that nothing is tuned on, by a hash of its id."""
    return hashlib.sha256(question.id.encode()).digest()[-1] % 2 == 1


def demo_set() -> QuestionSet:
    """Return the demo's paragraphs and golden questions."""
    passages = []
    for path in sorted((DEMO / "articles").glob("*.txt")):
        draft = make_draft(path.read_text(encoding="utf-8"))
        for part in draft.paragraphs:
            text = part.span.of(draft.article.text)
            key = f"{path.name}#{part.number}"
            passages.append(GoldPassage(key, path.name, draft.article.title, part.number, text))
    return _set("demo", passages, list(_golden()))


def across_set(language: Language) -> QuestionSet:
    """Return the demo's paragraphs and questions on them in another language."""
    questions = []
    lines = (ACROSS / f"questions_{language}.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        text, arrow, place = line.partition(" => ")
        if arrow:
            name, *numbers = place.split()
            keys = tuple(f"{name}.txt#{number}" for number in numbers)
            questions.append(GoldQuestion(text, text, keys))
    return _set(f"demo from {language}", list(demo_set().passages), questions)


def read_set(folder: Path) -> QuestionSet:
    """Return the set in a folder, by the folder's name."""
    passages = _read(folder / "passages.jsonl", TypeAdapter(GoldPassage))
    questions = _read(folder / "questions.jsonl", TypeAdapter(GoldQuestion))
    return _set(folder.name, passages, questions)


def _set(name: str, passages: list[GoldPassage], questions: list[GoldQuestion]) -> QuestionSet:
    asked = tuple(question for question in questions if question.passages)
    refused = tuple(question for question in questions if not question.passages)
    return QuestionSet(name, tuple(passages), asked, refused)


def _golden() -> Iterator[GoldQuestion]:
    with (DEMO / "golden.jsonl").open(encoding="utf-8") as file:
        for record in map(json.loads, file):
            places = [[record["article"], number] for number in record["paragraphs"]]
            keys = (f"{name}#{number}" for name, number in places + record.get("also", []))
            yield GoldQuestion(record["id"], record["question"], tuple(keys))


def _read(path: Path, adapter: TypeAdapter[T]) -> list[T]:
    with path.open(encoding="utf-8") as file:
        return [adapter.validate_json(line) for line in file]
