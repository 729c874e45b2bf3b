"""The values that cross module borders: frozen, slotted, comparable.

Positions are half-open and count code points of the stored text. Days are `datetime.date`.
No behaviour beyond what a value can say about itself belongs here.
"""

from index.types.answers import (
    Answer,
    CitedAnswer,
    Excerpt,
    Explanation,
    Hit,
    Question,
    QuestionWord,
    Quotation,
    Scope,
    Verdict,
    WordShare,
)
from index.types.articles import Article, IndexedArticle, IndexedParagraph, IndexedVector, Passage
from index.types.chronology import QuotedWords, TimelineItem
from index.types.dates import DateMention, Event, Modality, Precision, SpeechDay
from index.types.people import (
    Certainty,
    Organisation,
    OrganisationKind,
    People,
    Person,
    Quote,
    QuoteKind,
    SectorHit,
    Speaker,
    SpeakerKind,
)
from index.types.text import Language, Paragraph, Reading, Span, Token

__all__ = [
    "Answer",
    "Article",
    "Certainty",
    "CitedAnswer",
    "DateMention",
    "Event",
    "Excerpt",
    "Explanation",
    "Hit",
    "IndexedArticle",
    "IndexedParagraph",
    "IndexedVector",
    "Language",
    "Modality",
    "Organisation",
    "OrganisationKind",
    "Paragraph",
    "Passage",
    "People",
    "Person",
    "Precision",
    "Question",
    "QuestionWord",
    "Quotation",
    "Quote",
    "QuoteKind",
    "QuotedWords",
    "Reading",
    "Scope",
    "SectorHit",
    "Span",
    "Speaker",
    "SpeakerKind",
    "SpeechDay",
    "TimelineItem",
    "Token",
    "Verdict",
    "WordShare",
]
