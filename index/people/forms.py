"""Name words: which names a word form may be, in which cases and genders.

Word forms only; which words of a text are a person is for `names`.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from index.languages import fold
from index.languages.ru import nominative, readings
from index.people.given import given_forms
from index.types import Reading

CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})
GENDERS = frozenset({"masc", "femn"})

#: (case, gender) pairs a form may stand in.
Agreement = frozenset[tuple[str, str]]

#: Of a word that keeps one form, or of which nothing is known.
ANY_AGREEMENT: Agreement = frozenset((case, gender) for case in CASES for gender in GENDERS)

_CASE_NAMES = {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}

#: First names, without case endings, that the dictionary lacks or has as something else.
_GIVEN_STEMS = frozenset(
    """
    аннален аннегрет антони арарат бауыржан баходир бинал болат бьорн ваагн вугар гитанас
    гурбангул гюлер даурен джейхун ерлан есихидэ жанар жахонгир жоа жомарт зузан ка карлос
     кемал кириакос масуд матте мевлют метт мигел микаил милош наваз нарек нарендр ниджат
    никол никос олаф орхан петтер раджнатх рашад румен садыр салом санн саул севиндж сердар сигэр
    синдз темур тосимиц тэмм уилл улоф ульви фаттах фейсал фелип хакан хамад шахбаз шахин
    шерзод эв эльшад эмманюэл янез яшар
    """.split()
)

#: Case endings of names, the longest first: what is left is the same in every case.
_ENDINGS = re.compile(
    r"(?:ыми|ими|ого|его|ому|ему|аем|ою|ею|ой|ей|ом|ем|ым|им|ых|их|ая|ай|аю|ае|ую|ый|(?<=к)ий|[аяуюеыиоьй])$"
)
_LEAST_STEM = 2
#: Foreign names as short as this («Ху», «Сон») seldom change.
_SHORT = 3

#: First names of women that read as the genitive of a man's name; the dictionary has «Дмитрия» too.
_NAMES_OF_WOMEN = frozenset(
    "александра валентина евгения валерия юлия антонина карла роберта паула джорджа камила "
    "даниэла габриэла михаэла клаудия луиса патриция лаура стефания виктория мартина "
    "сона ирма эмилия кая".split()
)

#: The dictionary has these men, but «Марину Лугову» is a woman.
_HARDLY_MEN = frozenset({"марин", "алин"})

#: What a surname no dictionary knows may be by its last letters, when its bearer is a man or a
#: woman. A foreign woman's surname in a consonant has one form (Меркель).
_GUESSES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    (r"(?<=...)[ое]м$", ("nomn", "ablt", "loct"), tuple(CASES)),  # Рамосом, but also Блумом
    (r"[бвгджзклмнпрстфхцчшщьй]$", ("nomn",), tuple(CASES)),
    (r"[сц]кая$", (), ("nomn",)),
    (r"[сц]кую$", (), ("accs",)),
    (r"(?<=..)(?:ов|ев|ёв|ин|ын)а$", ("gent", "accs"), ("nomn",)),
    (r"[ая]$", ("gent", "accs", "nomn"), ("nomn",)),
    (r"ии$", ("gent", "datv", "loct"), ("gent", "datv", "loct")),  # Лавении: rather a country
    (r"(?:еску|[аяо]ну|[шч]ку|ару)$", tuple(CASES), tuple(CASES)),  # Ионеску, Молдовану
    (r"[оеиуэ]у$", tuple(CASES), tuple(CASES)),  # Тупоу
    (r"[ую]$", ("datv", "accs"), ("accs",)),
    (r"(?:ом|ем|ым|им)$", ("ablt", "loct"), ()),
    (r"[сц]кой$", (), ("gent", "datv", "ablt", "loct")),
    (r"(?:ой|ей)$", ("ablt", "nomn"), ("gent", "datv", "ablt", "loct")),
    (r"(?:ого|его)$", ("gent", "accs"), ()),
    (r"(?:ому|ему)$", ("datv",), ()),
    (r"(?:ов|ев|ёв|ин|ын|ск|цк)е$", ("loct", "datv"), ("datv", "loct")),
    (r"[аоеу]йе$", ("datv", "loct"), ("datv", "loct")),  # Гойе
    (r"е$", tuple(CASES), tuple(CASES)),  # Фекете, Гёте
)


@dataclass(frozen=True, slots=True)
class NameForm:
    """What a capitalised word may be in a name. `is_common` is a word of the dictionary besides."""

    is_name: bool
    is_surname: bool
    is_patronymic: bool
    is_place: bool
    is_body: bool
    is_common: bool
    is_known: bool
    is_role: bool

    @property
    def is_proper(self) -> bool:
        """Return whether the dictionary has it as a name of a person."""
        return self.is_name or self.is_surname or self.is_patronymic


@lru_cache(100_000)
def name_form(word: str) -> NameForm:
    """Return what `word` may be in a name; a guess of pymorphy3 counts only for surnames."""
    found = readings(word)
    known = [r.grammemes for r in found if r.is_known]
    tags = frozenset().union(*known) if known else frozenset[str]()
    guessed = frozenset().union(*(r.grammemes for r in found))
    # «Айвазов» is a surname, though it may be the genitive of several people called Айваз.
    is_many = any("Name" in g for g in known) and all("plur" in g for g in known if "Name" in g)
    common = [g for g in known if not g & {"Name", "Surn", "Patr", "Geox", "Orgn", "Abbr"}]
    if not known and "-" in word and (parts := _parts_of_a_role(word) or _parts_of_a_name(word)):
        return parts
    is_given = stem(word) in _GIVEN_STEMS or bool(given_forms(word))
    if word[:1].isupper() and is_given and ("Name" not in tags or is_many):
        return NameForm(
            is_name=True,
            is_surname="Surn" in tags,
            is_patronymic=False,
            is_place=False,
            is_body=False,
            is_common=True,
            is_known=True,
            is_role=False,
        )
    return NameForm(
        is_name="Name" in tags and not is_many,
        is_surname="Surn" in tags or is_many or (not known and "Surn" in guessed),
        is_patronymic="Patr" in tags
        or (not known and "Patr" in guessed and bool(_PATRONYMIC.search(word))),
        is_place=any("Geox" in g and not ("plur" in g and "Pltm" not in g) for g in known),
        is_body="Orgn" in tags or "Abbr" in tags or bool(_BODY.match(word)),
        is_common=bool(common),
        is_known=bool(known),
        is_role=bool(role_readings(word)),
    )


#: How patronymics end, in any case: pymorphy3 guesses more.
_PATRONYMIC = re.compile(r"(?:ич|[иы]чн|[ое]вн)[а-яё]{0,3}$")

#: Bodies by a name put together of parts: «Минцифры», «Росстандарт», «Центризбирком».
_BODY = re.compile(
    r"(?:Мин(?:цифр|фин|юст|обр|здрав|эк|энерг|строй|сель|транс|пром|культ|спорт|труд|природ|наук|оборон"
    r"|торг|связ|нефт|вод|инфо|ин)|Рос(?:стат|стандарт|атом|космос|\w+надзор|\w+агентств)"
    r"|Гос(?:дум|\w+надзор|ком|агентств|департамент)|Центр(?:о?банк|избирком)|Нацбанк|Генштаб"
    r"|Ген(?:прокуратур|консульств)|Евро(?:комисси|совет|парламент|союз)|Верх(?:суд|рад))"
)


def _parts_of_a_role(word: str) -> NameForm | None:
    """Return what «куплетист-остроумец» is: a noun for a person, when each part is one."""
    parts = word.split("-")
    if not all(len(part) > 2 and role_readings(part.lower()) for part in parts):
        return None
    return replace(name_form(parts[-1].lower()), is_role=True)


def _parts_of_a_name(word: str) -> NameForm | None:
    """Return what «Анна-Мария», «Ханс-Йорг» is: a first name, when each part is one."""
    parts = word.split("-")
    forms = [name_form(part) for part in parts if part[:1].isupper()]
    if len(forms) < len(parts) or not all(form.is_name and form.is_known for form in forms):
        return None
    return replace(forms[-1], is_surname=False, is_place=False, is_common=False)


def is_role_noun(reading: Reading) -> bool:
    """Return whether the reading is a common noun for a person: «скульптор», «глава»."""
    tags = reading.grammemes
    if "NOUN" not in tags or tags & {"Name", "Surn", "Patr", "Geox", "Init", "Abbr", "Orgn"}:
        return False
    return reading.lemma in ROLE_NOUNS or ("anim" in tags and reading.lemma not in _NO_ROLES)


@lru_cache(100_000)
def role_readings(word: str) -> tuple[Reading, ...]:
    """Return the readings of `word` as a noun for a person; none if it is rather a function word.

    «после» may be of «посол», and is not.
    """
    found = readings(word)
    if len(word) <= 2 or not (is_role_noun(found[0]) or found[0].grammemes & {"ADJF", "PRTF"}):
        return ()
    return tuple(r for r in found if r.is_known and is_role_noun(r))


#: Living beings that do not speak, and nouns for people that say nothing of a role.
_NO_ROLES = frozenset(
    """
    рыба корова собака кошка кот лошадь птица зверь животное медведь волк лиса заяц мышь крыса змея
    курица свинья овца коза бык слон тигр лев обезьяна насекомое пчела муха комар бактерия вирус
    микроорганизм существо труп покойник робот кукла валет козел барс тигр краб лосось икра малек
    спутник истребитель бомбардировщик разведчик вертолет
    """.split()
)

#: Nouns for people that the dictionary has as things.
ROLE_NOUNS = frozenset("источник ветеран".split())


@lru_cache(100_000)
def agreement(word: str, kind: str) -> Agreement:
    """Return the cases and genders of a name word; `kind` is Name, Surn or Patr.

    A word the dictionary does not know as such a name is guessed by its ending.
    """
    found: set[tuple[str, str]] = set()
    for reading in readings(word):
        tags = reading.grammemes
        if kind == "Name" and reading.lemma in _HARDLY_MEN:
            continue
        if reading.is_known and kind in tags and "plur" not in tags:
            found |= {(case, gender) for case in cases(tags) for gender in genders(tags)}
    if kind == "Name":
        found |= given_forms(word)
        if fold(word) in _NAMES_OF_WOMEN:
            found.add(("nomn", "femn"))
    if kind == "Surn" and not found:
        found = _as_name_of_a_man(word)
    if found:
        return frozenset(found)
    keeps_form = len(word) <= _SHORT or (kind == "Name" and fold(word)[-1] in "уюиоэ")
    return ANY_AGREEMENT if keeps_form else _guess(fold(word))


def _as_name_of_a_man(word: str) -> set[tuple[str, str]]:
    """Return in which cases a surname may stand that is a man's first name: «Лютфи Ахата».

    A woman's such surname has one form.
    """
    tags = [r.grammemes for r in readings(word) if r.is_known and "Name" in r.grammemes]
    found = {(c, "masc") for t in tags if "masc" in t and "plur" not in t for c in cases(t)}
    if ("nomn", "masc") in found and fold(word)[-1] not in "аяйь":
        found |= {(case, "femn") for case in CASES}
    return found


def likeliest_gender(word: str) -> str | None:
    """Return the gender that a first name read alone has, when it may be a man's genitive too.

    «Эльмира» is a woman, or «of Эльмир»; None for names that need no such guess.
    """
    if word[1:2] in {"", "."}:
        return None
    found = agreement(word, "Name")
    is_open = {("gent", "masc"), ("nomn", "femn")} <= found and ("nomn", "masc") not in found
    if not is_open or fold(word) in _NAMES_OF_WOMEN:
        return None
    tags = next((r.grammemes for r in readings(word) if "Name" in r.grammemes), frozenset())
    return "femn" if "femn" in tags else "masc"


def cases(tags: frozenset[str]) -> frozenset[str]:
    """Return the cases among the grammemes; rare second cases count as the first."""
    named = {_CASE_NAMES.get(tag, tag) for tag in tags}
    return frozenset(named & CASES)


def genders(tags: frozenset[str]) -> frozenset[str]:
    """Return masc and femn as far as the grammemes allow; a common gender allows both."""
    return (tags & GENDERS) or GENDERS


@lru_cache(100_000)
def stem(word: str) -> str:
    """Return what a name has in common in all its cases: «Алиева», «Алиевым» → «алиев»."""
    return "-".join(_stem(part) for part in fold(word).split("-"))


def _stem(word: str) -> str:
    cut = _ENDINGS.sub("", word)
    return cut if len(cut) >= _LEAST_STEM else word


@lru_cache(100_000)
def name_keys(word: str) -> frozenset[str]:
    """Return the dictionary forms of a first name, and its stem: «Павла» → павел, павл."""
    found = {r.lemma for r in readings(word) if "Name" in r.grammemes and r.is_known}
    return frozenset({*found, *(stem(lemma) for lemma in found), stem(word)})


def to_nominative(word: str, kind: str, gender: str) -> str:
    """Return the nominative of one name word, capitals kept; a foreign name loses its ending."""
    form = nominative(word, kind, gender)
    if form is None or not readings(word)[0].is_known:
        form = _cut(word, kind, gender)
    return "-".join(part[:1].upper() + part[1:] for part in form.split("-"))


def _cut(word: str, kind: str, gender: str) -> str:
    lower = word.lower()
    if re.search(r"[аоеу]йе$", lower):  # «Монтойе»
        return lower.removesuffix("е") + "я"
    if gender == "masc" and kind != "Patr":
        for ending, put in (("ского", "ский"), ("скому", "ский"), ("ским", "ский")):
            if lower.endswith(ending):
                return lower.removesuffix(ending) + put
        if kind == "Surn" and re.search(r"[аеоу]я$", lower):
            return lower.removesuffix("я") + "й"  # «Ивана Рея»
        lemma = readings(word)[0].lemma
        if lower.endswith("ем") and lemma == lower.removesuffix("ем") + "ь":
            return lemma  # «Мигелем»
        return re.sub(r"(?<=[бвгджзклмнпрстфхцчшщ])(?:ом|ем|ым|а|у)$|(?<=[иоеё][вн])е$", "", lower)
    if gender == "femn" and re.search(r"(?:ов|ев|ин)(?:ой|у)$", lower):
        return re.sub(r"(?:ой|у)$", "а", lower)
    if gender == "femn" and re.search(r"(?:ск|цк)(?:ой|ую)$", lower):
        return re.sub(r"(?:ой|ую)$", "ая", lower)
    return lower


def _guess(form: str) -> Agreement:
    for pattern, masculine, feminine in _GUESSES:
        if re.search(pattern, form):
            return frozenset({*((c, "masc") for c in masculine), *((c, "femn") for c in feminine)})
    return ANY_AGREEMENT
