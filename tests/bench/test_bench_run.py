"""The bench itself, on an archive small enough to wait for."""

import json
import subprocess
import sys

import pytest

from tests.support import edition as editions
from tests.support.site import ROOT
from tools.bench.measuring import Failed, Work, run


def test_every_step_is_measured_and_the_sources_are_put_back(edition, tmp_path):
    command = [sys.executable, "-m", "tools.bench", "--articles", "12", "--runs", "1", "--folder", str(tmp_path)]
    done = subprocess.run(
        [*command, "--pictures", str(editions.PICTURES)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads((tmp_path / "result.json").read_text("utf-8"))
    measures = result["measures"]
    assert len(measures) == 17
    assert all(one["wall"] > 0 and one["peak"] > 20 for taken in measures.values() for one in taken)
    assert all(taken[0]["cpu"] > 0 for name, taken in measures.items() if "in its story" not in name)
    assert measures["preview: one body edit"][0]["wall"] < measures["stock Pelican, cold"][0]["wall"]
    alone, lists = (measures[f"preview: one tag edit, in {where}"][0]["wall"] for where in ("its story", "all lists"))
    assert alone < lists
    ours, hugo = result["sites"]["Pelican"], result["sites"]["Hugo"]
    stories = [file.read_text("utf-8") for file in (ROOT / "content/articles").rglob("*.md")]
    assert ours["articles"] == hugo["articles"] == 12 + sum("\nlang: " not in text for text in stories)
    assert ours["text edition"] == pytest.approx(hugo["text edition"], rel=0.1)
    assert (tmp_path / "work/content/rates/history.csv").read_bytes() == (
        ROOT / "content/rates/history.csv"
    ).read_bytes()
    assert "word1" not in (tmp_path / "work/theme/templates/partials/footer.html").read_text("utf-8")


@pytest.fixture
def work(tmp_path):
    return Work(tmp_path, {"PATH": "/usr/bin:/bin"}, tmp_path / "log", limit=20)


def test_the_work_and_the_memory_of_children_count(work):
    child = "x = bytearray(80_000_000); sum(range(3_000_000))"
    measure = run(
        [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{child}'])"], work
    )
    assert measure.cpu > 0.05
    assert 80 < measure.peak < 200
    assert measure.wall > 0.05


def test_a_command_that_fails_is_told_with_its_words(work):
    with pytest.raises(Failed, match=r"(?s)exit status 3.*no ink"):
        run([sys.executable, "-c", "print('no ink'); raise SystemExit(3)"], work)


def test_a_command_that_takes_too_long_is_ended(tmp_path):
    work = Work(tmp_path, {}, tmp_path / "log", limit=0.5)
    with pytest.raises(Failed, match="exit status -9"):
        run([sys.executable, "-c", "import time; time.sleep(60)"], work)
