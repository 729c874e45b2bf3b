"""BM25 on postings keeps its scores through adds, removes and merges, and no reader waits."""

import random
import threading
from collections.abc import Iterator

import numpy as np
import pytest

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
from index.errors import UnknownDocumentError
from tests.bm25_documents import GAS, PORT, SCHOOL, zipf_documents
from tests.bm25_oracle import Oracle, best, oracle_scores


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


def test_a_snapshot_does_not_change() -> None:
    index = BM25([PORT, GAS])
    before = index.snapshot
    scores = before.get_scores(["море", "школа"])
    index.add([SCHOOL] * 50)
    index.remove([0])
    np.testing.assert_array_equal(before.get_scores(["море", "школа"]), scores)
    assert before.find("школа") is None
    assert top_n([Field(before, ["море"])], 5) == best(scores, 5)


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
