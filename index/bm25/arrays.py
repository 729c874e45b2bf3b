"""A snapshot as named arrays and back, so that the world may keep them in files and map them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.bm25.segment import Parameters, Segment
from index.bm25.snapshot import Snapshot
from index.bm25.vocabulary import Vocabulary
from index.errors import SnapshotError

#: What is kept of an index, and all of it by name.
Array = NDArray[Any]
Arrays = Mapping[str, Array]

# Changes whenever the meaning of an array does; a file of another format is rebuilt, not read.
FORMAT = 2
_OF_SNAPSHOT = ("lengths", "live", "dead", "df")
_OF_SEGMENT = (
    "terms", "starts", "documents", "frequencies", "impacts", "large_at", "large",
)  # fmt: skip


def to_arrays(snapshot: Snapshot) -> dict[str, NDArray[Any]]:
    """Return the arrays of a snapshot by name; they share its memory."""
    parameters = snapshot.parameters
    counts = [FORMAT, snapshot.count, snapshot.tokens, len(snapshot.segments)]
    arrays: dict[str, NDArray[Any]] = {
        "counts": np.array(counts, np.int64),
        "parameters": np.array([parameters.k1, parameters.b]),
        **{name: getattr(snapshot, name) for name in _OF_SNAPSHOT},
        **snapshot.vocabulary.to_arrays(len(snapshot.df)),
    }
    for at, segment in enumerate(snapshot.segments):
        arrays[f"segment{at}.range"] = np.array([segment.first, segment.stop], np.int64)
        arrays[f"segment{at}.average"] = np.array([segment.average])
        for name in _OF_SEGMENT:
            arrays[f"segment{at}.{name}"] = getattr(segment, name)
    return arrays


def from_arrays(arrays: Mapping[str, NDArray[Any]]) -> Snapshot:
    """Return the snapshot whose arrays these are; they are used as they are.

    Raises: SnapshotError when one is missing or they are of another format.
    """
    # A plain view of a mapped array: numpy.memmap itself makes each slice ten times as slow.
    arrays = {name: np.asarray(array) for name, array in arrays.items()}
    try:
        form, count, tokens, segments = arrays["counts"].tolist()
        if form != FORMAT:
            raise SnapshotError(f"format {form}, expected {FORMAT}")
        return Snapshot(
            parameters=Parameters(*arrays["parameters"].tolist()),
            vocabulary=Vocabulary.from_arrays(arrays),
            segments=tuple(_segment(arrays, f"segment{at}.") for at in range(segments)),
            count=count,
            tokens=tokens,
            **{name: arrays[name] for name in _OF_SNAPSHOT},
        )
    except (KeyError, ValueError, TypeError) as error:
        raise SnapshotError(f"not an index: {error!r}") from error


def _segment(arrays: Mapping[str, NDArray[Any]], prefix: str) -> Segment:
    """Return the segment whose arrays have names that start with `prefix`."""
    first, stop = arrays[prefix + "range"].tolist()
    (average,) = arrays[prefix + "average"].tolist()
    of_segment = {name: arrays[prefix + name] for name in _OF_SEGMENT}
    return Segment(first=first, stop=stop, average=average, **of_segment)
