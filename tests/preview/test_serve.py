"""The preview as a writer meets it: the real command, a saved mistake, its mending."""

import json
import os
import re
import subprocess
import sys
import urllib.request

import pytest

from tests.support.site import ROOT, Site


@pytest.fixture
def address(tmp_path):
    site = Site(tmp_path, PLUGINS=["note"], PLUGIN_PATHS=["."], SITEURL="")
    site.write("note.py", (ROOT / "tests/data/note_plugin.py").read_text("utf-8"))
    site.write("content/a.md", "Title: Salem\nDate: 2026-01-01\n\nFirst words.\n")
    (tmp_path / "pelicanconf.py").write_text(site.settings_text(), "utf-8")
    command = [sys.executable, "-m", "plugins.fast_build", "serve", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with (
        (tmp_path / "window").open("w") as window,
        subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=window, text=True
        ) as serving,
    ):
        yield re.search(r"http://127\.0\.0\.1:\d+", serving.stdout.readline()).group()
        serving.terminate()


def wait_for(events, wanted):
    """Read events until one is ``wanted`` (the request itself times out after a minute)."""
    for line in events:
        if line.startswith(b"data: ") and wanted(event := json.loads(line[6:])):
            return event
    raise AssertionError("the events ended")


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read().decode()


def test_a_saved_story_is_on_the_page_and_a_mistake_is_told_until_it_is_mended(address, tmp_path):
    with urllib.request.urlopen(f"{address}/_preview/events", timeout=60) as events:
        first = wait_for(events, lambda event: event["edition"] > 0)
        assert first["problem"] == ""
        assert "First words." in read(f"{address}/salem.html")

        (tmp_path / "content/a.md").write_text("Title: Wrong\nDate: 2026-01-01\n\nSecond words.\n")
        broken = wait_for(events, lambda event: event["problem"])
        assert "content/a.md:1: the title is 'Wrong'. Mend it." in broken["problem"]
        assert "content/a.md:1: the title is 'Wrong'. Mend it." in (tmp_path / "window").read_text(), "here too"
        assert "First words." in read(f"{address}/salem.html"), "the last whole edition stays"

        (tmp_path / "content/a.md").write_text("Title: Salem\nDate: 2026-01-01\n\nThird words.\n")
        wait_for(events, lambda event: event["edition"] > broken["edition"] and not event["problem"])
        assert "Third words." in read(f"{address}/salem.html")
    assert not (tmp_path / "build/preview/2").exists(), "a failed attempt is removed"


def test_a_port_that_is_taken_is_told(address, tmp_path):
    port = address.rsplit(":", 1)[1]
    command = [sys.executable, "-m", "plugins.fast_build", "serve", "--port", port]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 1
    assert f"Cannot listen at 127.0.0.1:{port}" in run.stderr
    assert "make serve PORT=8001" in run.stderr
