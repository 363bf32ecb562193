import hashlib
from pathlib import Path

import pytest

from plugins._kit.errors import EditionError
from plugins.theme_assets import bundles, sources
from plugins.theme_assets.settings import ThemeAssets

PLAIN = ThemeAssets(minify=False)


def write(folder: Path, files: dict[str, str]) -> dict[str, Path]:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return sources.find([folder])


def test_the_order_of_layers_opens_the_bundle_and_the_rest_follows_by_path(tmp_path):
    found = write(tmp_path, {"css/base.css": "b{}", "css/order.css": "@layer base;", "css/components/a.css": "a{}"})
    assert bundles.stylesheet(found, PLAIN).content.decode().split() == ["@layer", "base;", "b{}", "a{}"]


def test_the_name_is_the_contents_hash(tmp_path):
    found = write(tmp_path, {"css/order.css": "@layer base;"})
    asset = bundles.stylesheet(found, PLAIN)
    assert asset.path == f"css/site.{hashlib.sha256(asset.content).hexdigest()[:12]}.css"
    found["css/order.css"].write_text("@layer base, layout;", "utf-8")
    assert bundles.stylesheet(found, PLAIN).path != asset.path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("@layer x { .a :is(b, c) > d { top: 0; } }", "@layer x{.a *:is(b,c)>d{top:0}}"),
        ("@layer x { a:is(.b) ::before { top: 0 } }", "@layer x{a:is(.b) *::before{top:0}}"),
        ("@layer x { a { width: calc(1px + 2%) } }", "@layer x{a{width:calc(1px + 2%)}}"),
        ("@media (min-width: 40em) and (color) { a { top: 0 } }", "@media (min-width:40em) and (color){a{top:0}}"),
        ("/* said */ a { top: 0; }", "a{top:0}"),
    ],
)
def test_minified_rules_mean_the_same(tmp_path, before, after):
    found = write(tmp_path, {"css/order.css": before})
    assert bundles.stylesheet(found, ThemeAssets()).content.decode() == after


def test_addresses_are_seen_from_the_bundle(tmp_path):
    found = write(
        tmp_path,
        {
            "css/order.css": "",
            "css/components/a.css": "a{background:url(../../images/k.svg?x#y),url(https://a.example/b),url('#c'),url(/d)}",
            "images/k.svg": "<svg/>",
        },
    )
    css = bundles.stylesheet(found, PLAIN).content.decode()
    assert "url(\"../images/k.svg?x#y\"),url(https://a.example/b),url('#c'),url(/d)" in css


def test_what_cannot_be_found_is_told_with_file_and_line(tmp_path):
    found = write(tmp_path, {"css/order.css": "/* a\nb */\n@import 'x.css';\na{background:url(gone.svg)}"})
    with pytest.raises(EditionError) as caught:
        bundles.stylesheet(found, PLAIN)
    assert [(problem.line, problem.code) for problem in caught.value.problems] == [(3, "css-import"), (4, "css-url")]
    assert {problem.path for problem in caught.value.problems} == {str(tmp_path / "css/order.css")}


def test_a_commented_address_is_nobodys_business(tmp_path):
    found = write(tmp_path, {"css/order.css": "/* url(gone.svg) */"})
    assert b"gone" not in bundles.stylesheet(found, PLAIN).content


def test_what_some_pages_need_is_no_part_of_the_bundle_but_a_file_for_each_folder(tmp_path):
    files = {"css/order.css": "a{}", "css/pages/rates/b.css": "b{}", "css/pages/rates/a.css": "c{}"}
    found = write(tmp_path, {**files, "css/pages/search.css": "d{background:url(../../i.svg)}", "i.svg": ""})
    assert bundles.stylesheet(found, PLAIN).content == b"a{}"
    sheets = bundles.stylesheet_files(found, PLAIN)
    assert {name: sheet.content.decode() for name, sheet in sheets.items()} == {
        "rates": "c{}\nb{}",
        "search": 'd{background:url("../i.svg")}',
    }
    digest = hashlib.sha256(sheets["rates"].content).hexdigest()[:12]
    assert sheets["rates"].path == f"css/rates.{digest}.css"


def test_a_plugins_stylesheet_goes_below_the_themes_components(tmp_path):
    found = write(tmp_path, {"css/order.css": "", "ticker/a.css": "a{}", "ticker/b.css": "@layer components{b{}}"})
    css = bundles.stylesheet(found, PLAIN).content.decode()
    assert "@layer plugins {\na{}\n}" in css
    assert css.count("plugins") == 1


def test_the_themes_scripts_are_one_file_in_order_of_their_names(tmp_path):
    found = write(tmp_path, {"js/menu.js": "1", "js/ad.js": "2", "js/m.mjs": "3", "box/js/a.js": "4"})
    script = bundles.script(found, PLAIN)
    assert script.path == f"js/site.{hashlib.sha256(script.content).hexdigest()[:12]}.js"
    assert script.content == b"2\n1"


def test_a_theme_without_scripts_has_no_file_of_them(tmp_path):
    assert bundles.script(write(tmp_path, {"css/order.css": "", "search/box.js": "2"}), PLAIN) is None


def test_other_scripts_keep_one_file_each(tmp_path):
    found = write(tmp_path, {"js/menu.js": "0", "js/menu.mjs": "1", "search/box.js": "2", "css/order.css": ""})
    scripts = bundles.script_files(found, PLAIN)
    assert list(scripts) == ["menu", "search/box"]
    assert scripts["menu"].path.startswith("js/menu.")
    assert scripts["menu"].content == b"1"
    assert scripts["search/box"].path.startswith("js/search-box.")
    assert scripts["search/box"].content == b"2"


def test_only_what_is_neither_stylesheet_nor_script_is_published_as_it_is(tmp_path):
    found = write(tmp_path, {"css/order.css": "", "js/menu.js": "", "images/k.svg": ""})
    assert list(bundles.others(found)) == ["images/k.svg"]


def test_the_later_folder_wins_and_ignored_names_are_left_out(tmp_path):
    write(tmp_path / "plugin", {"a.css": "plugin", "b.css": "", ".#lock": ""})
    write(tmp_path / "theme", {"a.css": "theme"})
    found = sources.find([tmp_path / "plugin", tmp_path / "theme"], [".#*"])
    assert list(found) == ["a.css", "b.css"]
    assert found["a.css"].read_text("utf-8") == "theme"


def test_a_single_file_stands_at_the_top(tmp_path):
    write(tmp_path, {"deep/icon.svg": ""})
    assert list(sources.find([tmp_path / "deep/icon.svg"])) == ["icon.svg"]


def test_what_stands_in_the_page_is_one_text_without_comments_and_no_file(tmp_path):
    files = {"js/early/b.js": "{\n  // why\n  go(); // now\n}\n", "js/early/a.js": "first();\n\n", "js/menu.js": "0"}
    found = write(tmp_path, files)
    assert bundles.early(found, PLAIN) == "first();\n{\ngo(); // now\n}"
    assert bundles.script_files(found, PLAIN) == {}
    assert bundles.script(found, PLAIN).content == b"0"


@pytest.mark.parametrize("code", ["</script>", "<!--"])
def test_what_the_page_would_take_for_markup_is_told(tmp_path, code):
    found = write(tmp_path, {"js/early/a.js": f'\nlet a = "{code}";'})
    with pytest.raises(EditionError) as caught:
        bundles.early(found, PLAIN)
    assert [(problem.line, problem.code) for problem in caught.value.problems] == [(2, "inline-script")]
