"""A minute of everything at once; `make soak` takes twenty."""

from pathlib import Path

from tests.faults.soak import soak


async def test_a_minute_of_everything_leaves_nothing_unexplained(tmp_path: Path) -> None:
    """Each question is answered or its refusal explained, each notice that was due came once."""
    found = await soak(tmp_path, seconds=60, people=20)
    assert found.faults == []
    assert found.counts["SIGKILL"] > 0
    assert found.counts["notices due"] > 0
