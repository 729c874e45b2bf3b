"""What the bot raises.

BotError
├── UserError        a person can mend it; its id names the sentence in `locales`
├── SettingsError    a setting is wrong; the message names it, its value and the way out
└── StoreError       the database cannot be used; the message says what to do
"""


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


class SettingsError(BotError):
    """A setting cannot be used; the message is for the operator."""


class StoreError(BotError):
    """The database cannot be used; the message is for the operator."""
