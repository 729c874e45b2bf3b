"""People, what they said, and what it is about."""

from dataclasses import dataclass
from enum import StrEnum

from index.types.text import Span


class Certainty(StrEnum):
    """Why a speaker is held to be who he is; what is less than this is not resolved at all."""

    STATED = "stated"  # the attribution names him
    ROLE = "role"  # it names a role, and the article says whose role it is
    CONTEXT = "context"  # a pronoun, the paragraph before, or the corpus's table of aliases


class SpeakerKind(StrEnum):
    """What spoke: documents and organisations are speakers of their own kind."""

    PERSON = "person"
    ORGANISATION = "organisation"
    DOCUMENT = "document"


class QuoteKind(StrEnum):
    """How a quote stands in its text.

    DIRECT is a sentence or more in marks or after a dash, INTEGRATED a whole clause in marks inside
    the author's sentence, FRAGMENT some words of a clause, BLOCK whole paragraphs without marks.
    """

    DIRECT = "direct"
    INTEGRATED = "integrated"
    FRAGMENT = "fragment"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody an article names.

    `name` is the longest nominative form seen in the article, `role` his role in its words, in the
    nominative where that is certain, `aliases` all the other forms he is named by, `gender` masc,
    femn or None. `key` is what tells two people apart: first name, patronymic and surname, without
    case endings; "" for what is not known.
    """

    name: str
    role: str | None
    aliases: tuple[str, ...]
    mentions: tuple[Span, ...]
    gender: str | None
    key: tuple[str, str, str]


class OrganisationKind(StrEnum):
    """What a body is, by the noun that heads its name; not said of one whose name has none."""

    AUTHORITY = "authority"  # ministries, parliaments, courts, agencies of a state
    COMPANY = "company"
    MEDIUM = "medium"
    PARTY = "party"
    ALLIANCE = "alliance"  # of states: the UN, the EU
    INSTITUTE = "institute"  # of science, teaching, culture, health, sport
    ASSOCIATION = "association"  # foundations, unions, movements, chambers


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body an article names.

    `name` is the longest form seen, in the nominative where it is certain; `aliases` are the other
    forms as they stand in the text, `abbreviation` is what the article shortens it to.
    `role` is what the article calls it before a name in marks: «авиакомпания».
    """

    name: str
    kind: OrganisationKind | None
    abbreviation: str | None
    role: str | None
    aliases: tuple[str, ...]
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Who is in an article, in the order of first mention."""

    persons: tuple[Person, ...]
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said a quote, by the name the article gives.

    `role` is the role in the article's words, `identity` the full name by the corpus's table of
    aliases when the article has less than that. `person` is the position in `People.persons`.
    """

    name: str
    kind: SpeakerKind
    certainty: Certainty
    role: str | None = None
    identity: str | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of somebody, as an article gives them.

    `spans` leave out the outer marks and the author's words in between. `speaker` is None when he
    is not established; `mention` are the words that name him, `attribution` those and the verb.
    `sentences` is the whole sentence or sentences that hold the quote and its attribution,
    `before` the paragraph before: there, in this order, the day and place of speech may stand.
    `occasion` names the event or medium («в интервью местным телеканалам»).
    """

    spans: tuple[Span, ...]
    kind: QuoteKind
    speaker: Speaker | None
    mention: Span | None
    attribution: Span | None
    sentences: Span
    before: Span | None
    occasion: Span | None


@dataclass(frozen=True, slots=True)
class SectorHit:
    """A sector a paragraph is about; `weight` is greater than 0, and higher is more telling."""

    sector: str
    weight: float
    terms: tuple[str, ...]
