"""Which of some passages are about a topic, by the index that answers questions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.context import Context
from bot.locales import Locale
from bot.replies.layout import MOST_LINE, escape, shorten
from bot.replies.outcome import Body
from bot.replies.refusal import is_form_of, missing_words
from index.languages import is_stop_word, tokenize
from index.types import Passage, Question, QuestionWord

T = TypeVar("T")

#: Paragraphs that a topic is sought in: of more, nobody reads the list to its end.
MOST_PARAGRAPHS = 500


@dataclass(frozen=True, slots=True)
class Topic:
    """Words as the index reads them, and the paragraphs that have them, the best first.

    `suggestion` are the words as they were meant, None if they were typed so, as in `typed`.
    """

    question: Question
    paragraph_ids: tuple[int, ...]
    suggestion: str | None = None
    typed: str = ""


async def find_topic(context: Context, words: str) -> Topic:
    """Return where the words of a topic stand; mistyped ones are read as they were meant."""
    answer = await context.search.find(words, MOST_PARAGRAPHS)
    ids = tuple(hit.paragraph_id for hit in answer.hits)
    return Topic(answer.question, ids, answer.suggestion, words)


def with_meant(body: Body, topic: Topic | None, locale: Locale) -> Body:
    """Return a reply that begins with what was sought, if that is not what was typed."""
    if topic is None or not topic.suggestion:
        return body
    words = f"<b>{escape(shorten(topic.suggestion, MOST_LINE))}</b>"
    line = locale.text("Searching for: {text}", text=words)
    return Body(f"{line}\n{body.html}", body.keyboard, body.cites)


def missing_line(topic: Topic | None, locale: Locale) -> str:
    """Return which words of a topic no article has, "" if there are none."""
    if topic is None or not topic.question.missing_words:
        return ""
    return escape(missing_words(_missing(topic), locale))


def _missing(topic: Topic) -> list[str]:
    """Return the words that no article has: as typed, where the index read them as others."""
    typed = [token for token in tokenize(topic.typed) if not is_stop_word(token)]
    words = topic.question.words
    if len(typed) != len(words):
        return list(topic.question.missing_words)
    found = []
    for token, word in zip(typed, words, strict=True):
        if word.is_missing:
            form = token.span.of(topic.typed)
            is_as_read = word.lemma in token.lemmas and not form.isupper()
            is_as_read = is_as_read and is_form_of(token, word.lemma)
            lemma = word.lemma.capitalize() if form.istitle() else word.lemma
            found.append(lemma if is_as_read else form)
    return found


def about(
    topic: Topic,
    items: Sequence[T],
    passages: Callable[[T], Sequence[Passage]],
    beside: Callable[[T], str] = lambda _: "",
) -> list[T]:
    """Return the items that have the most words of a topic, in the order given; none without any.

    A word counts for its synonyms and in the title too, not for words that begin as it does; also
    in what is told `beside` the passages.
    """
    counts = [_count(topic.question, passages(item), beside(item)) for item in items]
    most = max(counts, default=0)
    return [item for item, count in zip(items, counts, strict=True) if count == most > 0]


def share_of(topic: Topic, passages: Sequence[Passage]) -> float:
    """Return the share of what the words of a topic weigh that passages hold, title included."""
    words = topic.question.words
    held = _held(topic.question, passages)
    weight = sum(word.weight for word in words)
    return sum(word.weight for word in held) / weight if weight else 0.0


def _count(question: Question, passages: Sequence[Passage], beside: str) -> int:
    return len(_held(question, passages, beside))


def _held(question: Question, passages: Sequence[Passage], beside: str = "") -> list[QuestionWord]:
    text = "\n".join((passages[0].title, *(passage.text for passage in passages), beside))
    lemmas = {lemma for token in tokenize(text) for lemma in token.lemmas}
    return [word for word in question.words if any(term in lemmas for term in word.terms)]
