"""A broadcast as its owner sees it: whom it is for, how it goes, how it went."""

from bot.locales import Locale
from bot.replies.layout import escape
from bot.replies.outcome import Body, Button
from bot.store.broadcasts import ALL, Broadcast, Figures
from bot.store.nonces import Nonce
from index.sectors import list_sectors
from index.types import Language

#: How each language is called in the choice of an audience.
_LANGUAGES = {Language.RU: "Русский", Language.EN: "English", Language.AZ: "Azərbaycanca"}


def ready_body(broadcast: Broadcast, count: int, nonce: Nonce, locale: Locale) -> Body:
    """Return whom a broadcast would go to, and the buttons that choose and that begin it."""
    key = broadcast.id
    audience = name_of(broadcast.audience, locale)
    chats = locale.count("{n} chat", "{n} chats", count)
    lines = [
        locale.text("Above is what everybody gets."),
        locale.text("For: {audience} · {chats}", audience=audience, chats=chats),
    ]
    rows = [(Button(locale.text("For whom"), data=f"bcfor:{key}"),)]
    if count:
        label = locale.count("Send to {n} chat", "Send to {n} chats", count)
        rows.insert(0, (Button(label, data=f"bcsend:{key}:{nonce.token}"),))
    return Body(escape("\n".join(lines)), tuple(rows))


def audience_body(broadcast: Broadcast, sectors: list[str], locale: Locale) -> Body:
    """Return the audiences to choose from, a button each; `sectors` are those that are followed."""
    choices = [ALL, *(f"language:{code.value}" for code in Language)]
    choices += [f"sector:{sector}" for sector in sectors]
    labels: dict[str, str] = {}
    for choice in choices:
        labels.setdefault(name_of(choice, locale)[:24], choice)
    rows = [
        (Button(label, data=f"bcfor:{broadcast.id}:{choice}"),) for label, choice in labels.items()
    ]
    return Body(escape(locale.text("For whom is it?")), tuple(rows[:20]))


def progress_body(broadcast: Broadcast, figures: Figures, locale: Locale) -> Body:
    """Return how a broadcast goes, and the button that stops it or lets it go on."""
    head = (
        locale.text("The broadcast is stopped.")
        if broadcast.is_stopped
        else locale.text("The broadcast is on its way.")
    )
    button = (
        Button(locale.text("Go on"), data=f"bcstop:{broadcast.id}:0")
        if broadcast.is_stopped
        else Button(locale.text("Stop"), data=f"bcstop:{broadcast.id}:1")
    )
    return Body(escape(f"{head}\n{_figures(figures, locale)}"), ((button,),))


def ended_body(figures: Figures, locale: Locale) -> Body:
    """Return what became of a broadcast in the end."""
    head = locale.text("The broadcast is over.")
    return Body(escape(f"{head}\n{_figures(figures, locale)}"))


def name_of(audience: str, locale: Locale) -> str:
    """Return an audience in words."""
    kind, _, value = audience.partition(":")
    if kind == "language":
        return _LANGUAGES[Language(value)]
    if kind == "sector":
        return next(
            (each.name(locale.language) for each in list_sectors() if each.id == value), value
        )
    return locale.text("everybody")


def _figures(figures: Figures, locale: Locale) -> str:
    return locale.text(
        "Delivered: {delivered}, waiting: {waiting}, not delivered: {failed}",
        delivered=figures.delivered,
        waiting=figures.waiting,
        failed=figures.failed,
    )
