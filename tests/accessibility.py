"""Rules for buttons, which readers with a screen reader or a narrow phone depend on."""

from collections.abc import Sequence

#: Longer labels are cut on a phone.
MOST_LABEL = 24

#: More buttons in a row leave no room for words.
MOST_IN_ROW = 3


def find_faults(keyboard: Sequence[Sequence[str]]) -> list[str]:
    """Return what is wrong with the labels of a keyboard, a line a fault, none for a good one."""
    labels = [label for row in keyboard for label in row]
    wordless = [label for label in labels if not any(map(str.isalnum, label))]
    faults = [f"{label!r} has no words" for label in wordless]
    faults += [f"{label!r} is too long" for label in labels if len(label) > MOST_LABEL]
    faults += [f"{label!r} stands twice" for label in set(labels) if labels.count(label) > 1]
    faults += [f"{row} is too wide" for row in keyboard if len(row) > MOST_IN_ROW]
    return faults + ["an empty row" for row in keyboard if not row]
