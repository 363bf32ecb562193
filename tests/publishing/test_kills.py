"""A publish to each target killed at random moments: what a reader gets is always whole, and the next run finishes."""

import os
import random
import re
import sys
import time

import pytest

from tests.publishing import places
from tests.publishing.press import edition, served

KILLS = int(os.environ.get("KILLS", "3"))  # docs/publishing.md says how the fifty were run


def whole_edition(got: dict[str, bytes], numbers: list[int]) -> int:
    """Of a target with a switch: every file is of one edition, and none of it is missing."""
    found = [number for number in numbers if got == edition(number)]
    assert found, f"no whole edition, but {sorted(got)}"
    return found[0]


def whole_pages(got: dict[str, bytes], numbers: list[int]) -> int | None:
    """Of object storage: each file is of one edition, each page has its stylesheet, each link of the front leads on."""
    editions = [edition(number) for number in numbers]
    for path, body in got.items():
        assert any(files.get(path) == body for files in editions), f"{path} is of no edition"
        if path.endswith(".html"):
            (style,) = re.findall(rb'href="/(theme/[^"]+)"', body)
            assert style.decode() in got, f"{path} has lost its stylesheet"
    for link in re.findall(rb'href="/(2026/[^"]+/)"', got["index.html"]):
        assert f"{link.decode()}index.html" in got, f"the front leads to {link.decode()}, which is not there"
    return None


@pytest.mark.parametrize("target", places.ALL)
def test_a_kill_at_any_moment_leaves_readers_a_whole_edition(target, tmp_path, capsys):
    chance = random.Random(os.environ.get("SEED", "kerege"))  # noqa: S311 - moments, not secrets
    whole = whole_pages if target == "object" else whole_edition
    reached: list[int | None] = []
    with places.ALL[target](tmp_path) as press:
        press.publish(1)
        press.lay(edition(2))
        began = time.monotonic()
        with press.start("publish", "built") as process:
            assert process.wait(120) == 0
        lasts = time.monotonic() - began
        for number in range(3, 3 + KILLS):
            press.lay(edition(number))
            with press.start("publish", "built") as process:
                time.sleep(chance.uniform(lasts * 0.1, lasts * 1.1))
                process.kill()
            numbers = list(range(1, number + 1))
            got = {}
            while got != (again := served(press.host.url, *numbers)):  # git's host may still be taking a push in
                got = again
            reached.append(whole(got, numbers))
        press.settings["wait"] = 10  # until a server has noticed that the other has ended
        press.publish(1)
        assert served(press.host.url, *numbers) == edition(1), "the next run finishes the work"
    with capsys.disabled():
        if KILLS > 10:
            sys.stdout.write(f"\n{target}: {KILLS} kills within {lasts:.1f} s; live after each: {reached}\n")
