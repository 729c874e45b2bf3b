"""The hash by which a stored text is recognised, and known to be whole."""

import hashlib


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hash_bytes(text.encode())


def hash_bytes(content: bytes) -> str:
    """Return the SHA-256 of bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
