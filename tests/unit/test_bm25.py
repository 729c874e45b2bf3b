"""BM25 on postings gives what rank_bm25 gives, keeps it through changes, and never waits."""

import math
import random
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import rank_bm25

from index.bm25 import BM25, Field, Snapshot, model, top_n
from index.bm25.changes import (
    GROWTH,
    SEGMENTS,
    cleaned,
    merged,
    with_documents,
    with_merged,
    without_documents,
)
from index.errors import SnapshotError, UnknownDocumentError
from tests.bm25_oracle import Oracle, best, oracle_scores

PORT = ["порт", "море", "корабль", "порт"]
GAS = ["газ", "труба", "море"]
SCHOOL = ["школа", "учитель"]


def zipf_documents(count: int, seed: int, longest: int = 40) -> list[list[str]]:
    """Return documents of words whose frequencies fall as in a language, some of them empty."""
    source = random.Random(seed)  # noqa: S311  # a seeded corpus, no secret
    words = [f"слово{rank}" for rank in range(400)]
    shares = [1 / (rank + 1) for rank in range(400)]
    return [source.choices(words, shares, k=source.randint(0, longest)) for _ in range(count)]


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


@pytest.mark.parametrize("seed", range(4))
def test_scores_follow_adds_removes_and_merges_exactly(seed: int) -> None:
    source = random.Random(seed)  # noqa: S311  # a seeded corpus, no secret
    index, live = BM25(), {}
    for step in range(40):
        new = zipf_documents(source.randint(1, 30), seed=100 * seed + step, longest=step + 1)
        live |= dict(zip(index.add(new), new, strict=True))
        for number in source.sample(sorted(live), len(live) // source.choice((3, 9, 40))):
            index.remove([number])
            del live[number]
        for query in zipf_documents(4, seed=1000 * seed + step, longest=8):
            expected = oracle_scores(live, len(index.doc_len), query)
            np.testing.assert_array_equal(index.get_scores(query), expected)
            assert index.top_n(query, 10) == best(expected, 10)
    assert len(index.snapshot.segments) <= SEGMENTS


def test_there_are_never_more_segments_than_a_search_should_visit() -> None:
    """Each add is small beside the one before, so no merge is due but for their number."""
    live: dict[int, list[str]] = {}
    index = BM25()
    for level in range(5, -1, -1):
        new = [["порт"] * (1 + at % 3) for at in range((GROWTH + 1) ** level)]
        live |= dict(zip(index.add(new), new, strict=True))
    assert len(index.snapshot.segments) == SEGMENTS
    expected = oracle_scores(live, len(live), ["порт"])
    assert index.top_n(["порт"], 10) == best(expected, 10)


def test_documents_given_at_once_make_one_segment() -> None:
    """The last batch is small beside the others, which are alike."""
    documents = [["порт"] * (1 + at % 3) for at in range(2 * model.BATCH + 9)]
    index = BM25(documents)
    assert len(index.snapshot.segments) == 1
    expected = Oracle(documents).get_scores(["порт"])
    np.testing.assert_array_equal(index.get_scores(["порт"]), expected)


def test_drift_of_the_average_length_changes_no_answer() -> None:
    """The old documents keep their impacts while much longer ones arrive one by one."""
    live = dict(enumerate(zipf_documents(600, seed=7, longest=10)))
    index = BM25(live.values())
    drifts = set()
    for number, new in enumerate(zipf_documents(25, seed=8, longest=200)):
        live[index.add([new])[0]] = new
        drifts.add(index.avgdl / index.snapshot.segments[0].average)
        query = zipf_documents(1, seed=number, longest=6)[0]
        assert index.top_n(query, 10) == best(oracle_scores(live, len(live), query), 10)
    assert max(drifts) > 1.02


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


def test_removed_documents_score_0_and_their_numbers_are_not_given_again() -> None:
    index = BM25([PORT, GAS, SCHOOL])
    index.remove([0, 2])
    assert index.add([PORT]) == range(3, 4)
    assert index.get_scores(["порт", "школа"])[:3].tolist() == [0.0, 0.0, 0.0]
    assert index.scores_of(["школа"], [2]).tolist() == [0.0]
    assert index.doc_len.tolist() == [0, 3, 0, 4]


def test_everything_can_be_removed() -> None:
    index = BM25([PORT, GAS])
    index.remove([0, 1])
    assert index.top_n(["порт"], 5) == []
    assert index.idf_of("порт") == index.idf_of("луна")
    index.add([GAS])
    assert index.top_n(["газ"], 5) == [(2, oracle_scores({2: GAS}, 3, ["газ"])[2])]


def test_the_last_document_with_words_may_go() -> None:
    """What is left has no word at all: the mean length is 0 and nothing divides by it."""
    index = BM25([PORT] + [[]] * 20)
    index.remove([0])
    index.add([[]])
    assert (index.avgdl, index.top_n(["порт"], 5)) == (0.0, [])
    assert not index.get_scores(["порт"]).any()


@pytest.mark.parametrize("wrong", [[3], [-1], [0, 7], [1]])
def test_removing_what_is_not_there_is_refused_whole(wrong: list[int]) -> None:
    index = BM25([PORT, GAS, SCHOOL])
    index.remove([1])
    with pytest.raises(UnknownDocumentError):
        index.remove(wrong)
    assert index.corpus_size == 2


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


def test_a_snapshot_does_not_change() -> None:
    index = BM25([PORT, GAS])
    before = index.snapshot
    scores = before.get_scores(["море", "школа"])
    index.add([SCHOOL] * 50)
    index.remove([0])
    np.testing.assert_array_equal(before.get_scores(["море", "школа"]), scores)
    assert before.find("школа") is None
    assert top_n([Field(before, ["море"])], 5) == best(scores, 5)


def _read_only(array: np.ndarray) -> np.ndarray:
    """Return a copy that refuses writes, as an array mapped from a file does."""
    copy = array.copy()
    copy.flags.writeable = False
    return copy


def test_arrays_hold_the_whole_index() -> None:
    index = BM25(zipf_documents(300, seed=15))
    index.add([["порт"] * 300, ["\ud800", "", "море"]])
    index.remove([5, 6])
    copy = BM25.from_arrays({name: _read_only(a) for name, a in index.to_arrays().items()})
    again = BM25.from_arrays(copy.to_arrays())
    for query in [*zipf_documents(100, seed=16, longest=8), ["порт", "\ud800", ""], ["луна"]]:
        for other in (copy, again):
            np.testing.assert_array_equal(other.get_scores(query), index.get_scores(query))
            assert other.top_n(query, 10) == index.top_n(query, 10)


def test_arrays_may_be_mapped_from_files(tmp_path: Path) -> None:
    documents = zipf_documents(100, seed=19)
    index = BM25(documents)
    for name, array in index.to_arrays().items():
        np.save(tmp_path / f"{name}.npy", array)
    mapped = {path.stem: np.load(path, mmap_mode="r") for path in tmp_path.iterdir()}
    copy = BM25.from_arrays(mapped)
    for one in (index, copy):
        one.remove([7])
        one.add(documents[:9])
    for query in zipf_documents(30, seed=20, longest=8):
        np.testing.assert_array_equal(copy.get_scores(query), index.get_scores(query))


def test_an_index_from_arrays_goes_on_growing() -> None:
    documents = zipf_documents(300, seed=17)
    index = BM25(documents[:200])
    copy = BM25.from_arrays({name: _read_only(a) for name, a in index.to_arrays().items()})
    for one in (index, copy):
        assert one.add([*documents[200:], ["новое"], ["новое", "слово1"]]) == range(200, 302)
        one.remove([0, 201])
    again = BM25.from_arrays(copy.to_arrays())
    for query in [*zipf_documents(50, seed=18, longest=8), ["новое"]]:
        np.testing.assert_array_equal(copy.get_scores(query), index.get_scores(query))
        np.testing.assert_array_equal(again.get_scores(query), index.get_scores(query))


@pytest.mark.parametrize("name", ["counts", "df", "words.blob", "segment0.impacts"])
def test_arrays_that_are_not_an_index_are_refused(name: str) -> None:
    arrays = BM25([PORT]).to_arrays()
    del arrays[name]
    with pytest.raises(SnapshotError):
        BM25.from_arrays(arrays)


def test_arrays_of_another_format_are_refused() -> None:
    arrays = BM25([PORT]).to_arrays()
    arrays["counts"] = arrays["counts"] + 1
    with pytest.raises(SnapshotError, match="format"):
        BM25.from_arrays(arrays)


def test_words_with_one_checksum_are_told_apart() -> None:
    """CRC-32 of "plumless" and of "buckeroo" is the same number."""
    index = BM25([["plumless"], ["buckeroo"], ["plumless", "море"]])
    copy = BM25.from_arrays(index.to_arrays())
    assert [number for number, _ in copy.top_n(["buckeroo"], 5)] == [1]
    assert [number for number, _ in copy.top_n(["plumless"], 5)] == [0, 2]


def test_a_search_in_the_middle_of_an_add_sees_the_state_before_it() -> None:
    """The documents hold the writer inside its add; the reader does not wait for it."""
    index = BM25([PORT, GAS])
    before = index.top_n(["порт", "море"], 5)
    inside, go_on = threading.Event(), threading.Event()

    def slow_documents() -> Iterator[list[str]]:
        yield PORT
        inside.set()
        assert go_on.wait(60)
        yield GAS

    writer = threading.Thread(target=index.add, args=(slow_documents(),))
    writer.start()
    assert inside.wait(60)
    assert index.top_n(["порт", "море"], 5) == before
    go_on.set()
    writer.join()
    assert [number for number, _ in index.top_n(["порт"], 5)] == [0, 2]


def test_readers_during_changes_always_see_one_whole_state() -> None:
    """All documents are alike, so each state has one score for all, known by their number."""
    query = ["порт", "море"]
    expected = {n: oracle_scores(dict.fromkeys(range(n), PORT), n, query)[0] for n in range(2, 160)}
    index = BM25([PORT, PORT])
    started, done = threading.Barrier(3), threading.Event()
    answers: list[list[tuple[int, float]]] = []

    def read() -> None:
        started.wait(60)
        last = False
        while not last:
            last = done.is_set()
            answers.append(index.top_n(query, 1000))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    started.wait(60)
    for _ in range(150):
        index.remove(index.add([PORT] * 3)[:2])
    done.set()
    for reader in readers:
        reader.join()
    assert len(answers[-1]) == 152
    assert all({score for _, score in found} == {expected[len(found)]} for found in answers)


def test_a_fork_goes_its_own_way() -> None:
    """Words and documents of one are not the other's, though both began with the same."""
    model = BM25([["порт", "мост"], ["сад"]])
    fork = model.fork()
    assert list(fork.add([["верфь"]])) == [2]
    assert list(model.add([["завод"], ["верфь", "верфь"]])) == [2, 3]
    assert fork.top_n(["завод"], 5) == []
    assert [number for number, _ in fork.top_n(["верфь"], 5)] == [2]
    assert [number for number, _ in model.top_n(["верфь"], 5)] == [3]
    fork.remove([0])
    assert [number for number, _ in model.top_n(["порт"], 5)] == [0]


def test_a_document_may_count_for_longer_than_it_is() -> None:
    """As if the missing words were there, and in the mean as well, when it leaves too."""
    short, long = BM25(), BM25([["порт", "а", "б"], ["море", "порт"], ["газ", "в"]])
    short.add([["порт"], ["море", "порт"], ["газ"]], [3, 2, 2])
    for index in (short, long):
        index.remove([2])
    np.testing.assert_array_equal(short.get_scores(["порт"]), long.get_scores(["порт"]))
    assert short.avgdl == 2.5


def test_a_large_merge_waits_until_it_is_asked_for() -> None:
    """Documents come one by one; none of them pays for more than some fifty postings."""
    live = dict(enumerate(zipf_documents(120, seed=11, longest=20)))
    index = BM25(soon=50)
    for document in live.values():
        index.add([document])
    query = zipf_documents(1, seed=12, longest=6)[0]
    expected = best(oracle_scores(live, len(live), query), 10)
    assert not index.is_settled
    assert index.top_n(query, 10) == expected
    index.merge()
    assert index.is_settled
    assert len(index.snapshot.segments) <= SEGMENTS
    assert index.top_n(query, 10) == expected


def scattered() -> tuple[Snapshot, dict[int, list[str]]]:
    """Return an index of many segments, with some documents removed, and what it has."""
    live = dict(enumerate(zipf_documents(60, seed=13, longest=20)))
    index = BM25(soon=0)
    for document in live.values():
        index.add([document])
    index.remove([7, 30])
    del live[7], live[30]
    return index.snapshot, live


def test_documents_may_come_and_go_while_others_are_merged() -> None:
    before, live = scattered()
    after = merged(before)
    new = zipf_documents(5, seed=14, longest=20)
    late = without_documents(with_documents(before, new), [3, 40, 61])
    live |= dict(enumerate(new, 60))
    for number in (3, 40, 61):
        del live[number]
    now = with_merged(late, before, after)
    assert len(now.segments) < len(late.segments)
    for query in zipf_documents(10, seed=15, longest=6):
        expected = oracle_scores(live, now.numbers, query)
        np.testing.assert_array_equal(now.get_scores(query), expected)
        assert top_n([Field(now, query)], 10) == best(expected, 10)


def test_a_merge_of_what_was_rewritten_meanwhile_is_dropped() -> None:
    before, live = scattered()
    late = cleaned(without_documents(before, sorted(live)[:30]))
    assert with_merged(late, before, merged(before)) is late


def test_one_thread_merges_while_another_changes() -> None:
    """Whatever comes first, nothing is lost and nothing comes back."""
    index, live, is_over = BM25(soon=0), {}, threading.Event()

    def merge() -> None:
        while not is_over.is_set():
            index.merge()

    thread = threading.Thread(target=merge)
    thread.start()
    try:
        for number, new in enumerate(zipf_documents(60, seed=16, longest=20)):
            live |= dict.fromkeys(index.add([new]), new)
            if number % 4 == 3:
                index.remove([number - 2])
                del live[number - 2]
    finally:
        is_over.set()
        thread.join()
    index.merge()
    for query in zipf_documents(10, seed=17, longest=6):
        expected = oracle_scores(live, 60, query)
        np.testing.assert_array_equal(index.get_scores(query), expected)
        assert index.top_n(query, 10) == best(expected, 10)
