"""`paragraf eval`: how good the answers are, on questions with known answers."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from pydantic import TypeAdapter, ValidationError
from rich.progress import track

from bot.cli.terminal import err, out
from bot.config import load_settings
from bot.errors import InputError
from bot.search import open_meaning
from index.evaluation import (
    Evaluation,
    GoldPassage,
    GoldQuestion,
    Result,
    Summary,
    Without,
    summarise,
)
from index.facts import find_facts
from index.languages import detect_language
from index.types import Certainty, DateMention, Quote, QuoteKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FactsDocument:
    """A text whose facts are to be found, and the day it came out."""

    doc_id: str
    ref_date: date
    text: str


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
    meaning = open_meaning(load_settings())
    evaluation = Evaluation(
        list(_read(passages, GoldPassage)), meaning.encoder if meaning else None
    )
    asked = list(_read(questions, GoldQuestion))
    progress = track(asked, "Asking", console=err, disable=not err.is_terminal)
    results = [evaluation.ask(question, without) for question in progress]
    _write(out_file, [json.dumps(_line(result)) for result in results])
    _print_summary(summarise(results))


@app.command("facts")
def facts(
    documents: Annotated[Path, typer.Argument(help="JSON: a list of doc_id, ref_date, text.")],
    out_file: Annotated[Path, typer.Option("--out", help="Gets the dates and quotes as JSON.")],
) -> None:
    """Find the dates and quotes of texts, in the form that scorers read."""
    dates: list[dict[str, object]] = []
    quotes: list[dict[str, object]] = []
    for document in _read_list(documents, FactsDocument):
        found = find_facts(document.text, document.ref_date, detect_language(document.text))
        dates += [_date_dict(document.doc_id, mention) for mention in found.dates]
        quotes += [
            _quote_dict(document, quote)
            for quote in found.quotes
            if quote.kind is not QuoteKind.FRAGMENT
        ]
    _write(out_file, [json.dumps({"dates": dates, "quotes": quotes}, ensure_ascii=False)])
    out.print(f"dates  {len(dates)}")
    out.print(f"quotes {len(quotes)}")


def _date_dict(doc_id: str, mention: DateMention) -> dict[str, object]:
    days = (mention.first, mention.last)
    return {
        "doc_id": doc_id,
        "start": mention.span.start,
        "end": mention.span.stop,
        "norm": [day.isoformat() if day else None for day in days],
    }


def _quote_dict(document: FactsDocument, quote: Quote) -> dict[str, object]:
    """Return a quote with its speaker; one not established goes by the words that mention him."""
    speaker, mention = quote.speaker, quote.mention
    words = mention.of(document.text) if mention else None
    return {
        "doc_id": document.doc_id,
        "spans": [[span.start, span.stop] for span in quote.spans],
        "speaker": speaker.name if speaker else words,
        "certain": bool(speaker and speaker.certainty is not Certainty.CONTEXT),
    }


def _read_list(path: Path, kind: type[T]) -> list[T]:
    """Return the values of a JSON file that holds a list of them.

    Raises:
        InputError: the file cannot be read, or does not hold such a list.

    """
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}.") from error
    # The type is known only here, at run time.
    return _value(TypeAdapter(list[kind]), content, str(path))  # type: ignore[valid-type]


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


def _write(path: Path, lines: list[str]) -> None:
    try:
        with path.open("w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in lines)
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
