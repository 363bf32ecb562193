"""The parts of the fast build, each alone."""

import dataclasses
import logging
import os
import sqlite3
import struct
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from unittest.mock import Mock

import pytest
from pelican.settings import read_settings
from pelican.urlwrappers import Author, Tag

from plugins._kit import output
from plugins.fast_build import forking, writing
from plugins.fast_build.audit import OutputFiles
from plugins.fast_build.digests import Digests, UndigestibleError
from plugins.fast_build.inputs import Inputs
from plugins.fast_build.jobs import Job
from plugins.fast_build.memory import Built, Memory
from plugins.fast_build.numbering import Holders, Key, Numbers, Packed, exchanged, held, holds_any
from plugins.fast_build.parsing import Shelf
from plugins.fast_build.records import Made
from plugins.fast_build.rendering import Renderer
from plugins.fast_build.shelving import Part, Shelved
from plugins.fast_build.slots import Slot
from plugins.fast_build.tracing import Recorder


@dataclasses.dataclass(frozen=True)
class View:
    names: frozenset[str]
    rest: object = None


def digest(value: object) -> bytes:
    return Digests(lambda _: None).of(value)


def test_a_digest_tells_values_apart_and_not_their_order_in_a_set() -> None:
    assert digest(View(frozenset("abc"))) == digest(View(frozenset("cba")))
    assert digest(View(frozenset("abc"))) != digest(View(frozenset("abd")))
    different = [0, False, "0", b"0", None, [], (), {}, [0], ["0"], {"0": 0}, ("ab", "c"), ("a", "bc")]
    assert len({digest(value) for value in different}) == len(different)


def test_what_cannot_be_digested_is_told_by_its_type() -> None:
    with pytest.raises(UndigestibleError, match="object"):
        digest(View(frozenset(), [object()]))


def test_work_over_processes_comes_back_in_order_and_its_log_is_told_here(caplog: pytest.LogCaptureFixture) -> None:
    def work(number: int) -> int:
        time.sleep(0.001)  # all are at work at the same time
        if number % 10 == 1:
            logging.getLogger("work").warning("at %s", number)
            logging.getLogger("work").warning("still at %s", number)
        return number * number

    with caplog.at_level(logging.WARNING):
        assert forking.each(work, range(100), 3) == [number * number for number in range(100)]
    said = [record.getMessage() for record in caplog.records]
    assert said == [words for number in range(1, 100, 10) for words in (f"at {number}", f"still at {number}")]


def test_a_worker_that_is_long_at_one_thing_leaves_the_others_to_the_rest() -> None:
    def work(number: int) -> int:
        time.sleep(0.5 if number == 0 else 0.001)
        return os.getpid()

    who = forking.each(work, range(64), 2)
    assert len(set(who)) == 2
    assert who.count(who[0]) <= 8


def test_each_worker_has_a_run_and_helps_when_that_is_done() -> None:
    def work(number: int) -> int:
        time.sleep(0.02 if number < 32 else 0.001)
        return os.getpid()

    who = forking.each(work, range(128), 2)
    assert len(set(who)) == 2
    assert who[0] != who[127]
    assert len(set(who[:64])) == 2, "who had less to do took some of it"
    turns = [place for place in range(1, 128) if who[place] != who[place - 1]]
    assert len(turns) < 8, "they did not take turns"


def test_an_error_in_a_worker_is_an_error_here() -> None:
    def work(number: int) -> int:
        return 1 // (number - 50)

    with pytest.raises(forking.WorkerError, match="ZeroDivisionError"):
        forking.each(work, range(100), 2)


def test_work_beside_comes_back_when_it_is_asked_for_and_so_does_its_error() -> None:
    begun = [forking.beside(os.getpid, processes) for processes in (1, 2)]
    here, beside = (result() for result in begun)
    assert here == os.getpid() != beside
    with pytest.raises(forking.WorkerError, match="ZeroDivisionError"):
        forking.beside(lambda: 1 // 0, 2)()


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("many", [9, 9_000])
@pytest.mark.parametrize("begun", [0, 8_000])
def test_what_is_another_is_found_by_one_process_or_two(
    tmp_path: Path, processes: int, many: int, begun: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def inputs(saying: Callable[[int], str]) -> Inputs:
        stories = {
            str(number): SimpleNamespace(_content=saying(number), title=saying(number)) for number in range(many)
        }
        context = {str(number): saying(number) for number in range(many)}
        return Inputs(context, stories, cast("Any", Mock()), Digests(lambda _: None), {})

    keys: list[Key] = [(("card", "text", "name")[number % 3], str(number)) for number in range(many)]
    then = inputs(lambda _: "old").digests(keys, 1) | {keys[4]: b""}
    known = Built(digests=then, numbers={key: number for number, key in enumerate(keys)})
    now = inputs(lambda number: "new" if number % 5 == 1 else "old")
    forked = Mock(wraps=forking.beside)
    monkeypatch.setattr(forking, "beside", forked)
    now.begin(keys[1:begun], processes)
    renderer = Renderer(tmp_path, Recorder(), now, known, processes)
    renderer.compare()
    assert renderer._changed == {4, *range(1, many, 5)}
    assert max(call.args[1] for call in forked.call_args_list) == (processes if many > 5_000 else 1)


FRONT, CARD = ("name", "front"), ("card", "a.md")


def test_what_shows_a_story_is_rehearsed_in_this_process_and_stays_as_it_is(tmp_path: Path) -> None:
    made: list[str] = []

    def make(job: Job) -> dict[str, bytes]:
        made.append(job.key)
        return {job.key: b"the same"}

    jobs = [Job(name, {}, {}, make) for name in ("a.txt", "b.txt")]
    before = {
        name: output.write(tmp_path / name, b"the same") and (tmp_path / name).stat() for name in ("a.txt", "b.txt")
    }
    numbers = {FRONT: 7, CARD: 9}
    known = Built(
        {job.key: Made(b"", Numbers(numbers).packed([key]), {}, {}) for job, key in zip(jobs, numbers, strict=True)},
        {FRONT: b"1", CARD: b"2"},
        numbers,
    )
    inputs = Inputs({}, {}, cast("Any", Mock()), Digests(lambda _: None), {})
    renderer = Renderer(tmp_path, Recorder(), inputs, known, 2)
    renderer.go_on(Shelved([Part([job.key for job in jobs], lambda: jobs)]), [{}], ())
    renderer.rehearse([CARD], lambda: True)
    assert made == []
    renderer.rehearse([CARD, ("card", "read by nobody")], lambda: False)
    assert made == ["b.txt"]
    assert {name: (tmp_path / name).stat() for name in before} == before


def test_who_takes_a_number_over_is_found_by_it() -> None:
    numbers = Numbers({FRONT: 7, CARD: 9})
    packed = numbers.packed([FRONT, CARD])
    numbers.follow(("card", "b.md"), CARD)
    assert numbers.used([packed]) == {FRONT: 7, ("card", "b.md"): 9}
    assert numbers.used([numbers.packed([("text", "c.md")])]) == {("text", "c.md"): 10}


def test_a_number_is_found_where_it_stands_and_not_across_two_others() -> None:
    packed = struct.pack("4I", 1, 0x01000000, 0x02010000, 512)
    assert [number for number in (0, 1, 2, 256, 512) if holds_any(packed, {number})] == [1, 512]
    assert holds_any(packed, set(range(500, 520)))
    assert not holds_any(packed, set(range(20, 40)))


def test_a_file_that_is_no_memory_is_told(tmp_path: Path) -> None:
    file = tmp_path / "memory.sqlite"
    file.write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        Memory(file)


def test_removing_the_last_file_of_a_folder_removes_the_folder(tmp_path: Path) -> None:
    for name in ("a/b/c.html", "a/d.html"):
        output.write(tmp_path / name, b"")
    writing.remove(tmp_path, ["a/b/c.html"])
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["d.html"]


class Reader:
    """Reads a file as its text; somebody saves the file again just before, or just after."""

    def __init__(self, before: str = "", after: str = "") -> None:
        self.before, self.after = before, after
        self.times = 0

    def read(self, source_path: str) -> tuple[str, dict[str, object]]:
        self.times += 1
        if self.before:
            Path(source_path).write_text(self.before, "utf-8")
        text = Path(source_path).read_text("utf-8")
        if self.after:
            Path(source_path).write_text(self.after, "utf-8")
        return text, {}


def shelved(tmp_path: Path, reader: Reader) -> str:
    """What one build reads the file as."""
    memory = Memory(tmp_path / "memory.sqlite")
    shelf = Shelf(memory, b"surroundings", {}, 1)
    shelf.fill({str(tmp_path / "a.md"): reader})
    content, _ = shelf.lent(reader)(str(tmp_path / "a.md"))
    memory.commit()
    return content


def test_a_file_is_read_once_and_again_when_it_changes(tmp_path: Path) -> None:
    reader = Reader()
    for text, times in (("one", 1), ("one", 1), ("two", 2)):
        (tmp_path / "a.md").write_text(text, "utf-8")
        assert (shelved(tmp_path, reader), reader.times) == (text, times)


def test_what_files_were_read_as_is_forgotten_when_nobody_asks_for_them_any_more(tmp_path: Path) -> None:
    stories = {name: str(tmp_path / f"{name}.md") for name in "abc"}
    for file in (*stories.values(), str(tmp_path / "page.md")):
        Path(file).write_text("text", "utf-8")
    for names in ("ab", "bc"):
        memory = Memory(tmp_path / "memory.sqlite")
        shelf = Shelf(memory, b"surroundings", {}, 1)
        shelf.fill({stories[name]: Reader() for name in names})
        shelf.fill({str(tmp_path / "page.md"): Reader()})
        shelf.tidy()
        memory.commit()
    assert Memory(tmp_path / "memory.sqlite").all_parsed() == {stories["b"], stories["c"], str(tmp_path / "page.md")}


@pytest.mark.parametrize("reader", [Reader(before="new"), Reader(after="new")], ids=["before", "after"])
@pytest.mark.parametrize("now", ["old", "new"])
def test_what_was_read_while_the_file_was_saved_again_is_not_kept(tmp_path: Path, reader: Reader, now: str) -> None:
    (tmp_path / "a.md").write_text("old", "utf-8")
    shelved(tmp_path, reader)
    (tmp_path / "a.md").write_text(now, "utf-8")
    assert shelved(tmp_path, Reader()) == now


def test_files_opened_by_anybody_belong_to_the_output(tmp_path: Path) -> None:
    files = OutputFiles(tmp_path / "out")
    files.begin()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    assert files.opened() == {"a.txt"}
    assert forking.each(lambda _: files.opened(), range(100), 2) == [set()] * 100  # who hears what others open there?
    assert files.opened() == {"a.txt"}
    files.end()


def test_others_work_while_this_process_does_something_else() -> None:
    begun = forking.begin(lambda number: (os.getpid(), number), range(9_000), 2)
    here = os.getpid()
    found = begun()
    assert [number for _, number in found] == list(range(9_000))
    assert here not in {process for process, _ in found}


def test_numbers_are_exchanged_where_they_stand_whole() -> None:
    packed = struct.pack("5I", 1, 256, 65536, 7, 1 << 24)  # some begin where others have their noughts
    assert exchanged(packed, {256: 9, 7: 8, 5: 6}) == struct.pack("5I", 1, 9, 65536, 8, 1 << 24)
    assert held(packed, [256, 65536, 3]) == {256, 65536}
    assert exchanged(packed, {1: 7, 7: 3}) == struct.pack("5I", 7, 256, 65536, 3, 1 << 24)


def test_what_was_read_for_a_slot_was_read() -> None:
    hour = ("name", "build_time")
    slot = Slot.of("footer", frozenset({"build_time"}), "It is six.", frozenset({hour}))
    assert Built(numbers={hour: 1}).has_read(hour)
    assert Built(numbers={slot.key: 1}, slots={slot.key: slot}).has_read(hour)
    assert not Built(numbers={FRONT: 1}).has_read(hour)


def test_a_topic_is_one_for_all_stories_unless_it_has_something_of_its_own(tmp_path: Path) -> None:
    settings = read_settings(override={"PATH": str(tmp_path)})
    shelf = Shelf(Memory(tmp_path / "memory.sqlite"), b"surroundings", settings, 1)
    reader = Topics(settings)
    files = [str(tmp_path / f"{number}.md") for number in range(2)]
    for file in files:
        Path(file).write_text("", "utf-8")
    shelf.fill(dict.fromkeys(files, reader))
    read = shelf.lent(reader)
    (_, one), (_, other) = map(read, files)
    assert [(type(each), each.name, each.slug, each.settings is settings) for each in one["tags"]] == [
        (Tag, "Rail roads", "rail-roads", True),
        (Tag, "Floods", "a-flood", True),
        (Tag, "Rails", "rails", True),
        (Author, "Rails", "rails", True),
    ]
    assert [a is b for a, b in zip(one["tags"], other["tags"], strict=True)] == [True, True, False, True]
    assert one["tags"][2].count == 3
    one["tags"][0].name = "Roads"
    assert one["tags"][0].slug == "roads"


class Topics:
    """Reads every file as being about the same."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings

    def read(self, _source_path: str) -> tuple[str, dict[str, Any]]:
        rail, floods, rails = (Tag(name, self.settings) for name in ("Rail roads", "Floods", "Rails"))
        floods.slug = "a-flood"
        rails.count = 3
        return "", {"tags": [rail, floods, rails, Author("Rails", self.settings)]}


def test_who_holds_a_number_is_found_among_all_and_among_those_that_changed() -> None:
    made = {str(number): Made(b"", struct.pack("3I", 0x01000000, number, number * 256), {}) for number in range(600)}
    holders = Holders(made, partial(Packed.of, made))
    assert holders.of({256, 70_000}) == {"1", "256"}
    assert holders.of([]) == set()
    for name in ("1", "2"):
        made[name] = Made(b"", struct.pack("I", 70_000), {})
        holders.note(name)
    made["new"] = made["1"]
    holders.note("new")
    assert holders.of({256, 70_000}) == holders.of({256, 70_000, *range(1_000, 1_010)}) == {"1", "2", "new", "256"}
    assert holders.of({0x01000000}) == made.keys() - {"1", "2", "new"}
    assert holders.of([256]) == {"256"}
    made["1"] = Made(b"", struct.pack("I", 256), {})
    assert holders.of([256]) == {"1", "256"}, "who was noted is looked at each time"
