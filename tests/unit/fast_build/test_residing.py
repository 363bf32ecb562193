"""A process that stays: it answers as soon as the edition can be shown, and does the rest then."""

import json
import logging
from collections.abc import Callable, Collection

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
        if "tags.md" in files:
            look()
        return "words.md" in files

    def settle(self, *, stays: bool = False) -> None:
        self.said.append("settle and rehearse" if stays else "settle")
        self.settled += 1
        if self.settled in self.failing:
            raise OSError("No space left on device")


def asked(*changes: list[str]) -> list[str]:
    return [json.dumps(files) for files in changes]


def test_the_answer_comes_before_what_can_wait_and_a_look_before_that() -> None:
    said: list[str] = []
    residing.follow(lambda: Engine(said), asked([], ["words.md"], ["tags.md"]), said.append)
    whole, alone = (
        ['{"problem": "", "alone": false}', "settle and rehearse"],
        ['{"problem": "", "alone": true}', "settle"],
    )
    assert said == ["run", *whole, "renew", *alone, "renew", '{"ahead": true}', "run", *whole]


def test_where_it_fails_the_terminal_is_told_and_the_next_change_builds_all(caplog: pytest.LogCaptureFixture) -> None:
    said: list[str] = []
    answers: list[dict[str, object]] = []
    with caplog.at_level(logging.CRITICAL, "pelican"):
        residing.follow(
            lambda: Engine(said, failing=[1]),
            asked([], ["words.md"], ["words.md"]),
            lambda line: answers.append(json.loads(line)),
        )
    assert said == ["run", "settle and rehearse", "run", "settle and rehearse", "renew", "settle"]
    assert answers == [{"problem": "", "alone": alone} for alone in (False, False, True)]
    assert "No space left on device" in caplog.text
