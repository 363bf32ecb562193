"""An edition with a story under embargo, built by Pelican: the gate knows the story's words and finds any leak."""

import gzip
import json
import shutil
import subprocess

import pytest

from tests.publishing.press import Press
from tests.support import commands, embargo
from tests.support import edition as editions
from tests.support.site import ROOT

LEAKS = {
    "feed.json": json.dumps({"version": "1.1", "title": "A", "items": [{"id": "1", "title": embargo.TITLE}]}).encode(),
    "a.html": b"<title>Ann&#39;s &#34;quorvant plan&#34; for the Ustyurt &amp; the sea</title>".replace(
        b"&#34;", b"&quot;"
    ),
    "pagefind/fragment/en_1.pf_fragment": gzip.compress(b'pagefind_dcd{"url":"/2026/09/kungrad-plan/"}'),
    "media/kungrad-well.0123456789ab.webp": b"RIFF",
    "a.txt": b"The well of Kungrad will be drilled again, says a mervant paper",
}


@pytest.fixture
def held(shared_root):
    """A folder with settings and what Pelican has built by them."""
    return embargo.before(shared_root)


def words(held):
    asked = ("--settings", "conf.py", "withheld")
    done = commands.run("plugins.editorial", *asked, cwd=held, environment={"BUILD_TIME": embargo.BEFORE})
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_index_of_the_search_holds_no_word_of_it(held):
    files = (held / "output/pagefind").rglob("*.pf_*")
    index = b" ".join(gzip.decompress(path.read_bytes()).lower() for path in files)
    assert b"kungrad" not in index
    assert b"ustyurt" not in index
    assert b"memorial" in index  # of a story that is out: words are looked for in the right place


def press(held, folder):
    newsroom = Press(folder, gate=True)
    shutil.copytree(held / "output", folder / "built")
    (folder / "words.txt").write_text(words(held))
    return newsroom


def publish(newsroom):
    newsroom.command()
    conf = newsroom.folder / "publishconf.py"
    conf.write_text(conf.read_text().replace("http://127.0.0.1:9", editions.SITEURL))
    return commands.run("plugins.publishing", "publish", "built", "--withheld", "words.txt", cwd=newsroom.folder)


def test_the_edition_without_a_leak_goes_out(held, tmp_path):
    newsroom = press(held, tmp_path)
    assert embargo.TITLE in (tmp_path / "words.txt").read_text().splitlines()
    done = publish(newsroom)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "public/current/index.html").is_file()


@pytest.mark.parametrize("name", LEAKS)
def test_a_leak_in_any_spelling_stops_it(held, tmp_path, name):
    newsroom = press(held, tmp_path)
    (tmp_path / "built" / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "built" / name).write_bytes(LEAKS[name])
    done = publish(newsroom)
    assert done.returncode == 1
    assert f"{name}: holds" in done.stderr
    assert "[embargo]" in done.stderr
    assert not (tmp_path / "public").exists()


def test_both_ways_of_the_makefile_give_the_words_to_the_gate():
    for task, conf in (("publish", "publishconf.py"), ("staging", "stagingconf.py")):
        said = subprocess.run(["make", "-n", task], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        assert f"--settings {conf} withheld > build/withheld.txt" in said
        assert "--withheld build/withheld.txt" in said


def test_files_that_go_out_alone_pass_the_same_gate(held, tmp_path):
    newsroom = press(held, tmp_path)
    assert publish(newsroom).returncode == 0
    latest, page = tmp_path / "built/rates/latest.json", tmp_path / "built/rates/index.html"
    good = page.read_text()
    patch = ("plugins.publishing", "patch", "built", "rates/", "--withheld", "words.txt")
    for told, change in (
        ("policy", lambda: page.write_text(good.replace("</main>", "<script>go()</script></main>"))),
        ("link", lambda: page.write_text(good.replace("</main>", '<a href="/no/such/">a</a></main>'))),
        ("anchor", lambda: page.write_text(good.replace("</main>", '<a href="/about/#none">a</a></main>'))),
        ("embargo", lambda: (page.write_text(good), latest.write_text(json.dumps({"a": embargo.TITLE})))),
        ("", lambda: latest.write_text("{}")),
    ):
        change()
        done = commands.run(*patch, cwd=tmp_path)
        assert done.returncode == (1 if told else 0), done.stdout + done.stderr
        assert f"[{told}]" in done.stderr or told in done.stderr
