import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.terms import Words, pack_terms, unpack_terms

LEMMAS = st.text(st.characters(exclude_characters=" |"), min_size=1, max_size=12)
TERMS = st.lists(st.lists(LEMMAS, min_size=1, max_size=4).map(tuple), max_size=20).map(tuple)


@given(TERMS)
def test_terms_come_back_as_they_were_packed(terms: tuple[tuple[str, ...], ...]) -> None:
    assert unpack_terms(pack_terms(terms)) == terms


def test_the_packed_form_is_readable() -> None:
    assert pack_terms((("порт",), ("стать", "сталь"))) == "порт стать|сталь"


def test_equal_words_of_a_corpus_are_one_object() -> None:
    words = Words()
    first, second = (unpack_terms("мы стать|сталь", words) for _ in range(2))
    assert first[1] is second[1]


@pytest.mark.parametrize("word", [(), ("",), ("два слова",), ("а|б",)])
def test_what_could_not_come_back_is_refused(word: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="lemma"):
        pack_terms([word])
