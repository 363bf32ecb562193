import contextlib
import http.client
import json
import threading
from functools import partial

import pytest

from plugins.fast_build.editions import Editions
from plugins.fast_build.serving import server


@pytest.fixture
def editions():
    return Editions()


@pytest.fixture
def ask(editions):
    listening = server(editions, "127.0.0.1", 0)
    threading.Thread(target=partial(listening.serve_forever, poll_interval=0.02), daemon=True).start()

    with contextlib.ExitStack() as opened:

        def get(path: str) -> http.client.HTTPResponse:
            connection = http.client.HTTPConnection("127.0.0.1", listening.server_port, timeout=10)
            opened.callback(connection.close)
            connection.request("GET", path)
            return opened.enter_context(connection.getresponse())

        yield get
    listening.shutdown()
    listening.server_close()


def whole(folder, text="one"):
    folder.mkdir()
    (folder / "index.html").write_text(f"<html><body>{text}</body></html>")
    (folder / "404.html").write_text("<html><body>nowhere</body></html>")
    (folder / "rates").mkdir()
    (folder / "rates" / "index.html").write_text("<html><body>rates</body></html>")
    (folder / "site.css").write_text("a{}")
    return folder


def test_before_the_first_edition_the_page_says_so_and_listens(ask):
    answer = ask("/")
    assert answer.status == 503
    body = answer.read()
    assert b"being built" in body
    assert b"/_preview/reload.js" in body


def test_pages_get_the_script_and_files_stay_as_they_are(ask, editions, tmp_path):
    editions.publish(whole(tmp_path / "1"))
    assert ask("/").read() == b'<html><body>one<script src="/_preview/reload.js" defer></script></body></html>'
    assert ask("/site.css").read() == b"a{}"
    assert b"EventSource" in ask("/_preview/reload.js").read()


def test_addresses_are_those_of_a_static_host(ask, editions, tmp_path):
    editions.publish(whole(tmp_path / "1"))
    assert b"rates" in ask("/rates/").read()
    moved = ask("/rates")
    assert (moved.status, moved.headers["Location"]) == (301, "/rates/")
    missing = ask("/no/such/page/")
    assert missing.status == 404
    assert b"nowhere" in missing.read()


@pytest.mark.parametrize("path", ["/../secret", "/%2e%2e/secret", "//etc/passwd", "/..%2fsecret"])
def test_nothing_outside_the_edition_is_served(ask, editions, tmp_path, path):
    (tmp_path / "secret").write_text("secret")
    editions.publish(whole(tmp_path / "1"))
    answer = ask(path)
    assert answer.status == 404
    assert b"secret" not in answer.read()


def test_a_failed_attempt_is_told_over_the_last_whole_edition(ask, editions, tmp_path):
    editions.publish(whole(tmp_path / "1"))
    events = ask("/_preview/events")
    assert json.loads(events.readline().removeprefix(b"data: ")) == {"edition": 1, "problem": ""}
    editions.fail("content/a.md:3: wrong")
    assert events.readline() == b"\n"
    assert json.loads(events.readline().removeprefix(b"data: ")) == {"edition": 2, "problem": "content/a.md:3: wrong"}
    assert b"one" in ask("/").read()
