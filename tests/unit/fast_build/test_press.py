"""What is made at once, and by whom."""

import os
from pathlib import Path

import pytest

from plugins.fast_build import press as press_module
from plugins.fast_build.jobs import Job
from plugins.fast_build.numbering import Numbers
from plugins.fast_build.press import Press, record
from plugins.fast_build.records import Made
from plugins.fast_build.standing import seen
from plugins.fast_build.tracing import Recorder


@pytest.mark.parametrize(
    ("little", "held", "many", "others"),
    [
        (True, 150, 5, False),
        (True, 150, 9, True),
        (True, 1_500, 9, False),
        (True, 1_500, 61, True),
        (True, 15_000, 129, True),
        (False, 150, 9, False),
        (False, 150, 129, True),
    ],
)
def test_others_help_where_it_is_worth_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, little: bool, held: int, many: int, others: bool
) -> None:
    def make(job: Job) -> dict[str, bytes]:
        return {job.key: str(os.getpid()).encode()}

    monkeypatch.setattr(press_module, "_held", lambda: held * 1_000_000)
    press = Press(tmp_path, Recorder(), Numbers({}), {}, 2)
    press.holds_little = little
    names = [f"{number}.txt" for number in range(many)]
    made = press.print([Job(name, {}, {}, make) for name in names], lambda _: b"given")
    assert made == {name: (b"", seen(tmp_path / name), b"given") for name in names}
    assert record(names[0], made[names[0]], b"other") == Made(b"other", b"", {names[0]: seen(tmp_path / names[0])})
    who = {int((tmp_path / name).read_bytes()) for name in names}
    assert bool(who - {os.getpid()}) == others
    assert (os.getpid() in who) == (not others or not little)  # it makes the first of each kind, of what was not there


def test_files_that_are_called_otherwise_than_what_makes_them_keep_their_names(tmp_path: Path) -> None:
    def make(job: Job) -> dict[str, bytes]:
        return {f"{each}.txt": b"text" for each in job.given}

    press = Press(tmp_path, Recorder(), Numbers({}), {}, 1)
    made = press.print([Job("files:one", {}, {"a": 1}, make), Job("files:two", {}, {"b": 2, "c": 3}, make)])
    files = {key: record(key, each, b"").files for key, each in made.items()}
    assert {key: [*each] for key, each in files.items()} == {"files:one": ["a.txt"], "files:two": ["b.txt", "c.txt"]}
    assert all(stamp == seen(tmp_path / name) for each in files.values() for name, stamp in each.items())


def test_what_is_held_is_what_the_kernel_says_of_now() -> None:
    before = press_module._held()
    more = bytearray(b"1") * 80_000_000
    held = press_module._held() - before
    assert len(more) * 3 // 4 < held < len(more) * 2
    del more
    assert press_module._held() - before < 40_000_000, "and not what it was at most"


def test_what_files_were_before_is_forgotten_when_there_is_time_or_when_there_are_many(tmp_path: Path) -> None:
    def held() -> int:
        return len([*Path("/proc/self/fd").iterdir()])

    press = Press(tmp_path, Recorder(), Numbers({}), {}, 1)
    names = [f"{number}.txt" for number in range(press_module._OPEN + 8)]
    for name in names:
        (tmp_path / name).write_bytes(b"before")
    before = held()
    jobs = [Job(name, {}, {}, lambda job: {job.key: b"after"}) for name in names]
    press.print(jobs[:8])
    assert held() == before + 8
    press.print(jobs[8:])
    assert before < held() <= before + press_module._OPEN
    press.let_go()
    assert held() == before
