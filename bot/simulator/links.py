"""Deep links of the bot: `https://t.me/<bot>?start=<payload>` and `?startgroup=`."""

import re
from dataclasses import dataclass

from bot.simulator.errors import MisuseError

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")  # Source: Bot features, "Deep linking"
_LINK = re.compile(r"https://t\.me/(\w+)\?(start|startgroup)=(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Link:
    """The payload, and whether it is for a group."""

    payload: str
    is_group: bool


def parse_link(url: str, username: str) -> Link:
    """Return what a deep link of @`username` carries. Raises: MisuseError for any other link."""
    found = _LINK.fullmatch(url)
    if not found or found[1].lower() != username.lower():
        raise MisuseError(f"not a deep link of @{username}: {url}")
    if not PAYLOAD.fullmatch(found[3]):
        raise MisuseError(f"not a payload of 1–64 characters A-Z a-z 0-9 _ -: {found[3]!r}")
    return Link(found[3], found[2] == "startgroup")
