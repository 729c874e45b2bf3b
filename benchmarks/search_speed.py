"""Search time and memory by number of paragraphs, beside other engines, in one run.

    python -m benchmarks.search_speed [--data TEXTS.jsonl] [--passes N] SIZE…

Each engine lives in a process of its own and gets the same words and the same questions. All of
them are built first; then they take turns, one pass over the questions each, so that a busy moment
of the machine meets all. Times are those of the processor; that of a question is its median over
the passes. The table is printed, and written into docs/benchmarks.md between the marks of its size.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.corpus import make_corpus, make_queries, read_corpus
from benchmarks.engines import ENGINES
from benchmarks.report import Row, table, write_section

QUERIES = {"everyday": False, "frequent": True}
# Enough for a 99th percentile.
COUNT = 400
# A million paragraphs take rank_bm25 some 8 GB and 3 s a question: hours for nothing new.
RANK_BM25_UP_TO = 100_000


def main() -> None:
    """Measure each size and write its table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--data", type=Path, help="JSONL with a text in each line")
    parser.add_argument("--passes", type=int, default=5)
    options = parser.parse_args()
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            text = measure(size, options.data, options.passes, Path(folder))
        print(text, flush=True)
        write_section(Path("docs/benchmarks.md"), size, text)


def measure(size: int, data: Path | None, passes: int, folder: Path) -> str:
    """Return the table of one size."""
    prepare(size, data, folder)
    skipped = ["rank_bm25"] if size > RANK_BM25_UP_TO else []
    children = {}
    for engine in ENGINES:
        if engine not in skipped:
            print(f"{size}: building {engine}", file=sys.stderr, flush=True)
            children[engine] = Child(engine, folder)
    times: dict[str, list[dict[str, list[float]]]] = {engine: [] for engine in children}
    for _ in range(passes):
        for engine, child in children.items():
            times[engine].append(child.ask("pass"))
    changes = children["paragraf"].ask("changes") | children["paragraf, whole"].ask("changes")
    for child in children.values():
        child.stop()
    rows = [
        Row(engine, child.built["bytes"] / size, child.built["seconds"], times[engine])
        for engine, child in children.items()
    ]
    return table(size, rows, changes, skipped, made=data is None)


def prepare(size: int, data: Path | None, folder: Path) -> None:
    """Write the paragraphs and the questions that all engines get to `folder`."""
    corpus = read_corpus(data, size) if data else make_corpus(size)
    np.save(folder / "words.npy", corpus.words)
    np.save(folder / "borders.npy", corpus.borders)
    queries = {
        name: make_queries(corpus, COUNT, frequent=frequent) for name, frequent in QUERIES.items()
    }
    (folder / "queries.json").write_text(json.dumps(queries))


class Child:
    """An engine in a process of its own, which answers each line with a line of JSON."""

    def __init__(self, engine: str, folder: Path) -> None:
        # Settings that tie OpenBLAS to some processor are a handicap that users do not have.
        environment = {k: v for k, v in os.environ.items() if not k.startswith("OPENBLAS_")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.child", engine, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self.built = self._read()

    def ask(self, word: str) -> Any:  # noqa: ANN401  # whatever JSON holds
        """Return the child's answer to `word`."""
        assert self._process.stdin
        self._process.stdin.write(word + "\n")
        self._process.stdin.flush()
        return self._read()

    def stop(self) -> None:
        """End the child and wait for it."""
        self._process.communicate()

    def _read(self) -> Any:  # noqa: ANN401  # whatever JSON holds
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"an engine ended with {self._process.wait()}")
        return json.loads(line)


if __name__ == "__main__":
    main()
