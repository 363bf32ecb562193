"""Slots put into what holds them, many at a time."""

import sys
from array import array
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from plugins.fast_build.digests import Digests
from plugins.fast_build.inputs import Inputs
from plugins.fast_build.memory import Built
from plugins.fast_build.numbering import Key, Numbers, held
from plugins.fast_build.putting import Group, Put, Putter, by_slots, exchanged
from plugins.fast_build.records import Kept, Made, Records, Stamped, stamps
from plugins.fast_build.rendering import Renderer
from plugins.fast_build.shelving import Shelved
from plugins.fast_build.slots import Exchange, Slot
from plugins.fast_build.standing import seen
from plugins.fast_build.tracing import Recorder

FRONT: Key = ("name", "front")
MONDAY, TUESDAY = (
    Slot.of("strip", frozenset({"rates"}), f"Rates of {day}.", frozenset()) for day in ("Monday", "Tuesday")
)


def putter(tmp_path: Path, numbers: Numbers, processes: int = 1) -> Putter:
    """One that knows both days."""
    return Putter(tmp_path, numbers, {slot.key: slot for slot in (MONDAY, TUESDAY)}, processes)


def test_a_slot_that_takes_anothers_place_everywhere_goes_by_its_number_and_else_by_its_own(tmp_path: Path) -> None:
    for kept, holder, followed in ((set(), MONDAY, False), ({TUESDAY.key}, TUESDAY, False), (set(), TUESDAY, True)):
        numbers = Numbers({FRONT: 7, MONDAY.key: 8})
        anew = {"example.html": Made(b"", numbers.packed([FRONT, TUESDAY.key]), {})}
        anew["other.html"] = Made(b"", numbers.packed([holder.key]), {})
        put = Put([], Stamped([], [], array("q")), {8: 9})
        gone, others = putter(tmp_path, numbers).follow(anew, [put], kept)
        assert gone == ({MONDAY.key: MONDAY} if followed else {})
        assert numbers.of(TUESDAY.key) == (8 if followed else 9)
        assert {name: held(made.keys, {7, 8, 9}) for name, made in (anew | others).items()} == {
            "example.html": {7, numbers.of(TUESDAY.key)},
            "other.html": {numbers.of(holder.key)},
        }
        was = Made(b"", numbers.packed([FRONT]) + (8).to_bytes(4, sys.byteorder), {})
        assert held(exchanged(was, {} if followed else put.others).keys, {7, 8, 9}) == {7, numbers.of(TUESDAY.key)}


def test_no_slot_follows_where_one_gives_way_to_several(tmp_path: Path) -> None:
    numbers = Numbers({MONDAY.key: 8})
    none = Stamped([], [], array("q"))
    assert putter(tmp_path, numbers).follow({}, [Put([], none, {8: 9}), Put([], none, {8: 10})], ()) == ({}, {})


def test_holders_are_told_by_what_they_hold() -> None:
    assert by_slots({1: {"a", "b", "c"}, 2: {"b", "c", "d"}, 3: {"c"}, 4: set(), 5: {"e"}}) == {
        frozenset({1}): {"a"},
        frozenset({1, 2}): {"b"},
        frozenset({1, 2, 3}): {"c"},
        frozenset({2}): {"d"},
        frozenset({5}): {"e"},
    }


@pytest.mark.parametrize("other", ["the same", "another", "absent"])
def test_pages_of_several_contexts_are_alike_where_slots_find_the_same(tmp_path: Path, other: str) -> None:
    rates = ["87.40"]
    theirs = {"the same": {"rates": rates}, "another": {"rates": ["87.40"]}, "absent": {}}
    contexts: list[dict[str, Any]] = [{"rates": rates, "hour": 1}, {**theirs[other], "hour": 2}]
    places = {"a.html": 0, "b.html": 1, "c.html": 0}
    slot = frozenset({8})
    parted = putter(tmp_path, Numbers({MONDAY.key: 8}))
    found = parted.groups({slot: list(places)}, contexts, lambda name: contexts[places[name]])
    each = [(slot, ["a.html", "c.html"]), (slot, ["b.html"])]
    assert found == ([(slot, list(places))] if other == "the same" else each)


@pytest.mark.parametrize("processes", [1, 2])
def test_texts_are_put_into_all_files_of_what_was_made_or_it_is_left(tmp_path: Path, processes: int) -> None:
    names = {f"{number:05}": [f"{number}.html", *(["more.html"] if number == 2_500 else [])] for number in range(9_000)}
    for files in names.values():
        for file in files:
            (tmp_path / file).write_bytes(b"a OLD z" if file != "77.html" else b"nothing")
    made = {name: Made(b"", b"", {file: seen(tmp_path / file) for file in files}) for name, files in names.items()}
    (tmp_path / "more.html").write_bytes(b"a OLD z, by another")
    records = Records(Kept.of(made), stamps(made))
    some, others = sorted(names)[:8_000], sorted(names)[8_000:]
    groups = [Group(some, Exchange({b"OLD": b"NEWER"}), {1: 2}), Group(others, Exchange({}), {3: 4})]
    put, left = putter(tmp_path, Numbers({}), processes).begin(records, groups)()
    assert left == ["00077", "02500"]
    assert [(each.names, each.others) for each in put] == [(some, {1: 2}), (others, {3: 4})]
    now = {file: found for each in put for file, found in each.stamped.seen()}
    assert now == {
        file: (-1, -1) if file in ("77.html", "more.html") else seen(tmp_path / file)
        for files in names.values()
        for file in files
    }
    assert (tmp_path / "7999.html").read_bytes() == b"a NEWER z"
    assert (tmp_path / "8000.html").read_bytes() == b"a OLD z"
    assert (tmp_path / "more.html").read_bytes() == b"a OLD z, by another"


def test_a_group_has_what_takes_the_place_of_its_slots(tmp_path: Path) -> None:
    numbers = Numbers({FRONT: 7, MONDAY.key: 8, TUESDAY.key: 9})
    group = putter(tmp_path, numbers).group(["a.html"], frozenset({8}), numbers.packed([FRONT, TUESDAY.key]))
    assert group is not None
    (tmp_path / "a.html").write_bytes(b"1 Rates of Monday. 2")
    assert group.exchange.put(str(tmp_path / "a.html"), seen(tmp_path / "a.html")) == seen(tmp_path / "a.html")
    assert (tmp_path / "a.html").read_bytes() == b"1 Rates of Tuesday. 2"
    assert (group.names, group.others) == (["a.html"], {8: 9})
    assert putter(tmp_path, numbers).group(["a.html"], frozenset({8}), numbers.packed([FRONT])) is None


def test_pages_whose_slot_gives_way_to_several_hold_what_stands_in_each(tmp_path: Path) -> None:
    numbers = Numbers({FRONT: 7, MONDAY.key: 8})
    made = {name: Made(b"", numbers.packed([FRONT, MONDAY.key]), {}) for name in ("a.html", "b.html", "c.html")}
    inputs = Inputs({}, {}, Mock(), Digests(lambda _: None), {})
    known = Built(Records(Kept.of(made), stamps(made)), numbers={FRONT: 7, MONDAY.key: 8})
    renderer = Renderer(tmp_path, Recorder(), inputs, known, 1)
    renderer.go_on(Shelved(), [], ())
    none = Stamped([], [], array("q"))
    put = [Put(["a.html"], none, {8: 9}), Put(["b.html", "c.html"], none, {8: 10})]
    assert renderer._follow({"c.html"}, put) == {}
    assert {name: held(renderer._made[name].keys, {7, 8, 9, 10}) for name in made} == {
        "a.html": {7, 9},
        "b.html": {7, 10},
        "c.html": {7, 8},  # it was made again, and holds what it holds
    }


def test_a_build_that_fails_waits_for_those_who_write_into_its_files(tmp_path: Path) -> None:
    inputs = Inputs({}, {}, Mock(), Digests(lambda _: None), {})
    renderer = Renderer(tmp_path, Recorder(), inputs, Built(), 1)
    end = Mock(return_value=([], []))
    renderer._putter = Mock(groups=Mock(return_value=[]), begin=Mock(return_value=end))
    renderer._press = Mock(print=Mock(side_effect=[{}, RuntimeError("a template that cannot be made")]))
    with pytest.raises(RuntimeError, match="a template"):
        renderer._bring_up({}, Records(), [], {})
    end.assert_called_once_with()
