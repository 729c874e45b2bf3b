"""How fast messages may leave."""

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.budgets import BOT_A_SECOND, Budgets, Window


@given(st.lists(st.tuples(st.floats(0, 3), st.floats(0, 1)), max_size=300))
def test_no_second_has_more_however_long_each_is_under_way(
    roads: list[tuple[float, float]],
) -> None:
    """Whenever between leaving and answer a message came: no second has more than the limit."""
    window, now_s, flying = Window(5), 0.0, list[tuple[float, float]]()
    came = []
    for road_s, share in roads:
        while (wait_s := window.wait_s(now_s)) > 0:
            now_s += wait_s
            flying = _landed(window, flying, now_s)
        flying = _landed(window, flying, now_s)
        window.take()
        flying.append((now_s + road_s, now_s))
        came.append(now_s + road_s * share)
    came.sort()
    for n in range(len(came) - 5):
        assert came[n + 5] - came[n] > 1 - 1e-6


def _landed(
    window: Window, flying: list[tuple[float, float]], now_s: float
) -> list[tuple[float, float]]:
    """Land what has its answer by now; return what is still under way."""
    for answered_s, _ in sorted(flying):
        if answered_s <= now_s:
            window.land(answered_s)
    return [each for each in flying if each[0] > now_s]


def test_a_timer_that_rings_late_costs_nothing() -> None:
    """Each wait 20 ms too long, and still hardly fewer a second than the limit."""
    budgets, now_s, sent = Budgets(), 0.0, 0
    while now_s < 60:
        wait_s = budgets.wait_s(now_s)
        if wait_s > 0:
            now_s += wait_s + 0.02
            continue
        budgets.bot.take(now_s)
        budgets.window.take()
        budgets.window.land(now_s)
        sent += 1
    assert sent >= 60 * (BOT_A_SECOND - 1)
