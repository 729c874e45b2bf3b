"""The last look before a message leaves: each block quote is what the store says, to the letter."""

import json
import re
from enum import StrEnum

from bot.delivery.messages import plain_text
from bot.errors import StoreError
from bot.store.database import Database
from bot.store.notices import tells_of_withdrawn
from bot.store.outbox import Leased, Prio
from bot.store.passages import load_slices

_QUOTE = re.compile(r"<blockquote(?: expandable)?>(.*?)</blockquote>", re.DOTALL)


class Finding(StrEnum):
    """What the look found."""

    SOUND = "sound"
    WITHDRAWN = "withdrawn"
    WRONG = "wrong"


async def check_citations(db: Database, message: Leased) -> Finding:
    """Return whether every block quote equals its stored slice and may still be quoted.

    A message with another number of block quotes than slices is wrong, and so is one whose stored
    text is not the one that was stored.
    """
    parameters = json.loads(message.payload)
    markup = parameters.get("text") or parameters.get("caption") or ""
    # A digest names more articles than it quotes.
    if message.prio is Prio.BROADCAST and await tells_of_withdrawn(db, message.id):
        return Finding.WITHDRAWN
    quotes = [plain_text(quote) for quote in _QUOTE.findall(markup)]
    if not quotes and not message.cites:
        return Finding.SOUND
    try:
        slices = await load_slices(db, message.cites)
    except StoreError:
        return Finding.WRONG
    if not all(each.is_published for each in slices):
        return Finding.WITHDRAWN  # first: of an erased article there are no words to compare
    texts = [each.text for each in slices]
    # The twin without markup has no marks to find the quotes by; their words must be in it.
    is_plain = "parse_mode" not in parameters
    if not (all(text in markup for text in texts) if is_plain else quotes == texts):
        return Finding.WRONG
    return Finding.SOUND
