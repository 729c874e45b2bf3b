"""One engine in a process of its own: it is built, then measured as the lines on stdin ask.

    python -m benchmarks.child ENGINE FOLDER

`FOLDER` holds what `benchmarks.search_speed` prepared. The first line out is the memory and the
time that building took; «pass» gives the time of each question, «changes» that of adds and removes.
"""

import ctypes
import gc
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from benchmarks.corpus import Corpus
from benchmarks.engines import ENGINES, PARAGRAPHS, Search, Whole
from index.bm25 import BM25

RESULTS = 10
# Questions asked before the clock runs, to warm caches.
WARM = 10
# From these sizes on these take half a second a question or more, and are asked fewer.
SLOW_FROM = {"rank_bm25": 100_000, "SQLite FTS5": 1_000_000}
COUNT_OF_SLOW = 20
# So many articles are added, and a third of them removed again.
ARTICLES, REMOVED_OF = 30, 3


def main(engine: str, folder: Path) -> None:
    """Build the engine and answer lines until there are no more."""
    corpus = Corpus(
        np.load(folder / "words.npy", mmap_mode="r"), np.load(folder / "borders.npy", mmap_mode="r")
    )
    queries = json.loads((folder / "queries.json").read_text())
    if engine in SLOW_FROM and len(corpus) >= SLOW_FROM[engine]:
        queries = {name: asked[:COUNT_OF_SLOW] for name, asked in queries.items()}
    load_code(engine)
    before, started = private_bytes(), time.process_time()
    search = ENGINES[engine](corpus.documents())
    seconds = time.process_time() - started
    print(json.dumps({"bytes": private_bytes() - before, "seconds": seconds}), flush=True)
    for line in sys.stdin:
        if line.strip() == "pass":
            answer: Any = {name: question_times(search, asked) for name, asked in queries.items()}
        elif engine == "paragraf, whole":
            answer = whole_change_times(search.__self__, corpus)
        else:
            answer = change_times(search.__self__, corpus, folder)
        print(json.dumps(answer), flush=True)


def load_code(engine: str) -> None:
    """Build and ask a tiny index, so that what is measured later is the paragraphs alone."""
    tiny = [["w1", "w2"], ["w1"], ["w3"]] * RESULTS
    ENGINES[engine](iter(tiny))(["w1"], RESULTS)


def private_bytes() -> int:
    """Return the memory that this process holds and no file backs, free blocks given back first."""
    gc.collect()
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)
    memory = psutil.Process().memory_info()
    return int(memory.rss - getattr(memory, "shared", 0))


def milliseconds(action: Callable[[], object]) -> float:
    """Return how long `action` took the processor: other work on the machine does not count."""
    started = time.process_time()
    action()
    return (time.process_time() - started) * 1000


def question_times(search: Search, queries: list[list[str]]) -> list[float]:
    """Return how many milliseconds each question took."""
    for words in queries[:WARM]:
        search(words, RESULTS)
    return [milliseconds(lambda words=words: search(words, RESULTS)) for words in queries]


def change_times(model: BM25, corpus: Corpus, folder: Path) -> dict[str, float]:
    """Return milliseconds: an article added and found, one removed, a start from mapped files."""
    added, found, removed = [], [], []
    for number, paragraphs in enumerate(articles(corpus)):
        first = model.snapshot.numbers
        added.append(milliseconds(lambda new=paragraphs: model.add(new)))
        found.append(milliseconds(lambda word=f"new{number}": model.top_n([word], 1)))
        assert model.top_n([f"new{number}"], 1)[0][0] == first
        if number % REMOVED_OF == 0:
            numbers = range(first, first + PARAGRAPHS)
            removed.append(milliseconds(lambda gone=numbers: model.remove(gone)))
    removed_old = milliseconds(lambda: model.remove(range(PARAGRAPHS)))
    for name, array in model.to_arrays().items():
        np.save(folder / f"{name}.npy", array)
    loaded = milliseconds(lambda: type(model).from_arrays(mapped(folder)).top_n(["w40"], RESULTS))
    assert type(model).from_arrays(mapped(folder)).top_n(["w40"], 9) == model.top_n(["w40"], 9)
    return {
        "added_ms": float(np.median(added)),
        "added_max_ms": max(added),
        "found_ms": float(np.median(found)),
        "removed_ms": float(np.median(removed)),
        "removed_old_ms": removed_old,
        "loaded_ms": loaded,
    }


def whole_change_times(engine: Whole, corpus: Corpus) -> dict[str, float]:
    """Return milliseconds: an article added to the whole engine and found, one removed."""
    added, found, removed = [], [], []
    for number, paragraphs in enumerate(articles(corpus)):
        added.append(milliseconds(lambda new=paragraphs: engine.add(new)))
        found.append(milliseconds(lambda word=f"new{number}": engine.search([word], 1)))
        assert engine.search([f"new{number}"], 1).hits[0].number == 1
        if number % REMOVED_OF == 0:
            removed.append(milliseconds(lambda: engine.remove(-1)))
    return {
        "whole_added_ms": float(np.median(added)),
        "whole_added_max_ms": max(added),
        "whole_found_ms": float(np.median(found)),
        "whole_removed_ms": float(np.median(removed)),
        "whole_removed_old_ms": milliseconds(lambda: engine.remove(1)),
    }


def mapped(folder: Path) -> dict[str, np.ndarray]:
    """Return the arrays in `folder`, mapped from their files."""
    return {path.stem: np.load(path, mmap_mode="r") for path in folder.glob("*.npy")}


def articles(corpus: Corpus) -> Iterator[list[list[str]]]:
    """Return articles of `PARAGRAPHS`; the first paragraph of each has a word of its own."""
    for number in range(ARTICLES):
        places = [(number * PARAGRAPHS + at) % len(corpus) for at in range(PARAGRAPHS)]
        paragraphs = [[f"w{word}" for word in corpus[place].tolist()] for place in places]
        paragraphs[0].append(f"new{number}")
        yield paragraphs


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
