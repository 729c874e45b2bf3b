"""«Почему этот ответ?» tells the same, to the byte, wherever and whenever it is asked."""

import os
import subprocess
import sys

import pytest

from bot.replies.why import why_body
from index.engine import PolicyIndex
from tests.unit.bot.replies.samples import VIEW, a_passage
from tests.unit.index.test_engine import FISHING, HARVEST, PORT, article

#: As written, mistyped, in Latin letters, with synonyms, with another way to write a number.
QUESTIONS = (
    "когда откроют морской порт в космосе",
    "морскйо порт",
    "kogda otkroyut port",
    "стоимость строительства порта",
    "во сколько обошлось: 2 тысячи талеров",
)

TOLD = """
import sys
from tests.unit.bot.replies.test_why import QUESTIONS, told
sys.stdout.buffer.write("\\n".join(map(told, QUESTIONS)).encode())
"""


def told(question: str) -> str:
    """Return what is told of the first passage that answers a question."""
    index = PolicyIndex()
    index.add([article(1, PORT), article(2, HARVEST), article(3, FISHING)], version=3)
    first = index.answer(question).hits[0]
    explained = index.explain(question, first.paragraph_id)
    return why_body(a_passage("Порт откроют."), explained, 7, 3, VIEW).html


def test_two_processes_tell_the_same_bytes() -> None:
    """Whatever the seed of the hashes, and the same as this one."""
    here = "\n".join(map(told, QUESTIONS)).encode()
    for seed in ("1", "2"):
        process = subprocess.run(
            [sys.executable, "-c", TOLD],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        assert process.stdout == here


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (QUESTIONS[0], "Нет в этом абзаце: «космосе»."),
        (QUESTIONS[1], "Прочитано как: морской порт"),
        (QUESTIONS[2], "Прочитано как: когда откроют порт"),
        (QUESTIONS[3], "также как: обойтись"),
        (QUESTIONS[4], "Прочитано как: во сколько обошлось: 2 000 талеров"),
        (QUESTIONS[0], "Состояние указателя: 3."),
        (QUESTIONS[0], "?start=a7"),
    ],
)
def test_what_is_told(question: str, words: str) -> None:
    """What was corrected and expanded, what is missing, the versions, the answer's link."""
    assert words in told(question)
