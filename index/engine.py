"""The index as one object: articles in, answers out."""

import threading
from collections import defaultdict
from collections.abc import Sequence, Sized
from copy import copy
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_
from zlib import crc32

import numpy as np

from index.bm25 import BM25, SOON, Array, Arrays, Mask, Snapshot, among, between, shortlist
from index.confidence import BY_WORDS, confidence, find_signals, judge
from index.documents import Documents
from index.errors import DuplicateArticleError, SnapshotError, UnknownArticleError
from index.explaining import find_shares
from index.languages import STOP_WORDS
from index.neighbours import Neighbours
from index.paragraphs import ANALYSIS, find_terms
from index.ranking import (
    PREFIX_LETTERS,
    TITLE_WEIGHT,
    Asked,
    passage_bag,
    prepare,
    read_question,
    with_starts,
)
from index.reranking import DEPTH, Match, rerank
from index.sequences import Sequences, pack_sequences
from index.similarity import (
    LIFTED,
    WITH_LIKENESS,
    Similar,
    lift,
    likeness_share,
    likeness_signals,
)
from index.spelling import mend
from index.synonyms import Synonyms, shipped
from index.types import Answer, Explanation, Hit, IndexedArticle, Question, Scope

#: How many hits an answer carries: the reader pages through them.
MOST_HITS = 50

#: Changes whenever what `PolicyIndex.to_arrays` gives does.
FORMAT = 6


@dataclass(frozen=True)
class _State:
    """What a reader works on from its first look to its last: one moment of the index."""

    words: Snapshot  # and their first letters
    sequences: Sequences
    titles: Sequences  # by document too
    version: int
    neighbours: Neighbours  # shared by all states: it grows
    synonyms: Synonyms

    def __contains__(self, word: str) -> bool:
        """Return whether articles have a word, or the corpus's own synonyms."""
        return self.words.document_frequency(word) > 0 or word in self.synonyms.own

    def count(self, word: str) -> int:
        """Return in how many paragraphs a word is."""
        return self.words.document_frequency(word)

    def near(self, typed: str) -> set[str]:
        """Return words among which all those of articles are that are one edit away."""
        return self.neighbours.find(typed, self.words)


def rules() -> str:
    """Return what an index depends on beside its articles: kept arrays of other rules are void."""
    stop_words = crc32(" ".join(sorted(STOP_WORDS)).encode())
    return f"{FORMAT} {ANALYSIS} {TITLE_WEIGHT} {PREFIX_LETTERS} {stop_words}"


class PolicyIndex:
    """A live index of articles; the one object of the engine that the bot sees.

    It keeps words, not texts. Changes must come one after another; answers may be asked for in
    other threads meanwhile, and see the articles as they are before a change or after it. No change
    waits for much more than what it adds: who makes changes calls `tidy` now and then. `soon` is
    how many postings are merged at once all the same.
    """

    def __init__(self, *, soon: int = SOON) -> None:
        self._words = BM25(soon=soon)
        self._sequences = Sequences.of()
        self._titles = Sequences.of()
        self._documents = Documents()
        self._neighbours = Neighbours()
        self._synonyms = shipped()
        self._changing = threading.RLock()
        self.set_version(0)

    @property
    def version(self) -> int:
        """Return the number of the last change that was applied, 0 when there was none."""
        return self._state.version

    @property
    def paragraph_count(self) -> int:
        """Return how many paragraphs can be found."""
        return self._state.words.count

    @property
    def left_share(self) -> float:
        """Return the share of paragraphs ever taken in that have left, and still take room."""
        words = self._state.words
        return 1 - words.count / words.numbers if words.numbers else 0.0

    def has(self, article_id: int) -> bool:
        """Return whether the article is in the index."""
        return article_id in self._documents.of_article

    def set_version(self, version: int) -> None:
        """Take note of a change that needs nothing done, so that `version` tells the truth."""
        with self._changing:
            self._state = _State(
                self._words.snapshot,
                self._sequences,
                self._titles,
                version,
                self._neighbours,
                self._synonyms,
            )

    @property
    def is_tidy(self) -> bool:
        """Return whether `tidy` has nothing to do."""
        return self._words.is_settled

    def tidy(self) -> None:
        """Put its parts together where that was left for later; answers are then found faster.

        Takes seconds for a million paragraphs, and other threads may change the index meanwhile;
        `tidy` itself is for one thread at a time.
        """
        while not self.is_tidy:
            self._words.merge()
            with self._changing:
                self.set_version(self.version)

    def use(self, synonyms: Synonyms) -> None:
        """Read questions by another table of synonyms from now on."""
        with self._changing:
            self._synonyms = synonyms
            self._state = replace(self._state, synonyms=synonyms)

    def trying(self, synonyms: Synonyms) -> "PolicyIndex":
        """Return this index as it would answer with another table: ask it, do not change it."""
        other = copy(self)
        other.use(synonyms)
        return other

    def with_articles(self, articles: Sequence[IndexedArticle]) -> "PolicyIndex":
        """Return this index as it would answer with more articles; this one stays as it is.

        Takes some ten milliseconds for a hundred thousand paragraphs; no change may be under way.

        Raises:
            DuplicateArticleError: one of them is in the index, or comes twice.

        """
        other = copy(self)
        other._words, other._documents = self._words.fork(), self._documents.copy()
        other._sequences, other._titles = self._sequences.copy(), self._titles.copy()
        other._neighbours = Neighbours()  # words of drafts are no words to mend a question by
        other.add(articles, self.version)
        return other

    def add(self, articles: Sequence[IndexedArticle], version: int) -> None:
        """Add articles as of change number `version`: all of them or none.

        Raises:
            DuplicateArticleError: one of them is in the index, or comes twice.

        """
        with self._changing:
            self._add(articles, version)

    def _add(self, articles: Sequence[IndexedArticle], version: int) -> None:
        ids = [article.id for article in articles]
        for number, article_id in enumerate(ids):
            if self.has(article_id) or article_id in ids[:number]:
                raise DuplicateArticleError(article_id)
        for article in articles:
            self._documents.add(article)
        bags = [bag for article in articles for bag in _bags(article)]
        self._words.add(map(with_starts, bags), map(len, bags))
        terms = (paragraph.terms for article in articles for paragraph in article.paragraphs)
        titles = (
            title
            for article in articles
            for title in [find_terms(article.title)]
            for _ in article.paragraphs
        )
        model = self._words.snapshot
        self._sequences = self._sequences.extended(pack_sequences(terms, model))
        self._titles = self._titles.extended(pack_sequences(titles, model))
        self.set_version(version)

    def remove(self, article_id: int, version: int) -> None:
        """Remove an article as change number `version`.

        Raises:
            UnknownArticleError: no such article is in the index.

        """
        with self._changing:
            documents = self._documents.of_article.pop(article_id, None)
            if documents is None:
                raise UnknownArticleError(article_id)
            self._words.remove(documents)
            self.set_version(version)

    def to_arrays(self) -> Arrays:
        """Return the whole index as named arrays: write them, do not change them."""
        parts = {
            "words": self._words.to_arrays(),
            "sequences": self._sequences.to_arrays(),
            "titles": self._titles.to_arrays(),
            "documents": self._documents.to_arrays(),
        }
        return {f"{part}/{name}": each for part in parts for name, each in parts[part].items()}

    @classmethod
    def from_arrays(cls, arrays: Arrays, version: int) -> "PolicyIndex":
        """Return the index that `to_arrays` gave, which answers the same; they may be mapped.

        Raises: SnapshotError when they are not such arrays.
        """
        parts: dict[str, dict[str, Array]] = defaultdict(dict)
        for key, each in arrays.items():
            part, _, name = key.partition("/")
            parts[part][name] = each
        index = cls()
        try:
            index._words = BM25.from_arrays(parts["words"])
            index._sequences = Sequences.from_arrays(parts["sequences"])
            index._titles = Sequences.from_arrays(parts["titles"])
            index._documents = Documents.from_arrays(parts["documents"])
        except (KeyError, ValueError, TypeError) as error:
            raise SnapshotError(f"not an index: {error!r}") from error
        index._require_whole()
        index.set_version(version)
        return index

    def answer(
        self,
        text: str,
        *,
        as_written: bool = False,
        most: int = MOST_HITS,
        within: Scope | None = None,
        similar: Similar | None = None,
    ) -> Answer:
        """Return the answer to a question, the same for the same text and the same articles.

        `within` narrows where it is sought; what words weigh is counted over all articles.

        A question mistyped, or typed in other letters, is read as it was meant, and `suggestion`
        says how; unless it is to be taken `as_written`. Where `similar` knows what paragraphs mean,
        the first ones are put in order by that too.
        """
        state = self._state
        meant = text if as_written else mend(text, state)
        question = read_question(meant, state.words, state.synonyms)
        allowed = None if within is None else self._allowed(within, state)
        asked = prepare(question, state.words)
        ranked = self._rank(asked, state, most, allowed)
        likeness: Sequence[float | None] = ()
        if similar is not None:
            ranked, likeness = lift(ranked, self._likeness(question, ranked, similar))
        signals = _signals(asked, ranked[0], state) if ranked else ()
        surety = BY_WORDS
        if by_likeness := likeness_signals(ranked, likeness):
            signals, surety = (*signals, *by_likeness), WITH_LIKENESS
        sure = confidence(signals, surety)
        hits = self._hits(ranked[:most])
        suggestion = meant if meant != text else None
        verdict = judge(sure, question, ranked[0] if ranked else None, surety)
        return Answer(question, verdict, sure, hits, state.version, signals, suggestion)

    def explain(
        self,
        text: str,
        paragraph_id: int,
        *,
        as_written: bool = False,
        similar: Similar | None = None,
    ) -> Explanation | None:
        """Return what each word of a question finds in a paragraph; None if it has left the index.

        The same for the same text and the same articles, like `answer`; with `similar` also what
        likeness in meaning did.
        """
        state = self._state
        document = self._documents.find(paragraph_id, state.words.numbers)
        if document is None:
            return None
        meant = text if as_written else mend(text, state)
        question = read_question(meant, state.words, state.synonyms)
        shares = find_shares(question, state.words, document)
        suggestion = meant if meant != text else None
        asked = prepare(question, state.words)
        ranked = self._rank(asked, state, LIFTED, None) if similar else []
        meaning = likeness_share(ranked, self._likeness(question, ranked, similar), document)
        return Explanation(question, shares, suggestion, state.version, meaning)

    def _rank(self, asked: Asked, state: _State, most: int, allowed: Mask | None) -> list[Match]:
        """Return the best documents for a question, best first: `most`, or more to judge by."""
        depth, kept = max(DEPTH, most), max(most, LIFTED)
        found = shortlist([asked.field], depth, allowed)
        articles = self._documents.article_ids
        return rerank(asked, found, state.sequences, articles, depth=depth, most=kept)

    def _likeness(
        self, question: Question, ranked: Sequence[Match], similar: Similar | None
    ) -> Sequence[float | None]:
        """Return the likeness of the first documents with the question, none without `similar`."""
        if similar is None or not ranked:
            return ()
        first = ranked[:LIFTED]
        ids = self._documents.paragraph_ids.take([match.document for match in first])
        return similar(question.text, ids.tolist())

    def _require_whole(self) -> None:
        """Raise SnapshotError unless all parts are of the same documents."""
        parts: tuple[Sized, ...] = (self._sequences, self._titles, self._documents)
        numbers = {self._words.snapshot.numbers, *map(len, parts)}
        if len(numbers) > 1:
            raise SnapshotError(f"parts of different indexes: {sorted(numbers)} documents")

    def _allowed(self, scope: Scope, state: _State) -> Mask | None:
        """Return which documents a scope allows, None for all."""
        numbers = state.words.numbers
        masks: list[Mask] = []
        if scope.days is not None:
            first, last = (day.toordinal() for day in scope.days)
            masks.append(between(self._documents.days[:numbers], first, last))
        if scope.articles is not None:
            masks.append(among(self._documents.article_ids[:numbers], scope.articles))
        if scope.paragraphs is not None:
            masks.append(among(self._documents.paragraph_ids[:numbers], scope.paragraphs))
        return reduce(and_, masks) if masks else None

    def _hits(self, ranked: Sequence[Match]) -> tuple[Hit, ...]:
        """Return which paragraphs the documents are."""
        documents, known = np.array([m.document for m in ranked], np.int64), self._documents
        columns = (known.paragraph_ids, known.article_ids, known.numbers)
        rows = zip(*(column.take(documents).tolist() for column in columns), ranked, strict=True)
        return tuple(Hit(key, article, n, match.score) for key, article, n, match in rows)


def _signals(asked: Asked, first: Match, state: _State) -> tuple[float, ...]:
    """Return what speaks for the first document of a question."""
    sequence, title = state.sequences[first.document], state.titles[first.document]
    return find_signals(asked, first, sequence, title)


def _bags(article: IndexedArticle) -> list[tuple[str, ...]]:
    """Return what each paragraph of an article is found by."""
    title = find_terms(article.title)
    return [passage_bag(paragraph.terms, title) for paragraph in article.paragraphs]
