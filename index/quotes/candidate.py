"""A quote found in a text, before anybody asks whose it is."""

from dataclasses import dataclass
from enum import Enum, auto

from index.types import QuoteKind, Span

#: How far the author's words about a quote are looked for; a hostile sentence has no end.
REACH = 700


class Side(Enum):
    """Where the author's words about a quote stand."""

    AFTER = auto()
    BEFORE = auto()
    INSIDE = auto()
    NEXT_LINE = auto()
    LABEL = auto()  # «О. Ветров: …»: the clause is the label, and nobody else speaks
    INTERVIEW = auto()  # the clause introduces whoever answers; a question has none
    TURN = auto()  # a line of dialogue without an author: the clause is of the line two turns away
    NOWHERE = auto()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody's words, and the clause of the author about them."""

    spans: tuple[Span, ...]
    outer: Span
    kind: QuoteKind
    clause: Span | None
    side: Side
