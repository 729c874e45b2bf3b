"""Words of saying: verbs, nouns of utterance, and whether a verb of saying stands beside a place.

By lemma. What a quote is, and who its speaker, is for `quotes` and `people`.
"""

import re
from functools import lru_cache

from index.languages import fold, lemmas
from index.languages.ru import readings
from index.types import Span

#: Verbs that introduce or follow somebody's words in news and official prose.
SAYING = frozenset(
    """
    сказать говорить заявить заявлять отметить отмечать подчеркнуть подчеркивать сообщить сообщать
    добавить добавлять рассказать рассказывать пояснить пояснять объяснить объяснять ответить
    отвечать спросить спрашивать написать писать уточнить уточнять указать указывать напомнить
    напоминать заметить замечать признать признавать признаться признаваться считать полагать
    утверждать уверять заверить заверять заключить заключать резюмировать констатировать
    прокомментировать комментировать произнести произносить воскликнуть восклицать возразить
    возражать обещать пообещать призвать призывать предупредить предупреждать потребовать требовать
    предложить предлагать попросить просить посоветовать советовать поблагодарить поздравить
    выразить выражать выразиться высказать высказывать высказаться высказываться думать подумать
    надеяться настаивать прогнозировать спрогнозировать предположить предполагать предсказать
    предсказывать опровергнуть опровергать отрицать подтвердить подтверждать отозваться оценить
    оценивать охарактеризовать характеризовать назвать называть цитировать процитировать привести
    приводить передать передавать продолжить продолжать поведать поделиться делиться огласить
    объявить объявлять провозгласить провозглашать изложить излагать сформулировать
    сетовать посетовать жаловаться пожаловаться возмутиться возмущаться удивиться удивляться
    пошутить шутить съязвить иронизировать хвалить похвалить критиковать раскритиковать
    парировать отрезать бросить буркнуть прошептать шептать крикнуть кричать закричать
    интересоваться поинтересоваться убедить убеждать акцентировать доложить докладывать отчитаться
    обратиться обращаться опубликовать публиковать сослаться ссылаться осудить осуждать
    обвинить обвинять обосновать вспомнить вспоминать поправить согласиться соглашаться
    расценить расценивать рекомендовать информировать проинформировать скандировать твердить
    повторить повторять проговорить выпалить вздохнуть улыбнуться усмехнуться гласить
    декларировать откликнуться отреагировать реагировать успокоить успокаивать подытожить
    подытоживать обобщить обратить обращать предостеречь предостерегать пригрозить угрожать
    сокрушаться недоумевать негодовать ликовать констатироваться намекнуть намекать рассуждать
    размышлять сообщаться говориться отмечаться подчеркиваться указываться читаться утверждаться
    напоминаться поясняться уточняться рапортовать записать записывать твитнуть выступить выступать
    засвидетельствовать свидетельствовать мотивировать аргументировать описать описывать
    процедить молвить изречь ворчать восхититься восхищаться уверить допустить допускать
    упомянуть упоминать разъяснить разъяснять обмолвиться обронить пробормотать проворчать
    выкрикнуть скомандовать приказать велеть распорядиться отшутиться упрекнуть предречь
    исключить исключать посчитать счесть отмахнуться перебить вторить расстроиться
    """.replace("ё", "е").split()
)

#: Verbs of media that pass on somebody else's words.
RELAYING = frozenset("цитировать процитировать приводить привести передавать передать".split())

#: «говорится в сообщении»: a verb without a speaker of its own.
IMPERSONAL = frozenset(
    "говориться отмечаться подчеркиваться указываться сообщаться утверждаться читаться "
    "поясняться уточняться напоминаться".split()
)
_IMPERSONAL_FORMS = frozenset(
    "сказано отмечено подчеркнуто указано написано заявлено объявлено добавлено".split()
)

#: Short adjectives that stand for a verb of saying: «убеждён министр».
_SURE = frozenset("уверен уверена уверены убежден убеждена убеждены".split())

#: Nouns that announce words: «слова X», «в заявлении говорится», «по мнению X».
UTTERANCES = frozenset(
    """
    слово заявление высказывание цитата ответ вопрос призыв лозунг реплика комментарий обращение
    речь выступление послание письмо интервью признание фраза сообщение вывод мысль тезис мнение
    утверждение текст надпись девиз резолюция запись твит пост предупреждение объяснение пояснение
    """.split()
)

#: Nouns whose genitive is the speaker: «по словам X».
ACCORDING = frozenset(
    "слово мнение данные дать оценка утверждение сведение информация признание убеждение "
    "выражение версия замечание сообщение свидетельство прогноз расчет определение".split()
)

_ADVERBS = frozenset("ранее также уже тогда тоже затем потом вчера сегодня".split())

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_REACH = 60


@lru_cache(100_000)
def is_saying(word: str) -> bool:
    """Return whether the form is a finite verb of saying or stands for one: «сказано»."""
    form = fold(word)
    if form in _SURE or form in _IMPERSONAL_FORMS:
        return True
    return any(
        r.lemma in SAYING and "VERB" in r.grammemes and "impr" not in r.grammemes
        for r in readings(form)
    )


@lru_cache(100_000)
def is_saying_gerund(word: str) -> bool:
    """Return whether the form is «заявив», «отметив», «подчёркивая», or a participle of such."""
    return any(r.lemma in SAYING and r.grammemes & {"GRND", "PRTF"} for r in readings(fold(word)))


@lru_cache(100_000)
def is_saying_infinitive(word: str) -> bool:
    """Return whether the form is an infinitive of saying: «любил повторять»."""
    return any(r.lemma in SAYING and "INFN" in r.grammemes for r in readings(fold(word))[:1])


@lru_cache(100_000)
def is_impersonal(word: str) -> bool:
    """Return whether the form says that something is said and not who says it."""
    return fold(word) in _IMPERSONAL_FORMS or any(lemma in IMPERSONAL for lemma in lemmas(word))


@lru_cache(100_000)
def is_relaying(word: str) -> bool:
    """Return whether the form is «цитирует», «приводит», «передаёт»."""
    return is_saying(word) and any(lemma in RELAYING for lemma in lemmas(word))


@lru_cache(100_000)
def is_finite(word: str) -> bool:
    """Return whether the form may be a predicate: a finite verb, a short participle, «должен»."""
    return any(
        r.is_known and r.grammemes & {"VERB", "PRTS", "ADJS", "PRED"} for r in readings(word)[:3]
    )


@lru_cache(100_000)
def verb_genders(word: str) -> frozenset[str]:
    """Return the genders and numbers a verb's subject may have: of masc, femn, plur.

    A present form in the singular tells no gender.
    """
    found: set[str] = set()
    for reading in readings(fold(word)):
        tags = reading.grammemes
        if tags & {"VERB", "PRTS", "ADJS"}:
            if "plur" in tags:
                found.add("plur")
            else:
                found |= (tags & {"masc", "femn"}) or {"masc", "femn"}
    return frozenset(found) or frozenset({"masc", "femn", "plur"})


def has_saying_verb_beside(text: str, span: Span) -> bool:
    """Return whether the word before or after the place is a verb of saying."""
    left = _WORD.findall(text[max(0, span.start - _REACH) : span.start])
    right = _WORD.match(text, span.stop + 1)
    if right and right[0] in _ADVERBS:
        right = _WORD.match(text, right.end() + 1)
    return bool((left and is_saying(left[-1])) or (right and is_saying(right[0])))
