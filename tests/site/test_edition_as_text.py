"""The edition's text: every page, small, whole, and readable in a terminal."""

import gzip
import re
import subprocess
import urllib.parse

import pytest

from tests.support.edition import SITEURL
from tests.support.pages import file_of, html_pages

MOST = 8192
WITHOUT = {"404.html", "search/index.html"}
"""Pages that have no text."""


@pytest.fixture(scope="module")
def texts(edition):
    return tuple(page for page in html_pages(edition) if page.name.startswith("text/"))


def test_every_page_has_its_text_and_they_lead_to_each_other(pages, texts):
    known = {page.name: page for page in texts}
    assert known.keys() == {f"text/{page.name}" for page in pages if page.name not in WITHOUT}
    for page in pages:
        found = page.tree.xpath("//a[@rel='alternate']/@href")
        assert found == ([] if page.name in WITHOUT else [f"{SITEURL}/text/{page.url[len(SITEURL) + 1 :]}"]), page.name
    for page in texts:
        full = SITEURL + "/" + page.url.removeprefix(f"{SITEURL}/text/")
        assert page.tree.xpath("//header//a[@rel='alternate']/@href") == [full]
        assert page.tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert page.tree.xpath("//link[@rel='canonical']") == []
        assert len(page.tree.xpath("string(//meta[@name='description']/@content)")) > 4


def test_each_is_small_and_makes_one_request(texts):
    assert {page.name for page in texts if len(gzip.compress(page.html, 6)) > MOST} == set()
    for page in texts:
        assert page.tree.xpath("//img | //script | //iframe | //@style | //link[@rel='stylesheet']") == []
    (style,) = {each for page in texts for each in page.tree.xpath("//style/text()")}
    assert "url(" not in style
    assert "@import" not in style


def test_every_link_leads_somewhere_and_to_text_where_there_is_one(edition, texts):
    names = {page.name for page in texts}
    by_name = {page.name: set(page.ids) for page in texts}
    for page in texts:
        for tag, _, address in page.references():
            file = file_of(edition, address)
            if tag != "a" or file is None:
                continue
            assert file.is_file(), f"{page.name}: {address}"
            name = file.relative_to(edition).as_posix()
            fragment = urllib.parse.urlsplit(address).fragment
            assert not fragment or fragment in by_name[name], f"{page.name}: {address}"
        others = {
            file_of(edition, urllib.parse.urljoin(page.url, link)) for link in page.tree.xpath("//main//a/@href")
        } - {None}
        assert [each for each in others if f"text/{each.relative_to(edition).as_posix()}" in names] == [], page.name


def test_each_has_one_heading_its_landmarks_and_the_rates(texts):
    for page in texts:
        assert page.tree.xpath("count(//h1)") == 1, page.name
        assert len(page.tree.xpath("/html[@lang='en']/body[header][main[@id='content']][footer/nav]")) == 1
        assert page.tree.xpath("//header//a[@href='#content']")
        assert re.search(r"Rates of 29 September 2026: KGS/USD 0\.01143.*TMT/USD .*fixed\.", page.text("//header"))
    titles = [page.text("//title") for page in texts]
    assert len(titles) == len(set(titles))


def test_a_story_says_all_that_its_page_says(pages, texts):
    for page in pages:
        if page.tree.xpath("//article[@class='article']"):
            (text,) = (each for each in texts if each.name == f"text/{page.name}")
            prose = page.tree.xpath("//div[@class='prose']//*[self::p or self::li or self::h2][not(ancestor::figure)]")
            said = text.text("//main")
            for element in prose:
                assert " ".join(element.text_content().split()) in said, page.name
            for alt in page.tree.xpath("//article//figure//img/@alt"):
                assert f"[Picture: {alt}]" in said, page.name


def test_search_engines_and_the_ledger_are_told_of_the_full_pages_alone(edition):
    for file in edition.rglob("*.xml"):
        assert b"/text/" not in file.read_bytes(), file.name


@pytest.mark.parametrize("program", [("lynx", "-dump", "-nolist", "-width=80"), ("w3m", "-dump", "-cols", "80")])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "The Steppe Ledger, text only"),
        ("2025/04/trans-afghan-railway-papers-signed/", "[Picture: A schematic line diagram"),
        ("rates/", "Kyrgyz som"),
        ("rates/kgs/", "87.4571"),
        ("countries/uzbekistan/", "At a glance"),
        ("archive/", "Stories 1 to"),
    ],
)
def test_a_terminal_shows_it(edition, program, name, said):
    shown = subprocess.run(
        [*program, str(edition / "text" / name / "index.html")],
        capture_output=True,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": str(edition.parent), "TERM": "dumb"},
        check=True,
        timeout=30,
    ).stdout.decode()
    flat = " ".join(shown.split())
    assert said in flat
    assert "Skip to the content" in flat
    assert "Rates of 29 September 2026: KGS/USD 0.01143" in flat
    assert "\N{REPLACEMENT CHARACTER}" not in shown
    assert not re.search(r"</?[a-z]+>|&[a-z]+;", shown)
    assert max(map(len, shown.splitlines())) <= 100
