"""How good the answers are on the golden questions, now or after a change that is only tried."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.store.golden import Golden
from bot.store.quality import Score
from index.types import Answer, Verdict

#: Golden questions asked at once: at most some seconds, within what a handler may take.
MOST_ASKED = 1_000

#: What answers a question: the running index, or one that is tried.
Ask = Callable[[str], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A golden question and what was made of it.

    `rank` is the place of the first right paragraph, from 1; None when none was found. `first` is
    the id of the paragraph that came first, None for nothing.
    """

    golden: Golden
    verdict: Verdict
    rank: int | None
    first: int | None

    @property
    def is_right(self) -> bool:
        """Return whether the right paragraph came first, or whether nothing false was answered."""
        return self.rank == 1 if self.golden.places else self.verdict is not Verdict.ANSWER

    @property
    def is_open(self) -> bool:
        """Return whether an editor must look at it: it misses a paragraph that says other things.

        It is no question answered worse, and counts in no figure.
        """
        own = [place for place in self.golden.places if not place.is_also]
        return bool(own) and all(place.is_changed for place in own) and not self.is_right


async def ask_golden(golden: Golden, ask: Ask) -> Asked:
    """Return what is made of a golden question."""
    answer = await ask(golden.question)
    right = golden.paragraph_ids
    ranks = (n for n, hit in enumerate(answer.hits, start=1) if hit.paragraph_id in right)
    first = answer.hits[0].paragraph_id if answer.hits else None
    return Asked(golden, answer.verdict, next(ranks, None), first)


def score(asked: Sequence[Asked]) -> Score:
    """Return the figures of a run, without the questions that are to be looked at first."""
    asked = [each for each in asked if not each.is_open]
    answerable = [each for each in asked if each.golden.places]
    unanswerable = [each for each in asked if not each.golden.places]
    ranks = [each.rank for each in answerable if each.rank is not None]
    return Score(
        answerable=len(answerable),
        hits_at_1=sum(rank == 1 for rank in ranks),
        hits_at_3=sum(rank <= 3 for rank in ranks),
        wrongly_refused=sum(each.verdict is Verdict.NONE for each in answerable),
        unanswerable=len(unanswerable),
        refusals_right=sum(each.is_right for each in unanswerable),
    )


@dataclass(frozen=True, slots=True)
class Trial:
    """What a change would do: the figures before and after, and the questions it touches.

    `changed` are those whose first paragraph or verdict is another one, `lost` the golden ones that
    were answered right and would not be.
    """

    before: Score
    after: Score
    changed: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def is_worse(self) -> bool:
        """Return whether the change lowers the figures."""
        return self.after.is_worse_than(self.before)


async def try_change(golden: Sequence[Golden], others: Sequence[str], now: Ask, then: Ask) -> Trial:
    """Return what a change would do to golden questions, and to others of which no answer is known.

    `now` answers as it is, `then` as it would be.
    """
    before = [await ask_golden(each, now) for each in golden]
    after = [await ask_golden(each, then) for each in golden]
    pairs = list(zip(before, after, strict=True))
    changed = [
        old.golden.question
        for old, new in pairs
        if (old.first, old.verdict) != (new.first, new.verdict)
    ]
    changed += [text for text in others if await _first(text, now) != await _first(text, then)]
    lost = [old.golden.question for old, new in pairs if _standing(old) > _standing(new)]
    return Trial(score(before), score(after), tuple(changed), tuple(lost))


async def _first(text: str, ask: Ask) -> tuple[int | None, Verdict]:
    answer = await ask(text)
    return answer.hits[0].paragraph_id if answer.hits else None, answer.verdict


def _standing(asked: Asked) -> int:
    """Return how well a question fares by what the figures count."""
    if not asked.golden.places:
        return int(asked.is_right)
    return 0 if asked.rank is None else (asked.rank <= 3) + (asked.rank == 1)
