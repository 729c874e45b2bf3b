"""A stand-in for Telegram on loopback: Bot API, people, chats, faults. Imports nothing of ours.

Tests start at `Simulator` in `client`; the control API for the chat page is told in `control`.
"""

from bot.simulator.client import BOT_ID, Simulator
from bot.simulator.clock import Clock, ManualClock
from bot.simulator.errors import ApiError, MisuseError, SimulatorError
from bot.simulator.groups import Group
from bot.simulator.limits import FloodRules
from bot.simulator.person import Person
from bot.simulator.rooms import Room
from bot.simulator.state import Rules
from bot.simulator.updates import Lifetimes
from bot.simulator.views import Button, Card, InlineAnswer, Seen, Toast
from bot.simulator.world import ANONYMOUS_ADMIN_ID, CHANNEL_BOT_ID, SERVICE_ACCOUNT_ID

__all__ = [
    "ANONYMOUS_ADMIN_ID",
    "BOT_ID",
    "CHANNEL_BOT_ID",
    "SERVICE_ACCOUNT_ID",
    "ApiError",
    "Button",
    "Card",
    "Clock",
    "FloodRules",
    "Group",
    "InlineAnswer",
    "Lifetimes",
    "ManualClock",
    "MisuseError",
    "Person",
    "Room",
    "Rules",
    "Seen",
    "Simulator",
    "SimulatorError",
    "Toast",
]
