"""A story's HTML as text alone."""

import re
from unittest import mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.text_edition import simplifying
from plugins.text_edition.simplifying import led, simplified
from plugins.text_edition.views import TextEditionView

VIEW = TextEditionView("text/", ("404.html", "rates/embed/"))


def text(markup):
    return simplified(markup, "[Picture: %(alt)s]", lambda link: f"text:{link}")


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("", ""),
        ("<p>Plain &amp; <em>short</em>.</p>", "<p>Plain &amp; <em>short</em>.</p>"),
        ('<p class="x" style="y" data-z="1" id="here">A</p>', '<p id="here">A</p>'),
        ('<p><a class="x" rel="me" href="/a/">A</a></p>', '<p><a href="text:/a/">A</a></p>'),
        ('<p>See <img src="a.png" alt="a  map"> there</p>', "<p>See [Picture: a map] there</p>"),
        ('<p>A<img src="line.png" alt="">B</p>', "<p>AB</p>"),
        ('<p>A <span class="x">b</span> <span lang="ru">в</span></p>', '<p>A b <span lang="ru">в</span></p>'),
        ("<p>A<script>alert(1)</script><style>b{}</style>C<!-- d --></p>", "<p>AC</p>"),
        (
            """<figure class="figure"><picture><source srcset="a.avif"><img src="a.png" alt="A cat"></picture>
<figcaption>Its house <span class="figure-credit">Image: Me</span></figcaption></figure>""",
            "<div>[Picture: A cat]\n<p>Its house Image: Me</p></div>",
        ),
        (
            '<figure><a href="https://video.example/1"><img src="a.png" alt="A film"></a></figure>',
            '<div><a href="text:https://video.example/1">[Picture: A film]</a></div>',
        ),
        (
            '<p>A</p><iframe src="https://p.example/1" title="A film"></iframe><p>B</p>',
            '<p>A</p><a href="text:https://p.example/1">A film</a><p>B</p>',
        ),
        ('<video><source src="/a.mp4" type="video/mp4"></video>', '<a href="text:/a.mp4">/a.mp4</a>'),
        ("<svg aria-label='A curve'><path d='M0 0'/></svg>", "[Picture: A curve]"),
        (
            '<table class=t><tr><th scope="col" id="c">A</th></tr><tr><td colspan="2" class="x"></td></tr></table>',
            '<table><tr><th scope="col" id="c">A</th></tr><tr><td colspan="2"></td></tr></table>',
        ),
        ('<ol start="3"><li>a</li></ol>', '<ol start="3"><li>a</li></ol>'),
        ("<form><input name=q><button>Go</button></form><p>A</p>", "<p>A</p>"),
    ],
)
def test_nothing_is_left_that_a_browser_would_fetch(markup, shown):
    assert text(markup) == shown


@pytest.mark.parametrize(
    ("link", "siteurl", "where"),
    [
        ("https://a.example/2025/04/b/#c", "https://a.example", "https://a.example/text/2025/04/b/#c"),
        ("https://a.example/", "https://a.example", "https://a.example/text/"),
        ("https://a.example/images/a.png", "https://a.example", "https://a.example/images/a.png"),
        ("https://a.example/rates/embed/", "https://a.example", "https://a.example/rates/embed/"),
        ("https://a.example.org/b/", "https://a.example", "https://a.example.org/b/"),
        ("/about/", "https://a.example", "/text/about/"),
        ("/paper/about/?a=1", "https://a.example/paper", "/paper/text/about/?a=1"),
        ("/elsewhere/", "https://a.example/paper", "/elsewhere/"),
        ("//b.example/c/", "", "//b.example/c/"),
        ("../../about/", "../..", "../../text/about/"),
        ("#note", "https://a.example", "#note"),
        ("mailto:a@a.example", "", "mailto:a@a.example"),
    ],
)
def test_a_link_within_the_edition_leads_to_the_text(link, siteurl, where):
    assert led(link, siteurl, VIEW.address) == where


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("index.html", "text/"),
        ("2025/04/a/index.html", "text/2025/04/a/"),
        ("a.html", "text/a.html"),
        ("404.html", ""),
        ("rates/embed/index.html", ""),
        ("text/about/", ""),
        ("feed.atom", ""),
    ],
)
def test_a_page_has_its_text_at_its_own_address_below_the_texts(page, address):
    assert VIEW.address(page) == address


WORDS = st.sampled_from(["words", "a &lt; b &amp; c", "\n", "Душанбе", " ", "&quot;", "&", ">", "\u00a0", "é", "<br>"])
TAGS = ["p", "h2", "ul", "ol", "li", "blockquote", "strong", "em", "b", "i", "code", "a", "div"]
STARTS = {"a": ('<a href="/a/?b=1#c">', '<a href="/é/">', '<a id="x">', "<a>"), "h2": ('<h2 id="мост">', "<h2>")}


@st.composite
def markups(draw, depth=0):
    """Texts with tags in one another, of which some should not be."""
    parts = []
    for kind in draw(st.lists(st.sampled_from(["words", *TAGS]), max_size=3)):
        if kind == "words" or depth > 2:
            parts.append(draw(WORDS))
        else:
            start = draw(st.sampled_from(STARTS.get(kind, (f"<{kind}>",))))
            end = draw(st.sampled_from([f"</{kind}>"] * 12 + ["", "</em>"]))
            parts += [start, draw(markups(depth + 1)), end]
    return "".join(parts)


@given(markups())
@example('<p><a href="/a/"><em>A</em></a> <a href="/a/">B</a></p>\n<ul>\n<li>a &gt; b</li>\n</ul>')
@example("<p><strong>A</em></p>")
@example("<p>A<em>B</p>")
@example("<blockquote>A")
@example("<p>A > B</p>")
@example("A</p>")
@example('<ul><li></li><li id="b"></li></ul>')
@example("\n<p>A</p>")
@example('<p>A</p id="b">')
@example('<p><a href="/a/">A</a href="/b/"></p>')
@example('<p><a href="a">A</a> <a href="text:a">B</a></p>')
@example('<p><a href="/é/">A</a></p>')
def test_plain_text_needs_no_parser_and_is_what_it_would_be_with_one(markup):
    """Where it is plain already, and else the parser is asked."""
    with mock.patch.object(simplifying, "_PLAIN", re.compile("(?!)(.)(.)(.)(.)")):
        parsed = text(f"{markup}<!-- parsed -->")
    assert text(markup) == parsed


def test_a_storys_text_is_mostly_plain(monkeypatch):
    monkeypatch.setattr(simplifying.html, "fragment_fromstring", None)
    plain = (
        '<h2 id="a">A</h2>\n<p>B <a href="/b/">c</a>, <a href="/b/">d</a></p>\n<blockquote>\n<p>E</p>\n</blockquote>'
    )
    assert text(plain) == plain.replace('"/b/"', '"text:/b/"')
    with pytest.raises(TypeError):
        text("<p>A<br>B</p>")
