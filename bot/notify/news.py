"""An article as it is told of: its passages, and which of them each topic is about."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.replies.sectors import sector_excerpt
from bot.store.changes import load_indexed
from bot.store.database import Database
from bot.store.lexicon import load_lexicon
from bot.store.passages import list_paragraphs
from bot.store.topics import Topic, TopicKind, list_subjects
from index.languages import tokenize
from index.paragraphs import find_terms
from index.sectors import Sectors, list_sectors
from index.sentences import find_sentences
from index.types import Excerpt, Passage, Quotation, Span

#: Articles kept between two looks: what is published in an hour, and a digest of a week.
MOST_KEPT = 200


@dataclass(frozen=True, slots=True)
class News:
    """The present version of a published article.

    `lemmas` are those of each passage with its title, `subjects` the paragraphs of each sector and
    person, `sectors` the corpus's table of them.
    """

    article_id: int
    version_id: int
    title: str
    day: date
    passages: tuple[Passage, ...]
    lemmas: tuple[frozenset[str], ...]
    subjects: Mapping[tuple[TopicKind, str], Sequence[int]]
    sectors: Sectors | None = None

    def find_passages(self, topic: Topic) -> list[Passage]:
        """Return the passages that a topic is about, none if the article is not about it."""
        if topic.kind is TopicKind.WORDS and topic.query:
            pairs = zip(self.passages, self.lemmas, strict=True)
            return [passage for passage, lemmas in pairs if topic.query.matches(lemmas)]
        if topic.kind in {TopicKind.SECTOR, TopicKind.PERSON}:
            known = {passage.paragraph_id: passage for passage in self.passages}
            ids = self.subjects.get((topic.kind, topic.subject), ())
            return [known[key] for key in ids if key in known]
        if topic.kind is TopicKind.ARTICLE and topic.subject != str(self.article_id):
            return []
        return list(self.passages[:1])


class Newsroom:
    """Reads articles to be told of; each once as long as the corpus does not change."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[int, News | None] = {}
        self._version = -1

    async def get(self, article_id: int, version: int) -> News | None:
        """Return an article as of the index's `version`; None if it is published no more."""
        if version != self._version or len(self._known) >= MOST_KEPT:
            self._known.clear()
            self._version = version
        if article_id not in self._known:
            self._known[article_id] = await load_news(self._db, article_id)
        return self._known[article_id]


async def load_news(db: Database, article_id: int) -> News | None:
    """Return an article to be told of, None if it is not published (any more)."""
    indexed = await load_indexed(db, [article_id])
    passages = await list_paragraphs(db, article_id) if indexed else ()
    if not indexed or not passages:
        return None
    words = {each.id: each.terms for each in indexed[0].paragraphs}
    title = _lemmas(find_terms(indexed[0].title))
    return News(
        article_id,
        passages[0].version_id,
        indexed[0].title,
        indexed[0].day,
        passages,
        tuple(_lemmas(words.get(passage.paragraph_id, ())) | title for passage in passages),
        await list_subjects(db, passages[0].version_id),
        (await load_lexicon(db)).sectors,
    )


def quotation_of(
    passage: Passage, topic: Topic, title: str, sectors: Sectors | None = None
) -> Quotation:
    """Return a passage with the words that a topic is about, and the sentence with most of them.

    `sectors` is the corpus's table, the shipped one if None.
    """
    if topic.kind is TopicKind.SECTOR:
        sector = next((each for each in list_sectors() if each.id == topic.subject), None)
        if sector:
            return Quotation(passage, sector_excerpt(passage, sector, sectors), 0.0)
    wanted: Collection[str] = ()
    if topic.query:
        wanted = topic.query.lemmas
    elif topic.kind is TopicKind.PERSON:
        wanted = _lemmas(find_terms(title))
    return Quotation(passage, _excerpt(passage.text, wanted), 0.0)


def _excerpt(text: str, wanted: Collection[str]) -> Excerpt:
    spans: list[Span] = []
    for token in tokenize(text):
        is_apart = not spans or not token.span.overlaps(spans[-1])
        if is_apart and not set(token.lemmas).isdisjoint(wanted):
            spans.append(token.span)
    sentences = find_sentences(text) or (Span(0, len(text)),)
    best = max(sentences, key=lambda each: sum(each.overlaps(span) for span in spans))
    return Excerpt(best, tuple(spans))


def _lemmas(terms: Sequence[Sequence[str]]) -> frozenset[str]:
    return frozenset(lemma for word in terms for lemma in word)
