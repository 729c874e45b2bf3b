"""An editor's long work, killed eight times at random moments; `make kills` takes sixty."""

from pathlib import Path

from tests.faults.jobs_killed import kill_jobs


async def test_kills_at_random_moments_leave_whole_articles(tmp_path: Path) -> None:
    """In reading an archive, in publishing its files, in publishing new versions."""
    found = await kill_jobs(tmp_path, 8)
    assert found.faults == []
    assert found.counts["kills in archive"] >= 4
    assert found.counts["kills in publishing"] >= 2
    assert found.counts["kills in new version"] >= 2
