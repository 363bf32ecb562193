import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from PIL import Image

from plugins.editorial import crediting, figures
from plugins.editorial.figures import FigureExtension, PictureError
from plugins.editorial.front import front, led
from plugins.editorial.withholding import reason

MARKDOWN = Markdown(extensions=[FigureExtension(lambda name: (4, 3) if name == "a.png" else None, "images")])


@pytest.mark.parametrize(
    ("title", "caption", "credit"),
    [
        ("Flowers at the memorial. Image: MFA Russia", "Flowers at the memorial.", "Image: MFA Russia"),
        ("Flowers. Photo: A. Karimov.", "Flowers.", "Photo: A. Karimov"),
        ("Flowers. @steppe.ledger", "Flowers.", "@steppe.ledger"),
        ("Image: MFA", "", "Image: MFA"),
        ("Flowers only.", "Flowers only.", ""),
        ("", "", ""),
    ],
)
def test_caption_and_credit(title, caption, credit):
    assert figures.caption_and_credit(title) == (caption, credit)


def test_an_image_alone_in_its_paragraph_is_a_figure():
    html = MARKDOWN.reset().convert('Before.\n\n![A rose](a.png "A <rose>. Image: Me")\n\nAfter.')
    assert (
        '<img alt="A rose" decoding="async" height="3" loading="lazy" src="{static}/images/a.png" width="4">'
        in html.replace(" />", ">")
    )
    assert '<figcaption>A &lt;rose&gt;. <span class="figure-credit">Image: Me</span></figcaption>' in html
    assert "<p><figure" not in html


def test_a_picture_that_links_elsewhere_stands_for_another_site():
    html = MARKDOWN.reset().convert('[![A door](a.png "A film. Photo: Me")](https://www.video.example/1)')
    assert html.startswith('<figure class="embed"><a href="https://www.video.example/1"><img alt="A door"')
    credit, host = '<span class="figure-credit">Photo: Me</span>', '<span class="embed-host">video.example</span>'
    assert f"<figcaption>A film. {credit} {host}</figcaption>" in html
    assert "<iframe" not in html
    bare = MARKDOWN.reset().convert("[![A door](a.png)](other.html)")
    assert bare.startswith('<figure><a href="other.html">')


def test_pictures_are_gathered_by_credit():
    one = SimpleNamespace(url="one/", image=figures.Figure("images/l.png", "L", "Lead.", "Me", 1, 1))
    two = SimpleNamespace(url="two/", image=None)
    shown = '![A](a.png "A. Photo: Me")'
    text = f'{shown}\n\n{shown}\n\n![B](b.png)\n\n![C](https://c.example/c.png "Image: C")'
    view = crediting.gathered([(one, one.image, ""), (two, two.image, text)], "images", "pictures/")
    told = [(group.name, [(each.src, each.caption) for each in group.pictures]) for group in view.credits]
    assert told == [("Me", [("images/l.png", "Lead."), ("images/a.png", "A.")]), ("", [("images/b.png", "")])]


STORIES = [SimpleNamespace(url=f"{number}/") for number in range(5)]
pictured = st.tuples(
    st.none() | st.builds(lambda credit: figures.Figure("images/l.png", "L", "", credit, 1, 1), st.sampled_from("aAb")),
    st.lists(st.sampled_from(['![A](a.png "A. Photo: Me")', "![B](b.png)", '![C](c.png "Photo: a")']), max_size=3),
)


@given(
    st.lists(pictured, min_size=5, max_size=5), st.lists(pictured, min_size=5, max_size=5), st.sets(st.integers(0, 4))
)
def test_pictures_of_which_some_are_told_anew_are_listed_as_if_all_were(before, now, told):
    both = [
        [(story, image, "\n\n".join(text)) for story, (image, text) in zip(STORIES, each, strict=True)]
        for each in (before, now)
    ]
    view = crediting.gathered(both[0], "images", "pictures/")
    renewed = crediting.renewed(view, [both[1][place] for place in told], STORIES[:4], "images")
    whole = [both[place in told][place] for place in range(5)]
    assert renewed == crediting.gathered(whole, "images", "pictures/")


def test_a_picture_that_was_drawn_again_is_looked_at_again(tmp_path):
    sizes = figures.Sizes(tmp_path)
    assert isinstance(sizes.or_error("a.png"), PictureError)
    for width in (4, 40):
        Image.new("RGB", (width, 3)).save(tmp_path / "a.png")
        assert sizes.of("a.png") == (width, 3)


def test_an_image_among_words_stays_in_its_paragraph():
    html = MARKDOWN.reset().convert("See ![a](a.png) here.")
    assert "<figure" not in html
    assert 'width="4"' in html


def test_an_address_elsewhere_is_left_alone():
    html = MARKDOWN.reset().convert("![a](https://host.example/a.png)\n\n![b]({static}/images/b.png)")
    assert 'src="https://host.example/a.png"' in html
    assert 'src="{static}/images/b.png"' in html


def test_images_in_the_text_have_their_lines_and_code_has_none():
    body = "One ![a](a.png)\n\n```\n![no](no.png)\n```\n\n![](b.png 'It's \"b\". Image: Me')\n"
    found = [(each.line, each.column, each.src, each.alt, each.title) for each in figures.in_text(body)]
    assert found == [(0, 4, "a.png", "a", ""), (6, 0, "b.png", "", 'It\'s "b". Image: Me')]


def test_sizes(tmp_path):
    Image.new("RGB", (7, 5)).save(tmp_path / "a.png")
    (tmp_path / "a.svg").write_text('<svg xmlns="x" viewBox="0 0 24 12.4"/>')
    (tmp_path / "bad.png").write_bytes(b"no picture")
    (tmp_path / "bad.svg").write_text("<svg/>")
    assert figures.size(tmp_path, "a.png") == (7, 5)
    assert figures.size(tmp_path, "a.svg") == (24, 12)
    for name, words in (
        ("none.png", "there is no picture"),
        ("bad.png", "cannot be read"),
        ("bad.svg", "no viewBox"),
        ("../x", "is outside"),
    ):
        with pytest.raises(PictureError, match=words):
            figures.size(tmp_path, name)


def test_the_front_page_has_no_story_twice():
    stories = [SimpleNamespace(n=number) for number in range(12)]
    page = front(
        stories,
        [(("Uzbekistan", "countries/uzbekistan/", "UZ"), stories), (("Turkmenistan", "x/", "TM"), stories[:3])],
        [(("Politics", "sections/politics/", None), stories)],
        others=3,
        per_strip=2,
    )
    assert page.lead is stories[0]
    assert page.others == tuple(stories[1:4])
    assert [(strip.name, strip.stories) for strip in page.countries] == [("Uzbekistan", tuple(stories[4:6]))]
    assert page.sections[0].stories == tuple(stories[6:8])


def test_the_newest_that_asks_for_it_leads_while_it_is_among_the_newest():
    def story(**metadata):
        return SimpleNamespace(metadata=metadata)

    stories = [story(), story(lead="no"), story(lead="Yes"), story(lead="true"), story()]
    assert led(stories, 3) == [stories[2], *stories[:2], *stories[3:]]
    assert led(stories, 2) == stories
    assert front(led(stories, 5), [], [], 2, 2).others == tuple(stories[:2])


def test_an_empty_edition_has_an_empty_front_page():
    page = front([], [], [], 4, 2)
    assert (page.lead, page.others, page.countries, page.sections) == (None, (), (), ())


NOW = dt.datetime(2026, 12, 1, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("status", "date", "embargo", "expected"),
    [
        ("published", NOW, None, ""),
        ("published", NOW, NOW, ""),
        ("published", NOW - dt.timedelta(days=1), NOW + dt.timedelta(seconds=1), "until 2026-12-01 01:00 +0000"),
        ("published", NOW + dt.timedelta(minutes=1), None, "until 2026-12-01 01:01 +0000"),
        ("draft", NOW, None, "draft"),
    ],
)
def test_what_is_held_back(status, date, embargo, expected):
    assert reason(status, date, embargo, NOW) == expected
