"""Things: barley in a valley, and chess pieces where roads divide."""

from collections.abc import Sequence

from . import land
from . import palette as ink
from .canvas import Canvas
from .geometry import Point, bezier, mirrored, polar


def _grain(canvas: Canvas, foot: Point, angle: float, size: float) -> None:
    tip = polar(foot, size, angle)
    left, right = polar(foot, size * 0.55, angle - 24), polar(foot, size * 0.55, angle + 24)
    canvas.polygon([*bezier([foot, left, tip]), *bezier([tip, right, foot])], ink.OCHRE)
    canvas.stroke([tip, polar(tip, size * 2.3, angle + (3 if angle > -90 else -3))], 3, ink.CLAY)


def _ear(canvas: Canvas, foot: Point, head: Point) -> None:
    stalk = bezier([foot, (foot[0], (foot[1] + head[1]) / 2), head])
    canvas.stroke(stalk, 7, ink.CLAY)
    x, y = head
    for row in range(8):
        level = y + 200 - 28 * row
        for side in (-1, 1):
            _grain(canvas, (x + side * 4, level), -90 + side * 26, 64 - row * 2)
    _grain(canvas, (x, y - 6), -90, 56)


def barley() -> Canvas:
    """Draw ears of barley before low hills."""
    canvas = Canvas(ink.PAPER)
    canvas.circle((1230, 260), 118, ink.OCHRE_PALE)
    land.mountains(canvas, land.Ridge(660, 150, 0.6, sharp=False), ink.BLUE_PALE)
    land.mountains(canvas, land.Ridge(740, 140, 2.4, sharp=False), ink.TURQUOISE_LIGHT)
    land.mountains(canvas, land.Ridge(830, 120, 4.0, sharp=False), ink.TURQUOISE_DEEP)
    for index in range(7):
        x = 190 + 200 * index
        _ear(canvas, (x + 20, 900), (x + 24 * ((index % 3) - 1), 300 + 70 * ((index * 2) % 3)))
    return canvas


def _base(canvas: Canvas, x: float, y: float, colour: str) -> None:
    canvas.rectangle((x - 74, y - 26, x + 74, y), colour)
    canvas.rectangle((x - 58, y - 48, x + 58, y - 20), colour)


def _pawn(canvas: Canvas, x: float, y: float, colour: str) -> None:
    _base(canvas, x, y, colour)
    canvas.polygon(mirrored(bezier([(x - 22, y - 180), (x - 24, y - 90), (x - 54, y - 46)]), x), colour)
    canvas.circle((x, y - 196), 44, colour)


def _rook(canvas: Canvas, x: float, y: float, colour: str) -> None:
    _base(canvas, x, y, colour)
    canvas.polygon(mirrored([(x - 42, y - 220), (x - 56, y - 46)], x), colour)
    canvas.rectangle((x - 62, y - 252, x + 62, y - 212), colour)
    for left in (-62, -19, 24):
        canvas.rectangle((x + left, y - 290, x + left + 38, y - 240), colour)


def _bishop(canvas: Canvas, x: float, y: float, colour: str) -> None:
    _base(canvas, x, y, colour)
    canvas.polygon(mirrored(bezier([(x - 30, y - 290), (x - 30, y - 130), (x - 60, y - 46)]), x), colour)
    canvas.rectangle((x - 52, y - 300, x + 52, y - 278), colour)
    canvas.polygon(mirrored(bezier([(x, y - 400), (x - 70, y - 380), (x - 40, y - 296)]), x), colour)
    canvas.circle((x, y - 404), 14, colour)


def _road(canvas: Canvas, middle: Sequence[Point]) -> None:
    widths = [6 + 44 * (y - 480) / 460 for _, y in middle]
    left = [(x - width, y) for (x, y), width in zip(middle, widths, strict=True)]
    right = [(x + width, y) for (x, y), width in zip(middle, widths, strict=True)]
    canvas.polygon([*left, *reversed(right)], ink.PAPER)


def chess() -> Canvas:
    """Draw plain pieces beside roads that fork between dunes."""
    canvas = Canvas(ink.OCHRE_PALE)
    land.bands(canvas, 0, 420, [ink.PAPER, ink.PAPER_DEEP, ink.OCHRE_PALE])
    canvas.circle((420, 250), 92, ink.POMEGRANATE)
    land.mountains(canvas, land.Ridge(480, 130, 0.9, sharp=False), ink.OCHRE_LIGHT)
    near = land.Ridge(560, 120, 2.7, sharp=False)
    land.mountains(canvas, near, ink.OCHRE)
    ends = [(x, land.height_at(near, x)) for x in (130, 800, 1440)]
    roads = [
        [(760, 940), (760, 700), (200, 690), ends[0]],
        [(760, 940), (790, 700), (640, 640), ends[1]],
        [(760, 940), (860, 730), (1400, 720), ends[2]],
        [(1330, 940), (1180, 760), (900, 640), ends[1]],
    ]
    for road in roads:
        _road(canvas, bezier(road))
    _pawn(canvas, 250, 840, ink.BLUE_DEEP)
    _bishop(canvas, 530, 850, ink.WHITE)
    _rook(canvas, 1020, 850, ink.BLUE_DEEP)
    _pawn(canvas, 1400, 830, ink.WHITE)
    return canvas
