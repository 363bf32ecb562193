"""The memorial in Samarkand, and the flowers before its inscriptions."""

from . import palette as ink
from .canvas import Canvas
from .geometry import Point, bezier, mirrored, pointed_arch, polar, star


def _tile(canvas: Canvas, centre: Point, size: float) -> None:
    canvas.polygon(star(centre, size, size * 0.62, 8), ink.TURQUOISE_LIGHT)
    canvas.circle(centre, size * 0.34, ink.BLUE)
    canvas.circle(centre, size * 0.14, ink.OCHRE_LIGHT)


def _portal(canvas: Canvas) -> None:
    canvas.rectangle((390, 70, 1210, 770), ink.BLUE)
    canvas.rectangle((404, 84, 1196, 770), ink.TURQUOISE)
    for step in range(11):
        _tile(canvas, (440 + 72 * step, 120), 27)
    for row in range(1, 9):
        _tile(canvas, (440, 120 + 74 * row), 27)
        _tile(canvas, (1160, 120 + 74 * row), 27)
    canvas.rectangle((482, 162, 1118, 770), ink.BLUE)
    canvas.rectangle((492, 172, 1108, 770), ink.TURQUOISE_DEEP)
    canvas.polygon(pointed_arch((800, 770), 560, 580), ink.OCHRE_LIGHT)
    canvas.polygon(pointed_arch((800, 770), 536, 564), ink.BLUE_DEEP)


def _mother(canvas: Canvas) -> None:
    cloak = bezier([(800, 300), (726, 300), (760, 420), (700, 470)])
    hem = bezier([(700, 470), (668, 540), (690, 640), (650, 716)])
    canvas.polygon(mirrored([*cloak, *hem], 800), ink.CLAY)
    canvas.polygon(mirrored(bezier([(800, 332), (752, 340), (776, 430), (800, 448)]), 800), ink.BLUE_DEEP)
    for side in (-1, 1):
        canvas.stroke(bezier([(800 + side * 8, 470), (800 + side * 40, 560), (800 + side * 50, 710)]), 5, ink.OCHRE)
    canvas.ellipse((800, 500), 34, 22, ink.OCHRE)


def carnation(canvas: Canvas, centre: Point, size: float) -> None:
    """Draw one flower head of three rings of petals."""
    dark, light = ink.POMEGRANATE_DEEP, ink.POMEGRANATE
    for radius, petals, colour in ((1.0, 9, dark), (0.66, 7, light), (0.3, 5, dark)):
        for step in range(petals):
            petal = polar(centre, size * radius * 0.62, step * 360 / petals)
            canvas.circle(petal, size * (0.2 + radius * 0.2), colour)
    canvas.circle(centre, size * 0.16, ink.POMEGRANATE)


def memorial() -> Canvas:
    """Draw the mourning figure beneath a tiled portal."""
    canvas = Canvas(ink.PAPER_DEEP)
    canvas.circle((1330, 250), 120, ink.OCHRE_PALE)
    for x, height in ((150, 300), (1450, 340)):
        canvas.rectangle((x - 34, 760 - height, x + 34, 770), ink.OCHRE_LIGHT)
        canvas.rectangle((x - 44, 750 - height, x + 44, 780 - height), ink.TURQUOISE)
    canvas.ellipse((290, 640), 92, 110, ink.TURQUOISE)
    canvas.rectangle((190, 640, 390, 770), ink.OCHRE_LIGHT)
    canvas.rectangle((1210, 560, 1330, 770), ink.OCHRE_LIGHT)
    canvas.rectangle((0, 768, 1600, 900), ink.OCHRE)
    canvas.rectangle((0, 830, 1600, 900), ink.CLAY)
    _portal(canvas)
    _mother(canvas)
    canvas.rectangle((610, 714, 990, 752), ink.PAPER_DEEP)
    canvas.rectangle((580, 752, 1020, 800), ink.PAPER)
    for step in range(13):
        carnation(canvas, (560 + 40 * step, 812 + 14 * (step % 2)), 25)
    return canvas


def _stem(canvas: Canvas, foot: Point, head: Point) -> None:
    middle = ((foot[0] + head[0]) / 2, (foot[1] + head[1]) / 2)
    canvas.stroke(bezier([foot, (foot[0], middle[1]), head]), 9, ink.TURQUOISE_DEEP)
    for side in (-1, 1):
        tip = (middle[0] + side * 62, middle[1] - 74)
        inner, outer = (middle[0], middle[1] - 60), (middle[0] + side * 66, middle[1] - 6)
        canvas.polygon([*bezier([middle, inner, tip]), *bezier([tip, outer, middle])], ink.TURQUOISE)


def _engraving(canvas: Canvas, left: float, lengths: list[int]) -> None:
    for row, length in enumerate(lengths):
        y = 170 + 46 * row
        canvas.stroke([(left, y), (left + length, y)], 8, ink.OCHRE_LIGHT)


def flowers() -> Canvas:
    """Draw a stone with two engraved columns, and carnations before it."""
    canvas = Canvas(ink.PAPER_DEEP)
    canvas.rectangle((0, 780, 1600, 900), ink.OCHRE_LIGHT)
    canvas.rectangle((230, 60, 1370, 800), ink.BLUE)
    canvas.rectangle((250, 80, 1350, 800), ink.BLUE_DEEP)
    canvas.rectangle((798, 140, 802, 500), ink.BLUE_MID)
    _engraving(canvas, 340, [360, 300, 380, 340, 220, 360, 280])
    _engraving(canvas, 880, [320, 380, 260, 370, 330, 240, 350])
    heads = [(360, 600), (500, 690), (610, 580), (740, 680), (860, 590), (980, 690), (1110, 600), (1240, 680)]
    for x, y in heads:
        _stem(canvas, (800 + (x - 800) * 0.62, 880), (x, y))
    canvas.rectangle((0, 850, 1600, 900), ink.OCHRE)
    for head in heads:
        carnation(canvas, head, 58)
    return canvas
