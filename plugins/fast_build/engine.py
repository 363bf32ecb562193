"""What a build asks of the engine that it is made with, which alone knows the engine's things."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

import msgspec
from jinja2 import Environment

from . import relisting, resuming, snapshots, taking
from .jobs import Job
from .parsing import Read
from .rendering import Written
from .untouched import Looked


class Generator(Protocol):
    """What is needed of a generator of Pelican's."""

    context: dict[str, Any]
    env: Environment


class Engine(msgspec.Struct, frozen=True):
    """What the engine knows of its things."""

    simpler: Callable[[object], object]
    """Returns what stands for one of its things in a digest; None for any other."""
    written: Written
    """Tells whom it concerns that a page is there."""
    steps: Callable[[Mapping[str, Any]], Iterable[Callable[[Any, Read, Read], bool]]]
    """Returns, from the context, what is to be done for a story with new words."""
    takers: Callable[[Mapping[str, Any]], Iterable[taking.Taker]]
    """Returns, from the context, what takes over files that are no stories."""
    placers: Callable[[Mapping[str, Any]], Sequence[relisting.Placer]]
    """Returns, from the context, what is to be done for stories that are new, or stand elsewhere."""
    listers: Callable[[Mapping[str, Any]], Sequence[relisting.Lister]]
    """Returns, from the context, what is to be done for all stories to be listed anew."""
    reread: relisting.Read
    """Returns a story as its file is now; raises for mistakes."""
    start: resuming.Start
    output: Callable[[Any, Any], list[Job]]
    """Returns what a generator, in a build that was whole, has to be made."""
    moment: Callable[[dict[str, Any]], tuple[dt.datetime, float]]
    """Returns, from the context, when the build is, and to when what it makes of the time holds."""
    things: snapshots.Things
    """The classes of its things."""


class Asked(msgspec.Struct, frozen=True):
    """What a command asks for."""

    looked: Looked
    """What was seen of what its last build stands on."""
    alone: bool
    """Whether the output is to hold nothing else."""
