"""Object storage: a real S3 server."""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.publishing import places
from tests.publishing.press import edition, served


@pytest.fixture
def store_press(tmp_path):
    with places.object_store(tmp_path) as newsroom:
        yield newsroom


def test_publish_change_publish_roll_back_verify(store_press):
    store_press.publish(1)
    assert served(store_press.host.url, 1, 2) == edition(1)
    done = store_press.publish(2)
    assert "Verified: yes" in done.stdout
    assert served(store_press.host.url, 1, 2) == edition(2)
    newest, _ = store_press.releases()
    back = store_press.run("rollback")
    assert back.returncode == 0, back.stderr
    assert served(store_press.host.url, 1, 2) == edition(1)
    with urllib.request.urlopen(store_press.host.url) as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=300, must-revalidate", "a copy keeps its headers"
    assert store_press.run("rollback", "--to", newest).returncode == 0
    assert served(store_press.host.url, 1, 2) == edition(2)
    assert store_press.run("verify").returncode == 0
    assert not list((store_press.bucket / "live").rglob("*.json.partial"))


def test_only_the_difference_travels(store_press):
    store_press.publish(1)
    before = {path: path.stat().st_mtime_ns for path in (store_press.bucket / "live").rglob("*") if path.is_file()}
    store_press.lay({**edition(1), "2026/7/index.html": b"<html><head></head>Corrected</html>"})
    done = store_press.run("publish", "built")
    assert "live: 1 files uploaded (35 bytes), 0 removed, 36 unchanged" in done.stdout, done.stderr
    after = {path: path.stat().st_mtime_ns for path in (store_press.bucket / "live").rglob("*") if path.is_file()}
    assert [path.parent.name for path in before if after[path] != before[path]] == ["7"]


def put(newsroom, path: str, text: str) -> None:
    """Write a file into the store, by its own door."""
    rclone = str(Path(sys.executable).with_name("rclone"))
    environment = {**os.environ, **newsroom.environment}
    subprocess.run([rclone, "rcat", f"store:{path}"], input=text.encode(), env=environment, check=True)


def test_an_interrupted_publish_is_finished_by_another_edition_too(store_press):
    """Files of the interrupted one that the next one has not are removed, and those it has are uploaded again."""
    store_press.publish(1)
    touched = ["2026/77/index.html", "feed.atom"]
    for path in touched:
        put(store_press, f"live/{path}", "of an edition that never was")
    put(store_press, "state/pending.json", json.dumps({"release": "20990101T000000Z", "paths": touched}))
    done = store_press.publish(1)
    assert "1 files uploaded" in done.stdout
    assert served(store_press.host.url, 1) == edition(1)
    assert not (store_press.bucket / "live/2026/77/index.html").exists()
    assert not (store_press.bucket / "state/pending.json").exists()


def test_what_kept_releases_share_with_forgotten_ones_stays(store_press):
    store_press.settings["keep"] = 2
    for number in (1, 2, 3):
        store_press.publish(number)
    assert len(store_press.releases()) == 2
    back = store_press.run("rollback")
    assert back.returncode == 0, back.stderr
    assert served(store_press.host.url, 1, 2, 3) == edition(2)
    store_press.publish(4)
    assert len(list((store_press.bucket / "state/kept").iterdir())) <= 2


def test_a_patch_moves_the_rates_alone(store_press):
    store_press.publish(1)
    store_press.lay({**edition(2), "rates/latest.json": b'{"edition": 99}'})
    assert store_press.run("patch", "built", "rates").returncode == 0
    assert served(store_press.host.url, 1, 2) == {**edition(1), "rates/latest.json": b'{"edition": 99}'}


def test_a_lock_of_another_machine_is_respected_until_it_is_old(store_press):
    store_press.publish(1)
    lock = store_press.bucket / "state/lock.json"
    other = {"words": "ann@desk (process 7)", "machine": "desk", "at": "2099-01-01T00:00:00Z", "token": "a"}
    put(store_press, "state/lock.json", json.dumps(other))
    done = store_press.run("publish", "built")
    assert done.returncode == 1
    assert "ann@desk (process 7)" in done.stderr
    put(store_press, "state/lock.json", json.dumps({**other, "at": "2020-01-01T00:00:00Z"}))
    assert store_press.run("publish", "built").returncode == 0
    assert not lock.exists()


def test_a_store_that_cannot_be_had_is_told_without_the_key(store_press):
    store_press.environment["RCLONE_CONFIG_STORE_PROVIDER"] = store_press.environment["RCLONE_CONFIG_STORE_TYPE"] = "s4"
    store_press.lay(edition(1))
    done = store_press.run("publish", "built")
    assert done.returncode == 1
    assert "newsroom-secret" not in done.stdout + done.stderr
    assert "cannot be read" in done.stderr
