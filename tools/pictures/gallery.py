"""The art show: a painting of ridges, a wall of pictures, and an installation."""

from . import land
from . import palette as ink
from .canvas import Canvas
from .geometry import Point, bezier, mirrored

Box = tuple[float, float, float, float]


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _frame(canvas: Canvas, box: Box, sky: str) -> None:
    left, top, right, bottom = _grown(box, 34)
    canvas.rectangle((left + 14, top + 18, right + 14, bottom + 18), ink.PAPER_DEEP)
    canvas.rectangle((left, top, right, bottom), ink.CLAY)
    canvas.rectangle(_grown(box, 22), ink.WHITE)
    canvas.rectangle(box, sky)


def _floor(canvas: Canvas, top: float) -> None:
    canvas.rectangle((0, top, 1600, 900), ink.OCHRE_LIGHT)
    canvas.rectangle((0, top, 1600, top + 10), ink.CLAY)


def _range(canvas: Canvas, box: Box, ridge: land.Ridge, colour: str) -> None:
    left, _, right, bottom = box
    line = [(min(x, right), y) for x, y in land.crest(ridge, left, right + 8)]
    canvas.polygon([(left, bottom), *line, (right, bottom)], colour)


def ridges() -> Canvas:
    """Draw one large framed painting of mountains in layers."""
    canvas = Canvas(ink.PAPER)
    _floor(canvas, 800)
    box = (300, 110, 1300, 690)
    _frame(canvas, box, ink.OCHRE_PALE)
    canvas.circle((1010, 270), 78, ink.POMEGRANATE)
    layers = [
        (land.Ridge(520, 260, 0.2), ink.BLUE_PALE),
        (land.Ridge(580, 250, 1.3), ink.BLUE_MID),
        (land.Ridge(640, 220, 2.9), ink.BLUE),
        (land.Ridge(690, 170, 0.7), ink.TURQUOISE_DEEP),
        (land.Ridge(688, 90, 4.2, sharp=False), ink.OCHRE),
    ]
    for ridge, colour in layers:
        _range(canvas, box, ridge, colour)
    return canvas


def _lake(canvas: Canvas, box: Box) -> None:
    left, top, right, bottom = box
    _range(canvas, box, land.Ridge(top + 230, 150, 1.1), ink.BLUE)
    canvas.rectangle((left, top + 230, right, bottom), ink.TURQUOISE)
    for row in range(5):
        y = top + 270 + row * 36
        canvas.stroke([(left + 40 + 26 * (row % 3), y), (right - 120 + 20 * (row % 2), y)], 5, ink.TURQUOISE_LIGHT)


def _sun(canvas: Canvas, box: Box) -> None:
    left, top, right, _ = box
    canvas.circle(((left + right) / 2, top + 150), 84, ink.OCHRE_LIGHT)
    _range(canvas, box, land.Ridge(top + 330, 200, 2.3), ink.POMEGRANATE_DEEP)
    _range(canvas, box, land.Ridge(top + 430, 150, 0.4), ink.INK)


def _tree(canvas: Canvas, box: Box) -> None:
    left, top, right, bottom = box
    x = (left + right) / 2
    canvas.rectangle((left, bottom - 90, right, bottom), ink.OCHRE)
    canvas.stroke([(x, bottom - 80), (x, top + 190)], 16, ink.CLAY)
    for dx, dy, size in ((-60, 180, 62), (58, 170, 66), (0, 110, 76), (-20, 210, 56), (40, 230, 50)):
        canvas.circle((x + dx, top + dy), size, ink.TURQUOISE_DEEP)
    canvas.circle((x + 18, top + 130), 40, ink.TURQUOISE)


def wall() -> Canvas:
    """Draw three framed pictures of our own beside one another."""
    canvas = Canvas(ink.PAPER)
    _floor(canvas, 790)
    scenes = [(_lake, ink.OCHRE_PALE), (_sun, ink.POMEGRANATE), (_tree, ink.BLUE_PALE)]
    for index, (paint, sky) in enumerate(scenes):
        left = 140 + 490 * index
        box = (left, 180, left + 340, 610)
        _frame(canvas, box, sky)
        paint(canvas, box)
    return canvas


def _drop(canvas: Canvas, tip: Point, size: float, colour: str) -> None:
    x, y = tip
    side = bezier([(x, y), (x - size * 0.2, y + size * 0.7), (x - size * 1.1, y + size * 1.9), (x, y + size * 1.9)])
    canvas.stroke([(x, 0), (x, y + 4)], 2, ink.INK_SOFT)
    canvas.polygon(mirrored(side, x), colour)
    canvas.ellipse((x - size * 0.18, y + size * 1.35), size * 0.08, size * 0.2, ink.WHITE)


def installation() -> Canvas:
    """Draw drops on threads above a white peak."""
    canvas = Canvas(ink.PAPER_DEEP)
    canvas.rectangle((0, 0, 1600, 690), ink.PAPER)
    canvas.ellipse((800, 812), 560, 40, ink.OCHRE_LIGHT)
    canvas.polygon([(330, 810), (640, 560), (740, 630), (860, 480), (1290, 810)], ink.BLUE_PALE)
    canvas.polygon([(330, 810), (640, 560), (700, 810)], ink.WHITE)
    canvas.polygon([(640, 810), (740, 630), (860, 480), (930, 810)], ink.WHITE)
    colours = (ink.TURQUOISE, ink.BLUE, ink.TURQUOISE_LIGHT, ink.BLUE_MID)
    for step in range(13):
        x = 200 + 100 * step
        depth = 150 + 150 * abs(((step * 5) % 7) / 6 - 0.2) + 40 * (step % 3)
        _drop(canvas, (x, depth), 34 + 6 * (step % 3), colours[step % 4])
    return canvas
