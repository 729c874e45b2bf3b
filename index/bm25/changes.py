"""Changes: the next snapshot after documents come or go, and the upkeep of its segments.

Each function makes a new snapshot beside the given one, which readers may go on using.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from index.bm25.segment import Segment, build, merge, with_average, without
from index.bm25.snapshot import Snapshot
from index.errors import UnknownDocumentError

# A segment is merged into the one before it unless that one is so many times larger: each posting
# is then copied a few times in its life, and a search visits few segments.
GROWTH = 8
# More segments than this are not kept: each costs a search 30 to 45 µs.
SEGMENTS = 5
# A segment with a larger share of removed documents is cleaned of them.
DEAD_SHARE = 1 / 8
# Past this drift of the average length the impacts of a segment are computed anew.
DRIFT = 0.05


def with_documents(
    snapshot: Snapshot, documents: Sequence[Sequence[str]], counted: Sequence[int] | None = None
) -> Snapshot:
    """Return the snapshot after `documents` were added as one more segment.

    `counted` are their lengths for scores, those that they have if None.
    """
    sizes = np.fromiter(map(len, documents), np.int32, len(documents))
    lengths = sizes if counted is None else np.array(counted, np.int32)
    terms = snapshot.vocabulary.add(documents, int(sizes.sum(dtype=np.int64)))
    segment = build(snapshot.numbers, terms, sizes)
    df = np.zeros(len(snapshot.vocabulary), np.int32)
    df[: len(snapshot.df)] = snapshot.df
    df[segment.terms] += np.diff(segment.starts).astype(np.int32)
    after = replace(
        snapshot,
        lengths=np.concatenate([snapshot.lengths, lengths]),
        live=np.concatenate([snapshot.live, np.ones(len(documents), np.bool_)]),
        df=df,
        count=snapshot.count + len(documents),
        tokens=snapshot.tokens + int(lengths.sum(dtype=np.int64)),
    )
    return replace(after, segments=(*snapshot.segments, *_ready(after, segment)))


def _ready(snapshot: Snapshot, segment: Segment) -> tuple[Segment, ...]:
    """Return the segment with impacts for the present average; nothing for one without postings."""
    if not segment.size:
        return ()
    return (with_average(segment, snapshot.lengths, snapshot.average, snapshot.parameters),)


def merged(snapshot: Snapshot, most: float = math.inf, fixed: int = 0) -> Snapshot:
    """Return the snapshot with its last segments merged, as `GROWTH` and `SEGMENTS` demand.

    No more than `most` postings are handled, and none of the first `fixed` segments: those of more
    wait for another time.
    """
    segments = list(snapshot.segments)
    sizes = [segment.size for segment in segments]
    keep = max(fixed, _settled(sizes))
    while sum(sizes[keep:]) > most:
        keep += 1
    dead = snapshot.dead
    if len(segments) - keep > 1:
        first = segments[keep].first
        tail = [_alive(snapshot, segment) for segment in segments[keep:]]
        segments[keep:] = _ready(snapshot, merge(tail))
        dead = dead[dead < first]
    for at in range(fixed, len(segments)):
        if segments[at].size <= most and _has_drifted(snapshot, segments[at]):
            segments[at : at + 1] = _ready(snapshot, segments[at])
    return replace(snapshot, segments=tuple(segments), dead=dead)


def is_settled(snapshot: Snapshot) -> bool:
    """Return whether `merged` would leave everything as it is."""
    sizes = [segment.size for segment in snapshot.segments]
    has_drifted = any(_has_drifted(snapshot, segment) for segment in snapshot.segments)
    return len(sizes) - _settled(sizes) <= 1 and not has_drifted


def with_merged(snapshot: Snapshot, before: Snapshot, after: Snapshot) -> Snapshot:
    """Return the snapshot with the segments of `before` as they are `after` a merge.

    Documents may have come and gone since; where segments of `before` were rewritten meanwhile, the
    merge is of no use and the snapshot stays as it is.
    """
    same = len(before.segments)
    pairs = zip(before.segments, snapshot.segments[:same], strict=False)
    if len(snapshot.segments) < same or any(old is not now for old, now in pairs):
        return snapshot
    gone = np.setdiff1d(before.dead, after.dead)
    return replace(
        snapshot,
        segments=(*after.segments, *snapshot.segments[same:]),
        dead=np.setdiff1d(snapshot.dead, gone),
    )


def _settled(sizes: Sequence[int]) -> int:
    """Return how many of the first segments stay as they are; the rest are to be one."""
    pairs = enumerate(pairwise(sizes))
    keep = next((at for at, (size, later) in pairs if size < GROWTH * later), len(sizes) - 1)
    keep = max(0, min(keep, SEGMENTS - 1))
    while keep and sizes[keep - 1] < GROWTH * sum(sizes[keep:]):
        keep -= 1
    return keep


def _alive(snapshot: Snapshot, segment: Segment) -> Segment:
    """Return the segment without removed documents."""
    dead = snapshot.dead
    removed = bool(((dead >= segment.first) & (dead < segment.stop)).any())
    return without(segment, snapshot.live) if removed else segment


def _has_drifted(snapshot: Snapshot, segment: Segment) -> bool:
    """Return whether the impacts of a segment are far from those at the present average."""
    average = snapshot.average
    return bool(average) and abs(average / segment.average - 1) > DRIFT


def without_documents(snapshot: Snapshot, documents: list[int]) -> Snapshot:
    """Return the snapshot after `documents`, ascending and different, were removed."""
    numbers = np.array(documents, np.int64)
    known = (numbers >= 0) & (numbers < snapshot.numbers)
    known[known] = snapshot.live[numbers[known]]
    if not known.all():
        raise UnknownDocumentError(f"not in the index: {numbers[~known].tolist()}")
    live, df = snapshot.live.copy(), snapshot.df.copy()
    live[numbers] = False
    for segment in snapshot.segments:
        inside = numbers[slice(*numbers.searchsorted((segment.first, segment.stop)))]
        if len(inside):
            np.subtract.at(df, segment.terms_at(segment.places_of(inside)), 1)
    return replace(
        snapshot,
        live=live,
        dead=np.union1d(snapshot.dead, numbers),
        df=df,
        count=snapshot.count - len(numbers),
        tokens=snapshot.tokens - int(snapshot.lengths[numbers].sum(dtype=np.int64)),
    )


def cleaned(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with segments rewritten that hold too many removed documents."""
    segments: list[Segment] = []
    dead = snapshot.dead
    for segment in snapshot.segments:
        inside = (dead >= segment.first) & (dead < segment.stop)
        if inside.sum() <= DEAD_SHARE * (segment.stop - segment.first):
            segments.append(segment)
            continue
        segments.extend(_ready(snapshot, without(segment, snapshot.live)))
        dead = dead[~inside]
    return replace(snapshot, segments=tuple(segments), dead=dead)
