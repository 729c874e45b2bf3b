"""What holds for all tests."""

from hypothesis import HealthCheck, settings

# A busy machine is no fault: tests never time anything. The rest stays as Hypothesis has it.
settings.register_profile(
    "unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")
