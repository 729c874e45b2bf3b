"""Whom the author's words about a quote name: a person, a body, a document, a role or a pronoun.

Grammar only: who the person is that a role or pronoun means is for `speakers`.
"""

import re

from index.quotes.attribution import Attribution
from index.quotes.passing import (
    find_according,
    find_cited,
    find_impersonal,
    find_owner,
    find_relayed,
    is_last_being,
)
from index.quotes.phrases import Word, words_in
from index.quotes.verb_subject import find_subject
from index.speech import is_finite, is_impersonal, is_relaying, is_saying, is_saying_gerund
from index.types import Span


def find_attribution(masked: str, clause: Span, names: list[Span], *, after: bool) -> Attribution:
    """Return whom a clause names as the speaker.

    `names` are the places of persons in the clause that may be its subject, in text order. `after`
    says that the clause follows the quote, so its first verb counts; else its last one does.
    """
    words = words_in(masked, clause)
    if not after:
        words, names = _without_asides(masked, clause, words, names)
    according = find_according(words, names)
    verbs = [at for at, w in enumerate(words) if is_saying(w.form) and not _is_name_word(w, names)]
    if according is not None and not _is_overruled(according[0], verbs, words, names, after=after):
        return according[1]
    if not after and (owned := _owned(words, names, verbs)) is not None:
        return owned
    if not verbs:
        verbs = [at for at, w in enumerate(words) if is_saying_gerund(w.form)][-1:]
    if not verbs:
        verbs = [at for at, w in enumerate(words) if is_finite(w.form) and w.form.islower()][:1]
    at = None if not verbs else verbs[0] if after else verbs[-1]
    if at is not None and is_impersonal(words[at].form):
        return find_impersonal(masked, words, at, clause)
    if at is not None and is_relaying(words[at].form):
        relayed = find_relayed(words, names, at)
        if relayed is not None:
            return relayed
    if not after:
        place = words[at].start if at is not None else None
        names = _acting(masked, clause, names, place)
    return find_subject(masked, words, at, names, clause, after=after)


def _acting(masked: str, clause: Span, names: list[Span], verb: int | None) -> list[Span]:
    """Return the names before a quote that may say it: not «Ветров, которого называли «…»»."""
    free = [name for name in names if not _OBJECT.match(masked, name.stop)]
    if verb is None:
        return free
    return [name for name in free if not _is_aside(masked, clause, name, verb)]


def _without_asides(
    masked: str, clause: Span, words: list[Word], names: list[Span]
) -> tuple[list[Word], list[Span]]:
    """Return the words and names outside of dashes: «Мэр — он торопился — сказал»."""
    asides = [Span(*m.span()) for m in _ASIDE.finditer(masked, clause.start, clause.stop)]
    kept = [w for w in words if not any(a.start <= w.start < a.stop for a in asides)]
    if not asides or not any(is_saying(w.form) for w in kept):
        return words, names
    return kept, [n for n in names if not any(a.start <= n.start < a.stop for a in asides)]


def _owned(words: list[Word], names: list[Span], verbs: list[int]) -> Attribution | None:
    """Return whose words a clause announces by a noun: «слова Ветрова», «ответ дворника»."""
    is_said = bool(verbs) and not is_last_being(words)
    return find_cited(words, names) or (None if is_said else find_owner(words, names))


def _is_overruled(
    according: int, verbs: list[int], words: list[Word], names: list[Span], *, after: bool
) -> bool:
    """Return whether a verb of saying with a subject of its own counts more than «по словам»."""
    if after:
        return bool(verbs) and verbs[0] <= according
    return bool(verbs) and verbs[-1] > according and _has_subject(words, verbs[-1], names)


def _is_name_word(word: Word, names: list[Span]) -> bool:
    return any(span.start <= word.start < span.stop for span in names)


def _has_subject(words: list[Word], verb: int, names: list[Span]) -> bool:
    return any(
        abs(span.start - words[verb].stop) < 4 or abs(words[verb].start - span.stop) < 4
        for span in names
    )


def _is_aside(masked: str, clause: Span, name: Span, verb: int) -> bool:
    """Return whether a name before the verb stands between dashes: «оглядев гостей — …, —»."""
    return bool(
        _DASH.search(masked, name.stop, verb) and _DASH.search(masked, clause.start, name.start)
    )


_OBJECT = re.compile(r",\s+котор(?:ого|ую|ому|ой|ых|ым)\s")

_DASH = re.compile(r"\s[—–]\s")

_ASIDE = re.compile(r"\s[—–]\s[^—–:]{2,160}\s[—–](?=\s)")
