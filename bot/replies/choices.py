"""Names to choose from: numbered lines with counts, a button each, page by page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.replies.layout import escape, shorten
from bot.replies.outcome import Button, Keyboard
from bot.replies.passage import View

#: Names on a page: with the buttons around them they fill a phone's screen.
MOST_CHOICES = 12

#: Labels longer than this are cut on a phone.
MOST_LABEL = 24


@dataclass(frozen=True, slots=True)
class Choice:
    """A name to choose: how many there are of it, in words, and the data of its button."""

    name: str
    count: str
    data: str


def choice_page(
    choices: Sequence[Choice], page: int, more: Callable[[int], str], view: View
) -> tuple[list[str], Keyboard]:
    """Return a page of names, from 1, as lines in HTML and as buttons; `more` is another's data.

    After the last page comes the first.
    """
    locale = view.locale
    pages = max(1, -(-len(choices) // MOST_CHOICES))
    page = page if 1 <= page <= pages else 1
    start = (page - 1) * MOST_CHOICES
    lines, buttons = [], []
    for number, choice in enumerate(choices[start : start + MOST_CHOICES], start=start + 1):
        lines.append(f"{number}. {escape(choice.name)} — {escape(choice.count)}")
        # The number keeps apart names that begin alike.
        label = shorten(f"{number}. {choice.name}", MOST_LABEL - 1)
        buttons.append(Button(label, data=choice.data))
    rows = [tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2)]
    if pages > 1:
        lines.append(escape(locale.text("page {n} of {total}", n=page, total=pages)))
        rows.append((Button(locale.text("More"), data=more(page % pages + 1)),))
    return lines, tuple(rows)
