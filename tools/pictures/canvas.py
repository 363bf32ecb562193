"""A sheet to draw on, in the units of the finished picture; larger inside, so that edges come out clean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from .geometry import Point
from .palette import INK

_SCALE = 3


@dataclass(frozen=True)
class Lettering:
    """How a label looks: size in picture units, colour, and Pillow's anchor code."""

    size: float = 30
    colour: str = INK
    anchor: str = "mm"


class Canvas:
    """A sheet of the given size. Everything drawn is opaque, later strokes over earlier ones."""

    def __init__(self, background: str, size: tuple[int, int] = (1600, 900)) -> None:
        self._image = Image.new("RGB", (size[0] * _SCALE, size[1] * _SCALE), background)
        self._draw = ImageDraw.Draw(self._image)

    def polygon(self, points: Iterable[Point], fill: str) -> None:
        """Fill the outline."""
        self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=fill)

    def rectangle(self, box: tuple[float, float, float, float], fill: str) -> None:
        """Fill the box between left, top, right and bottom."""
        left, top, right, bottom = (value * _SCALE for value in box)
        self._draw.rectangle((left, top, right - 1, bottom - 1), fill=fill)

    def circle(self, centre: Point, radius: float, fill: str) -> None:
        """Fill a disc."""
        self.ellipse(centre, radius, radius, fill)

    def ellipse(self, centre: Point, across: float, down: float, fill: str) -> None:
        """Fill an ellipse with the half axes `across` and `down`."""
        x, y = centre
        self._draw.ellipse([value * _SCALE for value in (x - across, y - down, x + across, y + down)], fill=fill)

    def stroke(self, points: Sequence[Point], width: float, colour: str) -> None:
        """Draw a line with round joints and ends."""
        path = [(x * _SCALE, y * _SCALE) for x, y in points]
        self._draw.line(path, fill=colour, width=round(width * _SCALE), joint="curve")
        for end in (points[0], points[-1]):
            self.circle(end, width / 2, colour)

    def label(self, position: Point, text: str, lettering: Lettering) -> None:
        """Write text in the face that Pillow carries."""
        face = ImageFont.load_default(lettering.size * _SCALE)
        place = (position[0] * _SCALE, position[1] * _SCALE)
        self._draw.text(place, text, fill=lettering.colour, font=face, anchor=lettering.anchor)

    def save(self, path: Path) -> None:
        """Write a PNG of at most 64 colours, without metadata: the same bytes for the same drawing."""
        small = self._image.reduce(_SCALE)
        small.quantize(64, dither=Image.Dither.NONE).save(path, format="PNG", optimize=True)
