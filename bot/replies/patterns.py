"""The words of sectors as editors see them, and what a change of them would do."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.locales import Locale
from bot.replies.choices import Choice, choice_page
from bot.replies.layout import escape, shorten
from bot.replies.outcome import Body, Button, Keyboard
from bot.replies.passage import View
from bot.replies.timeline import key_of
from index.sectors import OwnPattern, Sector
from index.types import Passage

#: Examples of paragraphs that come or leave, each with a button.
MOST_EXAMPLES = 3

#: An example is a line or two of a phone.
MOST_EXAMPLE = 120

#: The words that ship and the corpus's own are cut here: they fit one message.
MOST_WORDS = 3_400

#: Of those that are its own, so much of each kind.
MOST_SAID = 500

#: Two buttons stand in a row of a phone.
MOST_LABEL = 20

#: Own words that have buttons; the others are still to be dropped by `/sector … - …`.
MOST_OWN = 24


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The words of a sector: added by the corpus, taken away by it, and those that ship."""

    added: Sequence[str]
    taken: Sequence[str]
    shipped: Sequence[str]


def patterns_list(rows: Sequence[tuple[Sector, int, int]], page: int, view: View) -> Body:
    """Return a page of the sectors, each with its paragraphs and how many own words it has."""
    locale = view.locale
    choices = []
    for sector, paragraphs, own in rows:
        count = locale.count("{n} paragraph", "{n} paragraphs", paragraphs)
        if own:
            words = locale.count("{n} change of its words", "{n} changes of its words", own)
            count = f"{count}, {words}"
        choices.append(Choice(sector.name(locale.language), count, f"sw:{key_of(sector.id)}"))
    lines, keyboard = choice_page(choices, page, lambda n: f"sws:{n}", view)
    head = locale.text("Which sector's words?")
    return Body("\n".join((f"<b>{escape(head)}</b>", *lines)), keyboard)


def patterns_body(sector: Sector, words: OwnWords, paragraphs: int, locale: Locale) -> Body:
    """Return the words of a sector, its own with a button each that drops them."""
    count = locale.count("{n} paragraph", "{n} paragraphs", paragraphs)
    name = sector.name(locale.language)
    lines = [f"<b>{escape(name)}</b> · {escape(count)}"]
    added, taken = (shorten(", ".join(each), MOST_SAID) for each in (words.added, words.taken))
    if added:
        lines.append(escape(locale.text("Added here: {words}", words=added)))
    if taken:
        lines.append(escape(locale.text("Taken away here: {words}", words=taken)))
    kept = [each for each in words.shipped if each not in words.taken]
    room = MOST_WORDS - len(added) - len(taken)
    lines.append(escape(locale.text("Words: {words}", words=shorten(", ".join(kept), room))))
    key = key_of(sector.id)
    labels = [(locale.text("Without {words}", words=_brief(each)), each) for each in words.added]
    labels += [(locale.text("Back: {words}", words=_brief(each)), each) for each in words.taken]
    buttons = [
        Button(label, data=f"swdrop:{key}:{key_of(each)}") for label, each in labels[:MOST_OWN]
    ]
    rows = [tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2)]
    rows.append(
        (
            Button(locale.text("Add a word"), data=f"swadd:{key}"),
            Button(locale.text("Take a word away"), data=f"swtake:{key}"),
        )
    )
    rows.append((Button(locale.text("All sectors"), data="sws:1"),))
    return Body("\n".join(lines), tuple(rows))


def _brief(words: str) -> str:
    return shorten(words, MOST_LABEL)


def pattern_lines(
    sector: Sector,
    wish: OwnPattern,
    gained: Sequence[Passage],
    lost: Sequence[Passage],
    left: int,
    locale: Locale,
) -> list[str]:
    """Return what words would do to a sector, with examples."""
    name = sector.name(locale.language)
    lines = [
        locale.text("“{sector}” without: {words}", sector=name, words=wish.words)
        if wish.is_away
        else locale.text("“{sector}” with: {words}", sector=name, words=wish.words)
    ]
    for passages, words in (
        (gained, locale.count("It gains {n} paragraph:", "It gains {n} paragraphs:", len(gained))),
        (lost, locale.count("It loses {n} paragraph:", "It loses {n} paragraphs:", len(lost))),
    ):
        if passages:
            lines.append(words)
    lines += [
        f"{number}. {each.title}: «{shorten(each.text, MOST_EXAMPLE)}»"
        for number, each in enumerate((*gained, *lost)[:MOST_EXAMPLES], start=1)
    ]
    if not (gained or lost):
        lines.append(locale.text("No paragraph comes or leaves."))
    if left:
        told = locale.count(
            "{n} older paragraph was not looked at.",
            "{n} older paragraphs were not looked at.",
            left,
        )
        lines.append(told)
    return lines


def pattern_rows(passages: Sequence[Passage]) -> Keyboard:
    """Return a button for each example, which shows it in its context."""
    buttons = [
        Button(str(number), data=f"see:{each.paragraph_id}")
        for number, each in enumerate(passages[:MOST_EXAMPLES], start=1)
    ]
    return (tuple(buttons),) if buttons else ()
