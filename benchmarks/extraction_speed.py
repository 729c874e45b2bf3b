"""How long the extractors take over hostile texts, by their length: linear is a ratio near four.

Each text is one piece over and over: open quotes, digits, one endless word, dashes, names.
Run with `python -m benchmarks.extraction_speed [characters] [names]`; the second size is four times
the first. Figures of a run are in docs/quotes.md.
"""

import sys
import time
from datetime import date

from index.facts import find_facts
from index.types import Language

CHARS = 250_000
DAY = date(2026, 1, 22)

PIECES = {
    "open marks": "«",
    "open quotes": "«слово ",
    "closed marks": "»",
    "straight marks": '"',
    "words in marks": "«слово» ",
    "quotes": "«Мы рады», — сказал Иван Петров. ",
    "digits": "1234567890",
    "numbers": "12 ",
    "dates": "8 августа, 9–10 февраля, в марте, ",
    "sentences": "Он приехал 8 августа. Завод открыт в марте 2024 года. ",
    "weekdays": "в среду, вчера, ",
    "dates in marks": "«Вчера, 8 августа 2025 года», ",
    "one word": "слово",
    "dashes": "—",
    "dialogue": "— Да?\n",
    "questions": "Кто?\n",
    "interview": "Кто он?\n— Я.\n",
    "initials": "А. Б. ",
    "points": "...",
    "brackets": "(слово ",
    "names": "Иван Петров ",
    "namesakes": "И. И. Иванов ",
    "labels": "Иван Петров: Да.\n",
    "Latin names": "John Smith ",
    "posts": "президент Иван Петров, директор ",
    "bodies": "Министерство обороны Вегарии, ",
    "capitals": "ИВАН ",
    "clauses": ", который ",
    "lines": "\n",
    "zero width": "\u200b",
}


def main() -> None:
    """Print a line for each text."""
    chars = int(sys.argv[1]) if len(sys.argv) > 1 else CHARS
    wanted = sys.argv[2:] or list(PIECES)
    print("| text | s | s, four times as long | ratio | characters a second |")
    print("|---|---|---|---|---|")
    for name in wanted:
        short, long = (_seconds(PIECES[name], size) for size in (chars, 4 * chars))
        speed = int(4 * chars / long / 1000)
        print(
            f"| {name} | {short:.2f} | {long:.2f} | {long / short:.1f} | {speed} 000 |", flush=True
        )


def _seconds(piece: str, size: int) -> float:
    """Return the processor time that a text of a size takes."""
    text = (piece * (size // len(piece) + 1))[:size]
    begin = time.process_time()
    find_facts(text, DAY, Language.RU)
    return time.process_time() - begin


if __name__ == "__main__":
    main()
