"""Newsboat, a feed reader, follows the feeds on loopback (not JSON Feed): a story that changes is never a new one."""

import functools
import http.server
import sqlite3
import subprocess

import pytest

from tests.support.serving import serving
from tests.support.site import Site

FORMATS = ("feed.atom", "feed.rss")


def story(made, name, **fields):
    header = {
        "title": name.title(),
        "date": "2026-09-01 09:00 +05:00",
        "category": "Trade",
        "summary": "Said.",
        **fields,
    }
    lines = [f"{key}: {value}" for key, value in header.items()]
    made.write(f"content/articles/{name}.md", "\n".join([*lines, "", f"All about *{name}*.", ""]))


@pytest.fixture
def newsroom(tmp_path):
    made = Site(
        tmp_path,
        PLUGINS=["plugins.syndication"],
        ARTICLE_PATHS=["articles"],
        SLUGIFY_SOURCE="basename",
        ARTICLE_URL="{date:%Y}/{slug}/",
        ARTICLE_SAVE_AS="{date:%Y}/{slug}/index.html",
    )
    for name in ("one", "two", "three"):
        story(made, name)
    return made


@pytest.fixture
def served(newsroom):
    """Where the built site is served."""
    handler = functools.partial(Quiet, directory=str(newsroom.folder / "output"))
    with serving(handler) as server:
        yield server.url


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args):
        pass


class Newsboat:
    """A reader with its own memory."""

    def __init__(self, folder, urls):
        self.folder = folder
        (folder / "urls").write_text("".join(f"{url}\n" for url in urls))
        (folder / "config").write_text("reload-threads 1\ndownload-timeout 20\n")

    def reload(self):
        """Fetch the feeds; return the feed, id, headline and address of each story that is remembered."""
        command = ["newsboat", "-q", "-C", "config", "-u", "urls", "-c", "cache.db", "-x", "reload"]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        with sqlite3.connect(self.folder / "cache.db") as memory:
            return memory.execute(
                "SELECT feedurl, guid, title, url, unread, content FROM rss_item ORDER BY id"
            ).fetchall()


@pytest.mark.parametrize("name", FORMATS)
def test_a_reader_has_no_story_twice(newsroom, served, tmp_path, name):
    reader = Newsboat(tmp_path, [f"{served}/{name}"])
    assert newsroom.build().status == 0
    first = reader.reload()
    assert sorted(row[2] for row in first) == ["One", "Three", "Two"]
    assert all("All about <em>" in row[5] for row in first)
    story(newsroom, "one", slug="another-address", title="One, corrected", modified="2026-09-02 09:00 +05:00")
    story(newsroom, "four", date="2026-09-03 09:00 +05:00")
    assert newsroom.build().status == 0
    second = reader.reload()
    assert {row[1] for row in first} < {row[1] for row in second}
    assert len(second) == 4, "the story with a new address is the old one; only the fourth is new"
    assert "One, corrected" in [row[2] for row in second]


def test_an_id_that_follows_the_address_would_be_seen(newsroom, served, tmp_path):
    """The measure itself: with another id, a reader does take a story for new."""
    reader = Newsboat(tmp_path, [f"{served}/feed.atom"])
    newsroom.build()
    reader.reload()
    story(newsroom, "one", id="articles/renamed")
    newsroom.build()
    assert len(reader.reload()) == 4
