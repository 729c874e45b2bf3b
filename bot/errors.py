"""What the bot raises.

BotError
├── UserError        a person can mend it; its id names the sentence in `locales`
├── InputError       a file given to a command does not fit; the message is for the operator
├── SettingsError    a setting is wrong; the message names it, its value and the way out
└── StoreError       the database cannot be used; the message says what to do
    ├── BusyError         another process held the database for too long; try again
    ├── DiskFullError     no room left; nothing of the transaction was stored
    ├── CorruptError      the file is damaged or is not ours; a backup is named
    ├── LockedError       another running bot holds the database
    └── DamagedTextError  a stored text is not the text that was stored
"""

from collections.abc import Mapping


class BotError(Exception):
    """Base of everything that `bot` raises on purpose."""


class UserError(BotError):
    """A mistake that a person can mend.

    `message_id` is the sentence in the source language of `locales`, `values` its placeholders.
    """

    def __init__(self, message_id: str, **values: object) -> None:
        super().__init__(message_id)
        self.message_id = message_id
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        """Return how another process makes the same error."""
        return _user_error, (self.message_id, self.values)


def _user_error(message_id: str, values: Mapping[str, object]) -> UserError:
    return UserError(message_id, **values)


class InputError(BotError):
    """A file given to a command does not fit; the message names it and the line."""


class SettingsError(BotError):
    """A setting cannot be used; the message is for the operator."""


class StoreError(BotError):
    """The database cannot be used; the message is for the operator."""


class BusyError(StoreError):
    """Another process held the database for longer than we wait; trying again is right."""


class DiskFullError(StoreError):
    """The disk or the database has no room left; the transaction was rolled back."""


class CorruptError(StoreError):
    """The database file is damaged or is not a database of ours."""


class LockedError(StoreError):
    """Another running bot holds the database."""


class DamagedTextError(StoreError):
    """The text of a stored article version differs from its SHA-256."""

    def __init__(self, version_id: int) -> None:
        super().__init__(
            f"The text of article version {version_id} differs from its SHA-256: it was changed "
            "in the database by hand, or the disk is failing. Nothing of it is quoted."
        )
        self.version_id = version_id
