"""Files that were uploaded, and the size of pictures."""

import hashlib
import struct
from dataclasses import dataclass

from bot.simulator.wire import Json

DOWNLOAD_LIMIT_BYTES = 20 * 1024 * 1024  # Source: Bot API, getFile
UPLOAD_LIMIT_BYTES = 50 * 1024 * 1024  # Source: Bot API, sendDocument
PHOTO_LIMIT_BYTES = 10 * 1024 * 1024  # Source: Bot API, sendPhoto


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file on Telegram's side. `size` may be larger than what is really kept."""

    file_id: str
    unique_id: str
    name: str
    mime: str
    content: bytes
    size: int
    kind: str

    @property
    def path(self) -> str:
        """Where it can be downloaded, below `/file/bot<token>/`."""
        return f"{self.kind}s/{self.unique_id}_{self.name}"

    def to_json(self) -> Json:
        """Return what every kind of file has in the Bot API."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}


class FileStore:
    """Files by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(
        self, name: str, mime: str, content: bytes, *, kind: str, size: int | None = None
    ) -> StoredFile:
        """Return the file as stored. `size` pretends a size other than that of `content`."""
        digest = hashlib.sha256(content + name.encode()).hexdigest()[:16]
        file_id = f"{kind}-{digest}-{len(self._by_id) + 1}"
        file = StoredFile(
            file_id, digest, name, mime, content, len(content) if size is None else size, kind
        )
        self._by_id[file_id] = file
        self._by_path[file.path] = file
        return file

    def find(self, file_id: str) -> StoredFile | None:
        """Return the file with this id, or None."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """Return the file downloadable at `path`, or None."""
        return self._by_path.get(path)


def image_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels of a PNG, GIF or JPEG picture, or None for anything else.

    Source: PNG 11.2.2 (IHDR), GIF89a 18, JPEG ITU T.81 B.2.2 (SOF).
    """
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in {b"GIF87a", b"GIF89a"} and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        # SOF0–SOF15 without DHT, JPG and DAC, which share the range.
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return None
