"""Archives looked through before anything is unpacked: counted, bounded, nothing beyond their root.

Python's reader stops at the size that an entry declares, so what is declared bounds what is read.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePosixPath

from bot.errors import UserError

# Source of the three: docs/reliability.md, what is read apart.
MOST_ENTRIES = 1_000
MOST_UNPACKED_BYTES = 50_000_000
MOST_RATIO = 100

#: Below this a high ratio is no danger: an empty table of a spreadsheet packs well.
RATIO_FROM_BYTES = 1_000_000


@contextmanager
def opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    """Yield an archive that is safe to unpack in memory.

    Raises:
        UserError: it is damaged, too large, has a password or leads out of itself.

    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _require_safe(archive.infolist(), len(content))
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise UserError("The file is damaged.") from error


def _require_safe(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if len(entries) > MOST_ENTRIES:
        raise UserError("There are more than {n} files in the archive.", n=MOST_ENTRIES)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED_BYTES:
        raise UserError("Unpacked, the file is larger than 50 MB.")
    if unpacked > RATIO_FROM_BYTES and unpacked > packed * MOST_RATIO:
        raise UserError("The file unpacks to far more than it is. I do not open such files.")
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        has_drive = any(":" in part for part in path.parts[:1])
        if path.is_absolute() or has_drive or ".." in path.parts:
            raise UserError("A file in the archive has a name that leads out of it.")
        if entry.flag_bits & 1:
            raise UserError("The file is protected by a password. Remove the password, please.")
