"""Why a document answers a question: what each word of the question finds in it."""

from index.bm25 import Snapshot
from index.ranking import PREFIX_WEIGHT, start_of
from index.types import Question, WordShare


def find_shares(question: Question, model: Snapshot, document: int) -> tuple[WordShare, ...]:
    """Return the share of each word of a question in what a document is found by."""
    found = []
    for word in question.words:
        exact = float(model.scores_of(word.terms, (document,))[0])
        similar = float(model.scores_of((start_of(word.lemma),), (document,))[0])
        found.append(exact + PREFIX_WEIGHT * similar)
    total = sum(found)
    return tuple(
        WordShare(word, score / total if total else 0.0)
        for word, score in zip(question.words, found, strict=True)
    )
