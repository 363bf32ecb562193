"""Sites with pictures, really built by Pelican."""

import io
import re
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from tests.support.site import ROOT, Site

PLUGINS = ["plugins.responsive_images", "plugins.editorial", "plugins.structured_data", "plugins.syndication"]
THEME = str(ROOT / "theme")
LEAD = {"src": "lead.jpg", "alt": "A steppe", "caption": "C.", "credit": "Aigul Ö."}


def picture(size=(900, 600), colour="teal", kind="JPEG", **options):
    target = io.BytesIO()
    image = Image.effect_noise(size, 30).convert("RGB")
    image.paste(colour, (0, 0, size[0] // 2, size[1]))
    image.save(target, kind, **options)
    return target.getvalue()


def camera(orientation=6):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Secret camera"
    exif[0x8825] = {1: "N", 2: (41.0, 18.0, 0.0)}
    return exif


def site(folder, **settings):
    made = Site(
        folder,
        **{
            "PLUGINS": PLUGINS,
            "THEME": THEME,
            "STATIC_PATHS": ["images"],
            "ARTICLE_PATHS": ["articles"],
            "ARTICLE_URL": "{date:%Y}/{slug}/",
            "ARTICLE_SAVE_AS": "{date:%Y}/{slug}/index.html",
            "SLUGIFY_SOURCE": "basename",
            "DIRECT_TEMPLATES": ["index"],
            "AUTHOR_SAVE_AS": "",
            "CATEGORY_SAVE_AS": "",
            "TAG_SAVE_AS": "",
            "JINJA_ENVIRONMENT": {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True},
            "RESPONSIVE_IMAGES": {"widths": [200, 400], "slots": {"figure": "10em", "article": "20em"}},
            **settings,
        },
    )
    made.write("content/images/lead.jpg", picture(exif=camera()))
    made.write("content/images/text.png", picture((500, 250), "red", "PNG"))
    body = 'Words.\n\n![A wall](text.png "A wall. Photo: B. B.")\n\nMore.'
    made.article("one", body, image=LEAD)
    return made


def media(built):
    return {name: data for name, data in built.files().items() if name.startswith("media/")}


def test_a_story_shows_its_pictures_in_all_formats(tmp_path):
    built = site(tmp_path).build(fatal="warnings")
    assert built.status == 0, built.log
    tree = html.fromstring(built.read("2026/one/index.html"))
    lead, figure = tree.xpath("//main//picture")
    for element, width, height, sizes in ((lead, "600", "900", "20em"), (figure, "500", "250", "10em")):
        assert element.xpath(".//source/@type") == ["image/avif", "image/webp"]
        assert set(element.xpath(".//source/@sizes")) == {sizes}
        (img,) = element.xpath(".//img")
        assert (img.get("width"), img.get("height")) == (width, height)
        widths = [each.split() for srcset in element.xpath(".//source/@srcset") for each in srcset.split(",")]
        assert [width for _, width in widths] == ["200w", "400w"] * 2
        for url in [*(url for url, _ in widths), img.get("src")]:
            assert url.removeprefix("https://test.example/") in built.files(), url
    assert lead.xpath(".//img/@fetchpriority") == ["high"]
    assert not lead.xpath(".//img/@loading")
    assert figure.xpath(".//img/@loading") == ["lazy"]
    assert figure.getparent().tag == "figure"
    (preload,) = tree.xpath("//link[@rel='preload']")
    assert preload.get("imagesrcset") == lead.xpath(".//source/@srcset")[0]
    assert preload.get("imagesizes") == "20em"
    assert html.fromstring(built.read("index.html")).xpath("//picture//img/@src") == lead.xpath(".//img/@src")


def test_nothing_published_tells_where_it_was_taken(tmp_path):
    built = site(tmp_path).build()
    assert not [name for name in built.files() if name.startswith("images/")]
    for name, data in built.files().items():
        assert b"Secret camera" not in data, name
    for data in media(built).values():
        assert 0x8825 not in Image.open(io.BytesIO(data)).getexif()
    owners = {Image.open(io.BytesIO(data)).getexif()[0x013B] for name, data in media(built).items() if "lead" in name}
    assert {credit.encode("latin-1").decode() for credit in owners} == {"Aigul Ö."}


def test_feeds_and_search_engines_get_the_file_for_all(tmp_path):
    built = site(tmp_path, SYNDICATION={"authority": "test.example", "since": "2026"}).build(fatal="warnings")
    assert built.status == 0, built.log
    (name,) = [name for name in media(built) if re.fullmatch(r"media/lead-600\.[0-9a-f]{12}\.jpg", name)]
    feed = next(text for name, text in built.files().items() if b'rel="enclosure"' in text)
    assert (
        f'href="https://test.example/{name}"'.encode() in feed or f'url="https://test.example/{name}"'.encode() in feed
    )
    assert f'length="{len(built.files()[name])}"'.encode() in feed
    assert f'"https://test.example/{name}"' in built.read("2026/one/index.html").partition("ld+json")[2]


def test_cards_are_still_cut_from_the_original(tmp_path):
    made = site(tmp_path, STRUCTURED_DATA={"cards": True})
    plain = made.build("plain", PLUGINS=["plugins.editorial", "plugins.structured_data"])
    built = made.build()
    assert built.status == 0, built.log
    cards = {name for name in built.files() if name.startswith("cards/")}
    assert len(cards) == 4
    assert cards == {name for name in plain.files() if name.startswith("cards/")}
    assert sum(name in built.read("2026/one/index.html") for name in cards) == 4


def test_a_second_build_makes_nothing_and_a_changed_original_has_new_names(tmp_path):
    made = site(tmp_path)
    first = made.build("first")
    assert "Making pictures: 2 of 2 originals" in first.log
    second = made.build("second")
    assert "Making pictures" not in second.log
    assert second.files() == first.files()
    made.write("content/images/text.png", picture((500, 250), "blue", "PNG"))
    third = made.build("third")
    assert "Making pictures: 1 of 1 originals" in third.log
    assert {name[:10] for name in media(third).keys() ^ media(first).keys()} == {"media/text"}


def test_the_order_of_plugins_does_not_matter(tmp_path):
    made = site(tmp_path, STRUCTURED_DATA={"cards": True})
    one = made.build("one")
    assert one.status == 0, one.log
    for seed in ("1", "2"):
        assert made.build(f"other{seed}", seed=seed, PLUGINS=PLUGINS[::-1]).files() == one.files()


def test_relative_links_lead_to_the_pictures(tmp_path):
    built = site(tmp_path, RELATIVE_URLS=True).build()
    tree = html.fromstring(built.read("2026/one/index.html"))
    sets = [each.split()[0] for srcset in tree.xpath("//@srcset") for each in srcset.split(",")]
    assert len(sets) == 8
    for url in [*sets, *tree.xpath("//main//img/@src")]:
        assert url.startswith("../../media/")
        assert (built.output / "2026/one" / url).is_file()


@pytest.mark.parametrize("theme", ["simple", "notmyidea"])
def test_a_foreign_theme_shows_the_pictures_in_the_text(tmp_path, theme):
    built = site(tmp_path, THEME=theme, JINJA_ENVIRONMENT={}).build()
    assert built.status == 0, built.log
    tree = html.fromstring(built.read("2026/one/index.html"))
    assert len(tree.xpath("//picture//source")) == 2


def test_the_theme_does_without_the_plugin(tmp_path):
    built = site(tmp_path).build(PLUGINS=["plugins.editorial"], fatal="warnings")
    assert built.status == 0, built.log
    tree = html.fromstring(built.read("2026/one/index.html"))
    assert tree.xpath("//main//img/@src")[0] == "https://test.example/images/lead.jpg"
    assert not tree.xpath("//picture | //link[@rel='preload']")


def test_the_plugin_works_alone_with_pelicans_own_front_matter(tmp_path):
    made = Site(tmp_path, PLUGINS=["plugins.responsive_images"], STATIC_PATHS=["images"], THEME="paper")
    made.write("content/images/a.png", picture((300, 200), kind="PNG"))
    text = "Title: A\nDate: 2026-09-01\nCategory: N\nImage: images/a.png\n\n![A]({static}/images/a.png)"
    made.write("content/a.md", text)
    show = "{{ article.image }} {{ article.picture.sources|length }} {{ article.content }}"
    for name in ("article", "index", "author", "category", "tag", "archives", "categories", "authors", "tags"):
        made.write(f"paper/templates/{name}.html", show if name == "article" else "")
    made.write("paper/static/a.css", "")
    built = made.build()
    assert built.status == 0, built.log
    page = built.read("a.html")
    assert re.match(r"media/a-300\.[0-9a-f]{12}\.jpg 2 <p><picture>", page)


def test_what_moves_and_drawings_stay_as_they_are(tmp_path):
    made = site(tmp_path)
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "teal")]
    target = io.BytesIO()
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:])
    made.write("content/images/moving.gif", target.getvalue())
    made.write("content/images/map.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    made.article("two", "![M](moving.gif)\n\n![D](map.svg)")
    built = made.build(fatal="warnings")
    assert built.status == 0, built.log
    tree = html.fromstring(built.read("2026/two/index.html"))
    sources = tree.xpath("//main//figure/img/@src")
    assert sources == [f"https://test.example/images/{name}" for name in ("moving.gif", "map.svg")]
    assert {"images/moving.gif", "images/map.svg"} < built.files().keys()


def test_an_original_that_a_story_links_to_is_published_without_its_metadata(tmp_path):
    made = site(tmp_path)
    made.article("two", "[The whole picture]({static}/images/lead.jpg)")
    built = made.build(fatal="warnings")
    assert built.status == 0, built.log
    image = Image.open(io.BytesIO(built.files()["images/lead.jpg"]))
    assert (image.size, dict(image.getexif())) == ((600, 900), {})
    assert "images/text.png" not in built.files()


def bomb():
    target = io.BytesIO()
    Image.new("1", (9000, 9000)).save(target, "PNG")
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (picture()[:9000], "lead.jpg: the picture is broken"),
        (bomb(), "lead.jpg: the picture is 9000 × 9000 pixels; 64 million are the most"),
    ],
    ids=["truncated", "bomb"],
)
def test_a_broken_or_huge_picture_stops_the_build_with_its_name(tmp_path, content, words):
    made = site(tmp_path)
    made.write("content/images/lead.jpg", content)
    built = made.build()
    assert built.status != 0
    assert words in " ".join(built.log.split())
    assert "Save it anew" in built.log
    assert not built.files()


def test_a_picture_of_a_story_that_is_held_back_is_not_made(tmp_path):
    made = site(tmp_path)
    made.write("content/images/secret.png", picture((300, 200), kind="PNG"))
    made.article("later", "![S](secret.png)", date="2027-01-01 09:00 +05:00")
    built = made.build()
    assert built.status == 0, built.log
    assert not [name for name in built.files() if "secret" in name]


def test_mistakes_in_the_setting_are_told(tmp_path):
    built = site(tmp_path).build(RESPONSIVE_IMAGES={"widths": [400, 200], "slot": {}})
    assert built.status != 0
    assert "Did you mean 'slots'?" in built.log
    built = site(tmp_path).build(RESPONSIVE_IMAGES={"widths": [400, 200]})
    assert "widths (400, 200) are not in order" in built.log
    assert not Path(built.output).exists()
