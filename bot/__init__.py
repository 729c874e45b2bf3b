"""The bot: everything that touches the world, from Telegram to the database."""

import os

# python-telegram-bot then gives the pause of a 429 as a timedelta, and does not warn that it will.
os.environ.setdefault("PTB_TIMEDELTA", "true")
