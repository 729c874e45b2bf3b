"""What holds for any text: words lie in it in order, and any question has an answer."""

from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from index.answering import find_excerpt
from index.engine import PolicyIndex
from index.languages import fold, tokenize
from index.paragraphs import find_paragraphs
from index.types import IndexedArticle, IndexedParagraph, Language, Verdict

ARTICLE = (
    "Морской порт в Кортане откроют 14 марта.\n"
    "SOCAR и дата-центры: 2 000 мегаватт, 12,5 %.\n"
    "🙂 Министр Велин сказал: «Мы довольны»."
)

WORDS = st.sampled_from(
    "порт ПОРТА аткроют [fhnbz hartiya 2000 2 000 12,5 дата-центр SOCAR США когда кто 🙂 ё й «» "
    "\u0301 "
    "\u202e ' - -- ...".split(" ")
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=20).map(" ".join))


def _index() -> PolicyIndex:
    index = PolicyIndex()
    paragraphs = tuple(
        IndexedParagraph(p.number, p.number, p.terms) for p in find_paragraphs(ARTICLE)
    )
    index.add([IndexedArticle(1, "Порт", date(2026, 1, 22), Language.RU, None, paragraphs)], 1)
    return index


INDEX = _index()


@given(TEXTS)
@example("\u0130\u0131I")
@example("a" * 200)
def test_words_lie_in_the_text_in_order(text: str) -> None:
    """A compound's parts lie within it; every word has a lemma; folding again changes nothing."""
    start = 0
    for token in tokenize(text):
        assert start <= token.span.start < token.span.stop <= len(text)
        assert token.form
        assert all(token.lemmas)
        assert fold(token.form) == token.form
        start = token.span.start


@given(TEXTS)
def test_any_question_has_an_answer(text: str) -> None:
    """The same one each time, sure between 0 and 1, its excerpt within the passage."""
    answer = INDEX.answer(text)
    assert answer == INDEX.answer(text)
    assert 0 <= answer.confidence <= 1
    assert bool(answer.hits) or answer.verdict is Verdict.NONE
    for paragraph in find_paragraphs(ARTICLE):
        passage = paragraph.span.of(ARTICLE)
        excerpt = find_excerpt(passage, answer.question)
        spans = [excerpt.sentence, *excerpt.highlights]
        assert all(0 <= span.start <= span.stop <= len(passage) for span in spans)
        assert list(excerpt.highlights) == sorted(excerpt.highlights)


@given(st.text())
def test_paragraphs_cut_nothing_but_white_space(text: str) -> None:
    """In order, without overlaps; what lies between them is blank."""
    position = 0
    for paragraph in find_paragraphs(text):
        assert not _visible(text[position : paragraph.span.start])
        assert paragraph.span.of(text).strip()
        position = paragraph.span.stop
    assert not _visible(text[position:])


def _visible(text: str) -> str:
    """Return what of a text a reader would see."""
    return "".join(char for char in text if char not in "\ufeff\u200b\u200c\u200d\u2060").strip()
