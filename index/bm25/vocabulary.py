"""Words and their numbers.

Numbers are given in order of first appearance and never change, so one writer may add words while
any number of readers look words up. A vocabulary that was loaded from arrays is not turned into a
dictionary: a word is found by its CRC-32 in a sorted array, which may be mapped from a file.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray


class FrozenWords:
    """An immutable list of words in arrays: one blob of UTF-8, its borders, sorted checksums."""

    def __init__(
        self,
        blob: NDArray[np.uint8],
        starts: NDArray[np.int64],
        hashes: NDArray[np.uint32],
        numbers: NDArray[np.int32],
    ) -> None:
        self.blob, self.starts, self.hashes, self.numbers = blob, starts, hashes, numbers

    @classmethod
    def of(cls, words: Iterable[bytes]) -> "FrozenWords":
        """Return the frozen form of `words`, which must differ from one another."""
        listed = list(words)
        starts = np.zeros(len(listed) + 1, np.int64)
        np.cumsum([len(word) for word in listed], out=starts[1:])
        hashes = np.fromiter(map(crc32, listed), np.uint32, len(listed))
        order = np.argsort(hashes, kind="stable").astype(np.int32)
        blob = np.frombuffer(b"".join(listed), np.uint8)
        return cls(blob, starts, hashes[order], order)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def word(self, number: int) -> bytes:
        """Return the word with this number, as UTF-8."""
        return self.blob[self.starts[number] : self.starts[number + 1]].tobytes()

    def find(self, word: str) -> int | None:
        """Return the number of `word`, or None. Words with equal checksums are told apart."""
        wanted = encode(word)
        # The needle has the array's own type: any other would convert the whole array.
        checksum = np.uint32(crc32(wanted))
        at = int(self.hashes.searchsorted(checksum))
        while at < len(self.hashes) and self.hashes[at] == checksum:
            number = int(self.numbers[at])
            if self.word(number) == wanted:
                return number
            at += 1
        return None


def encode(word: str) -> bytes:
    """Return `word` as UTF-8; a lone surrogate is kept as it is, since any string is a word."""
    return word.encode("utf-8", "surrogatepass")


def decode(word: bytes) -> str:
    """Return the word that `encode` gave."""
    return word.decode("utf-8", "surrogatepass")


class _Numbers(dict[str, int]):
    """Word → number; looking up a missing word in the frozen list, else giving it a number."""

    def __init__(self, frozen: FrozenWords) -> None:
        super().__init__()
        self.frozen = frozen
        self.size = len(frozen)

    def __missing__(self, word: str) -> int:
        number = self.frozen.find(word)
        if number is None:
            number = self.size
            self.size += 1
        self[word] = number
        return number


class Vocabulary:
    """Every word ever seen, with its number; numbers count from 0 without gaps."""

    def __init__(self, frozen: FrozenWords | None = None) -> None:
        self._frozen = FrozenWords.of(()) if frozen is None else frozen
        self._numbers = _Numbers(self._frozen)

    def __len__(self) -> int:
        return self._numbers.size

    def copy(self) -> "Vocabulary":
        """Return one of the same words that grows by itself."""
        other = Vocabulary(self._frozen)
        other._numbers.update(self._numbers)
        other._numbers.size = self._numbers.size
        return other

    def find(self, word: str) -> int | None:
        """Return the number of `word`, or None when it was never added."""
        number = self._numbers.get(word)
        if number is None and len(self._frozen):
            number = self._frozen.find(word)
        return number

    def add(self, documents: Iterable[Iterable[str]], tokens: int) -> NDArray[np.int32]:
        """Return the numbers of all `tokens` words of `documents`, one after another.

        Words not seen before get the next numbers.
        """
        words = chain.from_iterable(documents)
        return np.fromiter(map(self._numbers.__getitem__, words), np.int32, tokens)

    def words(self, size: int, start: int = 0) -> Iterator[bytes]:
        """Return the words numbered from `start` to `size`, in their order, as UTF-8."""
        old = min(size, len(self._frozen))
        # A dictionary keeps insertion order, and new words are inserted in number order.
        first = max(old, start)
        new = [word for word, at in list(self._numbers.items()) if first <= at < size]
        return chain(map(self._frozen.word, range(start, old)), map(encode, new))

    def to_arrays(self, size: int) -> dict[str, NDArray[np.generic]]:
        """Return the first `size` words as arrays, in the form `from_arrays` takes."""
        frozen = FrozenWords.of(self.words(size))
        return {
            "words.blob": frozen.blob,
            "words.starts": frozen.starts,
            "words.hashes": frozen.hashes,
            "words.numbers": frozen.numbers,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> "Vocabulary":
        """Return the vocabulary kept in `arrays`; they are used as they are, not copied."""
        blob, starts, hashes, numbers = (
            arrays[f"words.{name}"] for name in ("blob", "starts", "hashes", "numbers")
        )
        return cls(
            FrozenWords(
                blob.view(np.uint8),
                starts.view(np.int64),
                hashes.view(np.uint32),
                numbers.view(np.int32),
            )
        )
