"""The buttons that turn pages, one to each side."""

from bot.locales import Locale
from bot.replies.outcome import Button


def turning(verb: str, page: int, pages: int, locale: Locale) -> tuple[Button, ...]:
    """Return «Назад» and «Вперёд» as far as there is a page there; none for a single page."""
    turn = []
    if page > 1:
        turn.append(Button(locale.text("Back"), data=f"{verb}:{page - 1}"))
    if page < pages:
        turn.append(Button(locale.text("Next"), data=f"{verb}:{page + 1}"))
    return tuple(turn)
