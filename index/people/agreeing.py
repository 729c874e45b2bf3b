"""In which cases and of which gender a name stands, by the words around it."""

import re
from dataclasses import replace

from index.languages.ru import readings
from index.people.forms import likeliest_gender
from index.people.mention import NameMention
from index.people.roles import head_cases, is_kin, role_before, title_before, title_cases
from index.people.words import is_sentence_start, left_words
from index.speech import is_finite, is_saying, verb_genders
from index.types import Span


def agreeing(text: str, mention: NameMention) -> NameMention:
    """Return the mention in the cases of its title and the gender of the verb beside it."""
    mention = _of_one_gender(text, _as_subject(text, mention))
    if _is_label(text, mention):
        mention = replace(
            mention, readings=frozenset(r for r in mention.readings if r[0] == "nomn")
        )
    kept = mention.readings
    title = role_before(text, mention)
    if title is None and _hangs(text, mention):  # «срок ареста Климова», «имени М. В. Ломова»
        kept = frozenset(r for r in kept if r[0] != "nomn") or kept
    if title is not None:
        head = next((c for w in title.of(text).split(" ") if (c := title_cases(w))), None)
        kept = frozenset(r for r in kept if head is None or r[0] in head) or kept
    place = mention.span if title is None else Span(title.start, mention.span.stop)
    if mention.is_nominative and _says(text, place):
        kept = frozenset(r for r in kept if r[0] == "nomn") or kept
    gender = _verb_gender(text, place) if mention.is_nominative else None
    if gender is not None and ("nomn", gender) in kept:
        kept = frozenset({("nomn", gender)})
    elif gender == "masc" and not mention.first and title is not None:  # «ответил мэр Орлова»
        kept = frozenset(r for r in mention.readings if r != ("nomn", "femn")) or kept
    return replace(mention, readings=kept)


def _as_subject(text: str, mention: NameMention) -> NameMention:
    """Return a foreign name in «-у» as a nominative where its title and verb say so.

    «Президент Лавении Жозе Кардозу написал»: elsewhere the ending is a dative's.
    """
    if mention.is_nominative or mention.surname[-1:] not in _LIKE_DATIVE or not mention.first:
        return mention
    gender = _verb_gender(text, mention.span)
    if gender is None or title_before(text, mention.span.start, frozenset({"nomn"})) is None:
        return mention
    return replace(mention, readings=frozenset({("nomn", gender)}))


_LIKE_DATIVE = frozenset("ую")


def _of_one_gender(text: str, mention: NameMention) -> NameMention:
    """Return a name that is a woman's or a man's in the genitive as what its title or verb says.

    «Заместитель министра Эльмира Касымова» is the deputy; without either the name is as usual.
    """
    likely = likeliest_gender(mention.first)
    if likely is None or len(mention.genders) < len({"masc", "femn"}):
        return mention
    by_gender = {
        gender: replace(mention, readings=frozenset(r for r in mention.readings if r[1] == gender))
        for gender in mention.genders
    }
    noun = _NOUN_BEFORE.search(text, max(0, mention.span.start - 40), mention.span.start)
    told = None if noun and _is_thing(noun["noun"]) else _verb_gender(text, mention.span)
    titles = {gender: role_before(text, each) for gender, each in by_gender.items()}

    before = left_words(text, mention.span.start, limit=1)
    kin = bool(before) and is_kin(before[0][1])  # «отец Кима» is his father

    def weight(gender: str) -> tuple[int, bool, bool]:
        title = titles[gender]
        length = 0 if title is None or kin else title.stop - title.start
        return length, gender == told, gender == likely

    return by_gender[max(sorted(by_gender), key=weight)]


def _says(text: str, place: Span) -> bool:
    """Return whether a name opens its sentence and a verb of saying follows: «Зимина считает»."""
    after = _AFTER.match(text, place.stop)
    return after is not None and is_saying(after[1]) and is_sentence_start(text, place.start)


def _is_label(text: str, mention: NameMention) -> bool:
    """Return whether a name that may be a subject labels its line: «Адвокат Лаптева: …»."""
    if text[mention.span.stop : mention.span.stop + 1] != ":" or not mention.is_nominative:
        return False
    start = text.rfind("\n", max(0, mention.span.start - _MOST_LABEL), mention.span.start) + 1
    before = text[start : mention.span.start].split()
    if start == 0 and mention.span.start > _MOST_LABEL:
        return False
    return not before or bool(head_cases(before[0]) & {"nomn"} and before[0][:1].isupper())


#: «Представитель парламента Кучер:» is among the longest labels.
_MOST_LABEL = 60


def _hangs(text: str, mention: NameMention) -> bool:
    """Return whether a noun that is nobody's title stands before a surname, and no verb behind."""
    is_lone = not mention.first or mention.first[1:2] == "."
    before = _NOUN_BEFORE.search(text, max(0, mention.span.start - 40), mention.span.start)
    if not is_lone or before is None or ("gent", "masc") not in mention.readings:
        return False
    after = _AFTER.match(text, mention.span.stop)
    if after is not None and is_finite(after[1]) and verb_genders(after[1]) == {"femn"}:
        return False  # «вчера вечером Орлова сказала»
    tags = readings(before["noun"])[0].grammemes
    near = left_words(text, mention.span.start, limit=3)
    if "loct" in tags and after is not None and is_finite(after[1]) and _IN & {w for _, w in near}:
        return False  # «в своём письме Челентано призвал»
    if len(near) > _SAID_FROM and _says_from(near, mention):
        return False  # «крикнула с места Вострикова»
    if "ablt" in tags and len(near) > 1 and is_finite(near[1][1]):
        return False  # «развела руками Ветрова»
    return "NOUN" in tags and "anim" not in tags


_SAID_FROM = 2


def _says_from(near: list[tuple[int, str]], mention: NameMention) -> bool:
    """Return whether a verb of saying of the name's gender, and whence, stand before the name."""
    verb, preposition = near[2][1], near[1][1]
    if not is_saying(verb) or "PREP" not in readings(preposition)[0].grammemes:
        return False
    return verb_genders(verb) == {g for case, g in mention.readings if case == "nomn"}


_IN = frozenset("в во на".split())


def _is_thing(word: str) -> bool:
    """Return whether a word is a noun for a thing, and no adverb of time like «вечером»."""
    tags = readings(word)[0].grammemes
    return "NOUN" in tags and not tags & {"anim", "ablt"}


_NOUN_BEFORE = re.compile(r"(?<![а-яё])(?<!\bв )(?<!\bво )(?<!\bна )(?P<noun>[а-яё]{3,}) $")


def _verb_gender(text: str, span: Span) -> str | None:
    """Return the gender a past verb right after the name shows, or a verb of saying before it."""
    after = _AFTER.match(text, span.stop)
    before = left_words(text, span.start, limit=1)
    for word in ([after[1]] if after else []) + [w for _, w in before if is_saying(w)]:
        found = verb_genders(word) if is_finite(word) else frozenset[str]()
        if len(found) == 1 and "plur" not in found:
            return next(iter(found))
    return None


_AFTER = re.compile(r"[ \u00a0](?:также |не |уже |ранее |тоже )?([а-яё]+)")
