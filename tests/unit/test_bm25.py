"""BM25 on postings gives what rank_bm25 gives."""

import math
from collections import Counter

import numpy as np
import pytest
import rank_bm25

from index.bm25 import BM25, Field, top_n
from index.errors import UnknownDocumentError
from tests.bm25_documents import GAS, PORT, SCHOOL, zipf_documents
from tests.bm25_oracle import Oracle, best, oracle_scores


def test_scores_are_those_of_rank_bm25_to_the_last_bit() -> None:
    documents = zipf_documents(300, seed=1)
    index, oracle = BM25(documents), Oracle(documents)
    for query in zipf_documents(200, seed=2, longest=9):
        np.testing.assert_array_equal(index.get_scores(query), oracle.get_scores(query))


def test_it_is_a_rank_bm25_model() -> None:
    assert issubclass(BM25, rank_bm25.BM25)
    index = BM25([PORT, GAS, SCHOOL])
    assert (index.corpus_size, index.avgdl, index.doc_len.tolist()) == (3, 3.0, [4, 3, 2])


def test_a_score_computed_by_hand() -> None:
    """«порт»: in 1 of 2 documents, twice in one of 4 words, mean length 3."""
    index = BM25([PORT, SCHOOL])
    idf = math.log(1 + 1.5 / 1.5)
    score = idf * 2 * 2.2 / (2 + 1.2 * (0.5 + 0.5 * 4 / 3))
    assert index.top_n(["порт"], 5) == [(0, pytest.approx(score, rel=1e-12))]


def test_thousands_of_random_queries_find_the_same_documents_in_the_same_order() -> None:
    documents = zipf_documents(1500, seed=3)
    index, oracle = BM25(documents), Oracle(documents)
    for number, query in enumerate(zipf_documents(2500, seed=4, longest=8)):
        n = 1 + number % 15
        assert index.top_n(query, n) == best(oracle.get_scores(query), n)


def test_small_blocks_and_large_ones_select_alike() -> None:
    """20 000 documents and few results: blocks of many documents, most of them passed over."""
    documents = zipf_documents(20_000, seed=5, longest=6)
    index = BM25(documents)
    for query in zipf_documents(60, seed=6, longest=4):
        for n in (1, 10, 3000):
            assert index.top_n(query, n) == best(index.get_scores(query), n)


def test_words_that_occur_hundreds_of_times_in_a_document_count_in_full() -> None:
    documents = [["порт"] * 255 + ["море"], ["порт"] * 254, ["порт"] * 1000, ["море"] * 256]
    live = dict(enumerate(documents))
    index = BM25(documents[:2])
    index.add(documents[2:])
    index.remove([0])
    del live[0]
    for query in (["порт"], ["море"], ["порт", "море"]):
        expected = oracle_scores(live, 4, query)
        np.testing.assert_array_equal(index.get_scores(query), expected)
        assert index.top_n(query, 4) == best(expected, 4)


def test_a_repeated_query_word_adds_each_time() -> None:
    index = BM25([PORT, GAS, SCHOOL])
    once, twice = index.get_scores(["порт"]), index.get_scores(["порт", "порт"])
    np.testing.assert_array_equal(twice, once + once)
    assert index.top_n(["порт", "порт"], 1) == [(0, twice[0])]


def test_unknown_words_add_nothing_and_weigh_most() -> None:
    index = BM25([PORT, GAS, SCHOOL])
    np.testing.assert_array_equal(index.get_scores(["порт", "луна"]), index.get_scores(["порт"]))
    assert index.top_n(["луна"], 3) == []
    assert index.idf_of("луна") == math.log(1 + 3.5 / 0.5)
    assert index.idf_of("луна") > index.idf_of("школа") > index.idf_of("море")


def test_an_empty_index_answers_nothing_and_can_be_filled() -> None:
    index = BM25([])
    assert index.top_n(["порт"], 5) == []
    assert index.get_scores(["порт"]).tolist() == []
    assert (index.corpus_size, index.avgdl) == (0, 0.0)
    assert index.add([PORT]) == range(1)
    assert [number for number, _ in index.top_n(["порт"], 5)] == [0]


@pytest.mark.parametrize("corpus", [[[]], [[], []]])
def test_documents_without_words_are_documents(corpus: list[list[str]]) -> None:
    index = BM25(corpus)
    assert index.corpus_size == len(corpus)
    assert index.get_scores(["порт"]).tolist() == [0.0] * len(corpus)
    index.remove([0])
    assert index.corpus_size == len(corpus) - 1


def test_a_match_in_the_only_document_scores_above_0() -> None:
    assert BM25([PORT]).get_scores(["порт"])[0] > 0


def test_only_documents_that_match_are_returned() -> None:
    assert [number for number, _ in BM25([PORT, GAS, SCHOOL]).top_n(["море"], 10)] == [1, 0]


def test_ties_are_broken_by_document_number() -> None:
    index = BM25([SCHOOL, PORT, SCHOOL, SCHOOL])
    assert [number for number, _ in index.top_n(["школа"], 2)] == [0, 2]


@pytest.mark.parametrize("n", [0, -1])
def test_no_results_are_wanted(n: int) -> None:
    assert BM25([PORT]).top_n(["порт"], n) == []


def test_scores_of_given_documents_come_in_the_order_given() -> None:
    documents = zipf_documents(200, seed=9)
    index = BM25(documents)
    wanted = [150, 3, 3, 199, 0]
    for query in zipf_documents(50, seed=10, longest=8):
        expected = index.get_scores(query)[wanted]
        np.testing.assert_array_equal(index.scores_of(query, wanted), expected)
        assert index.get_batch_scores(query, wanted) == expected.tolist()
    assert index.scores_of(["слово1"], []).tolist() == []


def test_term_frequencies_tell_which_words_a_document_has() -> None:
    documents = zipf_documents(50, seed=21)
    index = BM25(documents)
    index.remove([4])
    words, wanted = ["слово1", "луна", "слово0", "слово1"], [4, 9, 0, 9]
    counted = [[documents[at].count(word) * (at != 4) for at in wanted] for word in words]
    assert index.snapshot.term_frequencies(words, wanted).tolist() == counted
    assert index.snapshot.term_frequencies([], []).shape == (0, 0)


def test_document_frequencies_are_those_of_the_live_documents() -> None:
    documents = zipf_documents(60, seed=22)
    index = BM25(documents[:40])
    index.remove(range(0, 40, 3))
    copy = BM25.from_arrays(index.to_arrays())
    live = [document for at, document in enumerate(documents[:40]) if at % 3] + documents[40:]
    for one in (index, copy):
        one.add(documents[40:])
        expected = Counter(word for document in live for word in set(document))
        assert {
            word: n
            for word in one.snapshot.new_words(0)
            if (n := one.snapshot.document_frequency(word))
        } == expected


@pytest.mark.parametrize("number", [-1, 3])
def test_scores_of_numbers_never_given_are_refused(number: int) -> None:
    with pytest.raises(UnknownDocumentError):
        BM25([PORT, GAS, SCHOOL]).scores_of(["порт"], [0, number])


def test_get_top_n_gives_the_documents_themselves_and_fills_up_like_rank_bm25() -> None:
    index = BM25([PORT, GAS, SCHOOL])
    assert index.get_top_n(["море"], ["п", "г", "ш"], n=3) == ["г", "п", "ш"]
    index.remove([0])
    assert index.get_top_n(["море"], ["п", "г", "ш"]) == ["г", "ш"]
    with pytest.raises(ValueError, match="3 documents"):
        index.get_top_n(["море"], ["п"])


def test_a_tokenizer_makes_words_of_the_corpus_and_of_what_is_added() -> None:
    index = BM25(["порт море", "газ"], tokenizer=str.split)
    index.add(["газ порт газ"])
    live = {0: ["порт", "море"], 1: ["газ"], 2: ["газ", "порт", "газ"]}
    assert index.get_scores(["газ"]).tolist() == oracle_scores(live, 3, ["газ"]).tolist()


def test_weights_multiply_what_their_words_add() -> None:
    documents = zipf_documents(500, seed=11)
    index = BM25(documents)
    for query in zipf_documents(100, seed=12, longest=6):
        weights = [(0.5, 2.0, 0.0)[place % 3] for place in range(len(query))]
        expected = np.zeros(500)
        for word, weight in zip(query, weights, strict=True):
            expected += index.get_scores([word]) * weight
        np.testing.assert_allclose(index.get_scores(query, weights), expected, rtol=1e-14)
        assert index.top_n(query, 10, weights) == best(index.get_scores(query, weights), 10)


@pytest.mark.parametrize("weights", [[-1.0], [1e7], [1e-9], [math.nan], [math.inf]])
def test_weights_that_could_lose_a_match_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="weights are 0 or"):
        BM25([PORT]).top_n(["порт"], 1, weights)


def test_a_weight_is_needed_for_each_word() -> None:
    with pytest.raises(ValueError, match="zip"):
        BM25([PORT]).get_scores(["порт", "море"], [1.0])


def test_two_fields_are_ranked_by_the_weighted_sum_of_their_scores() -> None:
    documents = zipf_documents(800, seed=13)
    prefixes = [[word[:6] for word in document] for document in documents]
    words, shorter = BM25(documents), BM25(prefixes)
    for index in (words, shorter):
        index.remove(range(0, 800, 5))
    for query in zipf_documents(200, seed=14, longest=6):
        short = [word[:6] for word in query]
        expected = words.get_scores(query) + 0.5 * shorter.get_scores(short)
        fields = [Field(words.snapshot, query), Field(shorter.snapshot, short, weight=0.5)]
        assert top_n(fields, 10) == best(expected, 10)


def test_a_field_that_lags_behind_or_weighs_nothing_is_no_obstacle() -> None:
    full, lagging = BM25([PORT, GAS, SCHOOL]), BM25([PORT])
    fields = [Field(full.snapshot, ["школа"]), Field(lagging.snapshot, ["школа"], weight=2)]
    assert top_n(fields, 5) == full.top_n(["школа"], 5)
    assert top_n([Field(full.snapshot, ["школа"], weight=0)], 5) == []


def test_a_document_may_count_for_longer_than_it_is() -> None:
    """As if the missing words were there, and in the mean as well, when it leaves too."""
    short, long = BM25(), BM25([["порт", "а", "б"], ["море", "порт"], ["газ", "в"]])
    short.add([["порт"], ["море", "порт"], ["газ"]], [3, 2, 2])
    for index in (short, long):
        index.remove([2])
    np.testing.assert_array_equal(short.get_scores(["порт"]), long.get_scores(["порт"]))
    assert short.avgdl == 2.5
