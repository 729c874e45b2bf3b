"""What was found in a draft, as its editor goes through it: each fact with what he corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.store.corrections import FactKind
from bot.store.drafts import Fix
from index.facts import Facts
from index.types import DateMention, Modality, Paragraph, Precision, Quote, Span


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact of a draft at its place, with the words that tell it.

    Of an event `when` is its date, of a quote `name` its speaker, None if nobody is established, of
    a sector `name` its key. `is_fixed` says that an editor has corrected it.
    """

    kind: FactKind
    start: int
    stop: int
    words: str
    name: str | None = None
    when: DateMention | None = None
    modality: Modality | None = None
    is_fixed: bool = False

    @property
    def is_unresolved(self) -> bool:
        """Return whether it is a quote of nobody."""
        return self.kind is FactKind.QUOTE and self.name is None


def list_findings(
    text: str, paragraphs: Sequence[Paragraph], facts: Facts, fixes: tuple[Fix, ...]
) -> tuple[Finding, ...]:
    """Return the facts of a text: quotes of nobody, other quotes, events, sectors; none dropped."""
    found = [_quote(quote, text) for quote in facts.quotes]
    found += [
        Finding(
            FactKind.EVENT,
            *(event.date.span.start, event.date.span.stop, event.label.of(text)),
            when=event.date,
            modality=event.modality,
        )
        for event in facts.events
    ]
    spans = {paragraph.number: paragraph.span for paragraph in paragraphs}
    found += [
        Finding(
            FactKind.SECTOR,
            *(spans[number].start, spans[number].stop, spans[number].of(text)),
            name=hit.sector,
        )
        for number, hits in facts.sectors.items()
        for hit in hits
    ]
    kept = [fixed for each in found if (fixed := _fixed(each, fixes)) is not None]
    return tuple(sorted(kept, key=lambda each: (not each.is_unresolved, _ORDER[each.kind])))


_ORDER = {FactKind.QUOTE: 0, FactKind.EVENT: 1, FactKind.SECTOR: 2}


def _quote(quote: Quote, text: str) -> Finding:
    words = " … ".join(span.of(text) for span in quote.spans)
    start, stop = quote.spans[0].start, quote.spans[-1].stop
    return Finding(
        FactKind.QUOTE, start, stop, words, quote.speaker.name if quote.speaker else None
    )


def _fixed(finding: Finding, fixes: tuple[Fix, ...]) -> Finding | None:
    """Return a fact as it was corrected last, None if it was dropped."""
    name, when, is_fixed = finding.name, finding.when, False
    for fix in fixes:
        if (fix.kind, fix.start, fix.stop) != (finding.kind, finding.start, finding.stop):
            continue
        if fix.field == "wrong":
            if fix.kind is not FactKind.SECTOR or fix.value == finding.name:
                return None
            continue
        is_fixed = True
        if fix.field == "speaker":
            name = fix.value
        elif when is not None:
            when = _dated(when, fix)
    return Finding(
        *(finding.kind, finding.start, finding.stop, finding.words, name, when),
        finding.modality,
        is_fixed,
    )


def _dated(when: DateMention, fix: Fix) -> DateMention:
    first, last, precision = when.first, when.last, when.precision
    if fix.field == "first":
        first = date.fromisoformat(fix.value) if fix.value else None
    elif fix.field == "last":
        last = date.fromisoformat(fix.value) if fix.value else None
    elif fix.field == "precision":
        precision = Precision(fix.value or "")
    return DateMention(Span(when.span.start, when.span.stop), first, last, precision)
