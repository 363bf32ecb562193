"""Addresses once published: none is dropped by accident, moved ones are served."""

import datetime as dt

import pytest

from plugins._kit.errors import EditionError
from plugins.editorial import __main__ as command
from plugins.editorial import ledger, redirects
from plugins.editorial.ledger import Row

DAY = dt.date(2026, 5, 1)
NEXT = dt.date(2026, 6, 1)


def rows(*given):
    return {row.url: row for row in given}


def test_the_file_is_read_as_it_was_written(tmp_path):
    file = tmp_path / "urls.csv"
    given = rows(
        Row("b/", "articles/b", DAY), Row("a/", "", DAY, "moved", "b/"), Row("c/", "", DAY, "gone", "", 'Why, "so"')
    )
    ledger.write(file, given.values())
    assert file.read_text().splitlines()[:2] == ["url,identity,since,state,target,reason", "a/,,2026-05-01,moved,b/,"]
    assert ledger.read(file, "urls.csv") == given
    assert ledger.read(tmp_path / "none.csv", "x") == {}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("a/,,2026-05-01,lost,,", "'lost' is no state"),
        ("a/,,2026-05-01,moved,,", "what moved has a target"),
        ("a/,,2026-05-01,live,b/,", "what moved has a target"),
        ("a/,,2026-05-01,gone,,", "what moved has a target"),
        ("a/,,soon,live,,", "'soon' is no date"),
        ("a/,,2026-05-01", "has not the columns"),
        ("a/,,2026-05-01,live,,,,", "has not the columns"),
        ("z/,,2026-05-01,live,,\nz/,,2026-05-01,live,,", "stands twice"),
    ],
)
def test_a_bad_row_is_told_with_its_line(tmp_path, line, words):
    file = tmp_path / "urls.csv"
    file.write_text(f"url,identity,since,state,target,reason\n{line}\n")
    with pytest.raises(EditionError, match=words) as raised:
        ledger.read(file, "content/urls.csv")
    assert raised.value.problems[0].line == 1 + len(line.split("\n"))


def test_a_dropped_address_is_told_with_where_its_story_went():
    before = rows(Row("old/", "articles/a", DAY), Row("sections/life/", "", DAY), Row("kept/", "", DAY))
    told = list(ledger.problems(before, {"new/", "kept/"}, {"articles/a": "new/"}, "content/urls.csv"))
    assert [(each.line, each.code) for each in told] == [(3, "dropped-address"), (4, "dropped-address")]
    assert "make redirect FROM=/old/ TO=/new/" in told[0].remedy
    assert "make redirect FROM=/sections/life/ TO=/…" in told[1].remedy


def test_a_redirect_must_lead_somewhere():
    moved = rows(Row("a/", "", DAY, "moved", "b/"), Row("b/", "", DAY, "moved", "c/"))
    assert list(ledger.problems(moved, {"c/"}, {}, "x")) == []
    assert [each.code for each in ledger.problems(moved, {"d/"}, {}, "x")] == ["redirect-to-nowhere"] * 2
    gone = {**moved, "c/": Row("c/", "", DAY, "gone", "", "Withdrawn.")}
    assert list(ledger.problems(gone, set(), {}, "x")) == []
    assert list(redirects.gone(gone)) == ["a/", "b/", "c/"]


def test_what_is_published_is_recorded_once():
    first = ledger.recorded({}, {"a/", ""}, {"articles/a": "a/"}, DAY)
    assert first == rows(Row("a/", "articles/a", DAY), Row("", "", DAY))
    assert ledger.recorded(first, {"a/", ""}, {"articles/a": "a/"}, NEXT) == first
    back = ledger.recorded(rows(Row("a/", "", DAY, "gone", "", "R")), {"a/"}, {}, NEXT)
    assert back == rows(Row("a/", "", DAY))


def test_an_address_cannot_lead_to_itself_nor_a_strange_one_move():
    given = rows(Row("a/", "", DAY), Row("b/", "", DAY, "moved", "a/"))
    for url, state, words in (("a/", "moved", "b/"), ("a/", "moved", "a/"), ("x/", "moved", "a/"), ("a/", "gone", "")):
        with pytest.raises(EditionError):
            ledger.changed(given, url, state, words)


def test_a_moved_address_is_served_three_ways(tmp_path):
    given = rows(
        Row("a/", "", DAY, "moved", "b/"), Row("b/", "", DAY, "moved", "c d/"), Row("x/", "", DAY, "gone", "", "R")
    )
    redirects.write(given, tmp_path, "https://host.example/paper", "/paper")
    assert (tmp_path / "_redirects").read_text() == "/paper/a/ /paper/c%20d/ 301\n/paper/b/ /paper/c%20d/ 301\n"
    page = (tmp_path / "a/index.html").read_text()
    assert 'content="0; url=https://host.example/paper/c%20d/"' in page
    maps = redirects.nginx(given, "/paper")
    assert '"/paper/a/" "/paper/c%20d/";' in maps
    assert '"/paper/x/" 1;' in maps


def test_a_page_that_is_there_is_not_replaced(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/index.html").write_text("whole")
    redirects.write(rows(Row("a/", "", DAY, "moved", "b/")), tmp_path, "", "")
    assert (tmp_path / "a/index.html").read_text() == "whole"


def test_pages_of_an_edition(tmp_path):
    for name in ("index.html", "404.html", "a/index.html", "a/page/1/index.html", "b.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("<p>")
    (tmp_path / "old.html").write_text(redirects.page("a/", "https://host.example"))
    assert ledger.pages(tmp_path) == {"", "a/", "b.html"}
    assert ledger.pages(tmp_path, ("a/",)) == {"", "b.html"}


def test_what_stands_once_more_elsewhere_moves_and_goes_as_well():
    given = rows(
        Row("a/", "articles/a", DAY, "moved", "b/"),
        Row("b/", "articles/b", DAY),
        Row("x/", "articles/x", DAY, "gone", "", "R"),
        Row("list/", "", DAY, "moved", "b/"),
    )
    everywhere = redirects.mirrored(given, ("text/",))
    assert list(redirects.moved(everywhere)) == [("a/", "b/"), ("list/", "b/"), ("text/a/", "text/b/")]
    assert list(redirects.gone(everywhere)) == ["text/x/", "x/"]
    assert redirects.mirrored(given, ()) == given


HEAD = "---\ntitle: A\ndate: 2026-04-30 09:00 +05:00\ncategory: {0}\nsummary: S.\nslug: {1}\n---\nText.\n"


@pytest.fixture
def paper(tmp_path, monkeypatch):
    """A paper whose edition is built by hand: a page for the story and one for its section."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content/articles").mkdir(parents=True)
    conf = "ARTICLE_PATHS = ['articles']\nARTICLE_URL = '{date:%Y}/{slug}/'\nSITEURL = 'https://host.example'\n"
    (tmp_path / "pelicanconf.py").write_text(f"{conf}EDITORIAL = {{'mirrors': ['text/']}}\n")

    def publish(section="life", slug="first", *, story=True):
        (tmp_path / "content/articles/a.md").write_text(HEAD.format(section, slug))
        built = tmp_path / f"built-{section}-{slug}-{story}"
        for url in ("", "text/", f"sections/{section}/", *([f"2026/{slug}/"] if story else [])):
            (built / url).mkdir(parents=True, exist_ok=True)
            (built / url / "index.html").write_text("<p>")
        if status := command.main(["hold", str(built)]):
            return status
        return command.main(["record", str(built), "--at", "2026-05-01T00:00:00+00:00"])

    return publish


def test_a_new_slug_goes_through_the_ledger(paper, tmp_path, capsys):
    assert paper() == 0
    assert paper() == 0
    assert paper(slug="second") == 2
    assert "make redirect FROM=/2026/first/ TO=/2026/second/" in capsys.readouterr().err
    assert command.main(["check"]) == 1
    assert "error changed-address the story was published at /2026/first/" in capsys.readouterr().out
    assert command.main(["redirect", "/2026/first/", "/2026/second/"]) == 0
    assert paper(slug="second") == 0
    assert (
        "url=https://host.example/2026/second/"
        in (tmp_path / "built-life-second-True/2026/first/index.html").read_text()
    )
    moved_text = (tmp_path / "built-life-second-True/text/2026/first/index.html").read_text()
    assert "url=https://host.example/text/2026/second/" in moved_text
    assert "text/" not in (tmp_path / "content/urls.csv").read_text()
    assert command.main(["check"]) == 0
    assert ",moved,2026/second/," in (tmp_path / "content/urls.csv").read_text()


def test_a_deletion_goes_through_the_ledger(paper, tmp_path, capsys):
    assert paper() == 0
    assert paper(story=False) == 2
    assert 'make gone URL=/2026/first/ REASON="…"' in capsys.readouterr().err
    assert command.main(["gone", "/2026/first/", "--reason", " "]) == 2
    assert command.main(["gone", "/2026/first/", "--reason", "Withdrawn."]) == 0
    assert paper(story=False) == 0
    assert '"/text/2026/first/" 1;' in (tmp_path / "build/redirects.nginx.conf").read_text()
    assert '"/2026/first/" 1;' in (tmp_path / "build/redirects.nginx.conf").read_text()


def test_a_sections_new_name_goes_through_the_ledger(paper, tmp_path, capsys):
    assert paper() == 0
    assert paper(section="living") == 2
    assert "/sections/life/ was published and this edition has it no more" in capsys.readouterr().err
    assert command.main(["redirect", "sections/life/", "sections/living/"]) == 0
    assert paper(section="living") == 0
    assert "/sections/life/ /sections/living/ 301" in (tmp_path / "built-living-first-True/_redirects").read_text()


def test_a_link_to_a_place_that_a_list_does_not_have_is_told_when_publishing(paper, tmp_path, capsys):
    paper()
    other = HEAD.format("life", "second").replace("Text.", "[a](/sections/life/#x) [b](/sections/life/#y)\n[c](/#z)")
    (tmp_path / "content/articles/b.md").write_text(other)
    built = tmp_path / "built-life-first-True"
    (built / "sections/life/index.html").write_text('<p id="x">')
    assert command.main(["hold", str(built)]) == 0  # the story is held back: it has no page
    (built / "2026/second").mkdir()
    (built / "2026/second/index.html").write_text("<p>")
    capsys.readouterr()
    assert command.main(["hold", str(built)]) == 2
    assert [line.partition(" [")[0] for line in capsys.readouterr().err.splitlines()[1:]] == [
        "content/articles/b.md:8: the link to #y leads to no place on /sections/life/. Mend it or take it out.",
        "content/articles/b.md:9: the link to #z leads to no place on /. Mend it or take it out.",
    ]
