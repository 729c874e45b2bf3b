"""English: Snowball stems, stop words, months."""

from functools import cache

import snowballstemmer

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

STOP_WORDS = frozenset(
    """
    a an and are as at be been but by can could did do does for from had has have how if in into is
    it its may of on or shall should so than that the their them then there these they this those to
    was were what when where which who whom whose why will with would you your i we our not tell me
    please about
    """.split()
)


def lemmas(form: str) -> tuple[str, ...]:
    """Return the stem of a folded Latin word, as its only lemma; «charter's» is «charter»."""
    word = form.removesuffix("'s").removesuffix("'")
    return (_stemmer().stemWord(word) or form,)


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")
