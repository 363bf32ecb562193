"""A page of an earlier release, kept by some cache, still finds its stylesheet; pictures and pages do go."""

import re

import pytest

from tests.publishing import places
from tests.publishing.press import edition, got, served

OLD_PICTURE = "media/portrait.0123456789ab.webp"


def styles(press, *numbers):
    """Which of the editions' stylesheets a reader gets."""
    paths = {number: next(path for path in edition(number) if path.endswith(".css")) for number in numbers}
    return [number for number in numbers if got(press.host.url, paths[number]) == edition(number)[paths[number]]]


@pytest.mark.parametrize("target", places.ALL)
def test_stylesheets_of_the_last_releases_stay(target, tmp_path):
    with places.ALL[target](tmp_path) as press:
        press.settings["assets"] = 2
        press.lay({**edition(1), OLD_PICTURE: b"RIFF"})
        assert press.run("publish", "built").returncode == 0
        press.publish(2)
        assert got(press.host.url, OLD_PICTURE) is None, "a picture may have been withdrawn"
        assert styles(press, 1, 2) == [1, 2]
        press.publish(3)
        assert styles(press, 1, 2, 3) == [1, 2, 3]
        last = press.publish(4)
        assert styles(press, 1, 2, 3, 4) == [2, 3, 4]
        assert re.search(r"- theme/style\.000000000001\.css", last.stdout)
        assert served(press.host.url, 1, 2, 3, 4) == edition(4)
        again = press.publish(4)
        assert "Nothing differs" in again.stdout, "a stylesheet's age alone is no release"
        press.lay({**edition(4), "rates/latest.json": b"{}"})
        assert press.run("patch", "built", "rates").returncode == 0
        assert styles(press, 1, 2, 3, 4) == [2, 3, 4], "a patch lets nothing age"


def test_a_full_publish_takes_them_away(folder_press):
    folder_press.publish(1)
    folder_press.publish(2, "--full")
    assert styles(folder_press, 1, 2) == [2]
