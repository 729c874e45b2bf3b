"""The command line as an operator meets it: a process of its own, its output, its exit code."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-c", "from bot.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process left behind."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Terminal:
    """Runs `paragraf` in a folder, with a data folder in it and none of this machine's settings."""

    folder: Path

    def environment(self, **settings: str) -> dict[str, str]:
        """Return the environment of the process: ours without settings, then the given ones."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("PARAGRAF")}
        own.pop("FAIL_AT", None)
        data = {"PARAGRAF_DATA": str(self.folder / "data"), "PYTHONPATH": str(ROOT)}
        return own | data | {"PYTHONUTF8": "1"} | settings

    def run(self, *arguments: str, stdin: bytes = b"", **settings: str) -> Ended:
        """Run the program to its end. A traceback is never a way to say something."""
        ended = subprocess.run(
            [*PROGRAM, *arguments],
            cwd=self.folder,
            env=self.environment(**settings),
            input=stdin,
            capture_output=True,
            check=False,
        )
        out, err = ended.stdout.decode(), ended.stderr.decode()
        assert "Traceback" not in err, err
        return Ended(ended.returncode, out, err)

    def write(self, name: str, text: str, encoding: str = "utf-8") -> str:
        """Write a file into the folder; return its name."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding))
        return name
