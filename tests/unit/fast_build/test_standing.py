"""What a build stands on: each file as it was seen."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import xxhash

from plugins.fast_build import standing, untouched
from plugins.fast_build.settings import FastBuildSettings
from plugins.fast_build.standing import NOWHERE, Stamps, Standing, seen


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.md", "b/c.md", "b/d.md", "__pycache__/x.pyc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text", "utf-8")
    return tmp_path


def stands(folder: Path, **other: Any) -> Standing:
    of_files = {"output": "", "sources": Stamps.of(standing.trees([folder])), "outputs": Stamps.of({})}
    of_time = {"moment": 0.0, "until": 100.0, "fixed": False, "timeless": True}
    return Standing(**{**of_time, "alone": False, **of_files, **other})


def test_all_but_what_python_keeps_is_looked_at(folder: Path) -> None:
    names = {os.path.relpath(name, folder) for name, _ in stands(folder).sources.items()}
    assert names == {".", "a.md", "b", "b/c.md", "b/d.md"}


def test_an_edited_file_is_told_and_one_that_came_and_one_that_went_is_not_an_edit(folder: Path) -> None:
    before = stands(folder)
    assert before.edited() == {}
    (folder / "a.md").write_text("other words", "utf-8")
    assert before.edited() == {str(folder / "a.md"): seen(folder / "a.md")}
    assert before.renewed(1.0, before.edited() or {}, {}).edited() == {}
    (folder / "b/new.md").write_text("new", "utf-8")
    (folder / "n/ew").mkdir(parents=True)
    (folder / "n/ew/f.md").write_text("newer", "utf-8")
    new = [folder, *(folder / name for name in ("a.md", "b", "b/new.md", "n", "n/ew", "n/ew/f.md"))]
    assert before.edited() == {str(file): seen(file) for file in new}
    shutil.rmtree(folder / "n")
    (folder / "b/new.md").unlink()
    assert set(before.edited() or ()) == {str(folder), str(folder / "a.md"), str(folder / "b")}
    (folder / "b/c.md").unlink()
    assert before.edited() is None


def test_a_file_that_was_not_there_may_stay_away(folder: Path) -> None:
    absent = Stamps.of({str(folder / "absent"): NOWHERE})
    assert list(absent.differing()) == []
    (folder / "absent").write_text("", "utf-8")
    assert list(absent.differing()) == [str(folder / "absent")]


def children() -> set[str]:
    """Return the processes that this one has started and not waited for."""
    lists = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {child for each in lists for child in each.read_text("ascii").split()}


PLACES = ["content/0000", "content/1999", "output/0000", "output/2132", "output/2133", "output/5999"]


@pytest.mark.parametrize("place", PLACES)
def test_each_of_many_files_is_looked_at_by_one_process_or_the_other(tmp_path: Path, place: str) -> None:
    for folder, count in (("content", 2_000), ("output", 6_000)):
        (tmp_path / folder).mkdir()
        for number in range(count):
            (tmp_path / folder / f"{number:04}").touch()
    sources = Stamps.of({str(file): seen(file) for file in (tmp_path / "content").iterdir()})
    outputs = Stamps.of({file.name: seen(file) for file in (tmp_path / "output").iterdir()})
    stood = stands(tmp_path / "content", output=f"{tmp_path}/output", sources=sources, outputs=outputs)
    assert outputs.names.split("\0")[:-1] == [f"{number:04}" for number in range(6_000)]
    others = children()
    assert stood.is_untouched(1.0)
    (tmp_path / place).write_text("other", "utf-8")
    assert not stood.is_untouched(1.0)
    (tmp_path / place).unlink()
    assert not stood.is_untouched(1.0)
    assert children() == others, "nobody is left behind"


def test_what_was_edited_last_is_looked_at_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(40):
        (folder / f"{number}.md").write_text("text", "utf-8")
        os.utime(folder / f"{number}.md", ns=(2**62, 2**62 + number))
    os.utime(folder / "b/c.md", ns=(2**62, 2**62 + 20))
    before = stands(folder)
    assert before.is_untouched(None)
    (folder / "b/c.md").write_text("edited", "utf-8")
    looked: list[str] = []
    look = os.stat
    monkeypatch.setattr(os, "stat", lambda path, **rest: (looked.append(str(path)), look(path, **rest))[1])
    assert not before.is_untouched(None)
    assert set(looked) <= {str(folder / name) for name in ("b/c.md", *(f"{number}.md" for number in range(8, 40)))}
    assert looked[-1] == str(folder / "b/c.md")
    assert Stamps.of({}).newest().count == 0
    assert Stamps.of({f"{number}.md": (4, 1) for number in range(100)}).newest().count == 32


def test_where_the_folder_of_the_output_is_gone_so_are_its_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)  # where there are files of the same names
    there = Stamps.of({"a.md": seen(folder / "a.md"), "absent": NOWHERE})
    assert there.are_there()
    assert there.are_there(f"{folder}/")
    assert list(there.differing(f"{folder}/gone/")) == ["a.md"]
    assert list(there.differing(f"{folder}/a.md/")) == ["a.md"]


def test_another_library_makes_it_another_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    before = standing.asked(["content"])
    assert standing.asked(["content"]) == before != standing.asked(["content", "-d"])
    (tmp_path / "markdown-9.dist-info").mkdir()
    assert standing.asked(["content"]) != before


@pytest.mark.parametrize(
    ("now", "timely"), [(-1.0, False), (0.0, True), (99.0, True), (100.0, False), (None, True)], ids=str
)
def test_it_stands_until_what_hangs_on_the_clock_turns(folder: Path, now: float | None, *, timely: bool) -> None:
    assert stands(folder).is_untouched(now) is timely
    assert not stands(folder, timeless=False).is_untouched(99.0)
    assert stands(folder, timeless=False, fixed=True).is_untouched(100.0)


def test_what_is_not_whole_or_of_other_code_is_nothing(folder: Path) -> None:
    kept = stands(folder).encoded()
    assert Standing.decoded(kept) == stands(folder)
    for damaged in (None, b"", kept[:-1], kept[:40] + b"?" + kept[41:]):
        assert Standing.decoded(damaged) is None
    former = xxhash.xxh3_128_digest(kept[standing.DIGEST :]) + kept[standing.DIGEST :]
    assert Standing.decoded(former) is None
    assert Standing.decoded(stands(folder, more=1).encoded()) is None


def is_untouched(*arguments: str) -> bool:
    """Return whether a command has nothing to do; what it sees beside that is waited for."""
    looked = untouched.look(arguments)
    if looked.told:
        looked.edited(looked.told.standing)
    return looked.is_untouched


def test_what_was_edited_is_seen_beside_other_things(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    memory = folder / FastBuildSettings().cache / "one.sqlite"
    memory.parent.mkdir(parents=True)
    told = stands(folder, until=1e12, sources=Stamps.of(standing.trees([folder / "b"]))).encoded()
    untouched.keep(memory, standing.asked(["content"]), told)
    (folder / "b/c.md").write_text("other words", "utf-8")
    once = seen(folder / "b/c.md")
    looked = untouched.look(["content"])
    assert looked.told
    assert looked.told.digest == told[:16]
    stood = looked.told.standing
    others = stands(folder, until=0.0, sources=stood.sources)  # another build's: looked at now
    assert looked.edited(others) == {str(folder / "b/c.md"): once}
    assert looked.edited(stood) == {str(folder / "b/c.md"): once}
    (folder / "b/c.md").write_text("and others", "utf-8")
    assert looked.edited(stood) == {str(folder / "b/c.md"): seen(folder / "b/c.md")}


def test_where_who_looks_is_ended_one_looks_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    memory = folder / FastBuildSettings().cache / "one.sqlite"
    memory.parent.mkdir(parents=True)
    untouched.keep(memory, standing.asked(["content"]), stands(folder, until=-1.0).encoded())
    ours, really = os.getpid(), Standing.edited
    monkeypatch.setattr(Standing, "edited", lambda self: really(self) if os.getpid() == ours else os._exit(1))
    looked = untouched.look(["content"])
    assert looked.told
    assert looked.edited(looked.told.standing) == really(looked.told.standing)


def test_a_command_has_nothing_to_do_where_it_left_what_it_stands_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.delenv("BUILD_TIME", raising=False)
    memory = folder / FastBuildSettings().cache / "one.sqlite"
    assert not is_untouched("content")
    memory.parent.mkdir(parents=True)
    sources = Stamps.of(standing.trees([folder / "b"]))
    stood = stands(folder, until=1e12, sources=sources)
    asked = standing.asked(["content"])
    untouched.keep(memory, asked, stood.encoded())
    assert is_untouched("content")
    assert not is_untouched("content", "-d")
    (folder / "b/c.md").write_text("other words", "utf-8")
    assert not is_untouched("content")
    edited = stands(folder, until=1e12, sources=Stamps.of(standing.trees([folder / "b"])))
    untouched.keep(memory, asked, edited.encoded())
    assert is_untouched("content")
    untouched.keep(memory, asked, None)
    untouched.keep(memory, asked, None)
    assert not is_untouched("content")
    assert [file.name for file in memory.parent.iterdir()] == []


def test_to_look_whether_something_is_to_do_imports_little() -> None:
    """What takes longer to import than files take to be looked at is left to builds that have something to do."""
    told = "import sys, plugins.fast_build.__main__; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.split()
    assert "plugins.fast_build.standing" in loaded
    slow = {"argparse", "dataclasses", "jinja2", "msgspec", "pelican", "re", "sqlite3", "typing", "zoneinfo"}
    assert not slow.intersection(loaded)
