"""What puts the first paragraphs in order."""

import pytest

from index.bm25 import BM25
from index.paragraphs import find_terms
from index.ranking import find_candidates, passage_bag, prefix_bag, read_question
from index.reranking import Match, Weights, pack_sequence, pair_share, rerank

SHIPPED = Weights()


class Texts:
    """Some paragraphs of some articles, ready to be asked."""

    def __init__(self, *texts: str, articles: tuple[int, ...] = ()) -> None:
        terms = [find_terms(text) for text in texts]
        bags = [passage_bag(each, ()) for each in terms]
        self.words = BM25(bags).snapshot
        self.prefixes = BM25(map(prefix_bag, bags)).snapshot
        self.sequences = [pack_sequence(each, self.prefixes) for each in terms]
        self.articles = articles or tuple(range(len(texts)))

    def ask(self, text: str, weights: Weights = SHIPPED) -> list[Match]:
        """Return the paragraphs, the best first."""
        question = read_question(text, self.words)
        found = find_candidates(question, self.words, self.prefixes, 100)
        fields = (self.words, self.prefixes)
        return rerank(question, found, fields, self.sequences, self.articles, weights)

    def pairs(self, text: str, document: int) -> float:
        """Return the share of the question's neighbours that are neighbours in a paragraph."""
        question = read_question(text, self.words)
        return pair_share(question, self.sequences[document], self.prefixes)


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


def test_what_the_article_scores_is_told_and_may_count() -> None:
    """Its best paragraphs speak for one another."""
    texts = Texts("Порт.", "Порт.", "Порт открыт морской.", articles=(1, 2, 2))
    plain = {match.document: match for match in texts.ask("порт")}
    assert plain[1].score == plain[0].score
    assert plain[1].article > plain[0].article
    assert texts.ask("порт", Weights(article=1.0))[-1].document == 0


def test_equals_come_in_the_order_of_their_numbers() -> None:
    """So that the same question has the same answer."""
    texts = Texts(*["Порт открыт."] * 5)
    assert [match.document for match in texts.ask("порт")] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("морской порт", 1.0),
        ("порт морской", 1.0),  # in whatever order
        ("морской рынок", 0.0),
        ("порт", 0.0),  # one word has no neighbours
    ],
)
def test_neighbours(question: str, share: float) -> None:
    """Of the question, close together in the paragraph."""
    texts = Texts("Морской порт откроют весной, а рынок осенью после ремонта крыши.")
    assert texts.pairs(question, 0) == share


def test_a_word_of_several_lemmas_takes_one_place() -> None:
    """«Стали» is «сталь» and «стать»; the next word is its neighbour by either."""
    texts = Texts("Стали дороже дома.")
    assert texts.pairs("сталь дорогая", 0) == texts.pairs("сталь дома", 0) == 1.0


def test_stop_words_take_no_place() -> None:
    """They are not packed at all."""
    prefixes = BM25([("порт",)]).snapshot
    terms = find_terms("и порт и в порт")
    assert pack_sequence(terms, prefixes) == pack_sequence(find_terms("порт порт"), prefixes)
    assert pack_sequence(find_terms("и в на"), prefixes) == b""


def test_nothing_found_is_nothing_ranked() -> None:
    """A question of unknown words has no matches."""
    assert Texts("Порт.").ask("космодром") == []
