"""What the articles of an answer were narrowed to, in words above it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.locales import Locale
from bot.replies.dates import date_words
from bot.replies.layout import MOST_LINE, shorten
from bot.replies.outcome import Button, Keyboard
from index.sectors import Sector
from index.types import DateMention


@dataclass(frozen=True, slots=True)
class Filters:
    """A period, a source, a person and a sector; None of each for all.

    `is_silent`: nothing answers in the period, though something does at another time.
    """

    period: DateMention | None = None
    source: str | None = None
    person: str | None = None
    sector: Sector | None = None
    is_silent: bool = False

    def __bool__(self) -> bool:
        """Return whether anything is narrowed."""
        return any((self.period, self.source, self.person, self.sector))


@dataclass(frozen=True, slots=True)
class Narrower:
    """What a question can be narrowed to: its name, and the words that ask for it."""

    name: str
    words: str


#: Labels longer than this are cut on a phone.
_MOST_LABEL = 24

#: Nothing is narrowed.
NO_FILTERS = Filters()


def filter_lines(filters: Filters, locale: Locale) -> list[str]:
    """Return what an answer is narrowed to, a line each."""
    lines = []
    if filters.period and not filters.is_silent:
        days = date_words(filters.period, locale)
        lines.append(locale.text("Only articles of: {days}", days=days))
    if filters.source:
        source = shorten(filters.source, MOST_LINE)
        lines.append(locale.text("Only articles from: {source}", source=source))
    names = [shorten(filters.person, MOST_LINE)] if filters.person else []
    if filters.sector:
        names.append(filters.sector.name(locale.language))
    if names:
        lines.append(locale.text("Only: {names}", names=", ".join(names)))
    return lines


def silence_line(period: DateMention, locale: Locale) -> str:
    """Return that articles of a period say nothing about what was asked."""
    days = date_words(period, locale)
    return locale.text("Articles of this time say nothing about it: {days}.", days=days)


def everywhere_button(answer_id: int, locale: Locale) -> Button:
    """Return the button that asks the same of all articles."""
    return Button(locale.text("Search everywhere"), data=f"wide:{answer_id}")


def narrow_keyboard(
    answer_id: int, place: int, choices: Sequence[Narrower], locale: Locale
) -> Keyboard:
    """Return what the question of an answer can be narrowed to, and the way back."""
    number = f"{answer_id}:{place}"
    # Two of one name, such as a source and a sector, would be two buttons that say the same.
    labels = {
        shorten(choice.name, _MOST_LABEL - 1): f"narto:{number}:{n}"
        for n, choice in reversed(list(enumerate(choices)))
    }
    buttons = [Button(label, data=data) for label, data in reversed(labels.items())]
    rows = [tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2)]
    return (*rows, (Button(locale.text("Back"), data=f"act:{number}"),))
