"""Whatever is edited, the fast build leaves what stock Pelican makes of the same sources in an empty folder.

``STEPS=500 pytest tests/fast_build/test_same_bytes.py`` takes longer walks; ``SEED`` chooses another.
"""

import json
import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from plugins.fast_build.memory import Memory
from plugins.fast_build.numbering import Key

from . import walks
from .newsroom import BuildServer, Newsroom

STORIES = 14


@pytest.fixture(scope="module")
def first(
    tmp_path_factory: pytest.TempPathFactory, servers: tuple[BuildServer, BuildServer]
) -> tuple[Newsroom, Mapping[str, set[Key]]]:
    """An edition that was built for the first time, and what its pages were made from."""
    room = Newsroom(tmp_path_factory.mktemp("first") / "room", STORIES, plugins=(), search=False)
    (fast, log), (stock, stock_log) = walks.both(room, servers)
    assert (fast, stock) == (0, 0), f"{log}\n{stock_log}"
    (store,) = (room.folder / ".cache" / "fast_build").glob("*.sqlite")
    memory = Memory(store)
    built = memory.built()
    memory.close()
    key_of = {number: key for key, number in built.numbers.items()}
    read = {name: {key_of[number] for number in memoryview(each.keys).cast("I")} for name, each in built.made.items()}
    return room, read


def test_fast_build_gives_the_bytes_of_a_clean_stock_build_after_any_edits(
    first: tuple[Newsroom, Mapping[str, set[Key]]], servers: tuple[BuildServer, BuildServer]
) -> None:
    chance = random.Random(walks.SEED)  # noqa: S311 - repeatable, not secret
    room, told, taken, went_on = first[0], ["first build"], 0, 0
    assert walks.differences(room) == []
    room.keep()
    while taken < walks.STEPS:
        edits = chance.choices(walks.EDITS, k=chance.choice((1, 1, 1, 2, 4)))
        told.append("; ".join(edit(room, chance) for edit in edits))
        servers = servers[::-1]
        before = room.files("fast")
        (fast, fast_log), (stock, stock_log) = walks.both(room, servers)
        assert fast == stock, f"{told[-3:]}\n{fast_log}\n{stock_log}"
        if stock:
            assert room.files("fast") == before, "a build that failed has changed the output"
            room.go_back()
        else:
            assert walks.differences(room) == [], json.dumps(told[-3:])
            taken += 1
            went_on += "made again" in fast_log
            room.keep()
    assert went_on, "no build went on from the last one: what else is shown here is not shown of that"


def test_an_edition_without_a_story_is_built_as_well(tmp_path: Path, servers: tuple[BuildServer, BuildServer]) -> None:
    room = Newsroom(tmp_path / "room", stories=0)
    (fast, fast_log), (stock, _) = walks.both(room, servers)
    assert (fast, stock) == (0, 0), fast_log
    assert walks.differences(room) == []


def test_the_front_page_alone_hangs_on_the_clock_and_no_list_on_a_text(
    first: tuple[Newsroom, Mapping[str, set[Key]]],
) -> None:
    _, made = first
    assert len(made) > 100
    of_the_moment = [name for name, each in made.items() if ("name", "build_time") in each]
    assert of_the_moment == ["index.html", "rates/latest.json"]
    for key in (
        ("story_lists", "sections"),
        ("story_lists", "indexes"),
        ("country_pages", "countries"),
        ("syndication",),
    ):
        readers = [name for name, each in made.items() if ("name", *key) in each]
        assert len(readers) <= 3, f"a new story makes these anew: {readers}"
    texts = {name: sum(key[0] == "text" for key in each) for name, each in made.items() if name.endswith(".html")}
    assert max(texts.values()) == 1, "a page shows one text"
    assert sum(texts.values()) == STORIES + 2, "each story's page and the two pages show their own"
