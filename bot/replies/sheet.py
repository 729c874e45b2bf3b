"""Paper for pictures: text written from the top down, wrapped by its real width, in pixels.

Matplotlib's object API only: no pyplot, no state shared between pictures. It is imported where a
picture is drawn, since it is slow to load and most bots never draw one.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

#: Pixels. Telegram shrinks a photo to 1280 on its longer side: letters stay readable after that.
WIDTH, MARGIN = 1080, 64
DPI = 100
_POINTS = 72 / DPI

#: The height of a line as a multiple of its letters' size.
LINE_GAP = 1.32

#: Categories of Unicode for marks of direction, joiners and controls; white space has its own way.
_UNSEEN = frozenset({"Cf", "Cs", "Co", "Cn"})

#: A paragraph of more lines is cut; the clause of an event has 160 characters at most.
MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a picture."""

    paper: str
    ink: str
    muted: str
    line: str
    accent: str


class Sheet:
    """A sheet of paper that is written from the top down, in pixels."""

    def __init__(self, theme: Theme) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.theme = theme
        self.y = float(MARGIN)
        self.figure = Figure(figsize=(WIDTH / DPI, WIDTH / DPI), dpi=DPI)
        # The library types this class only in part.
        self._renderer = FigureCanvasAgg(self.figure).get_renderer()  # type: ignore[no-untyped-call]
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()

    def text(self, words: str, size: float, *, is_bold: bool = False, color: str = "") -> None:
        """Write a paragraph, its lines as long as the sheet is wide."""
        font = font_of(size, is_bold=is_bold)
        for line in self._wrapped(_drawable(words), font):
            self.write((MARGIN, self.y + size), line, font, color or self.theme.ink)
            self.down(size * LINE_GAP)

    def write(
        self, place: tuple[float, float], words: str, font: "FontProperties", color: str
    ) -> None:
        """Write words on one line; `place` is where they begin, on the line they stand on."""
        self.axes.text(*place, words, fontproperties=font, color=color, parse_math=False)

    def under(self, x: float, words: str, font: "FontProperties") -> tuple[float, float]:
        """Return where words begin and end that stand in the middle of a place, on the sheet."""
        width = self._width(words, font)
        left = min(max(x - width / 2, MARGIN), WIDTH - MARGIN - width)
        return left, left + width

    def size_for(self, words: str, sizes: Sequence[float]) -> float:
        """Return the first of some sizes in which bold words are one line, else the last."""
        for size in sizes:
            if self._width(_drawable(words), font_of(size, is_bold=True)) <= WIDTH - 2 * MARGIN:
                return size
        return sizes[-1]

    def line(
        self, start: tuple[float, float], end: tuple[float, float], color: str, *, width: int
    ) -> None:
        """Draw a straight line."""
        places = ([start[0], end[0]], [start[1], end[1]])
        self.axes.plot(*places, color=color, linewidth=width, zorder=1)

    def strokes(
        self, places: Sequence[float], middle: float, half: float, color: str, *, width: int
    ) -> None:
        """Draw upright strokes, half above and half below a line, over those drawn before."""
        self.axes.vlines(places, middle - half, middle + half, color, linewidth=width, zorder=2)

    def down(self, by: float) -> None:
        """Go on further down."""
        self.y += by

    def finished(self) -> "Figure":
        """Return the sheet, cut where the writing ended."""
        height = round(self.y + MARGIN / 2)
        self.figure.set_size_inches(WIDTH / DPI, height / DPI)
        self.axes.set_xlim(0, WIDTH)
        self.axes.set_ylim(height, 0)
        return self.figure

    def _wrapped(self, words: str, font: "FontProperties") -> list[str]:
        lines = [""]
        for word in self._pieces(words, font):
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and self._width(longer, font) > WIDTH - 2 * MARGIN:
                lines.append(word)
            else:
                lines[-1] = longer
        if len(lines) > MOST_LINES:
            return [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]} …"]
        return lines

    def _pieces(self, words: str, font: "FontProperties") -> Iterator[str]:
        """Yield the words, one longer than a line in parts."""
        for word in words.split():
            rest = word
            while self._width(rest, font) > WIDTH - 2 * MARGIN:
                cut = next(
                    n
                    for n in range(len(rest) - 1, 0, -1)
                    if n == 1 or self._width(rest[:n], font) <= WIDTH - 2 * MARGIN
                )
                yield rest[:cut]
                rest = rest[cut:]
            yield rest

    def _width(self, words: str, font: "FontProperties") -> float:
        return float(self._renderer.get_text_width_height_descent(words, font, ismath=False)[0])


@cache
def font_of(size: float, *, is_bold: bool = False) -> "FontProperties":
    """Return a font that comes with matplotlib and has Cyrillic and Azerbaijani letters."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=_font_file(is_bold=is_bold), size=size * _POINTS)


def _font_file(*, is_bold: bool) -> str:
    import matplotlib as mpl

    name = "DejaVuSans-Bold.ttf" if is_bold else "DejaVuSans.ttf"
    return str(Path(mpl.get_data_path(), "fonts", "ttf", name))


@cache
def _known_characters() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(_font_file(is_bold=False)).get_charmap())


def _drawable(words: str) -> str:
    """Return words without emoji, and with a square for any letter that the font has not.

    And without marks that nobody sees, of which some turn the direction of all that follows.
    """
    known = _known_characters()
    seen = (char for char in words if unicodedata.category(char) not in _UNSEEN)
    kept = (char for char in seen if ord(char) in known or char.isspace() or char.isalnum())
    return "".join(char if ord(char) in known else "□" if char.isalnum() else " " for char in kept)
