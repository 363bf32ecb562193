"""Audits of every page of the built edition."""

import collections
import gzip
import itertools
import re
import urllib.parse

from PIL import Image

from plugins.editorial.conversion import TAKEN
from tests.support.edition import SITEURL
from tests.support.pages import file_of

FIRST_VIEW = 14_336  # bytes: what a server may send before the first answer of the reader's network (ten packets)


def test_every_link_leads_to_a_file_and_every_anchor_to_an_id(edition, pages):
    ids = {page.url: set(page.ids) for page in pages}
    dead = []
    for page in pages:
        for tag, _, address in page.references():
            url, fragment = urllib.parse.urldefrag(address)
            file = file_of(edition, url)
            if file is None:
                good = tag == "a" and urllib.parse.urlsplit(url).scheme in {"https", "http", "mailto"}
            else:
                good = file.is_file() and (not fragment or fragment in ids[url])
            if not good:
                dead.append((page.name, address))
    assert dead == []


def test_every_page_can_be_reached_from_the_front_by_links(edition, pages):
    by_url = {page.url: page for page in pages}
    seen, waiting = set(), [f"{SITEURL}/"]
    while waiting:
        url = waiting.pop()
        if url in by_url and url not in seen:
            seen.add(url)
            waiting += [urllib.parse.urldefrag(link)[0] for tag, _, link in by_url[url].references() if tag == "a"]
    assert sorted(by_url.keys() - seen) == [f"{SITEURL}/404.html"]


def test_ids_are_unique_and_references_to_them_hold(pages):
    for page in pages:
        assert [name for name, count in collections.Counter(page.ids).items() if count > 1] == [], page.name
        named = " ".join(page.tree.xpath("//@aria-labelledby | //@aria-describedby | //@aria-controls | //@for"))
        assert set(named.split()) <= set(page.ids), page.name


def test_no_text_can_take_the_id_of_what_stands_around_it(pages):
    texts = [page for page in pages if re.fullmatch(r"(\d{4}/.+|about/|corrections-policy/)index\.html", page.name)]
    outside = "//*[not(ancestor::*[contains(@class, 'prose')])]/@id"
    around = {each for page in texts for each in page.tree.xpath(outside)}
    assert {"content", "story-sources"} <= around <= TAKEN
    assert len(texts) >= 17


def test_headings_make_an_outline(pages):
    for page in pages:
        levels = [int(each.tag[1]) for each in page.tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert levels.count(1) == 1, page.name
        following = levels[levels.index(1) :]
        assert all(after <= before + 1 for before, after in itertools.pairwise(following)), page.name
        assert all(each.text_content().strip() for each in page.tree.xpath("//h1|//h2|//h3|//h4")), page.name


def test_images_have_words_and_their_true_shape(edition, pages):
    seen = set()
    for page in pages:
        for image in page.tree.xpath("//img"):
            source = image.get("src")
            assert image.get("alt", "").strip(), f"{page.name}: {source} has no alt"
            width, height = int(image.get("width")), int(image.get("height"))
            file = file_of(edition, urllib.parse.urljoin(page.url, source))
            if file.suffix != ".svg":
                with Image.open(file) as opened:
                    true = opened.size
                assert abs(width * true[1] - height * true[0]) <= max(true), f"{page.name}: {source}"
            seen.add(source)
    assert len(seen) >= 10


def test_titles_and_descriptions_are_there_and_titles_are_unique(pages):
    titles = collections.Counter(page.text("//title") for page in pages)
    assert [title for title, count in titles.items() if count > 1 or not title] == []
    for page in pages:
        (description,) = page.tree.xpath("//meta[@name='description']/@content")
        assert len(description) >= 12, page.name


def test_the_head_names_the_pages_own_address(pages):
    for page in pages:
        canonical = page.tree.xpath("//link[@rel='canonical']/@href")
        assert canonical == ([] if page.name == "404.html" else [page.url]), page.name
        assert page.tree.xpath("//html/@lang") == ["en"], page.name


def test_nothing_is_fetched_from_another_host(edition, pages):
    for page in pages:
        for tag, attribute, address in page.references():
            if (tag, attribute) != ("a", "href"):
                assert address.startswith(f"{SITEURL}/"), f"{page.name}: {address}"
    for sheet in edition.rglob("*.css"):
        css = sheet.read_text("utf-8")
        assert not re.search(r"""url\(\s*["']?(?:https?:)?//|@import""", css), sheet.name


def test_a_strict_content_security_policy_would_hold(pages):
    code = set()
    for page in pages:
        assert page.tree.xpath("//style | //@style") == [], page.name
        inline = page.tree.xpath("//script[not(@src)][not(@type='application/ld+json')]")
        assert [each.getparent().tag for each in inline] == ["head"], page.name
        code.add(inline[0].text)
        assert page.tree.xpath("//@*[starts-with(name(), 'on')]") == [], page.name
    assert len(code) == 1, "one hash allows it"


def test_no_page_is_heavy_for_a_browser_and_no_ticker_speaks_by_itself(pages):
    speaks = "//*[contains(@class, 'ticker')]/descendant-or-self::*[@aria-live or @role='status' or @role='log']"
    for page in pages:
        tables = len(page.tree.xpath("//table//*"))  # a currency's figures of a year are what the page is for
        assert len(page.tree.xpath("//*")) - tables <= 800, page.name
        assert page.tree.xpath(speaks) == [], page.name


def test_no_page_is_empty(pages):
    assert len(pages) > 40
    for page in pages:
        assert len(page.text("//main")) > 25, page.name


def test_the_first_view_of_each_page_fits_the_first_packets(edition, pages):
    weights = {}
    for page in pages:
        assert page.tree.xpath("//script[@src][not(@defer)][not(@async)][not(@type='module')]") == [], page.name
        sheets = page.tree.xpath("//link[@rel='stylesheet']/@href")
        files = [file_of(edition, urllib.parse.urljoin(page.url, each)).read_bytes() for each in sheets]
        weights[page.name] = sum(len(gzip.compress(content, 6)) for content in [page.html, *files])
    assert {name: weight for name, weight in weights.items() if weight > FIRST_VIEW} == {}


def test_landmarks_stand_once(pages):
    for page in pages:
        for landmark in ("main", "body/header", "body/footer"):
            assert len(page.tree.xpath(f"//{landmark}")) == 1, f"{page.name}: {landmark}"


def test_times_are_written_for_machines_too(pages):
    stamp = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d)?")
    for page in pages:
        for value in page.tree.xpath("//time/@datetime"):
            assert stamp.fullmatch(value), f"{page.name}: {value}"
