"""Environments that make the same of the same."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from pelican.utils import DateFormatter

from plugins._kit import catalogues, wording
from plugins.fast_build.likeness import likeness

HERE = Path(__file__).parent
WORDS = catalogues.read(())


def is_among(value: object, several: list[str]) -> bool:
    return value in several


def environment() -> Environment:
    """Return an environment as Pelican and the suite set one up for each generator."""
    files = FileSystemLoader([str(HERE)])
    made = Environment(loader=ChoiceLoader([files, PrefixLoader({"!theme": files})]), autoescape=True)
    made.filters["strftime"] = DateFormatter()
    made.tests["plugin_enabled"] = partial(is_among, several=["a"])
    wording.prepare(made, WORDS, wording.locale("ru"))
    return made


def test_those_that_are_set_up_alike_are_alike() -> None:
    assert len({likeness(environment()) for _ in range(3)}) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.loader.loaders.append(FileSystemLoader([str(HERE.parent)])),
        lambda one: one.loader.loaders.append(DictLoader({})),
        lambda one: one.filters.update(day=str),
        lambda one: one.filters["strftime"].__dict__.update(locale="ru_RU"),
        lambda one: one.tests.update(plugin_enabled=partial(is_among, several=["b"])),
        lambda one: one.globals.update(site="the Ledger"),
        lambda one: one.globals.pop("range"),
        lambda one: one.add_extension("jinja2.ext.do"),
        lambda one: setattr(one, "undefined", StrictUndefined),
        lambda one: setattr(one, "trim_blocks", True),
        lambda one: wording.prepare(one, WORDS, wording.locale("en")),
    ],
)
def test_what_is_set_up_otherwise_is_another(change: Callable[[Any], object]) -> None:
    one, other = environment(), environment()
    change(other)
    assert likeness(one) != likeness(other)
