"""The edition's map: a file of outlines, and the view of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec

from .._kit.errors import Problem
from .model import Country
from .views import MapView, ShapeView

PathData = Annotated[str, msgspec.Meta(pattern=r"^[MmLlHhVvZz0-9 .,-]+$")]


class Outline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One country of a map's file."""

    path: PathData
    """SVG path data of straight lines."""
    label: tuple[int, int]
    """The middle, from the left and from the top."""


class Drawing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A map's file, as ``tools/draw_map.py`` writes it."""

    origin: str
    """Whose shapes they are."""
    licence: str
    """On what terms they may be used."""
    width: int
    """Of the drawing, in its units."""
    height: int
    """Of the drawing, in its units."""
    countries: dict[str, Outline]
    """By ISO 3166-1 alpha-2 code."""


def read(file: Path, shown: str) -> tuple[Drawing | None, tuple[Problem, ...]]:
    """Return the map in ``file`` and what is wrong with it; neither if there is no such file."""
    if not file.is_file():
        return None, ()
    try:
        return msgspec.json.decode(file.read_bytes(), type=Drawing), ()
    except msgspec.DecodeError as error:
        message = f"is no map: {str(error).replace('`', chr(39))}"
        return None, (Problem(shown, 0, message, "Make it again with tools/draw_map.py.", "map-file"),)


def view(drawing: Drawing, pages: Mapping[str, Country], here: Country | None, text: str) -> MapView:
    """Return the map of ``drawing`` with links to ``pages`` (by code) in their order; ``here`` is pointed out."""
    return MapView(
        width=drawing.width,
        height=drawing.height,
        text=text,
        shapes=tuple(
            ShapeView(
                code=code,
                name=country.name,
                url=country.url,
                path=drawing.countries[code].path,
                label_x=drawing.countries[code].label[0],
                label_y=drawing.countries[code].label[1],
                is_here=here is not None and code == here.code,
            )
            for code, country in pages.items()
            if code in drawing.countries
        ),
    )
