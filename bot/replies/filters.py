"""What the articles of an answer were narrowed to, in words above it."""

from dataclasses import dataclass

from bot.locales import Locale
from bot.replies.dates import date_words
from bot.replies.layout import MOST_LINE, shorten
from bot.replies.outcome import Button
from index.sectors import Sector
from index.types import DateMention


@dataclass(frozen=True, slots=True)
class Filters:
    """A period, a source, a person and a sector; None of each for all."""

    period: DateMention | None = None
    source: str | None = None
    person: str | None = None
    sector: Sector | None = None

    def __bool__(self) -> bool:
        """Return whether anything is narrowed."""
        return any((self.period, self.source, self.person, self.sector))


#: Nothing is narrowed.
NO_FILTERS = Filters()


def filter_lines(filters: Filters, locale: Locale) -> list[str]:
    """Return what an answer is narrowed to, a line each."""
    lines = []
    if filters.period:
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


def everywhere_button(answer_id: int, locale: Locale) -> Button:
    """Return the button that asks the same of all articles."""
    return Button(locale.text("Search everywhere"), data=f"wide:{answer_id}")
