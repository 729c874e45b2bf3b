"""What Azerbaijani cases, postpositions and verbs say of the dates beside them."""

import re

from index.dates.azerbaijani.words import WORDS, ordinal
from index.dates.rules import Grammar, Hit, Open


def opens(hit: Hit) -> Open:
    """Return what the case and the postposition of a date make of it."""
    symbols = hit.tokens.symbols[hit.match.start() : hit.match.end()]
    if hit.has("both"):
        return Open.NO
    if (
        b"i" in symbols
        or hit.word(hit.match.end() - 1).endswith(("ədək", "adək"))
        or (hit.has("post") and hit.match["post"] == b"T")
    ):
        return Open.TILL
    last = hit.word(hit.match.end() - 1 - hit.has("post"))
    return Open.FROM if b"k" in symbols or last.endswith(("dan", "dən")) else Open.NO


def aims(_hit: Hit) -> bool:
    """Return False: no Azerbaijani case points ahead by itself."""
    return False


_FUTURE = re.compile(r".+(?:acaq|əcək|acağ|əcəy)|planlaşdırılır|gözlənilir|nəzərdə")
_PAST = re.compile(r".{2,}(?:di|du|dü|dilar|dilər|mişdir|müşdür|muşdur|ib|üb|ub)$")


def sign(word: str) -> int | None:
    """Return the time an Azerbaijani verb speaks of: -1, 0, 1; None for other words."""
    if _FUTURE.match(word):
        return 1
    return -1 if _PAST.match(word) else None


GRAMMAR = Grammar(
    words=WORDS,
    ordinal=ordinal,
    opens=opens,
    sign=sign,
    recurring=frozenset("hər adətən ənənəvi".split()),
    joints=re.compile(rb"-"),
    aims=aims,
)
