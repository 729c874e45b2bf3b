"""Golden questions out of a file: each line is understood whole, or what is wrong with it is said.

An article is named by its number, by its title, or by a file beside the questions whose text was
published; a number is of one corpus, a title and a file go from one corpus to another.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from bot.errors import UserError
from bot.ingest.drafts import draft_document
from bot.ingest.files import Source
from bot.store.articles import StoredArticle, find_titled, find_worded, get_article
from bot.store.database import Database
from bot.store.golden import Golden, Place

#: As the chat takes it.
MOST_QUESTION = 1000

#: Numbers of articles and paragraphs: beyond any corpus, far below the largest of SQLite.
MOST_NUMBER = 10**9

#: Where files that a line names are looked for, beside the file of the questions.
FOLDERS = ("articles", ".")

Number = Annotated[int, Field(strict=True, ge=1, le=MOST_NUMBER)]
Reference = Number | Annotated[str, Field(strict=True, min_length=1)]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it is written; fields that it has besides are passed over."""

    question: str
    article: Reference | None
    paragraphs: list[Number] = field(default_factory=list)
    also: list[tuple[Reference, Number]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line, counted from 1."""

    line: int
    error: UserError


_LINE = TypeAdapter(_Line)

_EXAMPLE = '{"question": "…", "article": "…", "paragraphs": [1]}'


async def read_golden(
    db: Database, content: str, folder: Path
) -> tuple[list[Golden], list[Problem]]:
    """Return the questions of a file's lines, and what is wrong with the others.

    `folder` is that of the file. Empty lines are passed over.
    """
    articles = _Articles(db, folder)
    found: dict[str, Golden] = {}
    problems: list[Problem] = []
    for number, line in enumerate(content.split("\n"), start=1):
        try:
            if line.strip():
                _put(found, await _golden(_parse(line), articles))
        except UserError as error:
            problems.append(Problem(number, error))
    return list(found.values()), problems


def write_line(golden: Golden, name: Callable[[int], Reference]) -> str:
    """Return a question as a line that `read_golden` reads; `name` says what an article is called.

    What answers stands first, what may be shown as well after it.
    """
    main = next((place.article_id for place in golden.places if not place.is_also), None)
    rest = [place for place in golden.places if place.is_also or place.article_id != main]
    line: dict[str, object] = {
        "question": golden.question,
        "article": None if main is None else name(main),
        "paragraphs": [place.number for place in golden.places if place not in rest],
    }
    if rest:
        line["also"] = [[name(place.article_id), place.number] for place in rest]
    return json.dumps(line, ensure_ascii=False)


def _put(found: dict[str, Golden], golden: Golden) -> None:
    if golden.question in found:
        raise UserError("This question is in the file twice. Delete one of the lines.")
    found[golden.question] = golden


def _parse(line: str) -> _Line:
    try:
        return _LINE.validate_json(line)
    except ValidationError as error:
        place = error.errors()[0]["loc"]
        raise _wrong(str(place[0]) if place else "") from error


def _wrong(place: str) -> UserError:
    """Return what is wrong with the field `place` of a line, or with the line."""
    match place:
        case "question":
            return UserError(
                "“question” must be text. A line looks like this: {example}", example=_EXAMPLE
            )
        case "article":
            return UserError(
                "“article” must be the number, the title or the file of an article, or null. "
                "A line looks like this: {example}",
                example=_EXAMPLE,
            )
        case "paragraphs":
            return UserError(
                "“paragraphs” must be a list of numbers from 1. A line looks like this: {example}",
                example=_EXAMPLE,
            )
        case "also":
            return UserError(
                "“also” must be a list of pairs of an article and a paragraph, like this: "
                "{example}",
                example='[["…", 2]]',
            )
        case _:
            return UserError(
                "This is no JSON in braces. A line looks like this: {example}", example=_EXAMPLE
            )


async def _golden(line: _Line, articles: "_Articles") -> Golden:
    question = " ".join(line.question.split())
    if not 1 <= len(question) <= MOST_QUESTION:
        raise UserError("A question has 1 to {n} letters.", n=MOST_QUESTION)
    if (line.article is None) != (not line.paragraphs) or (line.also and line.article is None):
        raise UserError(
            "Name the article and its paragraphs, or neither: "
            "a question with article null must be refused."
        )
    named = [(line.article, number, False) for number in line.paragraphs]
    places: dict[tuple[int, int], Place] = {}
    for reference, number, is_also in [*named, *((*each, True) for each in line.also)]:
        if reference is not None:
            stored = await articles.find(reference)
            if number > stored.paragraphs:
                raise UserError(
                    "Article {id} has no paragraph {n}, its last is {last}. "
                    "See them: paragraf article {id}",
                    id=stored.id,
                    n=number,
                    last=stored.paragraphs,
                )
            places.setdefault((stored.id, number), Place(stored.id, number, is_also))
    return Golden(question, tuple(places.values()))


class _Articles:
    """The articles that lines name; each is sought once."""

    def __init__(self, db: Database, folder: Path) -> None:
        self._db = db
        self._folder = folder
        self._known: dict[Reference, StoredArticle] = {}

    async def find(self, reference: Reference) -> StoredArticle:
        """Return the published article of a number, a title or a file.

        Raises: UserError if there is none, or several have the title.
        """
        if reference not in self._known:
            self._known[reference] = await self._find(reference)
        return self._known[reference]

    async def _find(self, reference: Reference) -> StoredArticle:
        if isinstance(reference, int):
            stored = await get_article(self._db, reference)
            if stored.withdrawn_at:
                raise UserError(
                    "Article {id} is withdrawn. Name another, or delete the line.", id=reference
                )
            return stored
        ids = await find_titled(self._db, reference)
        if not ids and (path := self._file(reference)):
            draft = draft_document(await Source(path.name, path).read())
            ids = await find_worded(self._db, draft.article.text)
        if not ids:
            raise UserError(
                "No article is called “{title}”, and none has the text of such a file. "
                "Add it first: paragraf add FILE",
                title=reference,
            )
        if len(ids) > 1:
            raise UserError(
                "Several articles are called “{title}”: {ids}. Write the number instead.",
                title=reference,
                ids=", ".join(map(str, ids)),
            )
        return await get_article(self._db, ids[0])

    def _file(self, name: str) -> Path | None:
        paths = (self._folder / folder / name for folder in FOLDERS)
        try:
            return next((path for path in paths if path.is_file()), None)
        except (OSError, ValueError):  # a title that cannot be the name of a file
            return None
