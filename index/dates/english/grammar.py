"""What English prepositions and verbs say of the dates beside them."""

import re

from index.dates.english.words import WORDS, ordinal
from index.dates.rules import Grammar, Hit, Open
from index.dates.scan import Tokens

_OPENS = {
    "S": Open.FROM,
    "f": Open.FROM,
    "!^=": Open.FROM,
    "T": Open.TILL,
    "K": Open.BY,
    "!>=": Open.BY,
    "p": Open.BY,
}


def opens(hit: Hit) -> Open:
    """Return what the preposition before a date makes of it."""
    if not hit.has("open") or aims(hit):
        return Open.NO
    return _OPENS.get(hit.match["open"].decode(), Open.NO)


_MOVED = frozenset("moved postponed delayed rescheduled deferred pushed back forward".split())


def aims(hit: Hit) -> bool:
    """Return whether a date is one that something was moved to: «postponed to April 3»."""
    start = hit.match.start()
    return hit.word(start) == "to" and hit.word(start - 1) in _MOVED


_FUTURE = frozenset(
    """
    will shall would may might should must plans plan planned expects expect expected scheduled due
    set hopes hope aims aim intends intend promises wants
    """.split()
)
_PAST = frozenset(
    """
    was were had did said told took held met began became came went made saw won lost rose fell left
    kept bought sold built sent spent brought broke chose drew drove flew fought found gave got grew
    hit knew laid led lent paid put ran read sank set shot shut spoke stood struck taught thought
    threw understood withdrew wrote cut dealt
    """.split()
)


def sign(word: str) -> int | None:
    """Return the time an English verb speaks of: -1, 0, 1; None for other words."""
    if word in _FUTURE:
        return 1
    if word in _PAST or (word.endswith("ed") and len(word) > len("need")):
        return -1
    return 0 if word in {"is", "are", "has", "have", *_DUE} else None


_DUE = frozenset(
    """
    opens open starts start begins begin closes close expires expire ends arrives arrive departs
    launches premieres takes take resumes resume
    """.split()
)


def is_due(word: str) -> bool:
    """Return whether a verb of the present tells what is to come: «the cup opens in June»."""
    return word in _DUE


def _prepare(tokens: Tokens) -> None:
    """Take «may», «march» in small letters for words, and «be opened» for no past."""
    for index, symbol in enumerate(tokens.symbols):
        if symbol == ord("3"):  # «15 Feb», «Feb 15», but «Jan Berg»
            beside = (
                tokens.symbols[max(0, index - 1) : index] + tokens.symbols[index + 1 : index + 2]
            )
            is_month = tokens.text[tokens.starts[index]].isupper() and set(beside) & set(b"do")
            tokens.symbols[index] = ord("M" if is_month else "x")
        elif symbol in b"MW" and not tokens.text[tokens.starts[index]].isupper():
            tokens.symbols[index] = ord("x")
        elif symbol == ord("x") and index and tokens.word(index - 1) == "be":
            tokens.symbols[index] = ord("_")


GRAMMAR = Grammar(
    words=WORDS,
    ordinal=ordinal,
    opens=opens,
    sign=sign,
    recurring=frozenset("every each usually annually traditionally always".split()),
    joints=re.compile(rb"-"),
    aims=aims,
    prepare=_prepare,
    is_due=is_due,
)
