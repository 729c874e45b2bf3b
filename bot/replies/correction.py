"""«Исправление: было / стало»: what a passage said when it was shown, and what it says now."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.locales import Locale
from bot.replies.alert import ALERT_SIGN
from bot.replies.layout import MOST_QUOTED, escape, fit
from bot.replies.outcome import Body, Button
from bot.replies.passage import View, cite, heading
from bot.store.outbox import Cite
from index.types import Passage, Span

#: Passages of one article in a message; the rest are counted, and the article has them.
MOST_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Correction:
    """A passage that was shown, and what stands in its place, None for nothing."""

    old: Passage
    new: Passage | None


def correction_body(corrections: Sequence[Correction], view: View) -> Body:
    """Return what was and what is now, both word for word, of one article."""
    locale = view.locale
    current = next((each.new for each in corrections if each.new), corrections[0].old)
    head = locale.text("Correction of what you were shown")
    lines = [f"{ALERT_SIGN} {escape(head)}", heading(current, view)]
    cites: list[Cite] = []
    for each in corrections[:MOST_SHOWN]:
        for words, passage in (
            (locale.text("Was:"), each.old),
            (locale.text("Now:"), each.new),
        ):
            if passage is None:
                lines.append(escape(locale.text("Now: this paragraph is gone.")))
                continue
            shown = fit(passage.text, Span(0, len(passage.text)), _room(corrections))
            more = " …" if shown.stop < len(passage.text) else ""
            quoted = escape(shown.of(passage.text))
            lines += [escape(words), f"<blockquote>{quoted}</blockquote>{more}"]
            cites.append(cite(passage, shown))
    more_count = len(corrections) - MOST_SHOWN
    if more_count > 0:
        lines.append(escape(locale.count("{n} more paragraph", "{n} more paragraphs", more_count)))
    return Body("\n".join(lines), (_buttons(current, locale),), tuple(cites))


def _room(corrections: Sequence[Correction]) -> int:
    """Return how much of each passage there is room for."""
    return MOST_QUOTED // (2 * min(len(corrections), MOST_SHOWN))


def _buttons(current: Passage, locale: Locale) -> tuple[Button, ...]:
    return (
        Button(locale.text("Article"), data=f"art:{current.paragraph_id}"),
        Button(locale.text("Hours"), data="hours"),
    )
