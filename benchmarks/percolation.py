"""What it costs to find who follows what a new article says, by the number of topics followed.

The topics are one to three words of a paragraph of the made corpus, so they meet as words of a
language do, the frequent ones in thousands of topics; each is somebody's alone, which is the worst
case: what many follow is one topic. Articles have twenty paragraphs of their own corpus.
"""

import random
import statistics
import time
import tracemalloc
from collections.abc import Iterator

from benchmarks.corpus import SEED, STOP_WORDS, make_corpus
from index.percolation import Percolator, TopicQuery

TOPICS = (1_000, 10_000, 100_000)
PARAGRAPHS = 20
ARTICLES = 200


def main() -> None:
    """Print a line for each number of topics."""
    print("| topics | ms an article: median | p99 | found, median | MB | s to fill |")
    print("|---|---|---|---|---|---|")
    articles = list(_articles())
    for count in TOPICS:
        queries = list(_queries(count))
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        percolator = Percolator()
        for number, query in enumerate(queries):
            percolator.add(number, query)
        size = (tracemalloc.get_traced_memory()[0] - before) / 2**20
        tracemalloc.stop()
        begin = time.process_time()
        again = Percolator()
        for number, query in enumerate(queries):
            again.add(number, query)
        filling = time.process_time() - begin
        times, found = [], []
        for article in articles:
            begin = time.process_time()
            found.append(len(percolator.find(article)))
            times.append((time.process_time() - begin) * 1000)
        times.sort()
        print(
            f"| {count} | {statistics.median(times):.2f} | {times[len(times) * 99 // 100]:.2f}"
            f" | {statistics.median(found):.0f} | {size:.1f} | {filling:.2f} |"
        )


def _articles() -> Iterator[list[frozenset[str]]]:
    corpus = make_corpus(ARTICLES * PARAGRAPHS)
    documents = [frozenset(words) for words in corpus.documents()]
    for start in range(0, len(documents), PARAGRAPHS):
        yield documents[start : start + PARAGRAPHS]


def _queries(count: int) -> Iterator[TopicQuery]:
    chance = random.Random(SEED)
    stop = {f"w{number}" for number in range(STOP_WORDS)}
    documents = [sorted(set(words) - stop) for words in make_corpus(20_000).documents()]
    while count:
        words = chance.choice(documents)
        chosen = chance.sample(words, min(len(words), chance.choice((1, 2, 2, 3))))
        if chosen:
            yield TopicQuery(tuple(((word,),) for word in chosen))
            count -= 1


if __name__ == "__main__":
    main()
