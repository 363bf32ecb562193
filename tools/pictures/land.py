"""Sky, ridges and hills: the ground that other drawings stand on."""

from dataclasses import dataclass
from math import sin

from .canvas import Canvas
from .geometry import Point


@dataclass(frozen=True)
class Ridge:
    """A line of mountains: the height of its foot and of its peaks, and a phase that makes it differ from others."""

    base: float
    height: float
    phase: float
    sharp: bool = True


def bands(canvas: Canvas, top: float, bottom: float, colours: list[str]) -> None:
    """Fill the width with level bands of equal height, the first on top."""
    step = (bottom - top) / len(colours)
    for index, colour in enumerate(colours):
        canvas.rectangle((0, top + index * step, 1600, bottom), colour)


def _triangle_wave(value: float) -> float:
    return abs(value % 2 - 1)


def height_at(ridge: Ridge, x: float) -> float:
    """Return y of the ridge at x; sharp ridges are folded, soft ones rolling."""
    u = x / 200 + ridge.phase
    if ridge.sharp:
        wave = 0.55 * _triangle_wave(u * 0.62) + 0.3 * _triangle_wave(u * 1.7 + 0.4) + 0.15 * _triangle_wave(u * 4.3)
    else:
        wave = 0.5 + 0.3 * sin(u * 0.9) + 0.2 * sin(u * 1.9 + 1)
    return ridge.base - ridge.height * wave


def crest(ridge: Ridge, left: float = 0, right: float = 1600) -> list[Point]:
    """Return the ridge's line from left to right, a point every eight units."""
    steps = int((right - left) // 8)
    return [(left + 8 * step, height_at(ridge, left + 8 * step)) for step in range(steps + 1)]


def mountains(canvas: Canvas, ridge: Ridge, colour: str) -> None:
    """Fill everything below the ridge's line, down to the bottom of the sheet."""
    canvas.polygon([(0, 900), *crest(ridge), (1600, 900)], colour)


def _snow_line(ridge: Ridge, limit: float, x: float) -> float:
    top = height_at(ridge, x)
    return max(top, limit + 26 * _triangle_wave(x / 46) - 13)


def snow(canvas: Canvas, ridge: Ridge, limit: float, colour: str) -> None:
    """Cap what rises above the limit, with a jagged lower edge."""
    line = crest(ridge)
    canvas.polygon([*line, *((x, _snow_line(ridge, limit, x)) for x, _ in reversed(line))], colour)
