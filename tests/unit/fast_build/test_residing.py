"""A process that stays: it answers as soon as the edition can be shown, and does the rest then."""

import json
import logging
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack

import pytest

from plugins.fast_build import residing


class Engine:
    """Builds nothing, and says what it was asked for; what it keeps fails at certain calls."""

    def __init__(self, said: list[str], failing: Collection[int] = ()) -> None:
        self.said = said
        self.failing = failing
        self.settled = 0

    def run(self) -> None:
        self.said.append("run")

    def renew(self, files: Collection[str], look: Callable[[], None]) -> bool:
        self.said.append("renew")
        if "dates.md" in files:
            look()
        return "words.md" in files

    def settle(self) -> None:
        self.said.append("settle")
        self.settled += 1
        if self.settled in self.failing:
            raise OSError("No space left on device")

    def get_ready(self, until: Callable[[], bool]) -> None:
        self.said.append("get_ready")
        assert until(), "whoever asked has gone"


Asked = Callable[..., residing.Asking]


@pytest.fixture
def asked() -> Iterator[Asked]:
    """Makes the input of a process from lists of files; nobody waits for more."""
    with ExitStack() as opened:

        def asking(*changes: list[str]) -> residing.Asking:
            reading, writing = os.pipe()
            with os.fdopen(writing, "w") as pipe:
                pipe.writelines(f"{json.dumps(files)}\n" for files in changes)
            return residing.Asking(opened.enter_context(os.fdopen(reading)))

        yield asking


def test_one_can_tell_whether_somebody_waits() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading) as stream, os.fdopen(writing, "w", buffering=1) as pipe:
        asking = residing.Asking(stream)
        lines = iter(asking)
        assert not asking.waits()
        pipe.write("[]\n")
        assert asking.waits()
        assert next(lines) == "[]\n"
        assert not asking.waits()
        pipe.close()
        assert asking.waits()
        assert list(lines) == []


def test_the_answer_comes_before_what_can_wait_and_a_look_before_that(asked: Asked) -> None:
    said: list[str] = []
    residing.follow(lambda: Engine(said), asked([], ["words.md"], ["dates.md"]), said.append)
    whole = ['{"problem": "", "alone": false}', "settle", "get_ready"]
    alone = ['{"problem": "", "alone": true}', "settle", "get_ready"]
    assert said == ["run", *whole, "renew", *alone, "renew", '{"ahead": true}', "run", *whole]


def test_where_it_fails_the_terminal_is_told_and_the_next_change_builds_all(
    asked: Asked, caplog: pytest.LogCaptureFixture
) -> None:
    said: list[str] = []
    answers: list[dict[str, object]] = []
    with caplog.at_level(logging.CRITICAL, "pelican"):
        residing.follow(
            lambda: Engine(said, failing=[1]),
            asked([], ["words.md"], ["words.md"]),
            lambda line: answers.append(json.loads(line)),
        )
    assert said == ["run", "settle", "run", "settle", "get_ready", "renew", "settle", "get_ready"]
    assert answers == [{"problem": "", "alone": alone} for alone in (False, False, True)]
    assert "No space left on device" in caplog.text
