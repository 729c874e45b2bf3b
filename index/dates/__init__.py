"""Dates as texts name them: «в декабре минувшего года», «9–10 февраля», «до конца 2026 года».

Text in, intervals of days out. The rules of a language are in its module; docs/dates.md lists them.
"""

from index.dates.find import find_dates
from index.dates.speech import find_speech_days

__all__ = ["find_dates", "find_speech_days"]
