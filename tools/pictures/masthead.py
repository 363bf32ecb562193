"""The card shown where a page without a picture is shared."""

from . import palette as ink
from .canvas import Canvas, Lettering
from .steppe import lattice


def share_card() -> Canvas:
    """Draw the name of the paper over a lattice wall, 1200 by 630."""
    canvas = Canvas(ink.PAPER, (1200, 630))
    canvas.rectangle((0, 400, 1200, 630), ink.BLUE_DEEP)
    lattice(canvas, (0, 424, 1200, 630), 69, ink.OCHRE)
    canvas.rectangle((0, 400, 1200, 424), ink.POMEGRANATE)
    canvas.label((600, 205), "The Steppe Ledger", Lettering(118))
    canvas.rectangle((90, 290, 1110, 293), ink.INK)
    regions = "Kazakhstan   Kyrgyzstan   Tajikistan   Turkmenistan   Uzbekistan"
    canvas.label((600, 336), regions, Lettering(30, ink.INK_SOFT))
    return canvas
