"""How nearly a text reads as published ones: MinHash over its lemmas, three in a row.

Three lemmas in a row are common to two articles where one was made of the other, hardly ever where
both only tell of the same.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence

from bot.replies.draft import Twin
from bot.store.database import Database
from bot.store.minhashes import Signed, add_signatures, list_signed, list_unsigned
from index.types import Paragraph

#: Numbers in a signature: likeness is known to within 9 of 100, one standard deviation at 0.5.
#: Source: 1/sqrt(n), Broder 1997.
NUMBERS = 128

#: Words of a shingle.
SHINGLE = 3

#: From here on an article is shown as a twin. Articles of the same event written by different
#: people share less than a twentieth.
ALIKE = 0.3

#: Twins that are shown.
MOST_TWINS = 2

#: Versions signed at once: some milliseconds each.
BATCH = 100

Words = Sequence[Sequence[Sequence[str]]]


async def find_twins(db: Database, paragraphs: Sequence[Paragraph]) -> tuple[Twin, ...]:
    """Return the published articles that read most like a text, the likest first."""
    signed = await list_signed(db)
    if not signed:
        return ()
    words = tuple(paragraph.terms for paragraph in paragraphs)
    return await asyncio.to_thread(_compare, words, signed)


async def sign_missing(db: Database, batches: int) -> None:
    """Sign published versions that have no signature, at most so many batches."""
    for _ in range(batches):
        missing = await list_unsigned(db, BATCH)
        if not missing:
            return
        await add_signatures(db, await asyncio.to_thread(_sign_all, missing))


def sign(words: Words) -> bytes:
    """Return the signature of the words of paragraphs; of equal words it is equal, everywhere."""
    from datasketch import MinHash  # half a second, and nobody but editors needs it

    made = MinHash(num_perm=NUMBERS)
    made.update_batch([shingle.encode() for shingle in set(_shingles(words))])
    signature: bytes = made.hashvalues.astype("<u8").tobytes()
    return signature


def _sign_all(missing: Mapping[int, Words]) -> dict[int, bytes]:
    return {version_id: sign(words) for version_id, words in missing.items()}


def _compare(words: Words, signed: Sequence[Signed]) -> tuple[Twin, ...]:
    own = sign(words)
    twins = [
        Twin(each.article_id, each.title, each.day, likeness)
        for each in signed
        if (likeness := _likeness(own, each.signature)) >= ALIKE
    ]
    twins.sort(key=lambda twin: (-twin.likeness, twin.article_id))
    return tuple(twins[:MOST_TWINS])


def _likeness(one: bytes, other: bytes) -> float:
    """Return the share of equal numbers, which estimates that of common shingles."""
    pairs = zip(memoryview(one).cast("Q"), memoryview(other).cast("Q"), strict=True)
    return sum(a == b for a, b in pairs) / NUMBERS


def _shingles(words: Words) -> Iterator[str]:
    """Yield three words in a row of each paragraph, by their first lemmas; of a short one all."""
    for paragraph in words:
        lemmas = [word[0] for word in paragraph]
        for start in range(max(1, len(lemmas) - SHINGLE + 1)):
            if shingle := lemmas[start : start + SHINGLE]:
                yield " ".join(shingle)
