"""Points of the curves that the drawings share. Angles are in degrees, clockwise from the right: y grows downwards."""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, radians, sin

Point = tuple[float, float]


def polar(centre: Point, radius: float, angle: float) -> Point:
    """Return the point at a distance and an angle from the centre."""
    return centre[0] + radius * cos(radians(angle)), centre[1] + radius * sin(radians(angle))


def arc(centre: Point, radius: float, start: float, end: float) -> list[Point]:
    """Return 181 points from the start angle to the end angle."""
    return [polar(centre, radius, start + (end - start) * step / 180) for step in range(181)]


def _between(first: Point, second: Point, share: float) -> Point:
    return first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share


def bezier(controls: Sequence[Point]) -> list[Point]:
    """Return 33 points of the Bézier curve of any degree, by de Casteljau's construction."""
    curve = []
    for step in range(33):
        points = list(controls)
        while len(points) > 1:
            points = [_between(a, b, step / 32) for a, b in pairwise(points)]
        curve.append(points[0])
    return curve


def mirrored(points: Sequence[Point], axis: float) -> list[Point]:
    """Return a closed outline: the points, then their mirror images about the vertical axis, backwards."""
    return [*points, *((2 * axis - x, y) for x, y in reversed(points))]


def star(centre: Point, outer: float, inner: float, rays: int) -> list[Point]:
    """Return the outline of a star with its first ray pointing up."""
    turn = 180 / rays
    return [polar(centre, outer if step % 2 == 0 else inner, turn * step - 90) for step in range(2 * rays)]


def pointed_arch(foot: Point, width: float, height: float) -> list[Point]:
    """Return the outline of an arch as in a Timurid portal, `foot` being the middle of its threshold."""
    x, y = foot
    half = width / 2
    shoulder, throat = (x - half, y - height * 0.86), (x - half * 0.35, y - height * 0.9)
    left = bezier([(x - half, y - height * 0.52), shoulder, throat, (x, y - height)])
    return mirrored([(x - half, y), *left], x)
