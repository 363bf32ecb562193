"""The command, as ``make`` calls it: what it removes, and what it does with a memory or a Pelican it does not know."""

import subprocess
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest
from pelican import parse_arguments
from pelican.writers import Writer

from plugins.fast_build import plugin
from plugins.fast_build.untouched import Looked
from tests.support import commands
from tests.support.site import Site

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = Site(tmp_path, SITEURL="https://steppe.example", OUTPUT_RETENTION=["kept"])
    site.write("content/a.md", "Title: Salem\nDate: 2026-01-01\n\nFirst words.\n")
    (tmp_path / "pelicanconf.py").write_text(site.settings_text(), "utf-8")
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    def build(*options: str) -> subprocess.CompletedProcess[str]:
        return commands.run("plugins.fast_build", "build", "content", "-s", "pelicanconf.py", *options, cwd=folder)

    return build


def test_strangers_go_only_where_the_output_is_to_hold_nothing_else(folder: Path, run: Run) -> None:
    assert run("-o", "output").returncode == 0
    for name in ("stray.html", "deep/er/stray.txt", "kept/stays.txt", "theme/extra.css"):
        (folder / "output" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "output" / name).write_text("stray", "utf-8")
    assert run("-o", "output").returncode == 0
    assert (folder / "output/stray.html").exists()
    page = folder / "output/salem.html"
    before = page.stat()
    assert run("-o", "output", "--delete-output-directory").returncode == 0
    left = {path.name for path in (folder / "output").rglob("*")}
    assert not left & {"stray.html", "deep", "stray.txt", "extra.css"}
    assert "stays.txt" in left
    assert page.stat().st_mtime_ns == before.st_mtime_ns, "what belongs there was not written again"


def test_an_output_that_holds_the_content_is_not_emptied(folder: Path, run: Run) -> None:
    assert run("-o", ".", "--delete-output-directory").returncode == 0
    assert (folder / "content/a.md").exists()
    assert (folder / "salem.html").exists()


def test_a_damaged_memory_is_told_once_and_all_is_made_anew(folder: Path, run: Run) -> None:
    assert run("-o", "output").returncode == 0
    page = (folder / "output/salem.html").read_bytes()
    (store,) = (folder / ".cache/fast_build").glob("*.sqlite")
    for spare in store.parent.glob("*.sqlite-*"):
        spare.unlink()
    store.write_bytes(b"no database at all, but long enough to be looked at" * 100)
    (folder / "output/salem.html").unlink()
    told = run("-o", "output", "--fatal=warnings")
    assert told.returncode == 0, told.stderr
    assert told.stderr.count("is damaged") == 1
    assert (folder / "output/salem.html").read_bytes() == page
    assert "damaged" not in run("-o", "output").stderr


def test_a_pelican_that_lacks_what_is_leaned_on_builds_in_its_own_way(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    chosen: Namespace = parse_arguments(["content", "-s", "pelicanconf.py", "-o", "output"])
    assert isinstance(plugin._engine(chosen, Looked([])), plugin.FastPelican)
    assert capsys.readouterr().err == ""
    monkeypatch.delattr(Writer, "_open_w")
    assert isinstance(plugin._engine(chosen, Looked([])), plugin.StockPelican)
    told = capsys.readouterr().err
    assert told == "Pelican builds in its own way, without a memory: it has no Writer._open_w.\n"


HEADLINE, STANDFIRST = "Slug: salem\nTitle: {0}", "Slug: salem\nTitle: Salem\nSummary: {0}"


@pytest.mark.parametrize(
    ("header", "settings", "alone"),
    [
        (HEADLINE, {}, True),
        (STANDFIRST, {}, True),
        ("Title: {0}", {}, False),  # the address comes of it
        (HEADLINE, {"FEED_ALL_ATOM": "feed.atom"}, False),
        (HEADLINE, {"DEFAULT_PAGINATION": 1}, False),
        (HEADLINE, {"ARTICLE_ORDER_BY": "title"}, False),
        (HEADLINE, {"ARTICLE_SAVE_AS": "{title}.html", "ARTICLE_URL": "{title}.html"}, False),
    ],
    ids=str,
)
def test_words_are_taken_over_alone_where_they_decide_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, header: str, settings: dict[str, object], *, alone: bool
) -> None:
    none = dict.fromkeys(("CATEGORY_FEED_ATOM", "AUTHOR_FEED_ATOM", "AUTHOR_FEED_RSS", "TRANSLATION_FEED_ATOM"))
    site = Site(tmp_path, **{"THEME": "simple", "FEED_ALL_ATOM": None, **none, **settings})
    header += "\nDate: 2026-01-01\nCategory: News\n\n{0}\n"
    story = site.write("content/a.md", header.format("First words"))
    site.write("content/b.md", "Title: Other\nDate: 2025-01-01\nSummary: Short.\n\nOther.\n")
    (tmp_path / "pelicanconf.py").write_text(site.settings_text(), "utf-8")
    monkeypatch.chdir(tmp_path)
    engine = plugin._engine(parse_arguments(["content", "-s", "pelicanconf.py", "-o", "output", "-d"]), Looked([]))
    engine.run()
    story.write_text(header.format("Second words"), "utf-8")
    assert engine.renew([str(story)], lambda: None) is alone
    if not alone:
        engine.run()
    pages = [path for path in (tmp_path / "output").rglob("*.*") if "theme" not in path.parts]
    made = {path.name: path.read_text("utf-8") for path in pages}
    assert sum("Second words" in text for text in made.values()) >= 2
    assert not [name for name, text in made.items() if "First words" in text or "first-words" in text]
