"""`paragraf eval golden`: how the corpus as it is now answers the golden questions."""

import json
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer
from rich.progress import track
from rich.table import Table

from bot.cli.terminal import err, out, run
from bot.config import load_settings
from bot.locales import Locale
from bot.quality import Asked, ask_golden, score
from bot.search import Search, open_meaning
from bot.store.database import Database
from bot.store.golden import Golden, list_golden
from bot.store.passages import load_passages
from bot.store.quality import Score
from index.types import Passage


def measure(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Ask the golden questions of the articles that are published now."""

    async def work(db: Database, locale: Locale) -> None:
        questions = await list_golden(db)
        search = Search(db, open_meaning(load_settings()))
        await search.load()
        progress = track(questions, locale.text("Asking"), console=err, disable=not err.is_terminal)
        asked = [await ask_golden(golden, search.find) for golden in progress]
        first = await load_passages(db, [each.first for each in asked if each.first is not None])
        if as_json:
            out.print_json(json.dumps(as_dict(asked, first), ensure_ascii=False))
        elif not asked:
            out.print(locale.text("There are no golden questions yet: paragraf golden import FILE"))
        else:
            out.print(_table(score(asked), locale))
            _print_missed([each for each in asked if not each.is_right], first, locale)

    run(work)


def as_dict(asked: Sequence[Asked], first: Mapping[int, Passage]) -> dict[str, object]:
    """Return the run in the form that `--json` prints; README documents it.

    `first` are the passages that came first, by paragraph id.
    """
    found = score(asked)
    return {
        "questions": len(asked),
        "answerable": found.answerable,
        "hits_at_1": found.hits_at_1,
        "hits_at_3": found.hits_at_3,
        "wrongly_refused": found.wrongly_refused,
        "unanswerable": found.unanswerable,
        "refusals_right": found.refusals_right,
        "missed": [_missed_dict(each, first) for each in asked if not each.is_right],
    }


def _missed_dict(asked: Asked, passages: Mapping[int, Passage]) -> dict[str, object]:
    first = passages.get(asked.first or 0)
    return {
        "question": asked.golden.question,
        "expected": [
            {"article_id": place.article_id, "paragraph": place.number}
            for place in asked.golden.places
        ],
        "is_gone": _is_gone(asked.golden),
        "is_changed": asked.is_open,
        "verdict": asked.verdict.value,
        "rank": asked.rank,
        "first": first
        and {"article_id": first.article_id, "paragraph": first.number, "title": first.title},
    }


def _is_gone(golden: Golden) -> bool:
    """Return whether no paragraph that would answer is published any more."""
    return bool(golden.places) and not golden.paragraph_ids


def _table(found: Score, locale: Locale) -> Table:
    table = Table.grid(padding=(0, 2))
    rows = (
        (locale.text("Right paragraph first"), found.hits_at_1, found.answerable),
        (locale.text("Right paragraph among the first three"), found.hits_at_3, found.answerable),
        (locale.text("Refused though there is an answer"), found.wrongly_refused, found.answerable),
        (locale.text("Refusals right"), found.refusals_right, found.unanswerable),
    )
    for name, count, total in rows:
        share = f"{count / total:.1%}" if total else "–"
        table.add_row(name, locale.text("{n} of {total}", n=count, total=total), share)
    return table


def _print_missed(missed: Sequence[Asked], first: Mapping[int, Passage], locale: Locale) -> None:
    if missed:
        out.print()
        out.print(locale.text("Missed:"), style="bold")
    for each in missed:
        out.print(each.golden.question, markup=False, soft_wrap=True)
        for line in _reasons(each, first.get(each.first or 0), locale):
            out.print(f"    {line}", style="dim", markup=False, soft_wrap=True)


def _reasons(asked: Asked, first: Passage | None, locale: Locale) -> list[str]:
    """Return what was expected of a question, and what came first."""
    places = ", ".join(
        locale.text("article {id}, paragraph {n}", id=place.article_id, n=place.number)
        for place in asked.golden.places
    )
    expected = locale.text("expected: {what}", what=places or locale.text("a refusal"))
    if _is_gone(asked.golden):
        return [expected, locale.text("no such paragraph is published any more")]
    if asked.is_open:
        return [expected, locale.text("the paragraph says other things now: look at the question")]
    if first is None:
        return [expected, locale.text("came first: {what}", what=locale.text("nothing"))]
    where = locale.text("article {id}, paragraph {n}", id=first.article_id, n=first.number)
    came = locale.text("came first: {what}", what=f"{where}, {first.title}")
    if asked.rank is not None:
        return [expected, came, locale.text("place of the right one: {n}", n=asked.rank)]
    return [expected, came]
