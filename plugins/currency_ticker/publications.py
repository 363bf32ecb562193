"""The files beside the pages of rates: data for others, and the feed of changes."""

import datetime as dt
from collections.abc import Mapping

import msgspec

from . import changes, datasets
from .courses import Edition, courses
from .lines import Line
from .model import Series
from .views import TickerView


class Told(msgspec.Struct, frozen=True):
    """What the edition tells of the rates."""

    lines: tuple[Line, ...]
    """The ticker's lines."""
    view: TickerView
    """The same for readers."""
    known: Mapping[tuple[str, str], Series]
    """What each origin said of each currency."""
    history: bytes
    """The history's file as it is."""


def files(told: Told, edition: Edition, now: dt.datetime, channel: changes.Channel) -> Mapping[str, bytes]:
    """Return each file's bytes by its address, at the instant ``now``; the feed speaks of itself as ``channel``."""
    folder = edition.settings.rates_url
    found = {
        told.view.feed_url: changes.feed(told.known, edition.settings, edition.language, now, channel),
        f"{folder}history.csv": told.history,
        f"{folder}schema.json": datasets.schema(),
    }
    for view in told.view.lines:
        known = courses(view.code, told.known, edition)
        found[f"{folder}{view.code.lower()}.json"] = datasets.course(view, known)
    return found
