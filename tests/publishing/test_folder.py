"""The folder: published, changed, rolled back, verified, by the real command."""

import re
import signal
import time

from tests.publishing.press import edition, served


def test_publish_change_publish_roll_back(folder_press):
    first = folder_press.publish(1)
    assert re.search(r"^new +37$", first.stdout, re.MULTILINE), first.stdout
    assert "Verified: yes, 36 addresses" in first.stdout
    second = folder_press.publish(2)
    assert served(folder_press.host.url, 1, 2) == edition(2)
    assert "0 removed" not in second.stdout
    newest, oldest = folder_press.releases()
    back = folder_press.run("rollback")
    assert back.returncode == 0, back.stderr
    assert f"Release {oldest} is live again." in back.stdout
    assert served(folder_press.host.url, 1, 2) == edition(1)
    forth = folder_press.run("rollback", "--to", newest)
    assert forth.returncode == 0
    assert served(folder_press.host.url, 1, 2) == edition(2)


def test_a_live_release_is_never_written_and_shares_what_has_not_changed(folder_press):
    folder_press.publish(1)
    public = folder_press.folder / "public"
    old = (public / "current").resolve()
    before = {path: path.read_bytes() for path in old.rglob("*") if path.is_file()}
    folder_press.publish(2)
    new = (public / "current").resolve()
    assert new != old
    assert {path: path.read_bytes() for path in old.rglob("*") if path.is_file()} == before
    assert (new / "pictures/same.txt").samefile(old / "pictures/same.txt")
    assert not (new / "index.html").samefile(old / "index.html")


def test_a_dry_run_ends_after_the_plan(folder_press):
    folder_press.publish(1)
    folder_press.lay(edition(2))
    done = folder_press.run("publish", "built", "--dry-run")
    assert "DRY_RUN: nothing was uploaded." in done.stdout
    assert "  + 2026/31/index.html" in done.stdout
    assert "  - 2026/2/index.html" in done.stdout
    assert served(folder_press.host.url, 1, 2) == edition(1)
    assert len(folder_press.releases()) == 1


def test_only_so_many_releases_are_kept(folder_press):
    folder_press.settings["keep"] = 2
    for number in (1, 2, 3):
        folder_press.publish(number)
    assert len(folder_press.releases()) == 2
    assert len(list((folder_press.folder / "public/releases").iterdir())) == 2
    assert len(list((folder_press.folder / "public/state").iterdir())) == 4


def test_a_patch_moves_the_rates_and_nothing_else(folder_press):
    folder_press.publish(1)
    built = folder_press.lay({**edition(2), "rates/latest.json": b'{"edition": 99}'})
    (built / "rates/new.csv").write_text("a,b\n")
    done = folder_press.run("patch", "built", "rates")
    assert done.returncode == 0, done.stderr
    assert "2 files uploaded" in done.stdout
    wanted = {**edition(1), "rates/latest.json": b'{"edition": 99}'}
    assert served(folder_press.host.url, 1, 2) == wanted
    assert "patch" in folder_press.run("releases").stdout


def test_a_patch_of_what_is_not_in_the_edition_is_refused(folder_press):
    folder_press.publish(1)
    for name in ("../publishconf.py", "nothing.json"):
        done = folder_press.run("patch", "built", name)
        assert done.returncode == 1
        assert "Nothing was uploaded" in done.stderr


def test_a_host_that_serves_something_else_is_told_with_the_way_back(folder_press):
    folder_press.publish(1)
    (oldest,) = folder_press.releases()
    folder_press.host.odd["2026/7/index.html"] = "stale"
    folder_press.lay(edition(2))
    done = folder_press.run("publish", "built")
    assert done.returncode == 3
    assert "/2026/7/ has other bytes" in done.stderr
    assert f"make rollback TO={oldest}" in done.stderr
    assert "verified: no, 1 of" in folder_press.run("releases").stdout
    folder_press.host.odd.clear()
    assert folder_press.run("verify").returncode == 0


def test_a_failed_verification_rolls_back_by_itself_where_it_is_told_to(folder_press):
    folder_press.settings["roll_back"] = True
    folder_press.publish(1)
    read = folder_press.host.read
    folder_press.host.read = staticmethod(
        lambda path: b"broken" if read("feed.atom") == b"<feed>2</feed>" else read(path)
    )
    folder_press.lay(edition(2))
    done = folder_press.run("publish", "built")
    assert done.returncode == 1, done.stderr
    assert "was withdrawn" in done.stderr
    assert served(folder_press.host.url, 1, 2) == edition(1)


def test_headers_are_verified(folder_press):
    folder_press.publish(1)
    folder_press.host.rules = type(folder_press.host.rules)(folder_press.host.rules.rules[-1:], "", ())
    done = folder_press.run("verify")
    assert done.returncode == 3
    assert "has Cache-Control" in done.stderr or "has Content-Security-Policy" in done.stderr


def test_a_host_may_settle(folder_press):
    folder_press.settings["settle"] = 20
    folder_press.publish(1)
    folder_press.host.odd["index.html"] = "an old page from a cache"
    folder_press.lay(edition(2))
    with folder_press.start("publish", "built") as process:
        time.sleep(1.5)
        folder_press.host.odd.clear()
        assert process.wait(30) == 0


def test_two_at_once_one_says_who_holds_the_lock_and_the_dead_hold_none(folder_press):
    folder_press.publish(1)
    folder_press.settings["settle"] = 30
    folder_press.host.odd["index.html"] = "never as it should"
    folder_press.lay(edition(2))
    with folder_press.start("publish", "built") as process:
        lock = folder_press.folder / "public/lock"
        while f"process {process.pid}" not in lock.read_text():
            time.sleep(0.02)
        second = folder_press.run("publish", "built")
        assert second.returncode == 1
        assert f"(process {process.pid}), since 20" in second.stderr
        process.send_signal(signal.SIGKILL)
    folder_press.host.odd.clear()
    folder_press.settings["settle"] = 0
    assert folder_press.run("publish", "built").returncode == 0
    assert served(folder_press.host.url, 1, 2) == edition(2)


def test_a_second_publish_waits_if_it_is_told_to(folder_press):
    folder_press.settings.update(settle=2, wait=60)
    folder_press.publish(1)
    folder_press.host.odd["feed.atom"] = "never as it should"
    folder_press.lay(edition(2))
    with folder_press.start("publish", "built") as process:
        while f"process {process.pid}" not in (folder_press.folder / "public/lock").read_text():
            time.sleep(0.02)
        second = folder_press.run("verify")
        assert process.wait(30) == 3
    assert "Waiting for its end" in second.stdout


def test_the_environment_is_laid_over_the_settings(folder_press):
    folder_press.environment["PUBLISHING"] = '{"folder": {"path": "elsewhere"}, "url": ""}'
    folder_press.publish(1)
    assert (folder_press.folder / "elsewhere/current").readlink().parts[0] == "releases"
    folder_press.environment["PUBLISHING"] = "nonsense"
    assert folder_press.run("releases").returncode == 2


def test_a_staging_edition_asks_to_be_left_out(folder_press):
    folder_press.settings.update(policy={"noindex": True}, url="")
    folder_press.publish(1)
    page = (folder_press.folder / "public/current/index.html").read_text()
    assert '<head><meta name="robots" content="noindex, nofollow">' in page


def test_what_else_stands_at_the_link_is_not_touched(folder_press):
    (folder_press.folder / "public/current").mkdir(parents=True)
    folder_press.lay(edition(1))
    done = folder_press.run("publish", "built")
    assert done.returncode == 1
    assert "is no link" in done.stderr
