"""The index as one object: articles in, answers out."""

from array import array
from collections.abc import Sequence

from index.answering import confidence, judge
from index.bm25 import BM25, Field, top_n
from index.errors import DuplicateArticleError, UnknownArticleError
from index.paragraphs import find_terms
from index.ranking import passage_bag, read_question
from index.types import Answer, Hit, IndexedArticle, Verdict

#: How many hits an answer carries: the reader pages through them.
MOST_HITS = 50


class PolicyIndex:
    """A live index of articles; the one object of the engine that the bot sees.

    It keeps words, not texts. Changes must come one after another; answers may be asked for in
    other threads meanwhile, and see the articles as they are before a change or after it.
    """

    def __init__(self) -> None:
        self._model = BM25()
        self._documents: dict[int, range] = {}  # article id → its documents in the model
        # By document. Appended before the model knows the document and never taken away, since
        # numbers are not reused: a reader on an older state finds what it needs.
        self._paragraph_ids = array("q")
        self._article_ids = array("q")
        self._numbers = array("q")
        self._version = 0

    @property
    def version(self) -> int:
        """Return the number of the last change that was applied, 0 when there was none."""
        return self._version

    @property
    def paragraph_count(self) -> int:
        """Return how many paragraphs can be found."""
        return self._model.corpus_size

    def has(self, article_id: int) -> bool:
        """Return whether the article is in the index."""
        return article_id in self._documents

    def set_version(self, version: int) -> None:
        """Take note of a change that needs nothing done, so that `version` tells the truth."""
        self._version = version

    def add(self, articles: Sequence[IndexedArticle], version: int) -> None:
        """Add articles as of change number `version`: all of them or none.

        Raises:
            DuplicateArticleError: one of them is in the index, or comes twice.

        """
        ids = [article.id for article in articles]
        for number, article_id in enumerate(ids):
            if article_id in self._documents or article_id in ids[:number]:
                raise DuplicateArticleError(article_id)
        first = len(self._paragraph_ids)
        for article in articles:
            self._documents[article.id] = range(first, first + len(article.paragraphs))
            first += len(article.paragraphs)
            self._paragraph_ids.extend(paragraph.id for paragraph in article.paragraphs)
            self._article_ids.extend(article.id for _ in article.paragraphs)
            self._numbers.extend(paragraph.number for paragraph in article.paragraphs)
        self._model.add(bag for article in articles for bag in _bags(article))
        self._version = version

    def remove(self, article_id: int, version: int) -> None:
        """Remove an article as change number `version`.

        Raises:
            UnknownArticleError: no such article is in the index.

        """
        documents = self._documents.pop(article_id, None)
        if documents is None:
            raise UnknownArticleError(article_id)
        self._model.remove(documents)
        self._version = version

    def answer(self, text: str) -> Answer:
        """Return the answer to a question, the same for the same text and the same articles."""
        version = self._version
        model = self._model.snapshot
        question = read_question(text, model)
        ranked = top_n([Field(model, question.terms)], MOST_HITS)
        sure = confidence(question, model, *ranked[0]) if ranked else 0.0
        hits = tuple(self._hit(document, score) for document, score in ranked)
        return Answer(question, judge(sure) if hits else Verdict.NONE, sure, hits, version)

    def _hit(self, document: int, score: float) -> Hit:
        return Hit(
            paragraph_id=self._paragraph_ids[document],
            article_id=self._article_ids[document],
            number=self._numbers[document],
            score=score,
        )


def _bags(article: IndexedArticle) -> list[tuple[str, ...]]:
    """Return what each paragraph of an article is found by."""
    title = find_terms(article.title)
    return [passage_bag(paragraph.terms, title) for paragraph in article.paragraphs]
