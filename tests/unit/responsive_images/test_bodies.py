"""Pictures in texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from plugins.responsive_images import bodies
from plugins.responsive_images.views import Candidate, Picture, Slot, Source

SLOTS = {"figure": Slot("(min-width: 1em) 2em, 3em", 9), "small": Slot("1em", 6), "tiny": Slot("1em", 1)}
MADE = Picture(
    (Source("image/avif", (Candidate("m/a-4.avif", 4), Candidate("m/a-8.avif", 8))),), "m/a.jpg", 8, 6, SLOTS
)
PLACE = bodies.Place("articles/2026/a.md", "https://x.example/")


def rewritten(text, pictures=lambda _: MADE):
    return bodies.rewritten(text, PLACE, pictures)


def test_a_picture_has_its_formats_its_size_and_what_it_had():
    text = '<p>a</p><img alt="&quot;A&quot; &gt; <b>" src="{static}/images/a.png" width="1" class="c">b'
    assert rewritten(text) == (
        '<p>a</p><picture><source type="image/avif" srcset="https://x.example/m/a-4.avif 4w, https://x.example/m/a-8.avif'
        ' 8w" sizes="(min-width: 1em) 2em, 3em"><img loading="lazy" decoding="async" alt="&quot;A&quot; &gt; &lt;b&gt;"'
        ' src="https://x.example/m/a.jpg" width="8" class="c" height="6"></picture>b'
    )


@pytest.mark.parametrize(
    ("src", "path"),
    [
        ("{static}/images/a.png", "images/a.png"),
        ("{static}../../images/a.png", "images/a.png"),
        ("|static|/images/a%20b.png?x#y", "images/a b.png"),
        ("{static}a.png", "articles/2026/a.png"),
    ],
)
def test_a_file_is_found_as_pelican_finds_it(src, path):
    assert [each.path for each in bodies.shown(f"<IMG SRC='{src}'/>", PLACE.source)] == [path]


@pytest.mark.parametrize(
    "text",
    [
        '<img src="https://other.example/a.png">',
        '<img src="/images/a.png">',
        '<img alt="{static}/images/a.png">',
        '<img src="{attach}/images/a.png">',
        '<!-- <img src="{static}/images/a.png"> -->',
        '<picture><img src="{static}/images/a.png"></picture>',
        "<script>'<img src=\"{static}/images/a.png\">'</script>",
        "<p>&lt;img src=&quot;{static}/images/a.png&quot;&gt;</p>",
        '<imgx src="{static}/images/a.png">',
        '<img src="{static}/images/a.png"',
    ],
)
def test_all_else_stays(text):
    assert rewritten(text) == text
    assert list(bodies.shown(text, PLACE.source)) == []


def test_a_picture_that_was_not_made_stays():
    text = "<img src='{static}/images/a.gif'>"
    assert rewritten(text, lambda _: None) == text


def test_the_credit_is_that_of_its_own_figure():
    text = (
        '<figure><img src="{static}/a.png"><figcaption>B</figcaption></figure>'
        '<figure><a href="x"><img src="{static}/b.png"></a><figcaption>B '
        '<span class="figure-credit">Photo: A &amp; B</span></figcaption></figure><p><img src="{static}/c.png"></p>'
    )
    found = [(each.path[-5:], each.credit) for each in bodies.shown(text, "x")]
    assert found == [("a.png", ""), ("b.png", "A & B"), ("c.png", "")]


def test_what_a_text_refers_to_is_known():
    text = (
        '<a href=\'{static}../../images/a.png#x\'>a</a><a href="https://x.example/images/b%20.png"><img src="/c.png">'
    )
    found = set(bodies.references(text, PLACE.source, "https://x.example"))
    assert found == {"images/a.png", "images/b .png", "c.png"}


@given(st.text("<>\"'= img/srcaltpicture{}|-!&;\n", max_size=60))
def test_no_text_makes_it_fail_or_lose_a_letter(text):
    assert bodies.rewritten(text, PLACE, lambda _: None) == text
    list(bodies.shown(text, "a.md"))


@given(st.text(max_size=30))
def test_any_alternative_text_stays_what_it_was(words):
    clean = "".join(letter for letter in words if letter.isprintable() or letter == " ")
    escaped = clean.replace("&", "&amp;").replace('"', "&quot;")
    tree = lxml_html.fromstring(rewritten(f'<p><img src="{{static}}/a.png" alt="{escaped}"></p>'))
    assert tree.xpath("//img/@alt") == [clean]


@pytest.mark.parametrize(("slot", "widths"), [("figure", [4, 8]), ("small", [4]), ("tiny", [4]), ("unknown", [4, 8])])
def test_a_small_place_is_offered_no_large_files(slot, widths):
    placed = MADE.at(slot)
    assert [each.width for each in placed.sources[0].candidates] == widths
    assert placed.sizes == (SLOTS[slot].sizes if slot in SLOTS else "100vw")
