"""Every sentence a person reads, in Russian, English and Azerbaijani.

The code names a sentence by its English text, so English needs no catalogue. Those of the other
languages (`ru/messages.po` …) are read at the start: a translator mends a file and restarts.
`make texts` brings them up to date with the code. Dates and lists are Babel's.
"""

from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale as BabelLocale
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_percent
from babel.units import format_unit

from bot.locales.dates import day_words
from index.types import Language

FOLDER = Path(__file__).parent


class Locale:
    """How the bot speaks in one language."""

    def __init__(self, language: Language, translations: NullTranslations) -> None:
        self.language = language
        self._translations = translations

    def text(self, message_id: str, /, **values: object) -> str:
        """Return the sentence in this language with its `{placeholders}` filled in."""
        return self._translations.gettext(message_id).format(**values)

    def count(self, one: str, many: str, number: int, /, **values: object) -> str:
        """Return the sentence in the plural form that `number` asks for; `{n}` is the number."""
        return self._translations.ngettext(one, many, number).format(n=number, **values)

    def quoted(self, words: str) -> str:
        """Return words between the quotation marks of the language: «порт», “port”."""
        return self.text("“{words}”", words=words)

    def day(self, day: date) -> str:
        """Return a date written out: «22 января 2026»."""
        return day_words(day, self.language)

    def moment(self, at: datetime) -> str:
        """Return a moment with its time zone: «22 января 2026, 14:05 UTC»."""
        return f"{self.day(at.date())}, {at:%H:%M} {at.tzname()}"

    def size(self, count: int) -> str:
        """Return a number of bytes in kilobytes or megabytes: «12 МБ»."""
        unit = "megabyte" if count >= 2**20 else "kilobyte"
        number = count / (2**20 if unit == "megabyte" else 2**10)
        return format_unit(
            number, f"digital-{unit}", length="short", format="#,##0", locale=self.language.value
        )

    def percent(self, share: float) -> str:
        """Return a share of 0..1 in whole percents: «88 %»."""
        return format_percent(share, locale=self.language.value)

    def country(self, code: str) -> str:
        """Return the name of a country or of a union of some by its code: «Турция», «НАТО»."""
        code = code.upper()
        nato = "НАТО" if self.language is Language.RU else "NATO"
        own = {"NATO": nato, "UN": self.text("UN")}
        return own.get(code) or str(BabelLocale(self.language.value).territories.get(code, code))

    def listing(self, items: list[str]) -> str:
        """Return the items as a phrase: «энергетика, транспорт и торговля»."""
        return format_list(items, locale=self.language.value)


@cache
def get_locale(language: Language) -> Locale:
    """Return the locale of a language; its catalogue is read once."""
    return Locale(language, _read_translations(language))


def _read_translations(language: Language) -> NullTranslations:
    if language is Language.EN:
        return NullTranslations()
    with (FOLDER / language.value / "messages.po").open("rb") as file:
        catalog = read_po(file, locale=language.value)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)
