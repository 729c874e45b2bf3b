"""Amounts and dates in the other ways a text may write them: «12 000 000» and «12 млн».

What articles write as the question does is left alone.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from index.bm25 import Snapshot
from index.languages import ru, tokenize
from index.types import QuestionWord

Knows = Callable[[str], bool]

#: What stands for a power of ten, in both ways a text may write it.
_UNITS = {
    10**12: ("трлн", "триллион"),
    10**9: ("млрд", "миллиард"),
    10**6: ("млн", "миллион"),
    10**3: ("тыс", "тысяча"),
}
_NUMBER = r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+|\d+(?:[.,]\d+)?"
_AMOUNT = re.compile(
    rf"(?<![\d.,-])(?P<number>{_NUMBER})"
    r"(?:\s+(?P<unit>(?:тыс|млн|млрд|трлн)\b|(?:тысяч|миллион|миллиард|триллион)[а-я]*))?(?![\d.,-])",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?<![\d.-])(?:(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"
    r"|(?P<iso_year>\d{4})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d))(?![\d-])"
)

_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")

#: Nobody writes «0,012 млн» or «12 000 млрд».
_LEAST, _MOST, _MOST_DECIMALS = 1, 10_000, 3

_MONTHS_A_YEAR = 12


def reword_numbers(text: str, knows: Knows) -> str:
    """Return a text with those amounts and dates that articles only have in another way in that."""
    return _AMOUNT.sub(
        lambda match: _reworded_amount(match, knows),
        _DATE.sub(lambda match: _reworded_date(match, knows), text),
    )


def with_other_numbers(words: Sequence[QuestionWord], model: Snapshot) -> tuple[QuestionWord, ...]:
    """Return the words of a question, those of an amount or a date with the one word it may be.

    «12 млн» may stand as «12 000 000», «9 февраля 2026» as «09.02.2026».
    """
    found = list(words)
    for place, term in _one_words(words):
        if model.document_frequency(term):
            for each in range(*place):
                terms = tuple(dict.fromkeys((*found[each].terms, term)))
                weight = min(map(model.idf, terms))
                found[each] = replace(found[each], terms=terms, weight=weight)
    return tuple(found)


def _reworded_date(match: re.Match[str], knows: Knows) -> str:
    year = match["year"] or match["iso_year"]
    month, day = int(match["month"] or match["iso_month"]), int(match["day"] or match["iso_day"])
    if knows(match[0]) or not 1 <= month <= _MONTHS_A_YEAR:
        return match[0]
    name = ru.MONTHS[month - 1]
    return f"{day} {_genitive(name)} {year}" if knows(name) else match[0]


def _genitive(month: str) -> str:
    return month[:-1] + "я" if month[-1] in "ьй" else month + "а"


def _reworded_amount(match: re.Match[str], knows: Knows) -> str:
    written, joined = match["number"], re.sub(r"[.,]", "", match["number"])
    is_spaced = _THOUSANDS.fullmatch(written) and not knows(written.replace(",", "."))
    if is_spaced and knows(joined):  # «1.450», as some write it
        return match[0].replace(written, joined)
    number = Decimal(re.sub(r"\s", "", match["number"]).replace(",", "."))
    unit = tokenize(match["unit"] or "")
    if knows(_plain(number)) and all(any(map(knows, token.lemmas)) for token in unit):
        return match[0]
    value = number * _power(match["unit"] or "")
    for power, names in _UNITS.items():
        share = value / power
        is_usual = _LEAST <= share < _MOST and share == round(share, _MOST_DECIMALS)
        if is_usual and knows(_plain(share)) and any(map(knows, names)):
            return f"{_plain(share).replace('.', ',')} {names[0]}"
    return f"{value:,f}".replace(",", " ") if knows(_plain(value)) else match[0]


def _power(unit: str) -> int:
    """Return what a unit multiplies by, 1 for none."""
    unit = unit.lower()
    starts = ((power, start) for power, names in _UNITS.items() for start in names)
    return next((power for power, start in starts if unit.startswith(start[:6]) and unit), 1)


def _plain(number: Decimal) -> str:
    """Return a number as a term of the index."""
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"


def _one_words(words: Sequence[QuestionWord]) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the places of amounts and dates of several words, and the one word each may be."""
    for place, word in enumerate(words):
        if not word.form.replace(".", "", 1).isdecimal():
            continue
        rest = [each.lemma for each in words[place + 1 : place + 3]]
        power = _power(rest[0]) if rest else 1
        if power > 1:
            yield (place, place + 2), _plain(Decimal(word.form) * power)
        if len(rest) > 1 and rest[0] in ru.MONTHS and word.form.isdecimal():
            month = ru.MONTHS.index(rest[0]) + 1
            for day in {word.form, word.form.zfill(2)}:
                yield (place, place + 3), f"{day}.{month:02}.{rest[1]}"
