"""What puts the first paragraphs in order."""

import numpy as np
import pytest

from index.bm25 import BM25, shortlist
from index.paragraphs import find_terms
from index.ranking import passage_bag, prepare, read_question, with_starts
from index.reranking import Match, Weights, rerank
from index.sequences import Sequences, pack_sequence

SHIPPED = Weights()


class Texts:
    """Some paragraphs of some articles, ready to be asked."""

    def __init__(self, *texts: str, articles: tuple[int, ...] = ()) -> None:
        terms = [find_terms(text) for text in texts]
        self.words = BM25(with_starts(passage_bag(each, ())) for each in terms).snapshot
        self.sequences = Sequences.of(pack_sequence(each, self.words) for each in terms)
        self.articles = np.array(articles or range(len(texts)))

    def ask(self, text: str, weights: Weights = SHIPPED) -> list[Match]:
        """Return the paragraphs, the best first."""
        question = read_question(text, self.words)
        asked = prepare(question, self.words)
        found = shortlist([asked.field], 100)
        return rerank(asked, found, self.sequences, self.articles, weights)


FILLER = " ".join(f"слово{n}" for n in range(20))


def test_words_that_stand_together_beat_words_far_apart() -> None:
    """Two paragraphs of the same words and length differ in this alone."""
    texts = Texts(f"Порт {FILLER} откроют. Новое.", f"Новое. Порт откроют {FILLER}.", "Другое.")
    assert [match.document for match in texts.ask("когда откроют порт")] == [1, 0]
    assert [match.document for match in texts.ask("порт", Weights(window=0))] == [0, 1]


def test_a_word_is_shared_whole_or_by_its_first_letters() -> None:
    """Or not at all."""
    texts = Texts("Энергетика растёт.", "Энергетический рынок.")
    first, second = texts.ask("энергетика и рынок космоса")
    assert (first.document, second.document) == (1, 0)
    assert (first.shares, second.shares) == ((0.5, 1.0, 0.0), (1.0, 0.0, 0.0))


def test_a_synonym_counts_once() -> None:
    """A paragraph that has a phrase and its abbreviation is no better than one with either."""
    both = Texts("Построят центр обработки данных (ЦОД).", "Другое.").ask("ЦОД")
    one = Texts("Построят новый крупный объект данных (ЦОД).", "Другое.").ask("ЦОД")
    assert both[0].score == pytest.approx(one[0].score, rel=0.25)


def test_equals_come_in_the_order_of_their_articles_and_numbers() -> None:
    """So that the same question has the same answer."""
    texts = Texts(*["Порт открыт."] * 5)
    assert [match.document for match in texts.ask("порт")] == [0, 1, 2, 3, 4]
    texts = Texts(*["Порт открыт."] * 5, articles=(2, 1, 2, 1, 1))
    assert [match.document for match in texts.ask("порт")] == [1, 3, 4, 0, 2]


def test_stop_words_take_no_place() -> None:
    """They are not packed at all."""
    model = BM25([with_starts(("порт",))]).snapshot
    terms = find_terms("и порт и в порт")
    assert pack_sequence(terms, model) == pack_sequence(find_terms("порт порт"), model)
    assert pack_sequence(find_terms("и в на"), model) == []


def test_nothing_found_is_nothing_ranked() -> None:
    """A question of unknown words has no matches."""
    assert Texts("Порт.").ask("космодром") == []
