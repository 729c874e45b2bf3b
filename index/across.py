"""Answers by words and by meaning: a question in one language, the passage in another.

Across languages words are of no use, so meaning alone decides, with bars of its own for each
language that questions come in.
"""

from collections.abc import Sequence

from index.confidence import Surety, confidence
from index.engine import MOST_HITS, PolicyIndex
from index.languages import detect_language, is_stop_word, tokenize
from index.semantic import Meaning
from index.similarity import SIGNAL_SCALE
from index.types import Answer, Explanation, Hit, Language, Scope, Verdict
from index.vectors import Near

#: How sure the nearest passage is an answer: by its likeness, and by its lead over those that
#: follow. Fitted by `make fit-confidence SEMANTIC=1 DATA="folder …"` on half of the questions in
#: tests/data/questions_*.txt: too few for more than a start.
ACROSS = {
    Language.EN: Surety((2.87, 9.08), -16.76, answer_bar=0.57, near_bar=0.47),
    Language.AZ: Surety((3.18, 2.29), -17.33, answer_bar=0.55, near_bar=0.45),
}

#: The language of the passages that are looked for. With those in a third language among them the
#: right one comes first less often: Azerbaijani questions are near to English passages whatever
#: these say, .50 in place of .71. Source: docs/benchmarks.md, Likeness in meaning.
SOUGHT = Language.RU

#: Telling words that a question across languages must have: a greeting, or a lone word, is near to
#: something as well.
LEAST_WORDS = 2

#: Those that follow, over which the lead is taken.
FOLLOWERS = 9

#: How much less like than the first a passage may be to be shown at all.
SPREAD = 0.04

_RANKS = {Verdict.ANSWER: 2, Verdict.NEAR: 1, Verdict.NONE: 0}


def find_answer(
    index: PolicyIndex,
    meaning: Meaning | None,
    text: str,
    *,
    as_written: bool = False,
    most: int = MOST_HITS,
    within: Scope | None = None,
) -> Answer:
    """Return the answer that an index gives, or passages in another language if they are surer.

    Without `meaning` that of the index alone.
    """
    similar = meaning.similar if meaning else None
    answer = index.answer(text, as_written=as_written, most=most, within=within, similar=similar)
    language = detect_language(text)
    if meaning is None or language not in ACROSS or answer.verdict is Verdict.ANSWER:
        return answer
    if sum(not is_stop_word(token) for token in tokenize(text)) < LEAST_WORDS:
        return answer
    near = meaning.nearest(text, max(most, FOLLOWERS + 1), language=SOUGHT, within=within)
    across = _across(answer, near, ACROSS[language], most)
    return across if _RANKS[across.verdict] > _RANKS[answer.verdict] else answer


def explain_answer(
    index: PolicyIndex,
    meaning: Meaning | None,
    text: str,
    paragraph_id: int,
    *,
    as_written: bool = False,
) -> Explanation | None:
    """Return why a paragraph answers a question; None if it has left the index."""
    similar = meaning.similar if meaning else None
    explained = index.explain(text, paragraph_id, as_written=as_written, similar=similar)
    if explained is None or meaning is None:
        return explained
    answer = find_answer(index, meaning, text, as_written=as_written)
    if not answer.is_across:
        return explained
    return Explanation(answer.question, (), None, explained.index_version, likeness=1.0)


def find_signals(near: Sequence[Near]) -> tuple[float, ...]:
    """Return what speaks for the nearest passage: its likeness, and its lead; none without any."""
    if not near:
        return ()
    first, *others = (each.likeness for each in near[: FOLLOWERS + 1])
    lead = first - sum(others) / len(others) if others else 0.0
    return first * SIGNAL_SCALE, lead * SIGNAL_SCALE


def _across(answer: Answer, near: Sequence[Near], surety: Surety, most: int) -> Answer:
    """Return the nearest passages as an answer to the question of another one."""
    signals = find_signals(near)
    sure = confidence(signals, surety)
    verdict = Verdict.NEAR if sure >= surety.near_bar else Verdict.NONE
    if sure >= surety.answer_bar:
        verdict = Verdict.ANSWER
    first = near[0].likeness if near else 0.0
    hits = tuple(
        Hit(each.paragraph_id, each.article_id, each.number, score)
        for each in near[:most]
        if (score := 1 - (first - each.likeness) / SPREAD) > 0
    )
    version = answer.index_version
    return Answer(answer.question, verdict, sure, hits, version, signals, is_across=True)
