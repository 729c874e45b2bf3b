"""A draft as its editor sees it: its card, its facts, the list of drafts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.locales import Locale
from bot.replies.chronology import modality_words
from bot.replies.dates import date_words
from bot.replies.findings import Finding
from bot.replies.layout import MOST_LINE, escape, shorten
from bot.replies.outcome import Body, Button, Keyboard
from bot.store.corrections import FactKind
from bot.store.drafts import ListedDraft, StoredDraft
from bot.store.unanswered import Unanswered
from index.sectors import list_sectors
from index.types import Language

#: Facts on a page: with two buttons each they fill a phone's screen.
MOST_FACTS = 4

#: Sectors that the card names; the rest are in its facts.
MOST_SECTORS = 4

#: Questions that the card names; of the rest it says how many.
MOST_WANTED = 3

#: Drafts on a page of their list.
MOST_DRAFTS = 8

#: What an editor may say of a draft, in the order of its buttons, two a row.
FIELDS = ("title", "day", "source", "url", "language")


@dataclass(frozen=True, slots=True)
class Twin:
    """An article that reads nearly as a draft does; `likeness` is 0..1."""

    article_id: int
    title: str
    day: date
    likeness: float


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A draft and what was found in it; without a day nothing is sought yet.

    `wanted` are questions without an answer that it would answer.
    """

    draft: StoredDraft
    paragraphs: int
    findings: Sequence[Finding]
    people: int
    twins: Sequence[Twin] = ()
    wanted: Sequence[Unanswered] = ()


def draft_body(card: DraftCard, locale: Locale, note: str = "") -> Body:
    """Return the card of a draft, below a note if there is one."""
    known = card.draft.described
    lines = [escape(note)] if note else []
    lines.append(f"📄 <b>{escape(shorten(known.title, MOST_LINE))}</b>")
    head = locale.text("Draft {id}", id=card.draft.id)
    if known.day is None:
        lines += [escape(head), escape(locale.text("What day did the article come out?"))]
    else:
        lines.append(escape(f"{head} · {locale.day(known.day)}"))
    if known.is_day_assumed:
        lines.append(escape(locale.text("No date was given, so it is the day of your message.")))
    lines.append(escape(_origin(card, locale)))
    lines.append(escape(_contents(card, locale)))
    lines += [escape(line) for line in (_facts(card, locale), _sectors(card, locale)) if line]
    lines += [escape(_twin(twin, locale)) for twin in card.twins]
    lines += map(escape, _wanted(card.wanted, locale))
    return Body("\n".join(lines), _keyboard(card, locale))


def facts_body(card: DraftCard, page: int, locale: Locale) -> Body:
    """Return a page of a draft's facts, from 1, each with its buttons; after the last the first."""
    pages = max(1, -(-len(card.findings) // MOST_FACTS))
    page = page if 1 <= page <= pages else 1
    start = (page - 1) * MOST_FACTS
    lines = [f"<b>{escape(shorten(card.draft.described.title, MOST_LINE))}</b>"]
    rows: list[tuple[Button, ...]] = []
    for number, finding in enumerate(card.findings[start : start + MOST_FACTS], start=start + 1):
        lines.append(f"{number}. {_finding(finding, locale)}")
        place = f"{card.draft.id}:{finding.kind.value}:{finding.start}:{finding.stop}:{page}"
        drop = Button(locale.text("Drop {n}", n=number), data=f"drdrop:{place}:{number}")
        fix = Button(locale.text("Correct {n}", n=number), data=f"drfix:{place}")
        rows.append((drop,) if finding.kind is FactKind.SECTOR else (fix, drop))
    if not card.findings:
        lines.append(escape(locale.text("No facts were found in it.")))
    back = Button(locale.text("Back"), data=f"dr:{card.draft.id}")
    if pages > 1:
        lines.append(escape(locale.text("page {n} of {total}", n=page, total=pages)))
        more = Button(locale.text("More"), data=f"drfacts:{card.draft.id}:{page % pages + 1}")
        rows.append((more, back))
    else:
        rows.append((back,))
    return Body("\n".join(lines), tuple(rows))


def drafts_body(drafts: Sequence[ListedDraft], total: int, page: int, locale: Locale) -> Body:
    """Return a page of the drafts that wait, a button each."""
    if not total:
        return Body(escape(locale.text("No drafts wait. Send an article: /add")))
    head = locale.text("Drafts that wait for you:")
    lines = [f"<b>{escape(head)}</b>"]
    rows = []
    for draft in drafts:
        day = locale.day(draft.day) if draft.day else locale.text("no date")
        title = shorten(draft.title, MOST_LINE // 2)
        lines.append(escape(f"{draft.id}. {title} · {day}"))
        rows.append((Button(shorten(f"{draft.id}. {draft.title}", 24), data=f"dr:{draft.id}"),))
    pages = -(-total // MOST_DRAFTS)
    if pages > 1:
        lines.append(escape(locale.text("page {n} of {total}", n=page, total=pages)))
        rows.append((Button(locale.text("More"), data=f"drlist:{page % pages + 1}"),))
    return Body("\n".join(lines), tuple(rows))


def urgent_body(draft: StoredDraft, locale: Locale) -> Body:
    """Return the question whether a draft is so urgent that nobody's quiet hours hold it back."""
    title = shorten(draft.described.title, MOST_LINE)
    words = locale.text(
        "Publish “{title}” as urgent? Whoever follows it at once is told now, in quiet hours too.",
        title=title,
    )
    row = (
        Button(locale.text("Publish as urgent"), data=f"drurgent:{draft.id}"),
        Button(locale.text("Back"), data=f"dr:{draft.id}"),
    )
    return Body(escape(words), (row,))


def language_buttons(draft_id: int, locale: Locale) -> Keyboard:
    """Return a button for each language that an article may be in."""
    names = {
        Language.RU: locale.text("Russian"),
        Language.EN: locale.text("English"),
        Language.AZ: locale.text("Azerbaijani"),
    }
    return (
        tuple(Button(name, data=f"drlang:{draft_id}:{code.value}") for code, name in names.items()),
        (Button(locale.text("Back"), data=f"dr:{draft_id}"),),
    )


def _origin(card: DraftCard, locale: Locale) -> str:
    known = card.draft.described
    source = shorten(known.source or locale.text("no source"), MOST_LINE)
    return f"{source} · {shorten(known.url, MOST_LINE)}" if known.url else source


def _contents(card: DraftCard, locale: Locale) -> str:
    languages = {
        Language.RU: locale.text("in Russian"),
        Language.EN: locale.text("in English"),
        Language.AZ: locale.text("in Azerbaijani"),
    }
    paragraphs = locale.count("{n} paragraph", "{n} paragraphs", card.paragraphs)
    return f"{paragraphs}, {languages[card.draft.described.language]}"


def _facts(card: DraftCard, locale: Locale) -> str:
    kinds = [finding.kind for finding in card.findings]
    events, quotes = kinds.count(FactKind.EVENT), kinds.count(FactKind.QUOTE)
    parts = []
    if events:
        parts.append(locale.count("{n} event", "{n} events", events))
    if quotes:
        parts.append(locale.count("{n} quote", "{n} quotes", quotes))
    if card.people:
        parts.append(locale.count("{n} person", "{n} people", card.people))
    unresolved = sum(finding.is_unresolved for finding in card.findings)
    if unresolved:
        parts.append(
            locale.count("{n} quote without a speaker", "{n} quotes without a speaker", unresolved)
        )
    return ", ".join(parts)


def _sectors(card: DraftCard, locale: Locale) -> str:
    names = {sector.id: sector.name(locale.language) for sector in list_sectors()}
    keys = [finding.name for finding in card.findings if finding.kind is FactKind.SECTOR]
    often = sorted(set(filter(None, keys)), key=lambda key: (-keys.count(key), key))
    return locale.listing([names.get(key, key) for key in often[:MOST_SECTORS]]) if often else ""


def _twin(twin: Twin, locale: Locale) -> str:
    return locale.text(
        "Reads like article {id} by {share}: “{title}”, {day}",
        id=twin.article_id,
        share=locale.percent(twin.likeness),
        title=shorten(twin.title, MOST_LINE // 2),
        day=locale.day(twin.day),
    )


def _wanted(wanted: Sequence[Unanswered], locale: Locale) -> list[str]:
    """Return the questions that a draft would answer, the first of them named."""
    if not wanted:
        return []
    lines = [locale.text("Readers asked this, and it would answer:")]
    for number, entry in enumerate(wanted[:MOST_WANTED], start=1):
        words = entry.texts[0] if entry.texts else ", ".join(entry.lemmas)
        lines.append(f"{number}. {shorten(words, MOST_LINE)}")
    if len(wanted) > MOST_WANTED:
        lines.append(locale.text("and {n} more", n=len(wanted) - MOST_WANTED))
    return lines


def _finding(finding: Finding, locale: Locale) -> str:
    """Return a fact in HTML: its words, and what was understood of them."""
    words = escape(shorten(" ".join(finding.words.split()), MOST_LINE))
    if finding.kind is FactKind.QUOTE:
        name = finding.name or locale.text("the speaker is not established")
        line = f"«{words}» — <b>{escape(name)}</b>"
    elif finding.kind is FactKind.EVENT and finding.when is not None:
        date_ = date_words(finding.when, locale)
        mark = modality_words(finding.modality, locale) if finding.modality else ""
        line = f"<b>{escape(', '.join(filter(None, (date_, mark))))}</b> — {words}"
    else:
        names = {sector.id: sector.name(locale.language) for sector in list_sectors()}
        line = f"<b>{escape(names.get(finding.name or '', finding.name or ''))}</b> — {words}"
    mark = locale.text("corrected")
    return f"{line} ({escape(mark)})" if finding.is_fixed else line


def _keyboard(card: DraftCard, locale: Locale) -> Keyboard:
    key = card.draft.id
    labels = {
        "title": locale.text("Title"),
        "day": locale.text("Date"),
        "source": locale.text("Who published"),
        "url": locale.text("Link"),
        "language": locale.text("Language"),
    }
    fields = [Button(labels[field], data=f"dredit:{key}:{field}") for field in FIELDS]
    end = (
        Button(locale.text("Put aside"), data=f"draside:{key}"),
        Button(locale.text("Delete draft"), data=f"drdel:{key}"),
    )
    if card.draft.described.day is None:
        return ((fields[1],), (fields[0], *fields[2:4]), (fields[4],), end)
    publish = (
        Button(locale.text("Publish"), data=f"drpub:{key}"),
        Button(locale.text("Without notice"), data=f"drsilent:{key}"),
        Button(locale.text("Urgent"), data=f"drurg:{key}"),
    )
    facts = Button(locale.text("Facts"), data=f"drfacts:{key}:1")
    versions = tuple(
        (
            Button(
                locale.text("New version of {id}", id=twin.article_id),
                data=f"drnew:{key}:{twin.article_id}",
            ),
        )
        for twin in card.twins
    )
    return (publish, *versions, tuple(fields[:3]), (*fields[3:], facts), end)
