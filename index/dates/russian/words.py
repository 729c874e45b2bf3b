"""Russian words that speak of time, each form with its symbol and value.

v a S T K p z f g   в на с до к по за после от         b начиная
M month   W weekday   s season   y год   l месяц   w неделя   e день   q квартал   h полугодие
L лет   c век   J декада месяца   F полгода   C числа   X выходные
R этот 0, прошлый -1, следующий 1   P последние -1, ближайшие 1   H половина
E начало 0, середина 2, конец 1
O ordinal word   Q number word   G time of day   A вчера…   U накануне   < назад   j через
u с.г.   m того =  же (того же года)   ~ около   ! не   > позднее   ^ ранее   & и
@ н. э.   B между
"""

from collections.abc import Iterable

_Words = dict[str, tuple[str, int]]

_ADJECTIVE = (
    "ый ий ой ого его ому ему ым им ом ем ая яя ой ей ую юю ое ее ые ие ых их ыми ими".split()
)


def _forms(stem: str, endings: str) -> list[str]:
    return [stem + ("" if ending == "0" else ending) for ending in endings.split()]


def _put(words: _Words, symbol: str, value: int, forms: Iterable[str]) -> None:
    words.update(dict.fromkeys(forms, (symbol, value)))


def _adjective(*stems: str) -> list[str]:
    return [stem + ending for stem in stems for ending in _ADJECTIVE]


_MONTH_STEMS = "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр".split()
_SHORT_MONTHS = (
    ("янв.", 1), ("февр.", 2), ("фев.", 2), ("мар.", 3), ("апр.", 4), ("авг.", 8), ("сент.", 9),
    ("сен.", 9), ("окт.", 10), ("нояб.", 11), ("ноя.", 11), ("дек.", 12),
)  # fmt: skip
_WEEKDAYS = (
    "понедельник понедельника понедельнику понедельником понедельнике",
    "вторник вторника вторнику вторником вторнике",
    "среду среды среде средой среда",
    "четверг четверга четвергу четвергом четверге",
    "пятницу пятницы пятнице пятницей пятница",
    "субботу субботы субботе субботой суббота",
    "воскресенье воскресенья воскресенью воскресеньем",
)
_ORDINALS = (
    "перв втор треть четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат "
    "четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат"
).split()
_NUMBERS = (
    (1, "один одну одного одной одна одно"),
    (2, "два две двух двумя двум пару"),
    (3, "три трех тремя трем"),
    (4, "четыре четырех четырьмя"),
    (5, "пять пяти"),
    (6, "шесть шести"),
    (7, "семь семи"),
    (8, "восемь восьми"),
    (9, "девять девяти"),
    (10, "десять десяти"),
    (11, "одиннадцать одиннадцати"),
    (12, "двенадцать двенадцати"),
    (15, "пятнадцать пятнадцати"),
    (20, "двадцать двадцати"),
    (30, "тридцать тридцати"),
    (40, "сорок сорока"),
    (50, "пятьдесят"),
    (100, "сто"),
)
_ROMANS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI".split()
_DECADES = (
    (2000, "нулевые нулевых нулевым двухтысячные двухтысячных двухтысячным"),
    (1990, "девяностые девяностых девяностым"),
    (1980, "восьмидесятые восьмидесятых восьмидесятым"),
    (1970, "семидесятые семидесятых семидесятым"),
    (1960, "шестидесятые шестидесятых шестидесятым"),
)
_PLAIN = (
    ("v", 0, "в во"), ("a", 0, "на"), ("S", 0, "с со"), ("T", 0, "до"), ("K", 0, "к ко"),
    ("p", 0, "по"), ("z", 0, "за"), ("f", 0, "после"), ("g", 0, "от"), ("b", 0, "начиная"),
    ("B", 0, "между"), ("&", 0, "и или"),
    ("~", 0, "около примерно приблизительно ориентировочно порядка"), ("!", 0, "не"),
    (">", 0, "позднее позже"), ("^", 0, "ранее раньше"), ("<", 0, "назад тому"),
    ("j", 0, "через спустя"), ("C", 0, "числа"), ("X", 0, "выходные выходных уикенд уик-энд"),
    ("y", 0, "год года году годом годе г. гг. годы годов годам годами годах гг"), ("L", 0, "лет"),
    ("l", 0, "месяц месяца месяцу месяцем месяце месяцы месяцев мес."),
    ("w", 0, "неделя недели неделе неделю неделей недель неделями"),
    ("e", 0, "день дня дней сутки суток"),
    ("q", 0, "квартал квартала кварталу кварталом квартале кварталы кварталов кварталах кв."),
    ("h", 0, "полугодие полугодия полугодию полугодием полугодии"),
    ("c", 0, "век века веке веку веком столетия столетии"), ("J", 0, "декада декады декаде декаду"),
    ("F", 0, "полгода"), ("H", 0, "половина половины половине половину половиной"),
    ("A", 0, "сегодня"), ("A", -1, "вчера"), ("A", 1, "завтра"), ("A", -2, "позавчера"),
    ("u", 0, "с.г."), ("@", 0, "н.э."), ("m", 0, "того том"), ("=", 0, "же"),
    ("A", 2, "послезавтра"),
    ("U", 0, "накануне"),
    ("G", 0, "утром днем вечером ночью утро вечер ночь утра вечера ночи полдень полночь"),
    ("E", 0, "начало начале началу начала началом"),
    ("E", 2, "середина середине середину середины"),
    ("E", 1, "конец конце концу конца концом исходе"),
    ("R", -2, "позапрошлом позапрошлого позапрошлый позапрошлой позапрошлую позапрошлым"),
    ("R", 0, "этот этого этому этим этом эта этой эту эти этих сего"),
)  # fmt: skip


def _words() -> _Words:
    words: _Words = {}
    for number, stem in enumerate(_MONTH_STEMS, 1):
        endings = "0 а у ом е" if stem in {"март", "август"} else "ь я ю ем е и"
        _put(words, "M", number, _forms(stem, "й я ю ем е" if stem == "ма" else endings))
    words.update({short: ("M", number) for short, number in _SHORT_MONTHS})
    for number, forms in enumerate(_WEEKDAYS):
        _put(words, "W", number, forms.split())
    for number, forms in (
        (1, "весна весны весне весну весной весною"),
        (2, "лето лета лету летом лете"),
        (3, "осень осени осенью"),
        (4, "зима зимы зиме зиму зимой зимою"),
    ):
        _put(words, "s", number, forms.split())
    for value, stems in (
        (-1, "прошл прошедш минувш предыдущ истекш"),
        (0, "нынешн текущ"),
        (1, "следующ будущ наступающ грядущ предстоящ"),
    ):
        _put(words, "R", value, _adjective(*stems.split()))
    _put(words, "P", -1, _adjective("последн"))
    _put(words, "P", 1, _adjective("ближайш"))
    for number, stem in enumerate(_ORDINALS, 1):
        _put(words, "O", number, _adjective(stem) + _forms(stem, "ье ья ьего ьем ьей ьему ью"))
    _put(words, "O", 30, _adjective("тридцат"))
    for number, forms in _NUMBERS:
        _put(words, "Q", number, forms.split())
    _put(words, "I", 15, ["полтора", "полутора"])  # in tenths of the unit
    for number, roman in enumerate(_ROMANS, 1):
        words.setdefault(roman.lower(), ("r", number))
        words[roman.lower().replace("x", "х").replace("i", "і")] = ("r", number)
    for decade, forms in _DECADES:
        _put(words, "D", decade, forms.split())
    for symbol, value, forms in _PLAIN:
        _put(words, symbol, value, forms.split())
    return words


WORDS: _Words = _words()

_ORDINAL_ENDINGS = frozenset("го ого его му ому й ый ой ий е ое я ая ю ую м ом ем".split())
_DECADE_ENDINGS = frozenset("е ые х ых ми ыми".split())


def ordinal(value: int, ending: str) -> tuple[str, int] | None:
    """Return the symbol of a number with a Russian ending: «21-го», «2014-м», «90-е»."""
    if ending in _DECADE_ENDINGS and value % 10 == 0:
        if 20 <= value <= 90:
            return ("D", 1900 + value)
        if 1000 <= value <= 2190:
            return ("D", value)
    if ending not in _ORDINAL_ENDINGS:
        return None
    if 1000 <= value <= 2199:
        return ("Y", value)
    return ("o", value) if 1 <= value <= 31 else None
