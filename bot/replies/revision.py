"""A new version beside the one it is to replace; what became of a passage of an old one."""

from collections import Counter
from collections.abc import Sequence

from bot.locales import Locale
from bot.replies.layout import (
    MOST_LINE,
    MOST_QUOTED,
    escape,
    shorten,
    utf16_length,
    with_bold,
)
from bot.replies.outcome import Body, Button
from bot.replies.turning import turning
from index.revisions import Change, Fate, changed_words
from index.types import Article, Span

#: What is shown of a paragraph: some sentences around the first change.
MOST_SHOWN = 600

#: Words before the first change that are shown.
LEAD = 120

#: Bold words of a paragraph; a message keeps a hundred of them.
MOST_BOLD = 4

#: Paragraphs on a page, for the same reason.
MOST_CHANGES = 8


def revision_body(
    revision_id: int,
    article_id: int,
    old: Article,
    new: Article,
    changes: Sequence[Change],
    texts: tuple[Sequence[str], Sequence[str]],
    page: int,
    locale: Locale,
) -> Body:
    """Return a page, from 1, of what a new version changes, with the buttons that decide on it."""
    head = locale.text("New version of article {id}", id=article_id)
    lines = [f"<b>{escape(head)}</b>", *_about(old, new, locale), escape(_summary(changes, locale))]
    blocks = [_block(each, texts, locale) for each in changes if each.fate is not Fate.SAME]
    pages = _pages(blocks)
    page = page if 1 <= page <= len(pages) else 1
    if len(pages) > 1:
        lines.append(escape(locale.text("page {n} of {total}", n=page, total=len(pages))))
    lines += pages[page - 1] if pages else []
    turn = turning(f"rv:{revision_id}", page, len(pages), locale)
    deciding = (
        Button(locale.text("Publish"), data=f"rvpub:{revision_id}"),
        Button(locale.text("Drop"), data=f"rvno:{revision_id}"),
    )
    return Body("\n".join(lines), tuple(row for row in (turn, deciding) if row))


def fate_words(fate: Fate, number: int | None, locale: Locale) -> str:
    """Return what became of an old paragraph in the version that is current now."""
    if fate is Fate.SAME:
        return locale.text(
            "There is a newer version. This paragraph is the same there, now paragraph {n}.",
            n=number,
        )
    if fate is Fate.CHANGED:
        return locale.text("There is a newer version. This paragraph was changed there.")
    return locale.text("There is a newer version. This paragraph is not in it any more.")


def _about(old: Article, new: Article, locale: Locale) -> list[str]:
    """Return what else differs than the text: title, day, source."""
    was, now = locale.text("Was"), locale.text("Now")
    pairs = (
        (locale.text("Title"), shorten(old.title, MOST_LINE), shorten(new.title, MOST_LINE)),
        (locale.text("Date"), locale.day(old.day), locale.day(new.day)),
        (locale.text("Source"), old.source or "—", new.source or "—"),
    )
    return [
        escape(f"{name}. {was}: {before}. {now}: {after}")
        for name, before, after in pairs
        if before != after
    ]


def _summary(changes: Sequence[Change], locale: Locale) -> str:
    count = Counter(change.fate for change in changes)
    return locale.text(
        "Paragraphs changed: {changed}, added: {added}, removed: {removed}, as they were: {same}.",
        changed=count[Fate.CHANGED],
        added=count[Fate.ADDED],
        removed=count[Fate.REMOVED],
        same=count[Fate.SAME],
    )


def _block(change: Change, texts: tuple[Sequence[str], Sequence[str]], locale: Locale) -> str:
    """Return one paragraph as HTML: what happened, and its words before and after."""
    old, new = texts
    if change.old is None and change.new is not None:
        head = locale.text("Paragraph {n} is new:", n=change.new + 1)
        return f"<b>{escape(head)}</b>\n{_shown(new[change.new], ())}"
    if change.new is None and change.old is not None:
        head = locale.text("Paragraph {n} is removed:", n=change.old + 1)
        return f"<b>{escape(head)}</b>\n{_shown(old[change.old], ())}"
    before, after = old[change.old or 0], new[change.new or 0]
    gone, come = changed_words(before, after)
    head = locale.text("Paragraph {n} is changed:", n=(change.new or 0) + 1)
    was, now = locale.text("Was"), locale.text("Now")
    return (
        f"<b>{escape(head)}</b>\n{escape(was)}: {_shown(before, gone)}\n"
        f"{escape(now)}: {_shown(after, come)}"
    )


def _shown(text: str, words: Sequence[Span]) -> str:
    """Return a part of a paragraph around its first changed word, these bold."""
    start = max(0, words[0].start - LEAD) if words else 0
    if start:
        start = text.find(" ", start) + 1
    stop = min(len(text), start + MOST_SHOWN)
    if stop < len(text):
        stop = max(text.rfind(" ", start, stop), start + 1)
    inside = [span.shifted(-start) for span in words if start <= span.start and span.stop <= stop][
        :MOST_BOLD
    ]
    before, after = "… " if start else "", " …" if stop < len(text) else ""
    return before + with_bold(text[start:stop], inside) + after


def _pages(blocks: Sequence[str]) -> list[list[str]]:
    pages: list[list[str]] = []
    room = 0
    for block in blocks:
        length = utf16_length(block)
        if not pages or length > room or len(pages[-1]) == MOST_CHANGES:
            pages.append([])
            room = MOST_QUOTED
        pages[-1].append(block)
        room -= length
    return pages
