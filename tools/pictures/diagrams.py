"""Line diagrams of routes, and the chart of a programme's money. None is to scale."""

from collections.abc import Iterable, Sequence

from . import palette as ink
from .canvas import Canvas, Lettering
from .geometry import Point, bezier

_LEFT = "lm"


def _station(canvas: Canvas, place: Point, name: str, colour: str) -> None:
    canvas.circle(place, 19, colour)
    canvas.circle(place, 11, ink.WHITE)
    canvas.label((place[0] + 36, place[1]), name, Lettering(44, ink.INK, _LEFT))


def _country(canvas: Canvas, top: float, name: str) -> None:
    canvas.label((70, top + 44), name.upper(), Lettering(30, ink.INK_SOFT, _LEFT))


def _route(canvas: Canvas, path: Sequence[Point], stations: Iterable[tuple[Point, str]], colour: str) -> None:
    canvas.stroke(path, 14, colour)
    for place, name in stations:
        _station(canvas, place, name, colour)


def trans_afghan() -> Canvas:
    """Draw the two routes under study from north to south, with all their stations."""
    canvas = Canvas(ink.PAPER)
    canvas.rectangle((0, 0, 1600, 190), ink.OCHRE_PALE)
    canvas.rectangle((0, 720, 1600, 900), ink.BLUE_PALE)
    for top, name in ((0, "Uzbekistan"), (190, "Afghanistan"), (720, "Pakistan")):
        _country(canvas, top, name)
    west = [(660, 260), (440, 370), (440, 480), (570, 610), (640, 810)]
    west_names = ["Mazar-e-Sharif", "Herat", "Dilaram", "Kandahar", "Chaman"]
    east = [(1130, 110), (1130, 300), (1290, 520), (1290, 810)]
    east_names = ["Termez", "Naibabad", "Logar", "Kharlachi"]
    bend_west = [west[0], (550, 260), *west[1:4], (640, 680), west[4]]
    bend_east = [*east[:2], (1130, 360), (1290, 520), east[3]]
    _route(canvas, bend_west, zip(west, west_names, strict=True), ink.TURQUOISE)
    _route(canvas, bend_east, zip(east, east_names, strict=True), ink.POMEGRANATE)
    return canvas


def _ship(canvas: Canvas, x: float, y: float) -> None:
    canvas.polygon([(x - 70, y), (x + 70, y), (x + 48, y + 34), (x - 48, y + 34)], ink.WHITE)
    canvas.rectangle((x - 40, y - 26, x - 4, y), ink.POMEGRANATE)
    canvas.rectangle((x, y - 26, x + 36, y), ink.OCHRE)


def _wagons(canvas: Canvas, x: float, y: float) -> None:
    for step, colour in enumerate((ink.POMEGRANATE, ink.OCHRE, ink.TURQUOISE_DEEP, ink.INK)):
        left = x + 92 * step
        canvas.rectangle((left, y - 50, left + 82, y), colour)
        for wheel in (20, 62):
            canvas.circle((left + wheel, y + 4), 10, ink.INK)


def middle_corridor() -> Canvas:
    """Draw the Trans-Caspian corridor, with Europe on the left and China on the right as on a map."""
    canvas = Canvas(ink.PAPER)
    canvas.polygon([(0, 610), (500, 560), (1600, 600), (1600, 900), (0, 900)], ink.OCHRE_PALE)
    canvas.polygon([(0, 700), (600, 660), (1600, 710), (1600, 900), (0, 900)], ink.OCHRE_LIGHT)
    west_coast = bezier([(670, 0), (600, 250), (740, 420), (640, 900)])
    east_coast = bezier([(930, 900), (1010, 600), (840, 320), (930, 0)])
    canvas.polygon([*west_coast, *east_coast], ink.TURQUOISE)
    canvas.stroke([(110, 430), (640, 430)], 14, ink.INK)
    canvas.stroke([(936, 430), (1480, 430)], 14, ink.INK)
    for step in range(8):
        canvas.circle((676 + 32 * step, 430), 7, ink.WHITE)
    for x, name in ((110, "Europe"), (310, "Georgia"), (530, "Azerbaijan"), (1130, "Kazakhstan"), (1480, "China")):
        canvas.circle((x, 430), 24, ink.INK)
        canvas.circle((x, 430), 14, ink.WHITE)
        canvas.label((x, 350), name, Lettering(42))
    canvas.label((782, 210), "Caspian Sea", Lettering(34, ink.WHITE))
    _ship(canvas, 800, 560)
    _wagons(canvas, 1100, 640)
    canvas.stroke([(1040, 655), (1620, 655)], 5, ink.INK)
    return canvas


def somoni() -> Canvas:
    """Draw the sources of the programme's money; the border between them is left open, as no exact share is known."""
    canvas = Canvas(ink.PAPER)
    canvas.rectangle((0, 0, 1600, 26), ink.BLUE)
    canvas.label((120, 190), "38.5 million somoni", Lettering(104, ink.INK, _LEFT))
    canvas.label((124, 300), "2025 to 2029, about $3.6 million", Lettering(44, ink.INK_SOFT, _LEFT))
    canvas.rectangle((120, 420, 1480, 640), ink.OCHRE)
    canvas.rectangle((120, 420, 730, 640), ink.TURQUOISE_DEEP)
    for step in range(11):
        top = 420 + 20 * step
        canvas.polygon([(729, top), (765, top + 10), (729, top + 20)], ink.TURQUOISE_DEEP)
    canvas.label((160, 530), "State budget", Lettering(52, ink.WHITE, _LEFT))
    canvas.label((820, 530), "Grants and other sources", Lettering(52, ink.INK, _LEFT))
    canvas.label((120, 700), "almost half", Lettering(44, ink.TURQUOISE_DEEP, _LEFT))
    canvas.label((790, 700), "the rest", Lettering(44, ink.CLAY, _LEFT))
    canvas.rectangle((120, 800, 1480, 803), ink.INK)
    return canvas
