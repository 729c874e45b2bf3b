"""How the words of a paragraph are kept: one string, so that a start reads them back quickly.

Words are joined by a space and the lemmas of a word by "|". Neither can be in a lemma: tokens are
letters and digits.
"""

from collections.abc import Iterable

BETWEEN_WORDS = " "
BETWEEN_LEMMAS = "|"

Terms = tuple[tuple[str, ...], ...]


def pack_terms(terms: Iterable[Iterable[str]]) -> str:
    """Return the words of a paragraph as one string.

    Raises: ValueError for a word without lemmas, an empty lemma, or one with a separator in it.
    """
    return BETWEEN_WORDS.join(BETWEEN_LEMMAS.join(_checked(word)) for word in terms)


def unpack_terms(packed: str, words: "Words | None" = None) -> Terms:
    """Return the words that `pack_terms` packed.

    With `words` shared between calls, equal words are one tuple: a corpus uses each many times.
    """
    if not packed:
        return ()
    known = Words() if words is None else words
    return tuple([known[word] for word in packed.split(BETWEEN_WORDS)])


class Words(dict[str, tuple[str, ...]]):
    """The words read so far, by their packed form."""

    def __missing__(self, packed: str) -> tuple[str, ...]:
        """Return the lemmas of a word not met before, and keep them."""
        lemmas = self[packed] = tuple(packed.split(BETWEEN_LEMMAS))
        return lemmas


def _checked(word: Iterable[str]) -> list[str]:
    lemmas = list(word)
    if not lemmas:
        raise ValueError("a word has no lemmas")
    for lemma in lemmas:
        if not lemma or BETWEEN_WORDS in lemma or BETWEEN_LEMMAS in lemma:
            raise ValueError(f"not a lemma: {lemma!r}")
    return lemmas
