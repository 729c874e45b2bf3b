"""The secret by which askers are counted without their ids: beside the database, not in it.

So a copy of the database tells nobody who asked. Without it those counted before count anew.
"""

import os
import secrets
from pathlib import Path

SALT_NAME = "salt"

SALT_BYTES = 32


def read_salt(folder: Path) -> bytes:
    """Return the secret of a data folder, made when there is none; only its owner can read it."""
    path = folder / SALT_NAME
    try:
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        salt = path.read_bytes()
        if len(salt) == SALT_BYTES:
            return salt
        file = os.open(path, os.O_WRONLY | os.O_TRUNC)
    salt = secrets.token_bytes(SALT_BYTES)
    with os.fdopen(file, "wb") as opened:
        opened.write(salt)
    return salt
