"""The re-ranking, in arrays for all documents together, gives what one does after another."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.bm25 import BM25, shortlist
from index.languages import lemmas
from index.ranking import passage_bag, prepare, read_question, with_starts
from index.reranking import rerank
from index.sequences import Sequences, pack_sequence
from index.synonyms import with_own
from tests.ranking_oracle import oracle_ranking

#: Several lemmas, first letters in common, synonyms; a question may have words that none has.
WORDS = ("порт", "портовый", "портового", "стали", "дом", "дома", "данных", "и", "зерно", "газа")
SYNONYMS = with_own((("дом", "зерно"), ("порт", "данные", "гавань")))
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40)
#: Up to seven words: numpy adds up eight values of one column in another order than Python.
QUESTIONS = st.lists(st.sampled_from((*WORDS, "космос", "портал", "гавань")), max_size=5)


@given(st.lists(TEXTS, min_size=1, max_size=12), QUESTIONS, st.integers(1, 6), st.booleans())
def test_the_same_scores_to_the_last_place(
    texts: list[list[str]], asked: list[str], depth: int, is_kept: bool
) -> None:
    """Whether sequences came together or one by one, or were kept and used from there."""
    terms = [tuple(map(lemmas, text)) for text in texts]
    model = BM25()
    sequences = Sequences.of()
    for each in terms:
        model.add([with_starts(passage_bag(each, ()))])
        sequences = sequences.extended([pack_sequence(each, model.snapshot)])
        if is_kept:
            sequences, is_kept = Sequences.from_arrays(sequences.to_arrays()), False
    words, articles = model.snapshot, np.arange(len(texts)) % 3
    question = read_question(" ".join(asked), words, SYNONYMS)
    packed = [pack_sequence(each, words) for each in terms]
    assert [sequences[n] for n in range(len(texts))] == packed
    asked_of = prepare(question, words)
    candidates = shortlist([asked_of.field], depth)
    found = rerank(asked_of, candidates, sequences, articles, depth=depth)
    assert [(m.document, m.score, m.shares, m.window) for m in found] == oracle_ranking(
        question, words, packed, articles.tolist(), depth
    )
