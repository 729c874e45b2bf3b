"""Paragraphs as word numbers, for measuring: made by a seeded generator, or from a file of texts.

The made corpus has what search time depends on: word frequencies that fall as in a language,
paragraphs of a natural length, and topics, which make words of one subject meet.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# Lemmas in a large Russian corpus; new ones go on appearing, but hardly in a question.
VOCABULARY = 300_000
# Zipf's law with Mandelbrot's two corrections; the usual fit for prose.
ZIPF_EXPONENT, ZIPF_SHIFT = 1.05, 2.7
# A paragraph of news has about 60 words; a log-normal spread of one half, within reason.
MEAN_LENGTH, LENGTH_SPREAD, SHORTEST, LONGEST = 60, 0.5, 5, 400
# Near a third of the words belong to the paragraph's topic, one of 2 000 with 60 words each.
TOPIC_SHARE, TOPICS, TOPIC_WORDS = 0.3, 2_000, 60
# The most frequent words of all are the stop words, which a question leaves out.
STOP_WORDS = 30
SEED = 20_260_122
BATCH = 50_000


@dataclass(frozen=True, slots=True)
class Corpus:
    """Paragraphs as word numbers one after another, and their borders: `words[b[i]:b[i + 1]]`."""

    words: NDArray[np.int32]
    borders: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.borders) - 1

    def __getitem__(self, number: int) -> NDArray[np.int32]:
        return self.words[self.borders[number] : self.borders[number + 1]]

    def documents(self) -> Iterator[list[str]]:
        """Return the paragraphs as lists of words."""
        names = np.empty(int(self.words.max()) + 1, object)
        used = np.unique(self.words)
        names[used] = [f"w{number}" for number in used.tolist()]
        return (names[self[number]].tolist() for number in range(len(self)))


def make_corpus(size: int) -> Corpus:
    """Return `size` paragraphs by the generator, always the same; word numbers are ranks."""
    source = np.random.default_rng(SEED)
    shares = 1 / (np.arange(VOCABULARY) + 1 + ZIPF_SHIFT) ** ZIPF_EXPONENT
    cumulative = np.cumsum(shares / shares.sum())
    topics = cumulative.searchsorted(source.random((TOPICS, TOPIC_WORDS)))
    spread = np.exp(source.normal(-(LENGTH_SPREAD**2) / 2, LENGTH_SPREAD, size))
    lengths = np.clip(MEAN_LENGTH * spread, SHORTEST, LONGEST).astype(np.int64)
    batches = []
    for begin in range(0, size, BATCH):
        batch = lengths[begin : begin + BATCH]
        words = cumulative.searchsorted(source.random(batch.sum()))
        topic = np.repeat(source.integers(0, TOPICS, len(batch)), batch)
        of_topic = source.random(len(words)) < TOPIC_SHARE
        words[of_topic] = topics[
            topic[of_topic], source.integers(0, TOPIC_WORDS, int(of_topic.sum()))
        ]
        batches.append(np.minimum(words, VOCABULARY - 1).astype(np.int32))
    return Corpus(np.concatenate(batches), np.concatenate([[0], np.cumsum(lengths)]))


def read_corpus(path: Path, size: int) -> Corpus:
    """Return `size` paragraphs made of the texts in a JSONL file with a "text" in each line.

    Words are lemmas, numbered by falling frequency. A paragraph is the first half of one text and
    the second half of another, so that any size can be drawn without exact copies.
    """
    from index.languages import tokenize

    with path.open(encoding="utf-8") as lines:
        texts = [[t.lemma for t in tokenize(json.loads(line)["text"])] for line in lines]
    names, counts = np.unique([word for text in texts for word in text], return_counts=True)
    rank = np.empty(len(names), np.int32)
    rank[np.argsort(-counts, kind="stable")] = np.arange(len(names))
    number = dict(zip(names.tolist(), rank.tolist(), strict=True))
    coded = [np.array([number[word] for word in text], np.int32) for text in texts]
    source = np.random.default_rng(SEED)
    pairs = source.integers(0, len(coded), (size, 2)).tolist()
    parts = [(coded[a][: len(coded[a]) // 2], coded[b][len(coded[b]) // 2 :]) for a, b in pairs]
    lengths = [len(first) + len(second) for first, second in parts]
    words = np.concatenate([part for pair in parts for part in pair])
    return Corpus(words, np.concatenate([[0], np.cumsum(lengths)]))


def make_queries(corpus: Corpus, count: int, *, frequent: bool) -> list[list[str]]:
    """Return questions of 3 to 8 content words, all from one paragraph, always the same.

    Content words are all but the `STOP_WORDS` most frequent ones. Everyday questions take any of
    them, `frequent` ones the most frequent.
    """
    source = np.random.default_rng(SEED + 1 + frequent)
    queries: list[list[str]] = []
    while len(queries) < count:
        words = np.unique(corpus[int(source.integers(len(corpus)))])
        words = words[words >= STOP_WORDS]
        wanted = int(source.integers(3, 9))
        if len(words) >= wanted:
            chosen = words[:wanted] if frequent else source.choice(words, wanted, replace=False)
            queries.append([f"w{word}" for word in chosen.tolist()])
    return queries
