"""Too many questions: the first is named, the rest are not."""

from bot.intake.floods import MOST_REMEMBERED, Flood, Floods

ANNA, BORIS, GROUP = 1, 2, -100


class Asked:
    """Floods of three a minute for a person and four for a group, with a clock of the test."""

    def __init__(self) -> None:
        self.at_s = 0.0
        self.floods = Floods(3, 4, lambda: self.at_s)

    def note(self, user: int = ANNA, chat: int = ANNA, times: int = 1) -> list[Flood]:
        return [self.floods.note(user, chat) for _ in range(times)]


def test_the_first_too_many_is_told_the_others_are_not() -> None:
    """Nobody else is meant."""
    asked = Asked()
    assert asked.note(times=5) == [Flood.NONE] * 3 + [Flood.BEGUN, Flood.GOES_ON]
    assert asked.note(BORIS, BORIS) == [Flood.NONE]


def test_who_waits_is_heard_and_told_anew() -> None:
    """A question too many does not make the wait longer."""
    asked = Asked()
    asked.note(times=3)
    asked.at_s = 59.9
    assert asked.note(times=2) == [Flood.BEGUN, Flood.GOES_ON]
    asked.at_s = 60.0
    assert asked.note(times=4) == [Flood.NONE] * 3 + [Flood.BEGUN]


def test_a_group_has_a_measure_of_its_own() -> None:
    """Two people share it; in private each has his own."""
    asked = Asked()
    assert asked.note(ANNA, GROUP, 2) == [Flood.NONE] * 2
    assert asked.note(BORIS, GROUP, 3) == [Flood.NONE] * 2 + [Flood.BEGUN]
    assert asked.note(ANNA, GROUP) == [Flood.GOES_ON]
    assert asked.note(ANNA, ANNA) == [Flood.NONE]


def test_what_waited_for_the_bot_is_no_flood() -> None:
    """A question every half a minute, all answered at once after ten minutes without a bot."""
    asked = Asked()
    asked.at_s = 600.0
    waits = range(600, 0, -30)
    assert {asked.floods.note(ANNA, ANNA, float(wait)) for wait in waits} == {Flood.NONE}
    assert [asked.floods.note(BORIS, BORIS, 600.0) for _ in range(4)][-1] is Flood.BEGUN


def test_those_who_are_quiet_again_are_forgotten() -> None:
    """Memory does not grow with everybody who ever asked."""
    asked = Asked()
    for user in range(1, MOST_REMEMBERED + 2):
        asked.note(user, user)
    asked.at_s = 61.0
    asked.note()
    assert len(asked.floods._askers) == 1
