"""A timeline as a table that opens in a spreadsheet with a double click."""

import csv
import io
from collections.abc import Sequence

from bot.locales import Locale
from bot.replies.dates import short
from bot.replies.exports.entries import Entry, printable
from index.types import Language

#: A cell that begins so would be run as a formula. Source: OWASP, CSV injection.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

#: What spreadsheets take for the border of cells follows the decimal comma of their language.
_BORDERS = {Language.EN: ",", Language.RU: ";", Language.AZ: ";"}


def as_csv(entries: Sequence[Entry], locale: Locale) -> bytes:
    """Return a table in UTF-8 with a byte order mark, a row an event after a row of headings.

    The ends of a date are written by ISO 8601 as finely as the source has them, an open one is
    empty. A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    table = io.StringIO()
    writer = csv.writer(table, delimiter=_BORDERS[locale.language], quoting=csv.QUOTE_ALL)
    writer.writerow(_headings(locale))
    for entry in entries:
        writer.writerow([_safe(cell) for cell in _cells(entry)])
    return table.getvalue().encode("utf-8-sig")


def _headings(locale: Locale) -> tuple[str, ...]:
    return (
        locale.text("Date"),
        locale.text("From"),
        locale.text("To"),
        locale.text("Status"),
        locale.text("Event"),
        locale.text("People"),
        locale.text("Sectors"),
        locale.text("Article"),
        locale.text("Published"),
        locale.text("Paragraph"),
        locale.text("Source"),
        locale.text("Link"),
    )


def _cells(entry: Entry) -> tuple[str, ...]:
    item, when = entry.item, entry.item.event.date
    return (
        entry.date,
        short(when.first, entry.grain) if when.first else "",
        short(when.last, entry.grain) if when.last else "",
        entry.status,
        entry.label,
        printable(", ".join(item.persons)),
        ", ".join(entry.sectors),
        printable(item.passage.title),
        item.passage.day.isoformat(),
        str(item.passage.number),
        entry.url,
        entry.link,
    )


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell
