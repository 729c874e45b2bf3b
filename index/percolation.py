"""Which topics a passage is about: the search turned round, many stored queries and one new text.

A topic is a set of lemmas, never a regular expression: every word that it names must be in one
passage, in any form or as a synonym, and none that it excludes.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from index.languages import group_compounds, is_stop_word, tokenize
from index.ranking import MOST_WORDS
from index.synonyms import Phrase, Synonyms, shipped
from index.types import Token

#: A word to be found: any one of its phrases, of which all lemmas must be there.
Need = tuple[Phrase, ...]

#: Paths of one topic in the tree: more take room and save no time.
MOST_READINGS = 16

#: A word that is not wanted begins with a hyphen, or with what a phone makes of one.
_EXCLUDED = re.compile(r"(?<!\S)[-–—−](?=\w)(\S+)")


@dataclass(frozen=True, slots=True)
class TopicQuery:
    """The words of a topic, each with its synonyms: those wanted, and those not wanted."""

    include: tuple[Need, ...]
    exclude: tuple[Need, ...] = ()

    def matches(self, lemmas: AbstractSet[str]) -> bool:
        """Return whether a passage with these lemmas is about the topic; never for no words."""
        return (
            bool(self.include)
            and all(_is_met(need, lemmas) for need in self.include)
            and not any(_is_met(need, lemmas) for need in self.exclude)
        )

    @property
    def lemmas(self) -> frozenset[str]:
        """Return the lemmas that speak for the topic, to be highlighted."""
        return frozenset(lemma for need in self.include for phrase in need for lemma in phrase)


def read_topic(text: str, synonyms: Synonyms | None = None) -> TopicQuery:
    """Return what a person follows by some words: «хартия -учения» is the charter, not the drill.

    Stop words say nothing. A word that may have several dictionary forms is met by any of them.
    """
    table = synonyms or shipped()
    unwanted = " ".join(match[1] for match in _EXCLUDED.finditer(text))
    return TopicQuery(
        _needs(_EXCLUDED.sub(" ", text), table),
        tuple(need for word in unwanted.split() for need in _needs(word, table)),
    )


def widen(query: TopicQuery, words: str, table: Synonyms) -> TopicQuery:
    """Return a topic with the synonyms that the corpus has given itself since it was read.

    `words` are those that it was read from, or their beginning.
    """
    needs = (*query.include, *query.exclude)
    if table.own.isdisjoint(lemma for need in needs for phrase in need for lemma in phrase):
        return query
    known = read_topic(words)
    if (set(known.include), set(known.exclude)) == (set(query.include), set(query.exclude)):
        return read_topic(words, table)
    include, exclude = (
        tuple(
            _unique((*need, *(other for each in need for other in table.others.get(each, ()))))
            for need in needs
        )
        for needs in (query.include, query.exclude)
    )
    return TopicQuery(include, exclude)


class Percolator:
    """The topics of many followers, arranged so that a new text finds those that it is about.

    A tree of lemmas: each path from the root is a set of lemmas that some topics need, so that
    going down by the lemmas of a text meets no topic of which a word is missing.

    Source: I. Savnik, Index data structure for fast subset and superset queries, 2013.
    """

    def __init__(self) -> None:
        self._root = _Node()
        self._queries: dict[int, TopicQuery] = {}
        self._paths: dict[int, tuple[tuple[str, ...], ...]] = {}
        self._counts: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._queries)

    def add(self, topic_id: int, query: TopicQuery) -> None:
        """Follow a topic, in place of what was followed under this number."""
        self.remove(topic_id)
        if not query.include:
            return
        readings, is_whole = _readings(query.include)
        # The rarest first: few paths begin with a lemma that a text has.
        paths = tuple(tuple(sorted(each, key=self._rank)) for each in readings)
        self._queries[topic_id] = query
        self._paths[topic_id] = paths
        for path in paths:
            self._counts.update(path)
            node = self._root
            for lemma in path:
                node = node.children.setdefault(lemma, _Node())
            node.add(topic_id, is_proof=is_whole and not query.exclude)

    def remove(self, topic_id: int) -> None:
        """Follow a topic no more."""
        if self._queries.pop(topic_id, None) is None:
            return
        for path in self._paths.pop(topic_id):
            self._counts.subtract(path)
            nodes = [self._root]
            for lemma in path:
                nodes.append(nodes[-1].children[lemma])
            nodes[-1].discard(topic_id)
            for lemma, parent in zip(reversed(path), reversed(nodes[:-1]), strict=True):
                if parent.children[lemma].is_empty:
                    del parent.children[lemma]

    def find(self, passages: Sequence[AbstractSet[str]]) -> tuple[int, ...]:
        """Return the topics that at least one of these passages is about, by number."""
        found: set[int] = set()
        for lemmas in passages:
            candidates: set[int] = set()
            self._root.collect(lemmas, found, candidates)
            found.update(key for key in candidates - found if self._queries[key].matches(lemmas))
        return tuple(sorted(found))

    def _rank(self, lemma: str) -> tuple[int, str]:
        return self._counts[lemma], lemma


class _Node:
    """A place in the tree: the topics whose path ends here, proved by it or still to be looked at.

    Few topics end in most places, so the sets are made when they are needed.
    """

    __slots__ = ("candidates", "children", "proved")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.proved: set[int] | None = None
        self.candidates: set[int] | None = None

    @property
    def is_empty(self) -> bool:
        """Return whether nothing ends here or below."""
        return not (self.children or self.proved or self.candidates)

    def add(self, topic_id: int, *, is_proof: bool) -> None:
        """Let a topic end here."""
        if is_proof:
            self.proved = set() if self.proved is None else self.proved
            self.proved.add(topic_id)
        else:
            self.candidates = set() if self.candidates is None else self.candidates
            self.candidates.add(topic_id)

    def discard(self, topic_id: int) -> None:
        """Let a topic end here no more."""
        for topics in (self.proved, self.candidates):
            if topics:
                topics.discard(topic_id)

    def collect(self, lemmas: AbstractSet[str], proved: set[int], candidates: set[int]) -> None:
        """Add the topics of all paths that these lemmas have."""
        for lemma in self.children.keys() & lemmas:
            child = self.children[lemma]
            if child.proved:
                proved |= child.proved
            if child.candidates:
                candidates |= child.candidates
            if child.children:
                child.collect(lemmas, proved, candidates)


def _readings(needs: Sequence[Need]) -> tuple[list[frozenset[str]], bool]:
    """Return sets of lemmas, one of which any text that meets the needs has; and if that is all.

    Words with many synonyms multiply: those beyond `MOST_READINGS` are left out.
    """
    readings, is_whole = [frozenset[str]()], True
    for need in sorted(needs, key=len):
        if len(readings) * len(need) > MOST_READINGS and readings != [frozenset()]:
            is_whole = False
            continue
        readings = [known.union(phrase) for known in readings for phrase in need]
    return list(dict.fromkeys(readings)), is_whole


def _is_met(need: Need, lemmas: AbstractSet[str]) -> bool:
    for phrase in need:
        for lemma in phrase:
            if lemma not in lemmas:
                break
        else:
            return True
    return False


def _needs(text: str, synonyms: Synonyms) -> tuple[Need, ...]:
    """Return the telling words of a text, each once; those of a known phrase are one need."""
    compounds = tuple(group_compounds(tokenize(text)))[:MOST_WORDS]
    needs: list[Need] = []
    place = 0
    while place < len(compounds):
        count, phrase = _longest_phrase(compounds[place:], synonyms)
        if phrase:
            own = tuple(_own(each) for each in compounds[place : place + count])
            joined: Need = own[0] if count == 1 else (phrase,)
            needs.append(_unique((*joined, *synonyms.others[phrase])))
        else:
            needs.append(_own(compounds[place]))
        place += max(count, 1)
    return tuple(dict.fromkeys(needs))


def _longest_phrase(
    compounds: Sequence[Sequence[Token]], synonyms: Synonyms
) -> tuple[int, Phrase | None]:
    """Return how many of the first words are a phrase of the table, and which; 0 for none."""
    for phrase in synonyms.starts.get(compounds[0][0].lemma, ()):
        lemmas: tuple[str, ...] = ()
        for count, compound in enumerate(compounds, start=1):
            lemmas += tuple(token.lemma for token in compound)
            if lemmas == phrase:
                return count, phrase
            if len(lemmas) >= len(phrase):
                break
    return 0, None


def _own(compound: Sequence[Token]) -> Need:
    """Return the ways in which a word may stand: each of its lemmas, a compound's parts."""
    whole, *parts = compound
    split = tuple(part.lemma for part in parts if not is_stop_word(part))
    return _unique((*((lemma,) for lemma in whole.lemmas), *((split,) if len(split) > 1 else ())))


def _unique(phrases: Iterable[Phrase]) -> Need:
    return tuple(dict.fromkeys(phrases))
