"""Whom the words about a quote name, and what those words are."""

from dataclasses import dataclass
from enum import Enum, auto

from index.types import Span


class MentionKind(Enum):
    """What the words that name a speaker are."""

    NAME = auto()
    ROLE = auto()
    PRONOUN = auto()
    ORGANISATION = auto()
    DOCUMENT = auto()
    GROUP = auto()  # several people, or «местные жители»: never one person
    NOBODY = auto()  # no subject is said


@dataclass(frozen=True, slots=True)
class Attribution:
    """The words that name the speaker, and what they are; `genders` as the verb shows them."""

    kind: MentionKind
    span: Span | None
    genders: frozenset[str]


ANY = frozenset({"masc", "femn"})
