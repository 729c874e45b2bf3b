"""Nouns that stand for a person without a name: «политик», «норландец», «победительница».

What a noun may be said of; who it is of in an article is for `called`.
"""

from functools import lru_cache

from index.languages import lemmas
from index.languages.ru import readings
from index.people.kinds import of_a_man
from index.people.posts import Role

#: Roles that may stand for anybody of whom was just spoken: «подчеркнул политик».
_ANAPHORIC = frozenset(
    """
    политик чиновник дипломат эксперт собеседник бизнесмен предприниматель руководитель специалист
    ученый аналитик экономист спортсмен артист писатель парламентарий депутат министр лидер глава
    премьер президент губернатор спикер юрист актер актриса певец певица режиссер музыкант тренер
    футболист академик профессор политолог журналист правозащитник сенатор мэр оппозиционер блогер
    кандидат активист генерал полковник адмирал космонавт чемпион чемпионка спортсменка боксер
    хоккеист теннисист теннисистка форвард вратарь нападающий защитник пловец гонщик художник
    скульптор поэт драматург композитор дирижер пианист продюсер телеведущий миллиардер банкир
    бизнесвумен адвокат обвиняемый подсудимый осужденный задержанный чиновница журналистка
    свидетель потерпевший пострадавший истец ответчик заявитель спасатель лауреат
    женщина мужчина девушка юноша пенсионер пенсионерка рекордсмен шахматист
    писательница сопредседатель вице-премьер экс-министр экс-президент историк социолог демограф
    парень мальчик девочка подросток старик старушка миллионер олигарх звезда знаменитость легенда
    ветеран юбиляр именинник именинница новичок дебютант герой героиня кумир виновник виновница
    гость гостья финалист призер медалист соискатель исследователь рассказчик мэтр маэстро наставник
    """.split()
)
#: The same, unless the article says that he is something else: «сказал врач» of a patient.
_OCCUPATIONS = frozenset(
    "выпускник школьник студент водитель летчик капитан продавец фермер врач учитель педагог медик "
    "повар строитель инженер изобретатель фотограф".split()
)
#: Words that add nothing to an anaphoric role: «глава ведомства».
_VAGUE = frozenset(
    "ведомство компания организация регион фонд министерство учреждение край республика область "
    "страна государство город банк клуб агентство регулятор вуз палата фракция партия комиссия "
    "театр музей мир команда сборная турнир соревнование конкурс исследование проект книга гонка "
    "бывший".split()
)

#: What somebody did of whom a noun tells a deed, besides the verb it is made of.
_DEEDS = {
    "победитель": "победа победить выиграть одержать обыграть опередить первый завоевать",
    "чемпион": "чемпионство титул выиграть победить победа завоевать",
    "финалист": "финал",
    "призер": "занять приз медаль бронза серебро",
    "лауреат": "премия награда удостоить получить",
    "обладатель": "получить завоевать выиграть обладать",
    "рекордсмен": "рекорд",
    "создатель": "создать основать придумать разработать запустить",
    "основатель": "основать создать учредить открыть",
    "владелец": "владеть купить приобрести открыть принадлежать",
    "спасатель": "спасти вытащить вынести",
    "спаситель": "спасти вытащить вынести",
    "организатор": "организовать провести устроить",
    "дебютант": "дебют дебютировать",
    "новичок": "перейти подписать контракт прийти",
    "истец": "иск подать потребовать",
    "проигравший": "проиграть уступить",
}


@lru_cache(10_000)
def deeds_of(noun: str) -> frozenset[str]:
    """Return the words that tell what somebody did to be called so: «победитель», who won."""
    noun = of_a_man(noun)
    if noun in _DEEDS:
        return frozenset({noun, *_DEEDS[noun].split()})
    made = noun.removesuffix("тель") + "ть"
    is_made = noun.endswith("тель") and any(
        r.is_known and "INFN" in r.grammemes for r in readings(made)
    )
    return frozenset({noun, lemmas(made)[0]}) if is_made else _NOTHING


_NOTHING: frozenset[str] = frozenset()

#: What the other one did: who lost, and to whom, is told of the winner.
_DEEDS_OF_THE_OTHER = {
    "победитель": frozenset({"проиграть", "уступить"}),
    "проигравший": frozenset({"победить", "обыграть", "выиграть"}),
}


def deeds_of_the_other(noun: str) -> frozenset[str]:
    """Return what the other of two did, where a noun is of one of them: the winner's loser lost."""
    return _DEEDS_OF_THE_OTHER.get(of_a_man(noun), _NOTHING)


def is_by_deed_alone(noun: str) -> bool:
    """Return whether a noun means nobody where no deed is told: of two, nobody knows who won."""
    return of_a_man(noun) in _DEEDS_OF_THE_OTHER


#: Nouns for people in «-ец» that are of no country.
_NO_COUNTRY = frozenset(
    """
    продавец певец боец гребец отец жилец очевидец владелец торговец вдовец мудрец купец борец
    пловец делец творец чтец жрец близнец младенец первенец беглец храбрец юнец гонец ловец
    кормилец умелец страдалец питомец выдвиженец переселенец иждивенец доброволец погорелец
    добровольец знаменосец самоубийца кузнец конец перец упрямец совладелец сиделец скиталец
    """.split()
)
_OF_COUNTRIES = ("ец", "анин", "янин")
_OTHER_COUNTRIES = frozenset(
    """
    француз немец грек поляк турок чех швед финн серб хорват болгарин венгр румын грузин татарин
    башкир латыш словак француженка немка гречанка полька турчанка чешка шведка финка сербка
    хорватка болгарка венгерка румынка грузинка татарка узбек казах таджик киргиз
    """.split()
)


def is_from(noun: str, word: str) -> bool:
    """Return whether a word is of the country that a noun is of: «португалец», «Португалия»."""
    stem = noun.removesuffix("ка").removesuffix("ец").removesuffix("ин").removesuffix("ан")
    least = max(_LEAST_COUNTRY, len(stem) - 3)
    return word != noun and len(word) > least and word[:least] == noun[:least]


_LEAST_COUNTRY = 4


@lru_cache(10_000)
def is_of_a_country(noun: str) -> bool:
    """Return whether a noun says where somebody is from: «норландец», «португалка»."""
    if noun in _OTHER_COUNTRIES:
        return True
    first = readings(noun)[0].grammemes
    if not {"NOUN"} <= first or noun in _NO_COUNTRY:
        return False
    if noun.endswith(_OF_COUNTRIES):
        return "anim" in first and len(noun) > _LEAST_OF_A_COUNTRY
    of_man = noun.removesuffix("ка").removesuffix("й").removesuffix("ь") + "ец"
    is_known = any(r.is_known and "anim" in r.grammemes for r in readings(of_man))
    is_woman = noun.endswith(("анка", "янка", "ийка")) or not readings(noun)[0].is_known
    return noun.endswith("ка") and (is_known or is_woman) and of_man not in _NO_COUNTRY


_LEAST_OF_A_COUNTRY = 5

#: Who is mentioned for the first time by one of these, however often they speak.
_STRANGERS = frozenset(
    """
    автор источник житель жительница горожанин горожанка очевидец прохожий
    представитель представительница участник участница сотрудник сотрудница
    посетитель посетительница покупатель
    клиент зритель зрительница болельщик пассажир пассажирка пользователь читатель читательница
    подписчик родственник родственница знакомый знакомая приятель друг подруга сосед соседка
    коллега корреспондент репортер ведущий ведущая сторонник сторонница противник критик оппонент
    соперник соперница конкурент человек работник работница официант охранник кассир сторож
    дежурный волонтер комментатор однокурсник одноклассник начальник начальница командир бригадир
    """.split()
)


def may_mean_anybody(role: Role) -> bool:
    """Return whether a role may be of whoever was spoken of, whatever he is."""
    word = of_a_man(role.post)
    return word in _ANAPHORIC or is_of_a_country(role.post) or bool(deeds_of(role.post))


def is_occupation(role: Role) -> bool:
    """Return whether a role may be of whoever was spoken of, unless he is something else."""
    return of_a_man(role.post) in _OCCUPATIONS


def is_stranger(noun: str) -> bool:
    """Return whether a noun is rather of somebody new: «рассказал житель деревни»."""
    return noun in _STRANGERS or of_a_man(noun) in _STRANGERS


def is_vague(role: Role) -> bool:
    """Return whether nothing beside the noun tells one from another: «опытный глава ведомства»."""
    return not said_beside(role)


def said_beside(role: Role) -> frozenset[str]:
    """Return the words of a role that tell one from another: «создатель «Вершины»»."""
    made = frozenset({"новый"}) if deeds_of(role.post) else _NOTHING  # «новый чемпион»
    beside = role.body - made - _VAGUE
    return frozenset(word for word in beside if not _is_quality(word))


@lru_cache(10_000)
def _is_quality(word: str) -> bool:
    """Return whether an adjective says how somebody is: «опытный», not «областной», «новый»."""
    return word not in _OF_OTHERS and "Qual" in readings(word)[0].grammemes


_OF_OTHERS = frozenset("новый другой второй следующий прежний нынешний младший".split())
