"""What a reader says of an answer, a quote or an event: votes, reasons, a word of thanks."""

from bot.locales import Locale
from bot.replies.outcome import Button, Keyboard
from bot.store.feedback import Kind, Reason

#: What can be wrong with each kind of thing, in the order of the buttons.
REASONS = {
    Kind.ANSWER: (Reason.OFF_TOPIC, Reason.OUTDATED, Reason.MISQUOTED, Reason.OTHER),
    Kind.QUOTE: (Reason.SPEAKER, Reason.MISQUOTED, Reason.DATE, Reason.OTHER),
    Kind.EVENT: (Reason.DATE, Reason.MISQUOTED, Reason.OTHER),
}


def vote_row(answer_id: int, place: int, locale: Locale) -> tuple[Button, ...]:
    """Return the votes under the passage at `place` of an answer."""
    return (
        Button(locale.text("Helpful"), data=f"good:{answer_id}:{place}"),
        Button(locale.text("Not it"), data=f"bad:{answer_id}:{place}"),
    )


def reasons_keyboard(answer_id: int, place: int, locale: Locale) -> Keyboard:
    """Return what can be wrong with the passage at `place` of an answer, and the way back."""
    number = f"{answer_id}:{place}"
    rows = _reason_rows(Kind.ANSWER, f"badwhy:{number}", locale)
    enclose = Button(locale.text("Enclose my question"), data=f"badq:{number}")
    return (*rows, (enclose,), (Button(locale.text("Back"), data=f"more:{number}"),))


def report_button(kind: Kind, subject_id: int, locale: Locale) -> Button:
    """Return the button by which a reader reports a quote or an event."""
    return Button(locale.text("Report an error"), data=f"err:{_number(kind)}:{subject_id}")


def report_keyboard(kind: Kind, subject_id: int, locale: Locale) -> Keyboard:
    """Return what can be wrong with a quote or an event that was reported."""
    return _reason_rows(kind, f"errwhy:{_number(kind)}:{subject_id}", locale)


def kind_of(number: int) -> Kind | None:
    """Return the kind that callback data names by its number."""
    kinds = tuple(Kind)
    return kinds[number] if number < len(kinds) else None


def reason_of(kind: Kind, number: int) -> Reason | None:
    """Return the reason that callback data names by its number."""
    reasons = REASONS[kind]
    return reasons[number] if number < len(reasons) else None


def reason_words(reason: Reason, locale: Locale) -> str:
    """Return a reason in words."""
    return {
        Reason.OFF_TOPIC: locale.text("Off topic"),
        Reason.OUTDATED: locale.text("Out of date"),
        Reason.MISQUOTED: locale.text("Error in the quotation"),
        Reason.SPEAKER: locale.text("Wrong speaker"),
        Reason.DATE: locale.text("Wrong date"),
        Reason.OTHER: locale.text("Something else"),
    }[reason]


def _reason_rows(kind: Kind, data: str, locale: Locale) -> Keyboard:
    buttons = [
        Button(reason_words(reason, locale), data=f"{data}:{number}")
        for number, reason in enumerate(REASONS[kind])
    ]
    return tuple(tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2))


def _number(kind: Kind) -> int:
    return tuple(Kind).index(kind)
