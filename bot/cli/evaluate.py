"""`paragraf eval`: how good the answers are, on questions with known answers."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from pydantic import TypeAdapter, ValidationError
from rich.progress import track

from bot.cli.terminal import err, out
from bot.errors import InputError
from index.evaluation import (
    Evaluation,
    GoldPassage,
    GoldQuestion,
    Result,
    Summary,
    Without,
    summarise,
)

T = TypeVar("T")

app = typer.Typer(no_args_is_help=True, help="Measure answers on questions with known answers.")


@app.callback()
def _group() -> None:
    """Measure answers on questions with known answers."""


@app.command("retrieval")
def retrieval(
    passages: Annotated[Path, typer.Option(help="JSONL: id, article, title, number, text.")],
    questions: Annotated[Path, typer.Option(help="JSONL: id, text, passages.")],
    out_file: Annotated[Path, typer.Option("--out", help="Gets a line for each question.")],
    without: Annotated[
        Without | None, typer.Option(help="Ask with the gold paragraph or article taken out.")
    ] = None,
) -> None:
    """Answer each question from an index of the passages; print how often it is right."""
    evaluation = Evaluation(list(_read(passages, GoldPassage)))
    asked = list(_read(questions, GoldQuestion))
    progress = track(asked, "Asking", console=err, disable=not err.is_terminal)
    results = [evaluation.ask(question, without) for question in progress]
    _write(out_file, results)
    _print_summary(summarise(results))


def _read(path: Path, kind: type[T]) -> Iterator[T]:
    """Yield the values of a JSONL file; fields that `kind` does not have are passed over.

    Raises:
        InputError: the file cannot be read, or a line is not such a value.

    """
    adapter = TypeAdapter(kind)
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                yield _value(adapter, line, f"{path}, line {number}")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}.") from error


def _value(adapter: TypeAdapter[T], line: str, place: str) -> T:
    try:
        return adapter.validate_json(line)
    except ValidationError as error:
        problem = error.errors()[0]
        field = ".".join(map(str, problem["loc"]))
        raise InputError(f"{place}: {field} {problem['msg']}.") from error


def _write(path: Path, results: list[Result]) -> None:
    try:
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(_line(result)) + "\n" for result in results)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from error


def _line(result: Result) -> dict[str, object]:
    sentence = result.sentence
    return {
        "id": result.question.id,
        "verdict": result.verdict.value,
        "confidence": round(result.confidence, 6),
        "passages": [{"id": key, "score": round(score, 6)} for key, score in result.passages],
        "sentence": [sentence.start, sentence.stop] if sentence else None,
    }


def _print_summary(summary: Summary) -> None:
    out.print(f"questions {summary.questions}")
    out.print(f"R@1       {summary.recall_at_1:.3f}")
    out.print(f"R@3       {summary.recall_at_3:.3f}")
    out.print(f"MRR@10    {summary.mrr_at_10:.3f}")
    out.print(f"nDCG@10   {summary.ndcg_at_10:.3f}")
    for verdict, share in summary.verdicts.items():
        out.print(f"{verdict.value:<9} {share:.3f}")
