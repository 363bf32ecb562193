"""Yurts: the lattice wall, the crown, and riders' pennants."""

from . import land
from . import palette as ink
from .canvas import Canvas
from .geometry import Point, arc, bezier, polar

Box = tuple[float, float, float, float]


def lattice(canvas: Canvas, box: Box, pitch: float, colour: str) -> None:
    """Cross laths in both directions over the box, as in a kerege; they stop at its edges."""
    left, top, right, bottom = box
    height = bottom - top
    foot = left - height
    while foot < right:
        start, end = max(foot, left), min(foot + height, right)
        for shift in (0.0, left + right):
            path = [(abs(shift - x), bottom - (x - foot)) for x in (start, end)]
            canvas.stroke(path, pitch * 0.14, colour)
        foot += pitch


def _pennant(canvas: Canvas, foot: Point, height: float, colour: str) -> None:
    x, y = foot
    top = y - height
    canvas.stroke([(x, y), (x, top)], 7, ink.CLAY)
    canvas.circle((x, top - 8), 9, ink.OCHRE)
    upper = bezier([(x, top), (x + 70, top - 34), (x + 120, top + 46), (x + 210, top + 20)])
    lower = bezier([(x + 210, top + 20), (x + 130, top + 110), (x + 70, top + 50), (x, top + 92)])
    canvas.polygon([*upper, *lower], colour)


def _yurt(canvas: Canvas, centre: float, ground: float) -> None:
    left, right, eaves = centre - 270, centre + 270, ground - 190
    rise, neck = (left + 60, eaves - 120), (centre - 120, eaves - 180)
    roof = bezier([(left - 20, eaves), rise, neck, (centre - 56, eaves - 196)])
    back = [(2 * centre - x, y) for x, y in reversed(roof)]
    canvas.polygon([*roof, *back], ink.WHITE)
    canvas.rectangle((centre - 58, eaves - 212, centre + 58, eaves - 190), ink.POMEGRANATE)
    canvas.rectangle((left, eaves, right, ground), ink.OCHRE_PALE)
    lattice(canvas, (left, eaves + 20, right, ground - 6), 42, ink.CLAY)
    canvas.rectangle((left - 20, eaves - 4, right + 20, eaves + 22), ink.POMEGRANATE)
    for step in range(14):
        x = left + 4 + 41 * step
        canvas.polygon([(x, eaves + 9), (x + 12, eaves), (x + 24, eaves + 9), (x + 12, eaves + 18)], ink.OCHRE_LIGHT)
    canvas.rectangle((centre - 62, eaves + 22, centre + 62, ground), ink.CLAY)
    canvas.rectangle((centre - 50, eaves + 34, centre - 3, ground), ink.TURQUOISE)
    canvas.rectangle((centre + 3, eaves + 34, centre + 50, ground), ink.TURQUOISE)


def nomad_games() -> Canvas:
    """Draw a yurt on the steppe, its lattice open, and pennants in the wind."""
    canvas = Canvas(ink.BLUE_PALE)
    canvas.circle((260, 230), 96, ink.OCHRE_PALE)
    land.mountains(canvas, land.Ridge(640, 200, 0.9), ink.BLUE_MID)
    land.mountains(canvas, land.Ridge(690, 120, 2.2, sharp=False), ink.OCHRE_LIGHT)
    land.mountains(canvas, land.Ridge(780, 70, 0.3, sharp=False), ink.OCHRE)
    _yurt(canvas, 500, 780)
    colours = (ink.POMEGRANATE, ink.TURQUOISE, ink.BLUE, ink.WHITE, ink.POMEGRANATE)
    for index, colour in enumerate(colours):
        _pennant(canvas, (880 + 112 * index, 810 + 12 * (index % 2)), 420 + 40 * ((index * 2) % 3), colour)
    canvas.polygon([*land.crest(land.Ridge(870, 50, 3.1, sharp=False)), (1600, 900), (0, 900)], ink.CLAY)
    return canvas


def _crown(canvas: Canvas, centre: Point, radius: float) -> None:
    canvas.circle(centre, radius, ink.CLAY)
    canvas.circle(centre, radius - 44, ink.BLUE_PALE)
    for spread in (-13, 0, 13):
        for turn in (45, 135):
            path = [polar(centre, radius - 20, turn + spread), polar(centre, radius - 20, turn + 180 - spread)]
            canvas.stroke(path, 20, ink.CLAY)
    for step in range(36):
        canvas.circle(polar(centre, radius - 22, step * 10 + 5), 7, ink.OCHRE_LIGHT)


def assembly() -> Canvas:
    """Draw the crown of a yurt from below, with fields of many colours between its spokes."""
    canvas = Canvas(ink.BLUE_DEEP)
    centre = (800, 450)
    fields = (ink.TURQUOISE, ink.OCHRE, ink.POMEGRANATE, ink.BLUE_MID, ink.OCHRE_LIGHT, ink.TURQUOISE_DEEP)
    for step in range(36):
        sector = arc(centre, 980, step * 10, step * 10 + 10)
        canvas.polygon([centre, *sector], fields[step % 6])
    for step in range(36):
        canvas.stroke([centre, polar(centre, 980, step * 10)], 15, ink.CLAY)
    for radius in (560, 700):
        canvas.stroke(arc(centre, radius, 0, 360), 12, ink.PAPER)
    _crown(canvas, centre, 300)
    return canvas
