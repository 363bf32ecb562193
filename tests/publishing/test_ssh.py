"""A server: a real sshd with rsync."""

import re
import time

import pytest

from tests.publishing import places
from tests.publishing.press import edition, served


@pytest.fixture
def ssh_press(tmp_path):
    with places.ssh(tmp_path) as newsroom:
        yield newsroom


def test_publish_change_publish_roll_back_verify(ssh_press):
    ssh_press.publish(1)
    assert served(ssh_press.host.url, 1, 2) == edition(1)
    ssh_press.publish(2)
    assert served(ssh_press.host.url, 1, 2) == edition(2)
    srv = ssh_press.folder / "srv"
    old, new = sorted((srv / "releases").iterdir())
    assert (new / "pictures/same.txt").samefile(old / "pictures/same.txt"), "what is the same is stored once"
    assert (old / "index.html").read_bytes() == edition(1)["index.html"], "no release is written twice"
    assert list((srv / "incoming").glob("*")) == []
    assert ssh_press.run("rollback").returncode == 0
    assert served(ssh_press.host.url, 1, 2) == edition(1)
    assert ssh_press.run("verify").returncode == 0
    assert len(ssh_press.releases()) == 2


def test_only_the_difference_travels_and_a_full_publish_carries_all(ssh_press):
    ssh_press.publish(1)
    ssh_press.lay({**edition(1), "2026/7/index.html": b"<html><head></head>Corrected</html>"})
    done = ssh_press.run("publish", "built")
    assert re.search(r"live: 1 files uploaded \(35 bytes\), 0 removed, 36 unchanged", done.stdout), done.stdout
    (ssh_press.folder / "srv/current/feed.atom").write_text("tampered")
    assert ssh_press.run("verify").returncode == 3
    assert ssh_press.run("publish", "built").returncode == 3, "the plan finds no difference, the verification does"
    full = ssh_press.run("publish", "built", "--full")
    assert full.returncode == 0, full.stderr
    assert "37 files uploaded" in full.stdout


def test_a_patch_moves_the_rates_alone(ssh_press):
    ssh_press.publish(1)
    ssh_press.lay({**edition(2), "rates/latest.json": b'{"edition": 99}'})
    done = ssh_press.run("patch", "built", "rates/latest.json")
    assert done.returncode == 0, done.stderr
    assert served(ssh_press.host.url, 1, 2) == {**edition(1), "rates/latest.json": b'{"edition": 99}'}


def test_releases_are_pruned_on_the_server(ssh_press):
    ssh_press.settings["keep"] = 2
    for number in (1, 2, 3):
        ssh_press.publish(number)
    assert len(list((ssh_press.folder / "srv/releases").iterdir())) == 2
    assert len(list((ssh_press.folder / "srv/state").iterdir())) == 4


def test_a_server_whose_key_is_not_known_gets_nothing(ssh_press):
    other = ssh_press.folder / "sshd/other"
    other.write_text("")
    ssh_press.settings["ssh"]["known_hosts"] = str(other)
    ssh_press.lay(edition(1))
    done = ssh_press.run("publish", "built")
    assert done.returncode == 1
    assert "Host key verification failed" in done.stderr
    assert not (ssh_press.folder / "srv").exists()


def test_the_lock_is_the_servers_and_ends_with_its_holder(ssh_press):
    ssh_press.publish(1)
    ssh_press.settings["settle"] = 30
    ssh_press.host.odd["index.html"] = "never as it should"
    ssh_press.lay(edition(2))
    with ssh_press.start("publish", "built") as process:
        lock = ssh_press.folder / "srv/lock"
        while f"process {process.pid}" not in lock.read_text():
            time.sleep(0.02)
        second = ssh_press.run("publish", "built")
        assert second.returncode == 1
        assert f"(process {process.pid}), since 20" in second.stderr
        process.kill()
    ssh_press.host.odd.clear()
    ssh_press.settings["wait"] = 10
    assert ssh_press.run("publish", "built").returncode == 0
    assert served(ssh_press.host.url, 1, 2) == edition(2)
