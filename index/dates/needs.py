"""What a rule cannot do without: a text without these symbols need not be searched for it.

Most texts lack most symbols, and a list of dates has used them up after a few rules.
"""

import re

_ATOM = r"(?:\[[^\]]+\]|[^\s?*+(){}|\[\]\\])"
_FIXED = re.compile(rf"({_ATOM})(?![?*{{])")
_OPTIONAL = re.compile(rf"{_ATOM}(?:[?*]|\{{[\d,]+\}})")
#: An innermost group that must match whole, and any other.
_WHOLE = re.compile(r"\((?:\?:|\?P<\w+>)((?:[^()|\\]|\\.)*)\)(?![?*{])")
_GROUP = re.compile(r"\((?:[^()\\]|\\.)*\)(?:[?*]|\{[\d,]+\})?")

#: Symbols that nearly every text has.
_COMMON = frozenset("xdnvaSTKpzg-,.")


def needed(pattern: str) -> bytes:
    """Return symbols of which each match of a pattern holds at least one; none if there are none.

    What stands in a group with alternatives is taken for optional.
    """
    flat = _OPTIONAL.sub(" ", pattern)
    while True:
        shorter = _WHOLE.sub(r"\1", flat)
        shorter = _GROUP.sub(" ", flat, count=1) if shorter == flat else shorter
        if shorter == flat:
            break
        flat = shorter
    if "|" in flat:
        return b""
    atoms = [atom.strip("[]") for atom in _FIXED.findall(flat) if "^" not in atom]
    return min(atoms, key=_weight, default="").encode()


def _weight(symbols: str) -> tuple[int, int]:
    return len(_COMMON.intersection(symbols)), len(symbols)
