"""An index put into arrays and back answers as the one it was, and as one built anew."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from index.engine import PolicyIndex
from index.paragraphs import find_paragraphs
from index.types import IndexedArticle, IndexedParagraph, Language, Scope

WORDS = ("порт", "порта", "портовый", "зерно", "зернового", "экспорт", "2 000", "Сольвик", "SOCAR")
texts = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=4
).map("\n".join)
#: Change by change: an article comes, or comes again in other words, or (without a text) leaves.
histories = st.lists(st.tuples(st.integers(1, 6), st.none() | texts), max_size=12)
QUESTIONS = (*WORDS, "экспорт зерна через порт Сольвик", "порт 2000", "портт")


def article(key: int, text: str) -> IndexedArticle:
    """Return a text as the index takes it."""
    paragraphs = tuple(
        IndexedParagraph(key * 100 + paragraph.number, paragraph.number, paragraph.terms)
        for paragraph in find_paragraphs(text)
    )
    return IndexedArticle(key, WORDS[key], date(2026, 1, key), Language.RU, None, paragraphs)


def change(index: PolicyIndex, key: int, text: str | None, version: int) -> None:
    """Apply one change."""
    if index.has(key):
        index.remove(key, version)
    if text is not None:
        index.add([article(key, text)], version)


def answers(index: PolicyIndex) -> str:
    """Return every answer, to the last place of its scores."""
    days = (date(2026, 1, 2), date(2026, 1, 4))
    whole = [index.answer(question) for question in QUESTIONS]
    return repr((whole, [index.answer(question, within=Scope(days=days)) for question in WORDS]))


@settings(max_examples=30)
@given(before=histories, after=histories)
def test_an_index_that_was_kept_answers_the_same(
    before: list[tuple[int, str | None]], after: list[tuple[int, str | None]]
) -> None:
    """Bitwise: as it was kept, after more changes, and as an index built anew of the same."""
    index = PolicyIndex()
    for version, (key, text) in enumerate(before, 1):
        change(index, key, text, version)
    kept = PolicyIndex.from_arrays(index.to_arrays(), index.version)
    assert answers(kept) == answers(index)
    for version, (key, text) in enumerate(after, len(before) + 1):
        change(index, key, text, version)
        change(kept, key, text, version)
    again = PolicyIndex.from_arrays(kept.to_arrays(), kept.version)
    assert answers(again) == answers(kept) == answers(index)
    present = {key: text for key, text in (*before, *after) if text is not None}
    anew = PolicyIndex()
    anew.add([article(key, present[key]) for key in sorted(present) if index.has(key)], 1)
    anew.set_version(index.version)
    assert answers(again) == answers(anew)
