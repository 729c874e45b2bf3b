"""Russian: dictionary forms and grammar by pymorphy3, stop words, months."""

from dataclasses import dataclass
from functools import cache, lru_cache

from pymorphy3 import MorphAnalyzer
from pymorphy3.analyzer import Parse

from index.types import Reading

#: Parses less likely than this are dropped. OpenCorpora's scores are estimated from a small
#: corpus, so the bar is low: «стали» keeps «сталь» (0.02), which policy texts do mean.
_LEAST_SCORE = 0.01

#: An imperative is rare in prose; pymorphy3 gives it half of «нашли» («наслать», «найти»).
_IMPERATIVE_WEIGHT = 0.1

#: «ИИ» in capitals is an abbreviation, whatever else «ии» may be a form of («Ия»).
_CAPITALS_WEIGHT = 10.0

_NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn", "Trad"})

MONTHS = (
    *("январь", "февраль", "март", "апрель", "май", "июнь"),
    *("июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"),
)

#: Function words, question words and the verbs a question is built with. By lemma; a form stands
#: here when its lemma means something else.
STOP_WORDS = frozenset(
    """
    а без более бы быть в ведь весь во вот вместе впрочем вы где да даже для до другой его ее её
    если есть еще ещё ж же за здесь и из или им их к каждый как какой каков каково какова каковы
    ко когда который кто куда ли либо мочь может можно мой мы на над надо наш не него нее ней
    некоторый нет ни них но ну о об оба один однако он она они оно от откуда очень перед по под
    после потом потому почему при про раз разве с сам самый свой себя скажи сказать сколь сколько
    со собой та так также такой там твой те тем то тогда тоже только тот ты у уж уже чего чей чем
    через что чтобы чтоб чья чьё чье эта эти это этот я являться
    теперь сейчас сегодня завтра вчера снова опять возле около сквозь вокруг среди между против
    насчет именно вообще примерно почти обычно никогда всегда
    нужно нужный надо че чё чо шо щас ваще типа короче
    зачем насколько какие ответь расскажи рассказать подскажи подсказать назови назвать пожалуйста
    """.split()
)


def lemmas(form: str, *, is_upper: bool = False) -> tuple[str, ...]:
    """Return the plausible lemmas of a folded Russian form, the likeliest first; never empty.

    The score of a lemma is the sum over its parses, since pymorphy3 scores each case by itself.
    `is_upper` says that the word was written in capitals, which speaks for an abbreviation.
    """
    scores: dict[str, float] = {}
    for parse in _analyzer().parse(form):
        weight = _IMPERATIVE_WEIGHT if "impr" in parse.tag else 1.0
        if is_upper and "Abbr" in parse.tag:
            weight = _CAPITALS_WEIGHT
        lemma = parse.normal_form.replace("ё", "е")
        scores[lemma] = scores.get(lemma, 0.0) + parse.score * weight
    best = max(scores.values())
    kept = [lemma for lemma, score in scores.items() if score >= min(best, _LEAST_SCORE)]
    return tuple(sorted(kept, key=lambda lemma: -scores[lemma]))


def is_known(form: str) -> bool:
    """Return whether the dictionary has a folded form as it is, without guessing by its ending."""
    return bool(_analyzer().word_is_known(form))


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the likeliest parse of a word says of it, in OpenCorpora's names.

    `part`: NOUN, VERB, INFN, PRTS…; `tense`: past, pres, futr; `number`: sing, plur; or "".
    `cases` are the cases of all its readings as a noun or an adjective.
    """

    part: str
    tense: str
    aspect: str
    number: str
    lemma: str
    cases: frozenset[str]

    @property
    def is_finite(self) -> bool:
        """Return whether the word is a predicate: a finite verb or a short participle."""
        return self.part in {"VERB", "PRTS"}


@lru_cache(50_000)
def grammar(form: str) -> Grammar:
    """Return the grammar of a word in lower case; of what is no Russian word, an empty one."""
    parses = _analyzer().parse(form)
    best = parses[0]
    cases = {p.tag.case for p in parses if p.tag.POS in {"NOUN", "ADJF", "NPRO", "PRTF"}}
    return Grammar(
        part=str(best.tag.POS or ""),
        tense=str(best.tag.tense or ""),
        aspect=str(best.tag.aspect or ""),
        number=str(best.tag.number or ""),
        lemma=best.normal_form.replace("ё", "е"),
        cases=frozenset(str(case) for case in cases),
    )


@lru_cache(100_000)  # as many forms as `index.languages` keeps the lemmas of
def readings(word: str) -> tuple[Reading, ...]:
    """Return what a Russian word form may be, the likeliest first; never empty.

    Source: grammemes of OpenCorpora (Name, Surn, Patr, Geox, Orgn, anim, nomn, masc, …).
    """
    return tuple(
        Reading(
            lemma=parse.normal_form.replace("ё", "е"),
            grammemes=parse.tag.grammemes,
            is_known=parse.is_known,
        )
        for parse in _analyzer().parse(word.lower())
    )


def is_name(form: str) -> bool:
    """Return whether the dictionary has a folded form, and takes it for a name first of all."""
    reading = readings(form)[0]
    return reading.is_known and not _NAMES.isdisjoint(reading.grammemes)


def nominative(word: str, kind: str, gender: str) -> str | None:
    """Return the nominative singular of a name in lower case, or None if it is not such a name.

    `kind` is the grammeme it must have (Name, Surn or Patr), `gender` is masc or femn.
    """
    for parse in _analyzer().parse(word.lower()):
        if kind in parse.tag and (gender in parse.tag or "ms-f" in parse.tag):
            form = parse.inflect({"nomn", "sing", gender})
            if form is not None:
                return str(form.word)
    return None


#: As many adjectives as stand before the noun of a title: «первый временный исполняющий».
_MOST_ADJECTIVES = 5


@lru_cache(20_000)
def nominative_phrase(phrase: str, cases: frozenset[str] | None = None) -> str | None:
    """Return a noun phrase with its first noun and the adjectives before it in the nominative.

    «новом заявлении МИД» → «новое заявление МИД»; what follows the noun stays. Capitals are kept.
    `cases` are those the phrase may stand in, all if None. None where it is not certain: the words
    agree in no case, or in two that give different words, or a second noun would have to follow
    («учителя и директора»).
    """
    words = phrase.split(" ")
    parses = [_analyzer().parse(word.lower()) for word in words[: _MOST_ADJECTIVES + 1]]
    head = next((at for at, each in enumerate(parses) if _is_noun(each)), None)
    if head is None:
        return None
    nouns = [p for p in parses[head] if "NOUN" in p.tag and (cases is None or p.tag.case in cases)]
    singular = [noun for noun in nouns if noun.tag.number == "sing"]
    readings = (_in_nominative(words, parses, head, noun) for noun in singular or nouns)
    found = {reading for reading in readings if reading is not None}
    return found.pop() if len(found) == 1 else None


def _is_noun(parses: list[Parse]) -> bool:
    """Return whether a word is a noun; «Дзержинского театра» begins with an adjective."""
    return "NOUN" in parses[0].tag and not (
        "Surn" in parses[0].tag and any(parse.tag.POS == "ADJF" for parse in parses)
    )


def _in_nominative(
    words: list[str], parses: list[list[Parse]], head: int, noun: Parse
) -> str | None:
    """Return the phrase when its noun is read so, or None where the words do not agree."""
    lead = noun.inflect({"nomn"})
    if lead is None or _has_second(words[head + 1 :], noun):
        return None
    forms = [*(_agreeing(each, noun) for each in parses[:head]), str(lead.word)]
    if not all(forms):
        return None
    kept = [_like(word, form) for word, form in zip(words, forms, strict=False)]
    return " ".join([*kept, *words[head + 1 :]])


def _agreeing(parses: list[Parse], noun: Parse) -> str:
    """Return the nominative of an adjective that agrees with a noun, "" if it does not."""
    for parse in parses:
        tag = parse.tag
        if tag.POS in {"ADJF", "PRTF"} and (tag.case, tag.number) == (
            noun.tag.case,
            noun.tag.number,
        ):
            is_same = tag.gender in {noun.tag.gender, None} or noun.tag.gender not in {
                "masc",
                "femn",
                "neut",
            }
            if is_same and (form := parse.inflect({"nomn"})):
                return str(form.word)
    return ""


def _has_second(rest: list[str], noun: Parse) -> bool:
    """Return whether a noun for a person in the same case is joined to the first one."""
    if noun.tag.case == "nomn" or noun.tag.animacy != "anim":
        return False
    for before, word in zip(["", *rest], rest, strict=False):
        first = _analyzer().parse(word.lower())[0].tag
        is_same = "NOUN" in first and first.animacy == "anim" and first.case == noun.tag.case
        if is_same and (first.case != "gent" or before in {"и", "-", "–", "—"}):
            return True
    return False


def _like(word: str, form: str) -> str:
    """Return the form with the capitals of the word; the word itself where only those differ."""
    if word.lower() == form or word.lower() == form.replace("ё", "е"):
        return word
    return form[:1].upper() + form[1:] if word[:1].isupper() else form


@cache
def _analyzer() -> MorphAnalyzer:
    """Return the analyzer, loaded at the first Russian word: about 0.1 s and 20 MB."""
    return MorphAnalyzer(lang="ru")
