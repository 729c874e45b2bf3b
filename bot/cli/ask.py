"""`paragraf ask`: a question in the terminal, answered as the bot would."""

import json
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from bot.cli.terminal import out, run
from bot.config import load_settings
from bot.locales import Locale
from bot.replies.answer import across_line
from bot.replies.refusal import find_missing, missing_words
from bot.search import Search, open_meaning
from bot.store.database import Database
from index.types import CitedAnswer, Quotation, Verdict

#: Other sources named below the answer, and headings offered when there is none.
MOST_OTHERS = 3


def ask(
    question: Annotated[str, typer.Argument(help="The question, in everyday words.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Ask a question and get the paragraph that says so, or an honest no."""

    async def work(db: Database, locale: Locale) -> None:
        search = Search(db, open_meaning(load_settings()))
        await search.load()
        cited = await search.answer(question)
        if as_json:
            out.print_json(json.dumps(as_dict(question, cited), ensure_ascii=False))
        else:
            _print_answer(cited, locale, is_empty=not search.paragraph_count)

    run(work)


def as_dict(question: str, cited: CitedAnswer) -> dict[str, object]:
    """Return the answer in the form that `--json` prints; README documents it."""
    answer = cited.answer
    return {
        "question": question,
        "verdict": answer.verdict.value,
        "confidence": round(answer.confidence, 4),
        "index_version": answer.index_version,
        "passages": [_passage_dict(quotation) for quotation in cited.quotations],
        "missing_words": list(answer.question.missing_words),
        "suggestion": answer.suggestion,
        "is_across": answer.is_across,
    }


def _passage_dict(quotation: Quotation) -> dict[str, object]:
    passage = quotation.passage
    return {
        "article_id": passage.article_id,
        "version": passage.version,
        "title": passage.title,
        "date": passage.day.isoformat(),
        "url": passage.url,
        "paragraph": passage.number,
        "text": passage.text,
        "start": passage.span.start,
        "stop": passage.span.stop,
        "score": round(quotation.score, 4),
        "highlights": [[span.start, span.stop] for span in quotation.excerpt.highlights],
    }


def _print_answer(cited: CitedAnswer, locale: Locale, *, is_empty: bool) -> None:
    if is_empty:
        out.print(locale.text("There are no articles yet. Add the first: paragraf add FILE"))
        return
    if cited.answer.suggestion:
        read_as = locale.text("Searching for: {text}", text=cited.answer.suggestion)
        out.print(read_as, style="dim", markup=False)
    if cited.answer.verdict is Verdict.NONE:
        _print_refusal(cited, locale)
    else:
        if cited.answer.is_across:
            out.print(across_line(locale), style="dim")
        if cited.answer.verdict is Verdict.NEAR:
            out.print(
                locale.text("Close, but I am not sure that this is the answer."), style="yellow"
            )
        first, *others = cited.quotations
        _print_quotation(first, locale)
        _print_others(others, locale)


def _print_quotation(quotation: Quotation, locale: Locale) -> None:
    passage = quotation.passage
    out.print(f"[bold]{escape(passage.title)}[/] · {locale.day(passage.day)}")
    text = Text(passage.text)
    for span in quotation.excerpt.highlights:
        text.stylize("bold green", span.start, span.stop)
    out.print()
    out.print(Padding(text, (0, 2), expand=False))
    out.print()
    where = locale.text("article {id}, paragraph {n}", id=passage.article_id, n=passage.number)
    origin = [part for part in (where, passage.source, passage.url) if part]
    out.print(" · ".join(origin), style="dim", markup=False)


def _print_others(quotations: Sequence[Quotation], locale: Locale) -> None:
    if quotations:
        out.print()
        out.print(locale.text("See also:"))
    for quotation in quotations[:MOST_OTHERS]:
        out.print(f"  {_heading(quotation, locale)}", markup=False)


def _print_refusal(cited: CitedAnswer, locale: Locale) -> None:
    out.print(locale.text("No article has the answer."), style="bold")
    if missing := find_missing(cited.answer.question):
        out.print(missing_words(missing, locale), markup=False)
    elif cited.answer.question.words:
        out.print(locale.text("No paragraph has these words together."))
    else:
        out.print(locale.text("There is no word in the question to look for."))
    if cited.quotations:
        out.print(locale.text("Nearest by subject:"))
    seen: set[int] = set()
    for quotation in cited.quotations:
        if quotation.passage.article_id not in seen and len(seen) < MOST_OTHERS:
            seen.add(quotation.passage.article_id)
            passage = quotation.passage
            out.print(f"  {len(seen)}. {passage.title} · {locale.day(passage.day)}", markup=False)


def _heading(quotation: Quotation, locale: Locale) -> str:
    passage = quotation.passage
    number = locale.text("paragraph {n}", n=passage.number)
    return f"{passage.title} · {locale.day(passage.day)} · {number}"
