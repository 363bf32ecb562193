"""Pictures to share a story by."""

import io

import pytest
from PIL import Image

from plugins._kit.errors import EditionError
from plugins.structured_data import cards

WORDS = cards.Words("A headline of some length about the steppe", "Kazakhstan", "The Paper", "")


def picture(folder, size=(1600, 900), mode="RGB", name="a.png", **options):
    path = folder / name
    image = Image.new(mode, size, "teal")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    image.save(path, **options)
    return path


def opened(content):
    return Image.open(io.BytesIO(content))


def test_a_picture_is_cut_to_what_is_asked(tmp_path):
    orders = cards.cuts(picture(tmp_path))
    assert [order.size for order in orders] == [(1200, 630), (1200, 675), (1200, 900), (900, 900)]
    for order in orders:
        made = opened(cards.made(order))
        assert (made.size, made.format) == (order.size, "JPEG")
        assert not made.getexif()
        assert made.getpixel((5, 5))[0] > 200 > made.getpixel((made.width - 5, 5))[0]


def test_no_picture_is_enlarged(tmp_path):
    sizes = [order.size for order in cards.cuts(picture(tmp_path, (300, 300)))]
    assert sizes == [(300, 158), (300, 169), (300, 225), (300, 300)]


def test_a_picture_stands_upright(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: 900 x 1600 to the eye
    exif[0x8825] = {1: "N"}  # where it was
    order = cards.cuts(picture(tmp_path, name="a.jpg", exif=exif))[0]
    made = opened(cards.made(order))
    assert order.size == made.size == (900, 472)
    assert made.getpixel((5, 5))[0] > 200 > made.getpixel((5, 467))[0]
    assert not made.getexif()


@pytest.mark.parametrize("mode", ["P", "L", "RGBA", "1", "CMYK"])
def test_every_kind_of_picture_can_be_cut(tmp_path, mode):
    path = tmp_path / ("a.tif" if mode == "CMYK" else "a.png")
    Image.new(mode, (40, 30)).save(path)
    assert opened(cards.made(cards.cuts(path)[0])).mode == "RGB"


def test_what_is_transparent_is_paper(tmp_path):
    path = tmp_path / "a.png"
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(path)
    assert min(opened(cards.made(cards.cuts(path)[0])).getpixel((9, 9))) > 240


def test_a_name_comes_from_what_is_in_the_picture(tmp_path):
    one = cards.cuts(picture(tmp_path, name="a.png"))
    assert cards.cuts(picture(tmp_path, name="b.png"))[0].path == one[0].path
    assert cards.cuts(picture(tmp_path, (1600, 901), name="b.png"))[0].path != one[0].path


def test_a_file_that_is_no_picture_is_told_by_its_name(tmp_path):
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    with pytest.raises(EditionError, match=r"broken\.png: cannot be read as a picture"):
        cards.cuts(broken)
    whole = picture(tmp_path).read_bytes()
    broken.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(EditionError, match=r"broken\.png"):
        cards.made(cards.cuts(broken)[0])


def test_a_decompression_bomb_is_told_by_its_name(tmp_path, monkeypatch):
    bomb = picture(tmp_path)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    with pytest.raises(EditionError, match=r"a\.png"):
        cards.cuts(bomb)


def test_a_card_is_drawn_where_there_is_no_picture():
    order = cards.drawing(WORDS)
    made = opened(cards.made(order))
    assert (made.size, made.format) == ((1200, 630), "PNG")
    assert cards.made(order) == cards.made(order)
    assert len(set(made.crop((72, 132, 1128, 400)).convert("L").tobytes())) > 10  # there are letters
    assert [colour for _, colour in made.crop((1130, 20, 1200, 630)).getcolors()] == [
        (255, 253, 248)
    ]  # and none in the margin


@pytest.mark.parametrize("headline", ["Word " * 60, "Unbroken" * 3])
def test_the_longest_headline_stays_above_the_papers_name(headline):
    order = cards.drawing(cards.Words(headline, "K", "", ""))
    made = opened(cards.made(order))
    assert [colour for _, colour in made.crop((0, 580, 1200, 630)).getcolors()] == [(255, 253, 248)]


def test_a_font_without_the_letters_draws_nothing():
    assert cards.drawing(cards.Words("Қазақстан жаңалықтары", "Қ", "The Paper", "")) is None


def test_another_headline_is_another_card():
    assert cards.drawing(WORDS).path != cards.drawing(cards.Words("Other", "Kazakhstan", "The Paper", "")).path
