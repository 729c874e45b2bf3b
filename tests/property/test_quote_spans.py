"""What holds for quotes, people and sectors of any text."""

from hypothesis import given
from hypothesis import strategies as st

from index.people import find_people
from index.quotes import find_quotes
from index.sectors import find_sectors

PIECES = [
    *("«", "»", "„", "“", "”", '"', ", — ", " — ", ". ", "! ", ": ", "\n", " ", ", "),
    *("Мы готовы", "сказал", "заявила", "Ветров", "Олег Ветров", "Марина Лугова", "министр", "он"),
    *("она", "что", "по словам", "в сообщении говорится", "А. ", "завод", "Луч", "президент США"),
]
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)


@given(TEXTS)
def test_quotes_are_ordered_slices_apart_from_each_other(text: str) -> None:
    at = 0
    for quote in find_quotes(text):
        assert quote.spans
        for span in quote.spans:
            assert at <= span.start < span.stop <= len(text)
            assert span.of(text) == span.of(text).strip()
            at = span.stop
        for other in (quote.mention, quote.attribution, quote.before, quote.occasion):
            assert other is None or 0 <= other.start <= other.stop <= len(text)
        assert quote.sentences.start <= quote.spans[0].start
        assert quote.spans[-1].stop <= quote.sentences.stop


@given(TEXTS)
def test_people_are_slices_of_the_text(text: str) -> None:
    people = find_people(text)
    for person in people.persons:
        assert person.name
        seen = {" ".join(span.of(text).split()) for span in person.mentions}
        assert {" ".join(alias.split()) for alias in person.aliases} <= seen
    for body in people.organisations:
        assert all(span.of(text) for span in body.mentions)


@given(TEXTS)
def test_the_same_text_gives_the_same_answer(text: str) -> None:
    assert find_quotes(text) == find_quotes(text)
    assert find_people(text) == find_people(text)
    assert find_sectors(text) == find_sectors(text)


@given(TEXTS)
def test_sectors_are_ordered_by_weight(text: str) -> None:
    weights = [hit.weight for hit in find_sectors(text)]
    assert weights == sorted(weights, reverse=True)
    assert all(weight > 0 for weight in weights)
