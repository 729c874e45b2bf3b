"""English words that speak of time, each form with its symbol and value.

v in, during   a on   S since, from   T until   K by   p to   f after   g of   : the
M month   W weekday   s season   y year   l month   w week   e day   q quarter   h half   c century
R last -1, this 0, next 1   E early, end   O ordinal   Q number   r Q1…Q4   A today…   < ago
m same   G following
~ about   ! no   > later   ^ earlier   = than   & and   X weekend   B between   F fiscal
3 a month in three letters, beside a day
"""

from index.languages.en import MONTHS

_PLAIN = (
    ("v", 0, "in during throughout for over"), ("a", 0, "on at"),
    ("S", 0, "since from starting beginning"),
    ("T", 0, "until till before"), ("K", 0, "by"), ("p", 0, "to through"), ("f", 0, "after"),
    ("g", 0, "of"), (":", 0, "the"), ("&", 0, "and"), ("B", 0, "between"), ("y", 0, "year"),
    ("F", 0, "fiscal"),
    ("l", 0, "month months"), ("w", 0, "week weeks"), ("e", 0, "day days"), ("L", 0, "years"),
    ("q", 0, "quarter"), ("h", 0, "half"), ("c", 0, "century centuries"),
    ("R", -1, "last past previous"),
    ("R", 0, "this current"), ("R", 1, "next coming upcoming"),
    ("~", 0, "about around approximately"),
    ("E", 0, "early start"), ("E", 2, "mid middle"), ("E", 1, "late end"),
    ("<", 0, "ago"),
    ("!", 0, "no not"), (">", 0, "later"), ("^", 0, "earlier"), ("m", 0, "same that"),
    ("G", 0, "following"), ("=", 0, "than"), ("A", 0, "today"),
    ("A", -1, "yesterday"), ("A", 1, "tomorrow"), ("X", 0, "weekend"), ("s", 1, "spring"),
    ("s", 2, "summer"), ("s", 3, "autumn fall"), ("s", 4, "winter"), ("r", 1, "q1"), ("r", 2, "q2"),
    ("r", 3, "q3"), ("r", 4, "q4"),
)  # fmt: skip
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_DECADES = ((1920, "twenties"), (1930, "thirties"), (1940, "forties"), (1950, "fifties"),
    (1960, "sixties"), (1970, "seventies"), (1980, "eighties"), (1990, "nineties"))  # fmt: skip


def _words() -> dict[str, tuple[str, int]]:
    words: dict[str, tuple[str, int]] = {}
    for number, name in enumerate(MONTHS, 1):
        words[name] = ("M", number)
        if name != "may":  # «in May.» ends a sentence
            words[name[:3] + "."] = ("M", number)
        words.setdefault(name[:3], ("3", number))
    words.update({"sept.": ("M", 9), "sept": ("3", 9)})
    words.update({name: ("D", decade) for decade, name in _DECADES})
    words.update({name: ("W", number) for number, name in enumerate(_WEEKDAYS)})
    words.update({name: ("Q", number) for number, name in enumerate(_NUMBERS, 1)})
    words.update({name: ("O", number) for number, name in enumerate(_ORDINALS, 1)})
    for symbol, value, forms in _PLAIN:
        words.update(dict.fromkeys(forms.split(), (symbol, value)))
    words.update({"a": ("Q", 1), "an": ("Q", 1)})
    return words


WORDS = _words()


def ordinal(value: int, ending: str) -> tuple[str, int] | None:
    """Return the symbol of a number with an English ending: «9th», «1990s»."""
    if ending == "s" and value % 10 == 0 and 1000 <= value <= 2190:
        return ("D", value)
    if ending == "s" and value % 10 == 0 and 20 <= value <= 90:
        return ("D", 1900 + value)
    if ending in {"st", "nd", "rd", "th"} and 1 <= value <= 31:
        return ("o", value)
    return None
