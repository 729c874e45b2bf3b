"""Azerbaijani words that speak of time, each form with its symbol and value.

M month   y year   l month   w week   e day   q quarter   h half   W weekday   G axşamı   Z ertəsi
R keçən -1, bu 0, gələn 1   Q number   O ordinal   A dünən…   E əvvəli, sonu   < əvvəl
m həmin   P son
f sonra, bəri (after an ablative)   T qədər (after a dative)   & və   ~ təxminən   B bazar
s season   c əsr   r Roman number
k a day in the ablative, t in the dative, i with -dək, beside d and o
"""

from collections.abc import Iterable

from index.dates.scan import fold
from index.languages.az import MONTHS

_CASES = """
    ı i u ü ın in un ün ında ində unda ündə ından indən undan ündən da də dan dən
    a ə ya yə ına inə una ünə nın nin
    """.split()

_PLAIN = (
    ("W", 2, "çərşənbə"), ("W", 4, "cümə"), ("W", 5, "şənbə"), ("B", 0, "bazar"),
    ("Z", 0, "ertəsi"), ("G", 0, "axşamı"), ("e", 0, "gün günü"),
    ("w", 0, "həftə həftənin həftədə"),
    ("l", 0, "ay ayın ayda ayında ayından ayının ayı"),
    ("y", 0, "il ilin ildə ildən ilə il. ili ilində"),
    ("y", 1, "illər illərdə illərin illərində illəri"),
    ("q", 0, "rüb rübün rübdə rübü rübündə"), ("h", 0, "yarısı yarısında yarım yarımil"),
    ("m", 0, "həmin"), ("R", -1, "keçən ötən"), ("R", 0, "bu cari"), ("R", 1, "gələn növbəti"),
    ("A", -1, "dünən"), ("A", 0, "bugün"), ("A", 1, "sabah"),
    ("y", 0, "ilədək ilinədək"), ("c", 0, "əsr əsrin əsrdə əsrində"),
    ("s", 1, "yaz yazda yazında yazın"), ("s", 2, "yay yayda yayında yayın"),
    ("s", 3, "payız payızda payızında payızın"), ("s", 4, "qış qışda qışında qışın"),
    ("E", 0, "əvvəli əvvəlində əvvəlindən əvvəlinə əvvəllərində"), ("E", 2, "ortalarında"),
    ("E", 1, "sonu sonunda sonunadək sonuna sonlarında sonlarına axırı"),
    ("<", 0, "əvvəl qabaq"), ("f", 0, "sonra bəri etibarən"), ("T", 0, "qədər dək kimi"),
    ("&", 0, "və"), ("~", 0, "təxminən"), ("P", -1, "son"),
    ("O", 1, "birinci ilk"), ("O", 2, "ikinci"),
    ("O", 3, "üçüncü"), ("O", 4, "dördüncü"),
)  # fmt: skip
_NUMBERS = "bir iki üç dörd beş altı yeddi səkkiz doqquz on".split()


_ROMANS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI".split()


def _inflected(stem: str) -> Iterable[str]:
    return (fold(stem + ending) for ending in ("", *_CASES))


def _words() -> dict[str, tuple[str, int]]:
    words: dict[str, tuple[str, int]] = {}
    for number, name in enumerate(MONTHS, 1):
        words.update(dict.fromkeys(_inflected(name), ("M", number)))
    words.update({fold(name): ("Q", number) for number, name in enumerate(_NUMBERS, 1)})
    words.update({fold(roman): ("r", number) for number, roman in enumerate(_ROMANS, 1)})
    for symbol, value, forms in _PLAIN:
        words.update(dict.fromkeys((fold(form) for form in forms.split()), (symbol, value)))
    return words


WORDS = _words()

_ORDINAL_ENDINGS = frozenset(fold(ending) for ending in "ci cı cu cü inci ıncı uncu üncü".split())
_LOCATIVE = frozenset(
    "da də si sı su sü i ı u ü ında ində sında sində".translate(str.maketrans("ı", "i")).split()
)
_ABLATIVE = frozenset("dan dən".split())
_DATIVE = frozenset("a ə na nə ya yə".split())
_LIMIT = frozenset("dək nadək nədək".split())


def ordinal(value: int, ending: str) -> tuple[str, int] | None:
    """Return the symbol of a number with an Azerbaijani ending: «2026-cı», «5-də», «8-dən»."""
    if ending in _ORDINAL_ENDINGS:
        return ("Y", value) if 1000 <= value <= 2199 else ("o", value)
    if not 1 <= value <= 31:
        return None
    for symbol, endings in (("o", _LOCATIVE), ("k", _ABLATIVE), ("t", _DATIVE), ("i", _LIMIT)):
        if ending in endings:
            return (symbol, value)
    return None
