"""What waits for its time, by the clock that is given."""

import pytest

from plugins.editorial import __main__ as command

HEAD = "---\ntitle: {0}\ndate: {1}\nembargo: {2}\nstatus: {3}\ncategory: A\nsummary: S.\n---\n"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content/articles").mkdir(parents=True)
    url = "ARTICLE_URL = '{date:%Y}/{slug}/'\n"
    (tmp_path / "pelicanconf.py").write_text(f"ARTICLE_PATHS = ['articles']\nTIMEZONE = 'Asia/Tashkent'\n{url}")
    for name, *fields in (
        ("late", "2026-12-02", "", "published"),
        ("soon", "2026-11-01", "2026-12-01 06:00 +05:00", "published"),
        ("out", "2026-11-01", "", "published"),
        ("idea", "2026-12-01", "", "draft"),
    ):
        (tmp_path / f"content/articles/{name}.md").write_text(HEAD.format(name.title(), *fields))
    (tmp_path / "content/articles/bad.md").write_bytes(b"\xff")
    return tmp_path


def run(capsys, at, *more):
    status = command.main(["due", "--at", at, *more])
    return status, capsys.readouterr().out.splitlines()


def test_the_next_comes_first_and_drafts_have_no_time(desk, capsys):
    assert run(capsys, "2026-12-01T00:59:59+00:00") == (
        0,
        [
            "due      2026-12-01 06:00 +0500  content/articles/soon.md  Soon",
            "due      2026-12-02 00:00 +0500  content/articles/late.md  Late",
        ],
    )
    assert run(capsys, "2026-12-01T06:00:00+05:00")[1] == [
        "due      2026-12-02 00:00 +0500  content/articles/late.md  Late"
    ]
    assert run(capsys, "2027-01-01T00:00:00+05:00") == (0, ["Nothing waits for its time."])


def test_what_should_be_out_and_is_not_is_told(desk, capsys):
    (desk / "output/2026/out").mkdir(parents=True)
    (desk / "output/2026/out/index.html").touch()
    status, lines = run(capsys, "2026-12-01T06:00:00+05:00")
    assert status == 3
    assert lines[0] == ("late     2026-12-01 06:00 +0500  content/articles/soon.md  Soon; make publish releases it")
    assert not any("out.md" in line for line in lines)
