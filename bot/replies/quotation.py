"""A quote: the words, who said them, when and where, and the passage they stand in."""

from telegram.constants import InlineKeyboardButtonLimit
from telegram.helpers import create_deep_linked_url

from bot.locales import Locale
from bot.replies.layout import (
    MOST_LINE,
    MOST_QUOTED,
    escape,
    escape_link,
    fit,
    shorten,
    utf16_length,
)
from bot.replies.outcome import Body, Button, Keyboard
from bot.replies.passage import View, heading, paragraph_link, source_buttons
from bot.replies.votes import report_button
from bot.store.feedback import Kind
from bot.store.outbox import Cite
from index.types import Certainty, QuotedWords, QuoteKind, Span, Speaker

#: Characters that a button may copy. Source: Bot API.
MOST_COPIED = InlineKeyboardButtonLimit.MAX_COPY_TEXT

#: Spans of one quote that are shown: each is an entity, of which a message keeps a hundred.
MOST_SPANS = 20


def quote_body(quote: QuotedWords, view: View) -> Body:
    """Return a quote: a block quote for each of its spans, then speaker, day, occasion, source."""
    locale, passage = view.locale, quote.passages[0]
    lines, cites = _quoted(quote)
    lines.append(f"— {escape(speaker_words(quote, locale))}")
    if quote.kind is QuoteKind.FRAGMENT:
        lines.append(escape(locale.text("part of a sentence")))
    lines.append(escape(day_line(quote, locale)))
    lines.append(f"{heading(passage, view)} · {_paragraphs(quote, view)}")
    return Body("\n".join(lines), quote_keyboard(quote, view), tuple(cites))


def quote_keyboard(quote: QuotedWords, view: View) -> Keyboard:
    """Return the buttons under a quote; what is too long to be copied comes as a message."""
    locale, passage = view.locale, quote.passages[0]
    text = copied_text(quote, view)
    fits = utf16_length(text) <= MOST_COPIED
    label = locale.text("Copy")
    copy = Button(label, copied=text) if fits else Button(label, data=f"qcopy:{quote.id}")
    row = [
        Button(locale.text("Context"), data=f"see:{passage.paragraph_id}"),
        Button(locale.text("Article"), data=f"art:{passage.paragraph_id}"),
    ]
    row += source_buttons(passage, _first_words(quote), view)
    return (tuple(row), (copy, report_button(Kind.QUOTE, quote.id, locale)))


def _first_words(quote: QuotedWords) -> str:
    """Return the first of the quoted words as they stand in one paragraph of the article."""
    return next((words for _, _, words in _slices(quote)), "")


def copied_body(quote: QuotedWords, view: View) -> Body:
    """Return a quote as a message to be copied: the words, then all that tells where from."""
    lines, cites = _quoted(quote)
    return Body("\n".join((*lines, escape(attribution(quote, view)))), cites=tuple(cites))


def copied_text(quote: QuotedWords, view: View) -> str:
    """Return a quote in one line with its attribution: «…» — speaker, day. Title, link."""
    words = " … ".join(quoted_words(quote))
    return f"«{words}» {attribution(quote, view)}"


def attribution(quote: QuotedWords, view: View) -> str:
    """Return who said a quote, when, and where it stands, in plain text."""
    passage = quote.passages[0]
    link = quote_link(quote, view.username) or passage.url or ""
    said = f"— {speaker_words(quote, view.locale)}, {_day_words(quote, view.locale)}."
    return " ".join(filter(None, (said, f"«{shorten(passage.title, MOST_LINE)}»", link)))


def speaker_words(quote: QuotedWords, locale: Locale) -> str:
    """Return who said it with his role, or that he is not established and what stands for him."""
    if quote.speaker is None:
        if not quote.mention:
            return locale.text("the speaker is not established")
        mention = shorten(quote.mention, MOST_LINE)
        return locale.text("the speaker is not established (in the text: “{words}”)", words=mention)
    return _name(quote.speaker, locale)


def day_line(quote: QuotedWords, locale: Locale) -> str:
    """Return the day of speech, marked if only the context tells it, and the occasion."""
    day = _day_words(quote, locale)
    return f"{day}, {shorten(quote.occasion, MOST_LINE)}" if quote.occasion else day


def quote_link(quote: QuotedWords, username: str) -> str:
    """Return the permalink of a quote, "" where the bot has no name."""
    return create_deep_linked_url(username, f"q{quote.id}") if username else ""


def quoted_words(quote: QuotedWords) -> list[str]:
    """Return the words of a quote, span by span."""
    return [text for _, span, text in _slices(quote)]


def _quoted(quote: QuotedWords) -> tuple[list[str], list[Cite]]:
    """Return a block quote for each span, as many as a message holds, and the slices they show."""
    lines, cites, room = [], [], MOST_QUOTED
    for version_id, span, text in _slices(quote)[:MOST_SPANS]:
        shown = fit(text, Span(0, len(text)), room)
        after = " …" if shown.stop < len(text) else ""
        lines.append(f"<blockquote>{escape(shown.of(text))}</blockquote>{after}")
        cites.append(Cite(version_id, span.start, span.start + shown.stop))
        room -= utf16_length(shown.of(text))
        if after or room < MOST_LINE:
            break
    return lines, cites


def _slices(quote: QuotedWords) -> list[tuple[int, Span, str]]:
    """Return the version, the place in it and the words of each span, cut at paragraphs."""
    found = []
    for span in quote.spans:
        for passage in quote.passages:
            part = Span(max(span.start, passage.span.start), min(span.stop, passage.span.stop))
            if part.start < part.stop:
                words = part.shifted(-passage.span.start).of(passage.text)
                found.append((passage.version_id, part, words))
    return found


def _name(speaker: Speaker, locale: Locale) -> str:
    words = f"{speaker.name}, {speaker.role}" if speaker.role else speaker.name
    if speaker.identity and speaker.identity != speaker.name:
        return locale.text("{speaker} (by context: {name})", speaker=words, name=speaker.identity)
    if speaker.certainty is Certainty.CONTEXT:
        return locale.text("{speaker} (by context)", speaker=words)
    return words


def _day_words(quote: QuotedWords, locale: Locale) -> str:
    day = locale.day(quote.day)
    return day if quote.is_day_stated else locale.text("{date} (by context)", date=day)


def _paragraphs(quote: QuotedWords, view: View) -> str:
    """Return «абзац 12» or «абзацы 12–15» as a link to the first of them."""
    first, last = quote.passages[0], quote.passages[-1]
    if first.number == last.number:
        return paragraph_link(first, view)
    words = escape(view.locale.text("paragraphs {n}–{last}", n=first.number, last=last.number))
    if not view.username:
        return words
    link = create_deep_linked_url(view.username, f"p{first.paragraph_id}")
    return f'<a href="{escape_link(link)}">{words}</a>'
