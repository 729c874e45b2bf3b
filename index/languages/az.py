"""Azerbaijani: its letters, folding, stop words, months. Words are their own lemmas."""

import unicodedata

LETTERS = frozenset("əğıöşüçƏĞİÖŞÜÇ")

MONTHS = (
    *("yanvar", "fevral", "mart", "aprel", "may", "iyun"),
    *("iyul", "avqust", "sentyabr", "oktyabr", "noyabr", "dekabr"),
)

STOP_WORDS = frozenset(
    """
    və ya ki bu o bir ilə üçün da də nə kim hansı haqqında neçə niyə necə harada haradan
    hara olan olaraq idi edir edib ən daha çox hər öz biz siz onlar mən sən isə amma lakin
    var yox mi mı mu mü zaman vaxt görə qədər qədərdir barədə üzrə nədir kimdir necədir hardadır
    haradadır nəyi nəyə
    """.replace("ı", "i").split()
)

_LOWER = str.maketrans({"İ": "i", "ı": "i"})
_PLAIN = str.maketrans({"ə": "e", "ğ": "g", "ö": "o", "ş": "s", "ü": "u", "ç": "c"})


def lower(word: str) -> str:
    """Return `word` in lower case with one i for the dotted and the dotless.

    I is the capital of ı in Azerbaijani and of i elsewhere, and a word in capitals does not say
    which language it is; with one letter for both, «QIZIL» and «qızıl» meet, as do «İlham» and
    «Ilham», at the price of a few pairs that differ in this alone.
    """
    return word.translate(_LOWER).lower()


def lemmas(form: str) -> tuple[str, ...]:
    """Return a folded form, and the way it is typed without Azerbaijani letters («Seki», «Şəki»).

    Other scripts pass through as they are.
    """
    plain = unicodedata.normalize("NFC", form).translate(_PLAIN)
    return (form, plain) if plain != form else (form,)
