"""Which bodies a reader's words name: by lemma, by abbreviation, in Latin letters."""

from collections.abc import Sequence

from index.languages import is_stop_word, tokenize
from index.people.sounds import sounds, stem_sounds
from index.types import Token


def match_body(query: str, bodies: Sequence[tuple[str, str | None]]) -> tuple[int, ...]:
    """Return the places of the bodies, names with abbreviations, that `query` names, best first.

    Every word of the query must be in the name, in any form; of several names the one that has the
    fewest others. «минэнерго», «министерства энергетики», «SOCAR» name a body. Never raises.
    """
    wanted = [_keys(token) for token in _telling(query)]
    if not wanted:
        return ()
    found = []
    for place, (name, abbreviation) in enumerate(bodies):
        short = [_keys(token) for token in _telling(abbreviation or "")]
        for words in ([_keys(token) for token in _telling(name)], short):
            if words and all(any(keys & word for word in words) for keys in wanted):
                found.append((len(words) - len(wanted), place))
                break
    return tuple(place for _, place in sorted(found))


def _telling(text: str) -> list[Token]:
    return [token for token in tokenize(text) if not is_stop_word(token)]


def _keys(token: Token) -> frozenset[str]:
    """Return what a word is compared by: its lemmas and what it and its stem sound like."""
    return frozenset({*token.lemmas, token.form}) | sounds(token.form) | stem_sounds(token.form)
