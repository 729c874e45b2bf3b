"""What holds for all tests."""

import os

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no fault: tests never time anything. The rest stays as Hypothesis has it.
settings.register_profile(
    "unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes `-n auto` starts: two for a core, as conversations mostly wait.

    They keep to Telegram's pace, a message a second in a chat.
    """
    return 2 * (os.cpu_count() or 1)
