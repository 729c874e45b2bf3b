"""Nouns for people that mean the same post, and those that mean any of several: «дипломат»."""

from functools import lru_cache

from index.languages.ru import readings

#: Each line is one post by several names.
_SAME = """
форвард нападающий
вратарь голкипер кипер
полузащитник хавбек
тренер наставник коуч
мэр градоначальник
адвокат защитник правозаступник
прокурор гособвинитель обвинитель
учитель педагог преподаватель
врач медик
фигурант обвиняемый подсудимый осужденный подозреваемый
бизнесмен предприниматель коммерсант
депутат парламентарий
писатель литератор романист прозаик
певец исполнитель вокалист
актер артист
фермер аграрий
пилот летчик
военный военнослужащий
эколог экоактивист
потерпевший пострадавший
школьник ученик учащийся семиклассник восьмиклассник девятиклассник десятиклассник
"""

#: A word, and what may stand for the post of whom it means.
_KINDS = {
    "дипломат": "посол консул генконсул постпред поверенный атташе посланник представитель "
    "foreign_minister deputy_foreign_minister state_secretary spokesman переговорщик советник",
    "политик": "президент премьер депутат сенатор лидер министр губернатор мэр спикер канцлер "
    "кандидат глава president premier chancellor speaker foreign_minister vice_premier "
    "defence_minister economy_minister energy_minister председатель вице-спикер экс-президент",
    "чиновник": "министр замминистра заместитель глава начальник руководитель мэр губернатор "
    "председатель директор вице-премьер вице-мэр замглава премьер префект уполномоченный "
    "foreign_minister vice_premier defence_minister economy_minister energy_minister представитель",
    "ученый": "профессор академик доцент исследователь научный доктор кандидат член-корреспондент "
    "физик химик биолог астроном математик аспирант сотрудник геолог археолог историк",
    "спортсмен": "форвард вратарь защитник полузащитник чемпион чемпионка боксер пловец пловчиха "
    "гонщик лыжник биатлонист теннисист футболист хоккеист бегун легкоатлет гимнаст борец капитан "
    "призер дебютант теннисистка лыжница биатлонистка шахматист",
    "футболист": "форвард вратарь защитник полузащитник капитан дебютант",
    "хоккеист": "форвард вратарь защитник капитан дебютант",
    "игрок": "форвард вратарь защитник полузащитник капитан футболист хоккеист дебютант",
    "врач": "главврач хирург терапевт педиатр онколог кардиолог реаниматолог эпидемиолог "
    "инфекционист нейрохирург",
    "силовик": "генерал полковник майор капитан",
    "офицер": "генерал полковник майор капитан лейтенант подполковник командир",
    "военный": "генерал полковник майор капитан адмирал командующий командир подполковник",
    "бизнесмен": "владелец совладелец основатель гендиректор директор глава миллиардер",
    "топ-менеджер": "гендиректор директор глава президент вице-президент руководитель",
    "эксперт": "аналитик экономист политолог профессор социолог демограф директор юрист историк "
    "сотрудник доцент климатолог руководитель",
    "специалист": "тренер аналитик инженер эксперт врач сотрудник эпидемиолог",
    "правоохранитель": "следователь начальник полковник майор подполковник генерал",
    "законодатель": "депутат сенатор",
    "юрист": "адвокат прокурор судья нотариус",
    "режиссер": "руководитель постановщик худрук основатель",
    "литератор": "поэт драматург",
    "музыкант": "скрипач пианист гитарист дирижер композитор певец виолончелист барабанщик",
    "космонавт": "командир бортинженер",
    "священнослужитель": "епископ митрополит патриарх священник архиепископ",
    "священник": "протоиерей иерей настоятель",
    "хозяйка": "владелица",
    "хозяин": "владелец",
    "топ-чиновник": "министр вице-премьер",
    "министр": "foreign_minister defence_minister economy_minister energy_minister",
    "мастер": "художник скульптор",
}

#: Each line is of parts that nobody has two of at once, as one text tells it.
_OPPOSITE = """
адвокат прокурор судья следователь обвиняемый задержанный потерпевший свидетель истец ответчик
вратарь нападающий полузащитник защитник тренер судья арбитр болельщик
учитель ученик студент
врач пациент больной
писатель читатель
мэр губернатор министр посол
победитель проигравший
режиссер зритель
продавец покупатель
водитель пешеход пассажир
руководитель инженер рабочий водитель продавец сотрудник работник
директор инженер рабочий водитель продавец сотрудник работник
"""

_LINES: dict[str, set[int]] = {}
for _at, _line in enumerate(_SAME.strip().splitlines()):
    for _word in _line.split():
        _LINES.setdefault(_word, set()).add(_at)

_PARTS = [frozenset(line.split()) for line in _OPPOSITE.strip().splitlines()]

_MEMBERS = {kind: frozenset(words.split()) for kind, words in _KINDS.items()}

#: How words for women are made of those for men: «учительница», «сотрудница», «спортсменка».
_OF_WOMEN = (
    ("тельница", "тель"),
    ("ница", "ник"),
    ("лица", "лец"),
    ("вица", "вец"),
    ("истка", "ист"),
    ("сменка", "смен"),
    ("триса", "тор"),
    ("триса", "тер"),
    ("есса", ""),
    ("ка", ""),
)


@lru_cache(10_000)
def of_a_man(lemma: str) -> str:
    """Return the word for a man that a word for a woman is made of, or the word itself."""
    for ending, other in _OF_WOMEN:
        made = lemma.removesuffix(ending) + other
        if made != lemma and lemma.endswith(ending) and _is_person(made):
            return made
    return lemma


def _is_person(word: str) -> bool:
    return any(r.is_known and {"NOUN", "anim"} <= r.grammemes for r in readings(word)[:1])


@lru_cache(10_000)
def is_same_post(one: str, other: str) -> bool:
    """Return whether two nouns are one post: a «голкипер» is a «вратарь»."""
    one, other = of_a_man(one), of_a_man(other)
    return one == other or bool(_LINES.get(one, _NONE) & _LINES.get(other, _NONE))


_NONE: set[int] = set()


@lru_cache(10_000)
def are_opposite(one: str, other: str) -> bool:
    """Return whether nobody is both at once: an «адвокат» and the «подсудимый»."""
    if is_same_post(one, other):
        return False
    return any(
        any(is_same_post(one, part) for part in line)
        and any(is_same_post(other, part) for part in line)
        for line in _PARTS
    )


@lru_cache(10_000)
def is_kind(word: str) -> bool:
    """Return whether a noun may stand for people of several posts."""
    return any(is_same_post(word, kind) for kind in _MEMBERS)


@lru_cache(10_000)
def is_kind_of(asked: str, held: str) -> bool | None:
    """Return whether one who holds a post is called so; None when the word is of no kind here."""
    kinds = [kind for kind in _MEMBERS if is_same_post(asked, kind)]
    return any(of_a_man(held) in _MEMBERS[kind] for kind in kinds) if kinds else None
