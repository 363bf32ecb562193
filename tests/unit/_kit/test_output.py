"""Files of the output, and when they are looked at."""

import os
from pathlib import Path

import pytest

from plugins._kit import output


@pytest.mark.parametrize("is_new", [False, True])
def test_a_file_holds_what_was_written_last_however_new_all_seems(tmp_path: Path, *, is_new: bool) -> None:
    file = tmp_path / "a" / "b" / "index.html"
    assert output.write(file, b"one", is_new=is_new)
    before = file.stat().st_ino
    assert not output.write(file, b"one", is_new=is_new)
    assert file.stat().st_ino == before
    assert output.write(file, b"other", is_new=is_new)
    assert output.write(file.parent / "feed.xml", b"feed", is_new=is_new)
    assert {each.name: each.read_bytes() for each in file.parent.iterdir()} == {
        "index.html": b"other",
        "feed.xml": b"feed",
    }


@pytest.mark.parametrize("is_new", [False, True])
def test_a_file_may_be_in_the_folder_of_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_new: bool) -> None:
    monkeypatch.chdir(tmp_path)
    assert output.write("index.html", b"one", is_new=is_new)
    assert not output.write("index.html", b"one", is_new=is_new)
    assert [each.name for each in tmp_path.iterdir()] == ["index.html"]


def test_where_a_file_stands_in_the_way_of_a_folder_that_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(NotADirectoryError):
        output.write(tmp_path / "a" / "index.html", b"one", is_new=True)


def test_what_is_replaced_stays_open_until_there_is_time(tmp_path: Path) -> None:
    for name in ("other.html", "new.html", "same.html"):
        (tmp_path / name).write_bytes(b"same" if name == "same.html" else b"before")
    (tmp_path / "new.html").unlink()
    replaced: list[int] = []
    before = len([*Path("/proc/self/fd").iterdir()])
    for name in ("other.html", "new.html", "same.html"):
        output.write(tmp_path / name, b"same", replaced=replaced)
    assert [os.pread(each, 10, 0) for each in replaced] == [b"before"]
    assert len([*Path("/proc/self/fd").iterdir()]) == before + 1
    os.close(replaced.pop())
    output.write(tmp_path / "other.html", b"again")
    assert len([*Path("/proc/self/fd").iterdir()]) == before


def test_nothing_is_left_open_where_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"before")
    (tmp_path / ".a.html.part").mkdir()
    before = len([*Path("/proc/self/fd").iterdir()])
    with pytest.raises(IsADirectoryError):
        output.write(tmp_path / "a.html", b"after", replaced=[])
    assert len([*Path("/proc/self/fd").iterdir()]) == before
