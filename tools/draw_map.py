"""Draw a map of countries: ``python tools/draw_map.py countries-50m.json content/countries/map.json KZ KG TJ TM UZ``.

The shapes are Natural Earth's (public domain) as the npm package world-atlas has them in TopoJSON; get the file with
``npm pack world-atlas@2.0.2`` and unpack it. What is written is a JSON file of a few kilobytes that is committed: an
edition is built without this tool. The same run writes the same bytes.
"""

import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.core import get_global

ORIGIN = "Natural Earth, 1:50m cultural vectors, in the npm package world-atlas 2.0.2 (countries-50m.json)"
LICENCE = "Public domain"
WIDTH = 480  # units of the drawing; at most 640 pixels wide, so that no border is off by two pixels
MARGIN = 3
TOLERANCE = 1.2  # units; what a border may be off
SMALLEST_RING = 27  # square units; islands and exclaves below it are left out

Point = tuple[float, float]


def main(source: str, target: str, *codes: str) -> None:
    """Read the TopoJSON file ``source``, write ``target`` with the countries of ``codes`` (ISO 3166-1 alpha-2)."""
    atlas = Atlas.read(json.loads(Path(source).read_text("utf-8")))
    rings = {code: atlas.rings(code) for code in codes}
    frame = Frame.around(point for own in rings.values() for ring in own for point in ring.points)
    drawn = {code: _country(own, frame) for code, own in rings.items()}
    document = {
        "origin": ORIGIN,
        "licence": LICENCE,
        "width": WIDTH,
        "height": frame.height,
        "countries": drawn,
    }
    Path(target).write_text(json.dumps(document, indent=1, sort_keys=True) + "\n", "utf-8")


@dataclass(frozen=True)
class Ring:
    """A closed outline as the arcs that it is made of, so that neighbours keep one border between them."""

    arcs: tuple[tuple[Point, ...], ...]
    """Each begins where the last one ends, projected."""

    @property
    def points(self) -> Iterator[Point]:
        """Every point, one after another."""
        return (point for arc in self.arcs for point in arc)


@dataclass(frozen=True)
class Atlas:
    """A TopoJSON file of countries."""

    arcs: tuple[tuple[Point, ...], ...]
    """Every border once, projected."""
    shapes: Mapping[str, Any]
    """The countries' geometries by numeric ISO 3166-1 code."""

    @classmethod
    def read(cls, topology: Mapping[str, Any]) -> "Atlas":
        """Return the atlas in ``topology``, whose arcs are delta-encoded."""
        (wide, high), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
        arcs = []
        for encoded in topology["arcs"]:
            x = y = 0
            arc = []
            for right, up in encoded:
                x, y = x + right, y + up
                arc.append(_project(x * wide + west, y * high + south))
            arcs.append(tuple(arc))
        shapes = {shape["id"]: shape for shape in topology["objects"]["countries"]["geometries"] if "id" in shape}
        return cls(tuple(arcs), shapes)

    def rings(self, code: str) -> tuple[Ring, ...]:
        """Return the outlines of a country; holes are left out, since what fills them lies upon them."""
        shape = next(shape for number, shape in self.shapes.items() if _alpha_2(number) == code)
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        return tuple(Ring(tuple(self._arc(number) for number in polygon[0])) for polygon in polygons)

    def _arc(self, number: int) -> tuple[Point, ...]:
        return self.arcs[number] if number >= 0 else self.arcs[~number][::-1]


@dataclass(frozen=True)
class Frame:
    """How projected points come to stand in the drawing."""

    left: float
    top: float
    scale: float
    height: int

    @classmethod
    def around(cls, points: Iterable[Point]) -> "Frame":
        """Return the frame that all ``points`` just fit into."""
        across, down = zip(*points, strict=True)
        scale = (WIDTH - 2 * MARGIN) / (max(across) - min(across))
        return cls(min(across), min(down), scale, round((max(down) - min(down)) * scale) + 2 * MARGIN)

    def place(self, point: Point) -> Point:
        """Return the point in units of the drawing."""
        return (point[0] - self.left) * self.scale + MARGIN, (point[1] - self.top) * self.scale + MARGIN


def _project(longitude: float, latitude: float) -> Point:
    """Return a place on Lambert's conformal conic map of Central Asia, north upwards (parallels 38 and 52, 67 east)."""
    low, high, middle = math.radians(38), math.radians(52), math.radians(67)

    def tangent(angle: float) -> float:
        return math.tan(math.pi / 4 + angle / 2)

    cone = math.log(math.cos(low) / math.cos(high)) / math.log(tangent(high) / tangent(low))
    size = math.cos(low) * tangent(low) ** cone / cone
    radius = size / tangent(math.radians(max(latitude, -80.0))) ** cone
    angle = cone * (math.radians(longitude) - middle)
    return radius * math.sin(angle), radius * math.cos(angle)


def _country(rings: Iterable[Ring], frame: Frame) -> dict[str, Any]:
    outlines = []
    for ring in rings:
        simple = [point for arc in ring.arcs for point in _simplified([frame.place(one) for one in arc])[:-1]]
        if abs(_area(simple)) >= SMALLEST_RING:
            outlines.append(simple)
    outlines.sort(key=lambda outline: -abs(_area(outline)))
    return {"label": [round(part) for part in _middle(outlines[0])], "path": "".join(map(_path, outlines))}


def _simplified(arc: list[Point]) -> list[Point]:
    """Return ``arc`` with its ends and what lies off the straight line (Douglas and Peucker), in whole units.

    Of a border the same points stay whichever way it is walked.
    """
    kept = {0, len(arc) - 1}
    spans = [(0, len(arc) - 1)]
    while spans:
        first, last = spans.pop()
        distances = [(_distance(arc[one], arc[first], arc[last]), one) for one in range(first + 1, last)]
        farthest, place = max(distances, default=(0.0, first))
        if farthest > TOLERANCE:
            kept.add(place)
            spans += [(first, place), (place, last)]
    return [(round(arc[place][0]), round(arc[place][1])) for place in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    across, down = end[0] - start[0], end[1] - start[1]
    length = math.hypot(across, down)
    if length == 0:
        return math.dist(point, start)
    return abs(across * (point[1] - start[1]) - down * (point[0] - start[0])) / length


def _area(outline: list[Point]) -> float:
    return sum(x * below - right * y for (x, y), (right, below) in _sides(outline)) / 2


def _middle(outline: list[Point]) -> Point:
    """Return the centre of gravity of the outline's area."""
    across = down = 0.0
    for (x, y), (right, below) in _sides(outline):
        weight = x * below - right * y
        across, down = across + (x + right) * weight, down + (y + below) * weight
    area = 6 * _area(outline)
    return across / area, down / area


def _sides(outline: list[Point]) -> Iterator[tuple[Point, Point]]:
    return zip(outline, [*outline[1:], outline[0]], strict=True)


def _path(outline: list[Point]) -> str:
    """Return SVG path data: the first point, then steps from point to point."""
    steps = [(round(right - x), round(below - y)) for (x, y), (right, below) in _sides(outline)][:-1]
    numbers = " ".join(f"{right} {below}" for right, below in steps if (right, below) != (0, 0))
    return f"M{round(outline[0][0])} {round(outline[0][1])}l{numbers}z".replace(" -", "-")


def _alpha_2(number: str) -> str:
    return str((get_global("territory_aliases").get(number) or [""])[0])


if __name__ == "__main__":
    main(*sys.argv[1:])
