"""Every page and drawing of the edition, as the W3C's checker sees it."""

import json
import subprocess

from tests.support.site import ROOT

CHECKER = ROOT / "tests/html_checker/node_modules/vnu-jar/build/dist/vnu.jar"
QUICK = "-XX:TieredStopAtLevel=1"  # it ends before it can pay to compile it well: 9.5 s of CPU time instead of 22
WORDS = ("java", "-Xss4m", QUICK, "-jar", str(CHECKER))
OPTIONS = ("--format", "json", "--stdout", "--also-check-svg", "--skip-non-html")


def wrong(folder):
    """What the checker says of the files in ``folder``: errors and warnings, by file."""
    run = subprocess.run([*WORDS, *OPTIONS, str(folder)], capture_output=True, text=True, timeout=300, check=False)
    assert run.stdout, run.stderr
    told = [each for each in json.loads(run.stdout)["messages"] if each["type"] != "info" or "subType" in each]
    return [(each.get("url", "").removeprefix(f"file:{folder}/"), each["message"]) for each in told]


def test_the_checker_finds_nothing(edition):
    assert wrong(edition) == []


def test_the_checker_tells_of_what_is_wrong(tmp_path):
    (tmp_path / "page.html").write_text(
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>A</title><p><div>B</div></p><img src="c">'
    )
    said = dict.fromkeys(message.split(" ")[0] for _, message in wrong(tmp_path))
    assert {"No", "An"} <= said.keys()
