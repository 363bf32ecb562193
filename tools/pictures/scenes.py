"""Places: a courtroom, a border in the mountains, a monument, and an airport's smallest buildings."""

from . import land
from . import palette as ink
from .canvas import Canvas
from .geometry import Point, arc, bezier, star


def _pan(canvas: Canvas, hook: Point) -> None:
    x, y = hook
    for side in (-1, 1):
        canvas.stroke([hook, (x + side * 58, y + 120)], 4, ink.OCHRE_LIGHT)
    canvas.polygon(arc((x, y + 118), 66, 0, 180), ink.OCHRE_LIGHT)


def _scales(canvas: Canvas, x: float, top: float) -> None:
    canvas.stroke([(x, top), (x, top + 270)], 12, ink.OCHRE_LIGHT)
    canvas.stroke([(x - 170, top + 30), (x + 170, top + 30)], 10, ink.OCHRE_LIGHT)
    canvas.circle((x, top), 16, ink.OCHRE_LIGHT)
    _pan(canvas, (x - 170, top + 30))
    _pan(canvas, (x + 170, top + 30))


def _bench(canvas: Canvas) -> None:
    for step in range(3):
        left = 570 + 170 * step
        canvas.rectangle((left, 400, left + 120, 560), ink.POMEGRANATE_DEEP)
        canvas.rectangle((left + 12, 412, left + 108, 560), ink.POMEGRANATE)
    canvas.rectangle((470, 520, 1130, 560), ink.OCHRE)
    canvas.rectangle((500, 560, 1100, 700), ink.CLAY)
    for step in range(4):
        left = 524 + 142 * step
        canvas.rectangle((left, 584, left + 122, 680), ink.OCHRE)
        canvas.rectangle((left + 8, 592, left + 114, 672), ink.CLAY)


def courtroom() -> Canvas:
    """Draw an empty courtroom inside the outline of a video player."""
    canvas = Canvas(ink.INK)
    canvas.rectangle((110, 60, 1490, 770), ink.BLUE)
    canvas.rectangle((110, 700, 1490, 770), ink.BLUE_DEEP)
    for x in (250, 1350):
        canvas.rectangle((x - 46, 60, x + 46, 700), ink.BLUE_MID)
        canvas.rectangle((x - 66, 60, x + 66, 100), ink.BLUE_PALE)
        canvas.rectangle((x - 66, 670, x + 66, 700), ink.BLUE_PALE)
    _scales(canvas, 800, 110)
    _bench(canvas)
    canvas.polygon([(124, 806), (124, 862), (172, 834)], ink.PAPER)
    canvas.stroke([(220, 834), (1490, 834)], 8, ink.INK_SOFT)
    canvas.stroke([(220, 834), (860, 834)], 8, ink.POMEGRANATE)
    canvas.circle((860, 834), 17, ink.PAPER)
    return canvas


def border() -> Canvas:
    """Draw a dashed line that runs along and over a chain of mountains."""
    canvas = Canvas(ink.PAPER_DEEP)
    canvas.circle((1260, 200), 88, ink.OCHRE_LIGHT)
    far, near = land.Ridge(600, 330, 0.5), land.Ridge(760, 480, 5.1)
    land.mountains(canvas, far, ink.BLUE_PALE)
    land.mountains(canvas, near, ink.BLUE_MID)
    land.snow(canvas, near, 470, ink.WHITE)
    land.mountains(canvas, land.Ridge(790, 120, 1.2, sharp=False), ink.TURQUOISE_DEEP)
    land.mountains(canvas, land.Ridge(880, 110, 3.4, sharp=False), ink.OCHRE)
    line = land.crest(near, -8)
    for step in range(0, len(line) - 6, 8):
        canvas.stroke(line[step : step + 6], 10, ink.POMEGRANATE)
    return canvas


def _leg(canvas: Canvas, foot: float, shift: float) -> None:
    outline = [(foot - 52, 760), (shift - 26, 330), (shift + 26, 330), (foot + 52, 760)]
    canvas.polygon(outline, ink.WHITE)
    canvas.polygon([outline[1], (shift - 4, 330), (foot - 18, 760), outline[0]], ink.BLUE_PALE)


def neutrality() -> Canvas:
    """Draw a monument on three legs, simplified."""
    canvas = Canvas(ink.TURQUOISE_LIGHT)
    canvas.circle((800, 400), 360, ink.OCHRE_PALE)
    land.mountains(canvas, land.Ridge(700, 190, 1.9), ink.BLUE_MID)
    canvas.rectangle((0, 690, 1600, 900), ink.OCHRE_LIGHT)
    canvas.ellipse((800, 790), 470, 56, ink.OCHRE)
    for foot, shift in ((560, 760), (1040, 840), (800, 800)):
        _leg(canvas, foot, shift)
    canvas.rectangle((650, 520, 950, 560), ink.PAPER)
    canvas.rectangle((650, 552, 950, 562), ink.OCHRE)
    canvas.rectangle((716, 300, 884, 340), ink.PAPER)
    canvas.rectangle((716, 332, 884, 342), ink.OCHRE)
    canvas.rectangle((756, 200, 844, 300), ink.WHITE)
    canvas.rectangle((776, 160, 824, 200), ink.WHITE)
    canvas.polygon(star((800, 110), 52, 24, 8), ink.OCHRE)
    return canvas


def _cat(canvas: Canvas, x: float, y: float) -> None:
    canvas.ellipse((x, y - 46), 50, 56, ink.INK)
    canvas.circle((x, y - 124), 38, ink.INK)
    for side in (-1, 1):
        canvas.polygon([(x + side * 36, y - 130), (x + side * 32, y - 184), (x + side * 4, y - 156)], ink.INK)
        canvas.ellipse((x + side * 15, y - 128), 6, 8, ink.OCHRE_LIGHT)
    canvas.stroke(bezier([(x + 40, y - 20), (x + 130, y - 10), (x + 90, y + 70), (x + 120, y + 80)]), 16, ink.INK)


def _house(canvas: Canvas, x: float, ground: float) -> None:
    canvas.rectangle((x - 210, ground - 250, x + 210, ground), ink.OCHRE_LIGHT)
    for row in range(1, 5):
        canvas.rectangle((x - 210, ground - 50 * row, x + 210, ground - 50 * row + 4), ink.OCHRE)
    canvas.polygon([(x - 262, ground - 240), (x, ground - 430), (x + 262, ground - 240)], ink.TURQUOISE_DEEP)
    canvas.polygon([(x - 190, ground - 250), (x, ground - 388), (x + 190, ground - 250)], ink.TURQUOISE)
    canvas.circle((x, ground - 104), 88, ink.CLAY)
    canvas.circle((x, ground - 104), 72, ink.INK)
    canvas.rectangle((x - 92, ground - 34, x + 92, ground), ink.CLAY)


def cat_house() -> Canvas:
    """Draw a gabled house with a round door, its tenant on the roof, and an aircraft's tail behind."""
    canvas = Canvas(ink.BLUE_PALE)
    canvas.circle((250, 230), 90, ink.OCHRE_PALE)
    land.mountains(canvas, land.Ridge(620, 110, 1.4), ink.BLUE_MID)
    canvas.polygon([(1010, 520), (1240, 120), (1340, 120), (1330, 520)], ink.POMEGRANATE)
    canvas.polygon([(1104, 356), (1150, 276), (1337, 276), (1335, 356)], ink.WHITE)
    canvas.polygon([(840, 560), (1080, 496), (1600, 496), (1600, 640), (1000, 640)], ink.WHITE)
    for step in range(3):
        canvas.ellipse((1370 + 90 * step, 560), 22, 28, ink.BLUE_MID)
    canvas.rectangle((0, 620, 1600, 900), ink.INK_SOFT)
    canvas.rectangle((0, 610, 1600, 640), ink.OCHRE)
    canvas.rectangle((0, 750, 1600, 900), ink.OCHRE_PALE)
    for step in range(9):
        canvas.stroke([(-400 + 300 * step, 900), (200 + 150 * step, 752)], 4, ink.OCHRE_LIGHT)
    _house(canvas, 560, 830)
    _cat(canvas, 560, 408)
    return canvas
