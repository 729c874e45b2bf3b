"""The reply to a question: its passages one at a time and their buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from telegram.constants import InlineKeyboardButtonLimit
from telegram.helpers import create_deep_linked_url

from bot.locales import Locale
from bot.replies.dates import date_words
from bot.replies.filters import NO_FILTERS, Filters, everywhere_button, filter_lines
from bot.replies.layout import MOST_LINE, MOST_QUOTED, escape, escape_link, shorten
from bot.replies.outcome import Body, Button, Keyboard
from bot.replies.passage import (
    View,
    heading,
    paragraph_link,
    passage_body,
    source_buttons,
    source_link,
)
from bot.replies.votes import reasons_keyboard, vote_row
from index.grouping import Group
from index.types import DateMention, Passage, Quotation, Verdict

#: Other places of a passage that are named; the rest are counted.
MOST_COPIES = 3

#: Dates written out beside a passage: a sentence seldom has more, and the line stays one.
MOST_DATES = 2


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """An answer as its message shows it: passages in groups of near-copies, the best first.

    `rival` is the place of a group that tells the fact of the first one differently. `suggestion`
    is how the question was read, if not as it was written; `example` the question itself, if it
    is one of the bot's own, which no message before the answer shows. `filters` are what the
    articles were narrowed to. `dates` are those that the passages, by paragraph id, name for what
    happens in them, if the question asks when. `silent` is whose words were asked for and are not
    quoted about it.
    """

    id: int
    verdict: Verdict
    groups: tuple[Group, ...]
    rival: int | None = None
    suggestion: str | None = None
    example: str | None = None
    filters: Filters = NO_FILTERS
    dates: Mapping[int, Sequence[DateMention]] = field(default_factory=dict)
    is_across: bool = False
    silent: str | None = None


class Face(Enum):
    """What the buttons under a passage are for."""

    READING = auto()  # its context, its article, other passages, a vote
    ACTING = auto()  # what can be done with it
    BLAMING = auto()  # what is wrong with it


def answer_body(card: AnswerCard, view: View, place: int = 0, face: Face = Face.READING) -> Body:
    """Return the passage at `place` of an answer, with the buttons of a face."""
    lines = _first_lines(card, view) if place == 0 else _later_lines(card, view, place)
    rival = card.rival if place == 0 else None
    most = MOST_QUOTED if rival is None else MOST_QUOTED // 2
    bodies = [_group_body(card.groups[place], card, view, most)]
    if rival is not None:
        lines.insert(0, escape(view.locale.text("The sources differ:")))
        bodies.append(_group_body(card.groups[rival], card, view, most))
    lines += [body.html for body in bodies]
    if place == 0 and (summary := _summary(card, view)):
        lines.append(escape(summary))
    cites = tuple(cite for body in bodies for cite in body.cites)
    return Body("\n".join(lines), _keyboard(card, view, place, face), cites)


def citation_line(passage: Passage, view: View) -> str:
    """Return «title», day, paragraph and permalink as one line that can be copied."""
    link = create_deep_linked_url(view.username, f"p{passage.paragraph_id}")
    day = view.locale.day(passage.day)
    number = view.locale.text("paragraph {n}", n=passage.number)
    rest = f", {day}, {number}. {link}"
    room = InlineKeyboardButtonLimit.MAX_COPY_TEXT - len(rest) - len("«»")
    return f"«{shorten(passage.title, room - 1)}»{rest}"


def source_body(passage: Passage, view: View) -> Body:
    """Return where a passage is from: the medium, the address, the button that opens it."""
    locale = view.locale
    lines = [heading(passage, view)]
    if passage.source:
        lines.append(escape(locale.text("Source: {name}", name=passage.source)))
    row = [Button(locale.text("Copy"), copied=citation_line(passage, view))]
    if passage.url:
        shown = escape(shorten(passage.url, MOST_LINE))
        link = source_link(passage.url, passage.text)
        lines.append(f'<a href="{escape_link(link)}">{shown}</a>')
        row = [*source_buttons(passage, passage.text, view), *row]
    else:
        lines.append(escape(locale.text("The article has no link to its source.")))
    lines.append(paragraph_link(passage, view))
    return Body("\n".join(lines), (tuple(row),))


def _first_lines(card: AnswerCard, view: View) -> list[str]:
    lines = []
    if card.example:
        lines.append(example_line(escape(card.example), view))
    if card.suggestion:
        words = f"<b>{escape(shorten(card.suggestion, MOST_LINE))}</b>"
        lines.append(view.locale.text("Searching for: {text}", text=words))
    lines += map(escape, filter_lines(card.filters, view.locale))
    if card.silent:
        lines.append(escape(silent_line(card.silent, view.locale)))
    if card.is_across:
        lines.append(escape(across_line(view.locale)))
    if card.verdict is Verdict.NEAR:
        lines.append(escape(near_line(view.locale)))
    return lines


def near_line(locale: Locale) -> str:
    """Return that a passage may be the answer, and may not."""
    return locale.text("Close, but I am not sure that this is the answer.")


def silent_line(name: str, locale: Locale) -> str:
    """Return that whose words were asked for is not quoted about it."""
    return locale.text("{name}: no quote about this.", name=shorten(name, MOST_LINE))


def example_line(question: str, view: View) -> str:
    """Return the line that shows one of the bot's own questions above its answer."""
    return view.locale.text("Question: {text}", text=question)


def across_line(locale: Locale) -> str:
    """Return the hint that a passage is in another language than the question."""
    return locale.text("The article is in another language. It was found by meaning, not by words.")


def _later_lines(card: AnswerCard, view: View, place: int) -> list[str]:
    """Return what the articles were narrowed to, and the number of a passage among the others."""
    locale, total = view.locale, len(card.groups)
    number = locale.text("passage {n} of {total}", n=place + 1, total=total)
    return [escape(line) for line in (*filter_lines(card.filters, locale), number)]


def dated_body(
    quotation: Quotation, dates: Sequence[DateMention], view: View, most: int = MOST_QUOTED
) -> Body:
    """Return a passage, and those of its dates that stand in its best sentence written out."""
    body = passage_body(quotation, view, most)
    words = _dates(quotation, dates, view)
    return Body(f"{body.html} · {escape(words)}", cites=body.cites) if words else body


def _group_body(group: Group, card: AnswerCard, view: View, most: int) -> Body:
    """Return a passage with its dates written out, and where else its words stand."""
    dates = card.dates.get(group.quotation.passage.paragraph_id, ())
    body = dated_body(group.quotation, dates, view, most)
    if not group.copies:
        return body
    places = [_copy_link(each.passage, view) for each in group.copies[:MOST_COPIES]]
    words = view.locale.text("The same in: {places}", places="; ".join(places))
    more = len(group.copies) - len(places)
    if more > 0:
        words += " " + escape(view.locale.text("and {n} more", n=more))
    return Body(f"{body.html}\n{words}", cites=body.cites)


def _dates(quotation: Quotation, dates: Sequence[DateMention], view: View) -> str:
    """Return the dates of the best sentence as written and in full, where these differ."""
    passage = quotation.passage
    sentence = quotation.excerpt.sentence.shifted(passage.span.start)
    pairs = []
    for mention in dates:
        said = mention.span.shifted(-passage.span.start).of(passage.text)
        meant = date_words(mention, view.locale)
        if mention.span.overlaps(sentence) and meant and meant not in said:
            pairs.append(f"{said} → {meant}")
    return "; ".join(pairs[:MOST_DATES])


def _copy_link(passage: Passage, view: View) -> str:
    link = create_deep_linked_url(view.username, f"p{passage.paragraph_id}")
    day = view.locale.day(passage.day)
    title = escape(f"{shorten(passage.title, MOST_LINE // 2)} · {day}")
    return f'<a href="{escape_link(link)}">{title}</a>'


def _passages(card: AnswerCard) -> list[Passage]:
    quotations = [each for group in card.groups for each in (group.quotation, *group.copies)]
    return [quotation.passage for quotation in quotations]


def _summary(card: AnswerCard, view: View) -> str:
    """Return how many paragraphs of how many articles of which years were found, if several."""
    passages = _passages(card)
    articles = len({passage.article_id for passage in passages})
    if articles < 2:
        return ""
    locale = view.locale
    years = sorted({passage.day.year for passage in passages})
    period = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    paragraphs = locale.count("{n} paragraph", "{n} paragraphs", len(passages))
    sources = locale.count("from {n} article", "from {n} articles", articles)
    return f"{paragraphs} {sources}, {period}"


def _keyboard(card: AnswerCard, view: View, place: int, face: Face) -> Keyboard:
    match face:
        case Face.READING:
            return _buttons(card, view, place)
        case Face.ACTING:
            return _actions(card, view, place)
        case Face.BLAMING:
            return reasons_keyboard(card.id, place, view.locale)


def _buttons(card: AnswerCard, view: View, place: int) -> Keyboard:
    """Return the buttons under the passage at `place`."""
    locale, quotation = view.locale, card.groups[place].quotation
    passage, number = quotation.passage, f"{card.id}:{place}"
    first = [
        Button(locale.text("Context"), data=f"ctx:{passage.paragraph_id}:1:{number}"),
        Button(locale.text("Article"), data=f"art:{passage.paragraph_id}"),
    ]
    first += source_buttons(passage, quotation.excerpt.sentence.of(passage.text), view)
    second = [*_turning(card, place, locale)]
    second.append(Button(locale.text("Actions"), data=f"act:{number}"))
    again = []
    if card.suggestion:
        again.append(Button(locale.text("Search as written"), data=f"asis:{card.id}"))
    if card.filters:
        again.append(everywhere_button(card.id, locale))
    rows = (tuple(first), tuple(second), tuple(again), vote_row(card.id, place, locale))
    return tuple(row for row in rows if row)


def _turning(card: AnswerCard, place: int, locale: Locale) -> tuple[Button, ...]:
    """Return what leads to the other passages: how many more there are, then a button each way."""
    others = len(card.groups) - 1
    if not place and others:
        label = locale.count("{n} more passage", "{n} more passages", others)
        return (Button(label, data=f"more:{card.id}:1"),)
    row = []
    if place:
        row.append(Button(locale.text("Back"), data=f"more:{card.id}:{place - 1}"))
    if place < others:
        row.append(Button(locale.text("Next"), data=f"more:{card.id}:{place + 1}"))
    return tuple(row)


def _actions(card: AnswerCard, view: View, place: int) -> Keyboard:
    """Return what can be done with the passage at `place`."""
    locale, passage = view.locale, card.groups[place].quotation.passage
    return (
        (Button(locale.text("Why this answer?"), data=f"why:{card.id}:{place}"),),
        (
            Button(locale.text("Copy"), copied=citation_line(passage, view)),
            Button(locale.text("Subscribe"), data=f"subans:{card.id}:{place}"),
        ),
        (Button(locale.text("Narrow"), data=f"nar:{card.id}:{place}"),),
        (Button(locale.text("Back"), data=f"more:{card.id}:{place}"),),
    )
