"""The table of a benchmark, and its place in docs/benchmarks.md."""

import platform
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FIRST = "paragraf"


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of an engine: times by pass and kind of question, in milliseconds."""

    engine: str
    bytes_per_paragraph: float
    build_s: float
    passes: list[dict[str, list[float]]]

    def percentile(self, kind: str, percent: float) -> float:
        """Return a percentile of the questions' times, each the median over the passes."""
        times = np.median([each[kind] for each in self.passes], axis=0)
        return float(np.percentile(times, percent))


def table(
    size: int, rows: list[Row], changes: dict[str, float], skipped: list[str], *, made: bool
) -> str:
    """Return the section of one size as Markdown."""
    measures = [(kind, percent) for kind in rows[0].passes[0] for percent in (50, 99)]
    ours = next(row for row in rows if row.engine == FIRST)
    head = ["engine", *(f"{kind} p{percent}" for kind, percent in measures)]
    head += ["bytes a paragraph", "built in, s"]
    lines = [f"### {spaced(size)} paragraphs", "", cells(head)]
    lines.append("|---|" + "---:|" * (len(head) - 1))
    for row in rows:
        pairs = [(row.percentile(*measure), ours.percentile(*measure)) for measure in measures]
        times = [f"{value:.2f} ({_ratio(value, first)})" for value, first in pairs]
        ratio = _ratio(row.bytes_per_paragraph, ours.bytes_per_paragraph)
        memory = f"{row.bytes_per_paragraph:.0f} ({ratio})"
        lines.append(cells([row.engine, *times, memory, f"{row.build_s:.1f}"]))
    lines += ["", _changes(changes)]
    lines += [f"Left out: {name}, which takes some 8 GB and 3 s a question." for name in skipped]
    source = "made by `benchmarks/corpus.py`" if made else "halves of real texts, joined at random"
    lines.append(
        f"Paragraphs: {source}. Python {platform.python_version()}, numpy {np.__version__}, "
        f"{platform.system()} {platform.machine()}."
    )
    return "\n".join(lines) + "\n"


def share(value: float) -> str:
    """Return a share as «.918»."""
    return f"{value:.3f}".removeprefix("0")


def spaced(number: int) -> str:
    """Return a number with its thousands set apart."""
    return f"{number:,}".replace(",", " ")


def cells(values: list[str]) -> str:
    """Return a row of a table."""
    return "| " + " | ".join(values) + " |"


def _ratio(value: float, ours: float) -> str:
    return f"{value / ours:.2g}×" if value < 99 * ours else f"{value / ours:.0f}×"


def _changes(changes: dict[str, float]) -> str:
    """Return sentences about what changes cost."""
    return (
        "Changes, in milliseconds: an article of 20 paragraphs is added in "
        f"{changes['added_ms']:.2f} (the slowest of 30, with a merge: "
        f"{changes['added_max_ms']:.1f}) and then found in {changes['found_ms']:.2f}; a new one is "
        f"removed in {changes['removed_ms']:.2f}, one of the oldest in "
        f"{changes['removed_old_ms']:.1f}; a start from mapped files with its first answer takes "
        f"{changes['loaded_ms']:.1f}. In the whole engine: added in "
        f"{changes['whole_added_ms']:.1f} ({changes['whole_added_max_ms']:.1f}), found in "
        f"{changes['whole_found_ms']:.1f}, removed in {changes['whole_removed_ms']:.1f} "
        f"({changes['whole_removed_old_ms']:.0f})."
    )


def write_section(path: Path, size: int, text: str) -> None:
    """Put `text` between the marks of its size in the file at `path`; other text stays."""
    write_part(path, f"search:{size}", text)


def write_part(path: Path, name: str, text: str) -> None:
    """Put `text` between the marks of its part in the file at `path`; other text stays.

    A part that is not there yet comes after the last of its kind, or at the end.
    """
    begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->\n"
    kind, _, _ = name.partition(":")
    old = path.read_text(encoding="utf-8")
    if begin not in old:
        at = old.rfind(f"<!-- /{kind}:")
        at = old.index("\n", at) + 1 if at >= 0 else len(old)
        old = old[:at] + "\n" + begin + end + old[at:]
    before, rest = old.split(begin, 1)
    _, after = rest.split(end, 1)
    path.write_text(before + begin + text + end + after, encoding="utf-8")
