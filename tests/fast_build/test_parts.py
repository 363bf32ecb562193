"""The parts of the fast build, each alone."""

import dataclasses
import logging
import sqlite3
from pathlib import Path

import pytest

from plugins.fast_build import forking, writing
from plugins.fast_build.audit import OutputFiles
from plugins.fast_build.digests import Digests, UndigestibleError
from plugins.fast_build.memory import Built, Made, Memory


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
        if number == 41:
            logging.getLogger("work").warning("at %s", number)
        return number * number

    with caplog.at_level(logging.WARNING):
        assert forking.each(work, range(100), 3) == [number * number for number in range(100)]
    assert [record.getMessage() for record in caplog.records] == ["at 41"]


def test_an_error_in_a_worker_is_an_error_here() -> None:
    def work(number: int) -> int:
        return 1 // (number - 50)

    with pytest.raises(forking.WorkerError, match="ZeroDivisionError"):
        forking.each(work, range(100), 2)


BUILT = Built(
    {"index.html": Made(b"given", frozenset({("name", "front"), ("card", "a.md")}), {"index.html": (3, 4)})},
    {("name", "front"): b"1", ("card", "a.md"): b"2"},
    frozenset({"index.html", "feed.atom"}),
)


def test_only_a_committed_memory_is_found_again(tmp_path: Path) -> None:
    file = tmp_path / "memory.sqlite"
    memory = Memory(file)
    memory.keep_built(BUILT)
    memory.close()
    memory = Memory(file)
    assert memory.built() == Built({}, {}, frozenset())
    memory.keep_built(BUILT)
    memory.commit()
    assert Memory(file).built() == BUILT


def test_a_file_that_is_no_memory_is_told(tmp_path: Path) -> None:
    file = tmp_path / "memory.sqlite"
    file.write_bytes(b"nothing of the kind" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        Memory(file)


def test_the_same_content_leaves_a_file_untouched(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b.html"
    assert writing.write(file, b"one")
    before = file.stat().st_ino
    assert not writing.write(file, b"one")
    assert file.stat().st_ino == before
    assert writing.write(file, b"two")
    assert file.read_bytes() == b"two"


def test_removing_the_last_file_of_a_folder_removes_the_folder(tmp_path: Path) -> None:
    for name in ("a/b/c.html", "a/d.html"):
        writing.write(tmp_path / name, b"")
    writing.remove(tmp_path, ["a/b/c.html"])
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["d.html"]


def test_files_opened_by_anybody_belong_to_the_output(tmp_path: Path) -> None:
    files = OutputFiles(tmp_path / "out")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    assert files.opened() == {"a.txt"}
    files.close()
