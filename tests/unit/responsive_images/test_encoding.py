"""Pictures made of originals of every kind."""

import io
import struct
import zlib

import msgspec
import pytest
from PIL import Image, ImageCms

from plugins.responsive_images import encoding, originals, recipes
from plugins.responsive_images.model import Credit, PictureError
from plugins.responsive_images.settings import ResponsiveImagesSettings

SETTINGS = ResponsiveImagesSettings(widths=(40, 80), fallback_width=80)
GPS = {0: b"\2\3\0\0", 1: "N", 2: (41.0, 18.0, 0.0)}
PLACE = b"41.0"


def saved(folder, image, name="a.jpg", **options):
    path = folder / name
    image.save(path, **options)
    return path


def halves(size=(120, 60), mode="RGB"):
    """Left red, right teal."""
    image = Image.new("RGB", size, "teal")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    return image.convert(mode)


def read(path, most_pixels=SETTINGS.most_pixels, most_bytes=SETTINGS.most_bytes):
    return originals.read(path, most_pixels, most_bytes)


def make(path, credit=""):
    original = read(path)
    plan = recipes.plan(path.name, original, credit, SETTINGS)
    return {order.url: Image.open(io.BytesIO(data)) for order, data in encoding.made(path, original, plan.orders)}


def kinds(made):
    return sorted((image.format, image.size) for image in made.values())


def camera(**fields):
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif[0x013B] = "Aigul"
    exif[0x8825] = GPS
    for tag, value in fields.items():
        exif[int(tag[1:], 16)] = value
    return exif


def is_red(pixel):
    return pixel[0] > 190 and pixel[1] < 110


def is_teal(pixel):
    return pixel[0] < 90 and pixel[1] > 90


def test_each_format_is_made_in_each_width_and_one_for_all(tmp_path):
    made = make(saved(tmp_path, halves()))
    assert kinds(made) == [
        ("AVIF", (40, 20)),
        ("AVIF", (80, 40)),
        ("JPEG", (80, 40)),
        ("WEBP", (40, 20)),
        ("WEBP", (80, 40)),
    ]
    for image in made.values():
        assert is_red(image.convert("RGB").getpixel((3, 3))), image.format
        assert is_teal(image.convert("RGB").getpixel((image.width - 4, 3))), image.format


def test_a_file_has_the_same_bytes_whichever_others_are_made_beside_it(tmp_path):
    path = saved(tmp_path, Image.effect_noise((200, 100), 90).convert("RGB"))
    orders = tuple(recipes.plan("a", read(path), "", SETTINGS).orders)
    together = dict(encoding.made(path, read(path), orders))
    assert len(together) == len(orders) == 5
    for order in orders:
        assert list(encoding.made(path, read(path), [order])) == [(order, together[order])]
    clean = recipes.clean("a.jpg", msgspec.structs.replace(read(path), private=True))
    assert dict(encoding.made(path, read(path), [clean, *orders])).items() >= together.items()


@pytest.mark.parametrize(
    ("width", "wanted"), [(30, (30,)), (42, (42,)), (60, (40, 60)), (80, (40, 80)), (85, (40, 80)), (500, (40, 80))]
)
def test_no_picture_is_wider_than_its_original(width, wanted):
    assert recipes.widths((width, 30), (40, 80)) == wanted


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, "left"), (2, "right"), (3, "right"), (4, "left"), (5, "top"), (6, "top"), (7, "bottom"), (8, "bottom")],
)
def test_a_picture_stands_upright_whatever_the_camera_was_turned_to(tmp_path, orientation, corner):
    path = saved(tmp_path, halves((120, 80)), exif=camera(x0112=orientation), quality=95)
    for image in make(path).values():
        width, height = image.size
        assert (height > width) == (orientation >= 5)
        assert not image.getexif().get(0x0112)
        where = {
            "left": (2, height // 2),
            "right": (width - 3, height // 2),
            "top": (width // 2, 2),
            "bottom": (width // 2, height - 3),
        }
        assert is_red(image.convert("RGB").getpixel(where[corner])), image.format


def test_where_and_with_what_it_was_taken_is_gone(tmp_path):
    options = {"exif": camera(), "xmp": b"<x:xmpmeta>secret</x:xmpmeta>", "comment": b"secret"}
    path = saved(tmp_path, halves(), **options)
    assert read(path).private
    for order, data in encoding.made(path, read(path), recipes.plan("a", read(path), "", SETTINGS).orders):
        image = Image.open(io.BytesIO(data))
        assert set(image.getexif()) == {0x013B}, order.url
        assert b"secret" not in data
        assert b"camera" not in data
        assert not image.getexif().get_ifd(0x8825)


def test_the_credit_that_readers_see_is_kept_in_every_file_and_letter(tmp_path):
    for image in make(saved(tmp_path, halves(), exif=camera()), "Суретті Әлия түсірді").values():
        exif = image.getexif()
        assert [originals._text(exif[tag]) for tag in (0x013B, 0x8298)] == ["Суретті Әлия түсірді"] * 2


def test_without_one_the_originals_own_is_kept(tmp_path):
    path = saved(tmp_path, halves(), exif=camera(x8298="© 2026 Studio Ósh".encode()))
    assert read(path).credit == Credit("Aigul", "© 2026 Studio Ósh")
    for image in make(path).values():
        assert originals._text(image.getexif()[0x8298]) == "© 2026 Studio Ósh"


def test_another_credit_is_another_file(tmp_path):
    path = saved(tmp_path, halves())
    assert not make(path, "A").keys() & make(path, "B").keys()
    assert make(path, "A").keys() == make(path, "A").keys()


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "LAB", "YCbCr", "I;16", "F"])
def test_every_kind_of_colour_is_read(tmp_path, mode):
    image = halves(mode="L").point(lambda value: value * 257, "I").convert("I;16") if mode == "I;16" else halves()
    if mode == "LAB":
        profiles = [ImageCms.createProfile(name) for name in ("sRGB", "LAB")]
        image = ImageCms.profileToProfile(image, *profiles, outputMode="LAB")
    elif mode not in {"I;16", "CMYK"}:
        image = image.convert(mode)
    elif mode == "CMYK":
        image = image.convert("CMYK")
    made = make(saved(tmp_path, image, "a.tif"))
    assert len(made) == 5
    grey = halves().convert("L").getpixel((3, 3))
    for picture in made.values():
        if mode in {"L", "I;16", "F"}:
            assert abs(picture.convert("L").getpixel((3, 3)) - grey) < 12
        elif mode != "1":
            assert is_red(picture.convert("RGB").getpixel((3, 3))), picture.format


def test_a_png_of_sixteen_bits_is_as_light_as_it_was(tmp_path):
    image = Image.new("I;16", (100, 50), 0x8000)
    for picture in make(saved(tmp_path, image, "a.png")).values():
        assert abs(picture.convert("L").getpixel((9, 9)) - 128) < 4


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_stays_so(tmp_path, mode):
    image = halves().convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size).point(lambda value: 0 if value < 128 else 255))
    options = {"transparency": 0} if mode == "P" else {}
    path = saved(tmp_path, image.convert("RGB").quantize(8) if options else image.convert(mode), "a.png", **options)
    made = make(path)
    assert {picture.format for picture in made.values()} == {"AVIF", "WEBP", "PNG"}
    for picture in made.values():
        low, high = picture.convert("RGBA").getchannel("A").getextrema()
        assert low < 20
        assert high > 235


def test_colours_of_a_camera_become_those_of_the_web(tmp_path):
    """In this profile red and green are the other way round."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"tmp!").replace(b"gXYZ", b"rXYZ").replace(b"tmp!", b"gXYZ")
    path = saved(tmp_path, Image.new("RGB", (60, 60), (200, 0, 0)), icc_profile=swapped, quality=95)
    for image in make(path).values():
        red, green, _ = image.convert("RGB").getpixel((30, 30))
        assert (green > 150, red < 60) == (True, True)
        assert "icc_profile" not in image.info


def test_a_broken_profile_is_passed_by(tmp_path):
    path = saved(tmp_path, halves(), icc_profile=b"no profile")
    assert all(is_red(image.convert("RGB").getpixel((3, 3))) for image in make(path).values())


def test_a_drawing_at_its_own_width_loses_nothing_where_that_is_smaller(tmp_path):
    drawing = Image.effect_noise((80, 40), 90).point(lambda value: 255 * (value > 128)).resize((80, 40)).convert("P")
    image = next(
        each for url, each in make(saved(tmp_path, drawing, "a.png")).items() if "-80" in url and "webp" in url
    )
    assert image.convert("RGB").tobytes() == drawing.convert("RGB").tobytes()


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, data=b""):
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(data)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize("side", [9_000, 12_000, 60_000])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(tmp_path, side):
    (tmp_path / "bomb.png").write_bytes(png(side, side))
    with pytest.raises(PictureError, match=r"pixels"):
        read(tmp_path / "bomb.png")


def test_a_file_of_too_many_bytes_is_refused(tmp_path):
    path = saved(tmp_path, halves())
    with pytest.raises(PictureError, match=r"million bytes; 0 are the most"):
        read(path, most_bytes=100)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif", "a.avif"])
def test_a_truncated_file_is_an_error_and_not_half_a_picture(tmp_path, name):
    path = saved(tmp_path, Image.effect_noise((300, 200), 80).convert("RGB"), name)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    with pytest.raises(PictureError):
        make(path)


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\nnothing", b"GIF89a", b"\xff\xd8\xff\xe0"])
def test_what_is_no_picture_is_told(tmp_path, content):
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(PictureError, match="cannot be read as a picture"):
        read(tmp_path / "a.png")


@pytest.mark.parametrize(("name", "moving"), [("a.gif", True), ("a.webp", True), ("a.png", True), ("a.tif", False)])
def test_what_moves_is_known(tmp_path, name, moving):
    path = saved(tmp_path, halves(), name, save_all=True, append_images=[halves().rotate(180)])
    assert read(path).moving == moving


def test_an_original_that_is_linked_to_is_published_upright_and_without_the_rest(tmp_path):
    path = saved(tmp_path, halves(), exif=camera(x0112=6))
    original = read(path)
    order = recipes.clean("a.jpg", original)
    ((_, data),) = encoding.made(path, original, [order])
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.size, set(image.getexif())) == ("JPEG", (60, 120), {0x013B})


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_an_original_without_secrets_is_published_as_it_is(tmp_path, name):
    assert recipes.clean("a", read(saved(tmp_path, halves(), name))) is None


def test_texts_in_a_png_are_secrets(tmp_path):
    path = saved(tmp_path, halves(), "a.png", exif=camera())
    order = recipes.clean("a.png", read(path))
    ((_, data),) = encoding.made(path, read(path), [order])
    assert set(Image.open(io.BytesIO(data)).getexif()) == {0x013B}
