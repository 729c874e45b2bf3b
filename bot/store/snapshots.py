"""The index kept in a file beside the database, so that a start maps it instead of building it.

The file is never the truth: one that is damaged, or made of something else, is built anew from the
store. It is written whole under another name and then renamed, so a kill leaves the one before.

Its form: the arrays one after another, each at a multiple of `ALIGNED`; a JSON text that names them
and says what they were made of; and `FOOTER`, which has the length of that text, the CRC-32 of all
before it, and `MAGIC`.
"""

import json
import mmap
import os
import struct
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from bot.failpoints import reach
from index.bm25 import Array, Arrays
from index.errors import SnapshotError

#: The name of the file in the data folder.
SNAPSHOT_NAME = "index.snapshot"

#: Changes whenever the form of the file does.
MAGIC = b"PARAGRF1"
FOOTER = struct.Struct("<II8s")

#: Where arrays begin: a line of a processor's cache.
ALIGNED = 64


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index was made of: the rules, and the last change of the corpus that it has.

    `at` is the moment of that change, as text: a database put back from a backup may have another
    change of the same number.
    """

    rules: str
    seq: int
    at: str


def write_snapshot(path: Path, arrays: Arrays, stamp: Stamp) -> None:
    """Put an index into the file, whole or not at all.

    Raises: OSError when there is no room, or no right to write.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            _write(file, arrays, stamp)
            file.flush()
            os.fsync(file.fileno())
        reach("snapshot.before_rename")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_snapshot(path: Path) -> tuple[Stamp, dict[str, Array]]:
    """Return the stamp and the arrays of the index in the file, mapped and read-only.

    Takes about a second a gigabyte, for the checksum.

    Raises:
        FileNotFoundError: there is none.
        OSError: it cannot be read.
        SnapshotError: it is damaged, cut, or none of ours.

    """
    try:
        with path.open("rb") as file:
            content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        length, checksum, magic = FOOTER.unpack(content[-FOOTER.size :])
    except (ValueError, struct.error) as error:  # an empty file cannot be mapped
        raise SnapshotError("it is cut") from error
    if magic != MAGIC:
        raise SnapshotError("it is cut, or none of ours")
    body = content[: -FOOTER.size]
    if _checksum(zlib.crc32(body), length) != checksum:
        raise SnapshotError("it is damaged")
    about = json.loads(bytes(body[len(body) - length :]))
    arrays = {name: _view(body, *place) for name, place in about["arrays"].items()}
    return Stamp(**about["stamp"]), arrays


def _write(file: BinaryIO, arrays: Arrays, stamp: Stamp) -> None:
    """Write the arrays, what they are, and the footer."""
    checksum, at = 0, 0
    places = {}
    for name, array in arrays.items():
        content = np.ascontiguousarray(array).view(np.uint8).data
        gap = bytes(-at % ALIGNED)
        file.write(gap)
        file.write(content)
        checksum = zlib.crc32(content, zlib.crc32(gap, checksum))
        places[name] = (array.dtype.str, at + len(gap), len(array))
        at += len(gap) + content.nbytes
    about = json.dumps({"stamp": asdict(stamp), "arrays": places}).encode()
    file.write(about)
    length = len(about)
    file.write(FOOTER.pack(length, _checksum(zlib.crc32(about, checksum), length), MAGIC))


def _checksum(of_body: int, length: int) -> int:
    """Return the checksum of all that the file says, its own length of text included."""
    return zlib.crc32(struct.pack("<I", length), of_body)


def _view(body: memoryview, kind: str, at: int, size: int) -> Array:
    return np.frombuffer(body, np.dtype(kind), size, at)
