"""What is kept of a build, and found by the next."""

import sqlite3
import struct
from array import array
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from plugins.fast_build.memory import Built, Memory
from plugins.fast_build.numbering import Holders, Key, Numbers
from plugins.fast_build.records import Kept, Made, Records, stamps
from plugins.fast_build.slots import Slot

FRONT, CARD = ("name", "front"), ("card", "a.md")
BUILT = Built(
    {
        "index.html": Made(
            b"given", Numbers({FRONT: 7, CARD: 9}).packed([FRONT, CARD]), {"index.html": (3, 4)}, {"findable": True}
        )
    },
    {FRONT: b"1", CARD: b"2"},
    {FRONT: 7, CARD: 9},
    frozenset({"index.html", "feed.atom"}),
)


def test_only_a_committed_memory_is_found_again(tmp_path: Path) -> None:
    file = tmp_path / "memory.sqlite"
    memory = Memory(file)
    memory.keep_built(BUILT)
    memory.close()
    memory = Memory(file)
    assert (memory.built(), memory.files()) == (Built(), frozenset())
    memory.keep_built(BUILT)
    memory.commit()
    memory = Memory(file)
    assert replace(memory.built(), files=memory.files()) == BUILT
    memory.keep_built(Built(files=frozenset({"feed.atom"})))
    memory.commit()
    memory = Memory(file)
    assert (memory.built(), memory.files()) == (Built(), frozenset({"feed.atom"}))


def test_a_first_memory_is_there_when_it_is_whole_and_nothing_of_another_comes_into_it(tmp_path: Path) -> None:
    file = tmp_path / "memory.sqlite"
    Memory(file).commit()
    with closing(sqlite3.connect(file)) as other:
        other.execute("pragma journal_mode = wal")
        other.execute("create table others (name)")
        other.commit()
        rest = {each: each.read_bytes() for each in tmp_path.glob("memory.sqlite-*")}
    assert len(rest) == 2  # what a process leaves that is killed
    file.unlink()
    for each, content in rest.items():
        each.write_bytes(content)
    Memory(file)  # and ends before it is whole
    memory = Memory(file)
    memory.keep_built(BUILT)
    assert not file.exists()
    memory.commit()
    memory.close()
    memory = Memory(file)
    assert replace(memory.built(), files=memory.files()) == BUILT
    memory.close()
    file.unlink()
    Memory(file).close()
    assert list(tmp_path.iterdir()) == []


def page(number: int, *read: int) -> Made:
    """A page that has read some numbers."""
    return Made(b"%d" % number, struct.pack(f"{len(read)}I", *read), {f"{number}.html": (number, number * 10)})


def made(count: int) -> dict[str, Made]:
    """Pages and, before the last of them, files that belong together."""
    found = {f"{number}.html": page(number, number, 7_000) for number in range(count - 1)}
    found["files:feeds"] = Made(b"", b"", {"feed.atom": (1, 2), "feed.json": (3, 4)}, {"of": ["a", 1]})
    found["files:none"] = Made(b"none", b"", {})
    return found | {f"{count - 1}.html": page(count - 1, 5, 6)}


def test_records_are_found_as_they_were_kept() -> None:
    before = made(9)
    records = Records(Kept.of(before), stamps(before))
    assert records["files:feeds"] == before["files:feeds"]
    assert list(records.items()) == list(before.items())
    records["0.html"] = page(0)
    del records["1.html"]
    assert (len(records), "1.html" in records) == (10, False)
    assert records == {**{name: each for name, each in before.items() if name != "1.html"}, "0.html": page(0)}


@pytest.mark.parametrize("numbers", [{7_000}, {5}, {7, 6}, {8, *range(3, 20)}, set[int]()])
@pytest.mark.parametrize("chosen", [set[int](), {5, 7_000}, {3, 7, 8}])
@pytest.mark.parametrize("kept", [True, False])
def test_who_holds_a_number_is_found_among_records(numbers: set[int], chosen: set[int], *, kept: bool) -> None:
    before = made(9)
    records = Records(Kept.of(before), stamps(before)) if kept else Records(own=before)
    holders = Holders(records, records.packed)
    now = dict(before)

    def holding() -> set[str]:
        return {name for name, each in now.items() if numbers.intersection(memoryview(each.keys).cast("I"))}

    holders.choose(chosen, lambda: False)
    assert holders.of(numbers) == holding()
    now["new.html"] = records["new.html"] = page(10, 5, 8)
    now["3.html"] = records["3.html"] = page(3, 7_000)
    del now["0.html"], records["0.html"]
    for name in ("new.html", "3.html", "0.html"):
        holders.note(name)
    assert holders.of(numbers) == holding()
    holders.choose(chosen, lambda: False)
    assert holders.of(numbers) == holding()
    holders.choose({1}, lambda: True)  # nobody waits for that, and what was chosen stays
    assert holders.of(numbers) == holding()
    assert Holders(records, records.packed).of(numbers) == holding()


@pytest.mark.parametrize("kept", [True, False])
def test_new_stamps_are_those_of_the_files_of_each(*, kept: bool) -> None:
    before = made(9)
    records = Records(Kept.of(before), stamps(before)) if kept else Records(own=before)
    names = ["files:feeds", "3.html", "files:none", "8.html", "new.html"]
    assert records["3.html"] == before["3.html"]  # which is found out then
    records["new.html"] = page(10, 5)
    stamped = records.stamped(names)
    assert (stamped.files, stamped.ends) == (["feed.atom", "feed.json", "3.html", "8.html", "10.html"], [2, 3, 3, 4, 5])
    theirs = [before[name].files for name in ("files:feeds", "3.html", "8.html")]
    assert list(stamped.seen()) == [*(pair for files in theirs for pair in files.items()), ("10.html", (10, 100))]
    now = stamped._replace(stamps=array("q", range(10)))
    records.restamp(names, now)
    assert records["files:feeds"].files == {"feed.atom": (0, 1), "feed.json": (2, 3)}
    assert records["3.html"] == msgspec.structs.replace(before["3.html"], files={"3.html": (4, 5)})
    assert [records[name].files for name in names[2:]] == [{}, {"8.html": (6, 7)}, {"10.html": (8, 9)}]
    assert {name: records[name] for name in before.keys() - names} == {
        name: before[name] for name in before.keys() - names
    }
    assert records.are_kept(names) == ({*names} - {"new.html"} if kept else set())
    records["3.html"] = page(3, 7)
    assert records.stamped(["3.html"]).stamps == array("q", (3, 30))
    assert "3.html" not in records.are_kept(names)
    settled = records.settled()
    assert settled == records
    assert settled.are_kept(names) == {*names}
    assert settled.settled() is settled


@pytest.mark.parametrize("kept", [True, False])
def test_whether_a_file_belongs_to_any_is_known_without_reading_all(*, kept: bool) -> None:
    before = made(9)
    records = Records(Kept.of(before), stamps(before)) if kept else Records(own=before)
    sought = frozenset({"0.html", "1.html", "3.html", "feed.atom", "files:feeds", "10.html", "never.html"})
    assert records.holding(sought) == {"0.html", "1.html", "3.html", "feed.atom"}
    records["10.html"] = page(10)
    records["3.html"] = msgspec.structs.replace(before["3.html"], files={"never.html": (1, 1)})
    del records["1.html"]
    assert records.holding(sought) == {"0.html", "10.html", "feed.atom", "never.html"}
    records["files:feeds"] = page(0)
    assert records.holding(sought) == {"0.html", "10.html", "never.html"}
    assert records.holding(frozenset()) == set()


@pytest.mark.parametrize("count", [20, 1_200])
def test_what_is_made_again_is_kept_beside_the_rest(tmp_path: Path, count: int) -> None:
    file, before = tmp_path / "memory.sqlite", made(count)
    numbers: dict[Key, int] = {("card", str(number)): number for number in range(9)}
    digests = {key: b"%d" % number for key, number in numbers.items()}
    names = frozenset(name for each in before.values() for name in each.files)
    slot = Slot(("slot", "1"), "strip.html", frozenset(), "text", frozenset({FRONT}))
    memory = Memory(file)
    memory.keep_built(Built(before, digests, numbers, names, {slot.key: slot}))
    memory.commit()
    again = {"0.html": Made(b"other", struct.pack("I", 8), {"0.html": (1, 1), "0.css": (2, 2)})}
    gone = {"1.html": before["1.html"], "never.html": page(1)}
    expected = {name: each for name, each in before.items() if name != "1.html"} | again
    left = frozenset(name for each in expected.values() for name in each.files)
    other: Key = ("card", "other")
    memory = Memory(file)
    for stamp in (8, 5):  # what was renewed before may be renewed again
        records = memory.built().made
        assert isinstance(records, Records)
        put = sorted(expected.keys() - again.keys())
        files = [name for each in put for name in expected[each].files]
        stamped = records.stamped(put)._replace(stamps=array("q", [stamp, 9] * len(files)))
        records.restamp(put, stamped)
        former = Built({**gone, "0.html": before["0.html"]}, files=frozenset({"1.html"}), slots={slot.key: slot})
        digests_now, numbers_now = {other: b"o", FRONT: b"f"}, {other: 3, FRONT: 9}
        now = Built(again, digests_now, numbers_now, frozenset({"0.html", "0.css"}))
        memory.renew_built(replace(now, restamped=dict(stamped.seen()), stamps=records.stamps), former)
        memory.commit()
        memory = Memory(file)
        found = memory.built()
        assert found.made == again | {
            name: msgspec.structs.replace(expected[name], files=dict.fromkeys(expected[name].files, (stamp, 9)))
            for name in put
        }
        others = {key for key, number in numbers.items() if number != 3}
        assert found.digests == {**{key: digests[key] for key in others}, other: b"o", FRONT: b"f"}
        assert found.numbers == {**{key: numbers[key] for key in others}, other: 3, FRONT: 9}
        assert (memory.files(), found.slots) == (left, {})
    memory.keep_built(replace(BUILT, files=frozenset({"index.html"})))
    memory.commit()
    memory = Memory(file)
    assert memory.built() == replace(BUILT, files=frozenset())
    assert memory.files() == {"index.html"}


def test_the_objects_of_one_build_stay_and_no_others(tmp_path: Path) -> None:
    file = tmp_path / "memory.sqlite"
    memory = Memory(file)
    assert memory.objects() is None
    first = memory.new_objects()
    first.write_bytes(b"cut short")
    memory.keep_objects(first.name)
    memory.close()
    assert first.exists(), "what was not committed removes nothing"
    memory = Memory(file)
    second, other = memory.new_objects(), tmp_path / "of-another.objects"
    second.write_bytes(b"cut short")
    other.write_bytes(b"")
    memory.keep_objects(second.name)
    memory.commit()
    assert (first.exists(), second.exists(), other.exists()) == (False, True, True)
    memory = Memory(file)
    assert memory.objects() is None, "what is not whole is nothing to go on from"
    memory.keep_objects(None)
    memory.commit()
    assert not second.exists()
