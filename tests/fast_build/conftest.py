"""A small newsroom, the process that stays and builds it, and clean builds by stock Pelican beside it."""

from collections.abc import Callable, Iterator

import pytest

from . import walks
from .newsroom import BuildServer, Newsroom
from .residence import Residence


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[BuildServer, BuildServer]]:
    made = (BuildServer(walks.SEED % 1000), BuildServer(walks.SEED % 1000 + 1))
    yield made
    for server in made:
        server.stop()


@pytest.fixture(scope="module")
def begin() -> Iterator[Callable[[Newsroom], Residence]]:
    begun: list[Residence] = []

    def residence(room: Newsroom) -> Residence:
        for each in begun:
            each.end()
        begun[:] = [Residence(room)]
        return begun[0]

    yield residence
    for each in begun:
        each.end()


@pytest.fixture(scope="module")
def stock() -> Iterator[Callable[[Newsroom], int]]:
    server = BuildServer(walks.SEED % 1000)

    def build(room: Newsroom) -> int:
        server.ask(room, fast=False)
        return server.answer()[0]

    yield build
    server.stop()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    made = Newsroom(tmp_path_factory.mktemp("resident") / "room", plugins=(), search=False)
    made.choose(siteurl="")  # as the preview has it
    return made


@pytest.fixture(scope="module")
def residence(room: Newsroom) -> Iterator[Residence]:
    """The process that stays, which has built the edition; no test that begins others ends it."""
    begun = Residence(room)
    assert begun.ask() == {"problem": "", "alone": False}
    yield begun
    begun.end()
