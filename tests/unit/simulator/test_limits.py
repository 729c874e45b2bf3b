"""Flood limits, on a clock that the test moves."""

from bot.simulator.limits import Flood, FloodRules


def test_a_private_chat_takes_a_burst_and_then_one_a_second() -> None:
    flood = Flood(FloodRules())
    assert [flood.admit(1, 0.0, is_group=False) for _ in range(6)] == [0, 0, 0, 0, 0, 1]
    assert flood.admit(1, 1.0, is_group=False) == 0
    assert flood.admit(2, 1.0, is_group=False) == 0


def test_a_group_takes_twenty_in_any_minute() -> None:
    flood = Flood(FloodRules())
    answers = [flood.admit(-1, float(second), is_group=True) for second in range(20)]
    assert answers == [0] * 20
    assert flood.admit(-1, 20.0, is_group=True) == 40
    assert flood.admit(-1, 60.0, is_group=True) == 0
    assert flood.admit(-1, 60.5, is_group=True) == 1


def test_the_bot_sends_thirty_in_any_second() -> None:
    flood = Flood(FloodRules())
    assert [flood.admit(chat, 0.5, is_group=False) for chat in range(30)] == [0] * 30
    assert flood.admit(99, 0.9, is_group=False) == 1
    assert flood.is_banned(None, 1.8)
    assert flood.admit(99, 1.9, is_group=False) == 0


def test_knocking_during_a_ban_doubles_it_up_to_a_limit() -> None:
    flood = Flood(FloodRules(longest_ban_s=10))
    flood.impose(1, 3, now_s=0.0)
    assert [flood.admit(1, 1.0, is_group=False) for _ in range(3)] == [6, 10, 10]
    assert flood.admit(2, 1.0, is_group=False) == 0
    assert flood.admit(1, 11.0, is_group=False) == 0


def test_rules_can_be_switched_off() -> None:
    flood = Flood(FloodRules.off())
    assert {flood.admit(-1, 0.0, is_group=True) for _ in range(500)} == {0}
    assert {flood.admit(1, 0.0, is_group=False) for _ in range(500)} == {0}
