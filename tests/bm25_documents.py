"""Documents for the tests of BM25: three that one knows by heart, and as many as are wanted."""

import random

PORT = ["порт", "море", "корабль", "порт"]
GAS = ["газ", "труба", "море"]
SCHOOL = ["школа", "учитель"]


def zipf_documents(count: int, seed: int, longest: int = 40) -> list[list[str]]:
    """Return documents of words whose frequencies fall as in a language, some of them empty."""
    source = random.Random(seed)  # noqa: S311  # a seeded corpus, no secret
    words = [f"слово{rank}" for rank in range(400)]
    shares = [1 / (rank + 1) for rank in range(400)]
    return [source.choices(words, shares, k=source.randint(0, longest)) for _ in range(count)]
