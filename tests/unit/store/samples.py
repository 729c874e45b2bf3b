"""Articles for the store's tests, cut into paragraphs at the line ends."""

from datetime import UTC, date, datetime

from index.types import Article, Language, Paragraph, Span

NOON = datetime(2026, 1, 22, 12, 0, 0, 123456, tzinfo=UTC)

HARBOUR = "Порт откроют в мае.\nСтройка идёт по плану.\nМинистр назвал срок."


def an_article(text: str = HARBOUR, **changes: object) -> Article:
    values: dict[str, object] = {
        "title": "О порте",
        "text": text,
        "day": date(2026, 1, 22),
        "language": Language.RU,
        "url": "https://example.org/port",
        "source": "Вестник",
    }
    return Article(**(values | changes))


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """Return a paragraph for each line; a word has its lower case as a lemma, and a stem."""
    paragraphs = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        words = line.lower().rstrip(".").split()
        terms = tuple((word, word[:3]) if len(word) > 3 else (word,) for word in words)
        paragraphs.append(Paragraph(number, Span(start, start + len(line)), terms))
        start += len(line) + 1
    return tuple(paragraphs)
