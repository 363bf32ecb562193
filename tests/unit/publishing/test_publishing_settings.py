import datetime as dt

import pytest

from plugins._kit.errors import EditionError
from plugins._kit.settings import decode
from plugins.publishing import questions, records
from plugins.publishing.manifest import EMPTY, Entry, Manifest
from plugins.publishing.plan import between
from plugins.publishing.programs import scrubbed
from plugins.publishing.settings import PublishingSettings


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"target": "ssh"}, "host is not given"),
        ({"target": "ssh", "ssh": {"host": "-oProxyCommand=x", "path": "/srv"}}, "begins with a hyphen"),
        ({"target": "ssh", "ssh": {"host": "web", "path": "/srv/a b"}}, "holds a space"),
        ({"target": "ssh", "ssh": {"host": "web", "path": "/srv/$(id)"}}, "is not an absolute path"),
        ({"target": "object", "object": {"remote": "r2:a", "state": "r2:a/state"}}, "state lies within"),
        ({"target": "git", "git": {"repository": "https://me:secret@git.example/a"}}, "holds a password"),
        ({"target": "ftp"}, "ftp"),
        ({"keep": 0}, ">= 1"),
        ({"kep": 3}, "Did you mean 'keep'"),
    ],
)
def test_settings_that_cannot_be_are_told(raw, words):
    with pytest.raises(EditionError, match=words):
        decode(PublishingSettings, "PUBLISHING", raw)


def test_each_target_expects_the_headers_it_can_set():
    git = {"target": "git", "git": {"repository": "/a.git"}}
    assert decode(PublishingSettings, "PUBLISHING", {}).expected_headers == "all"
    assert decode(PublishingSettings, "PUBLISHING", git).expected_headers == "none"
    assert decode(PublishingSettings, "PUBLISHING", {**git, "headers": "all"}).expected_headers == "all"


def test_a_release_is_named_later_than_all_before_it_even_if_the_clock_goes_back():
    at = dt.datetime(2026, 11, 24, 15, 0, tzinfo=dt.UTC)
    assert records.name(at, []) == "20261124T150000Z"
    assert records.name(at, ["20261124T150000Z"]) == "20261124T150001Z"
    assert records.name(at, ["20261231T235959Z"]) == "20270101T000000Z"


def test_a_large_edition_is_verified_by_what_travelled_and_a_sample():
    wanted = Manifest({f"{n:05}/index.html": Entry("0", 1, "text/html") for n in range(5000)})
    live = Manifest({**wanted.files, "00007/index.html": Entry("1", 1, "text/html")})
    plan = between(live, wanted)
    paths = questions.chosen(wanted, plan, (2000, 300), "20261124T150000Z")
    assert "00007/index.html" in paths
    assert len(paths) == 301
    assert paths != questions.chosen(wanted, plan, (2000, 300), "another release")
    assert len(questions.chosen(wanted, between(EMPTY, wanted), (5000, 0), "")) == 5000


def test_an_address_is_what_a_reader_asks_for():
    assert questions.address("index.html") == ""
    assert questions.address("a b/index.html") == "a%20b/"
    assert questions.address("a/noindex.html") == "a/noindex.html"


def test_no_secret_is_told():
    assert scrubbed("at https://me:hunter22@git.example: hunter2", ["hunter2"]) == "at https://me:…@git.example: …"
