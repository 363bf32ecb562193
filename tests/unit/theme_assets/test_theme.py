"""The theme's own rules (theme/README.md), held by reading its files."""

import gzip
import re
from pathlib import Path

import pytest

from plugins.theme_assets import bundles, sources
from plugins.theme_assets.settings import ThemeAssets

THEME = Path(__file__).parents[3] / "theme"
CSS = THEME / "static/css"
SHEETS = sorted(CSS.rglob("*.css"))
TEMPLATES = sorted((THEME / "templates").rglob("*.html"))


def name(path: Path) -> str:
    return path.relative_to(THEME).as_posix()


def rules(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)


def test_without_the_plugin_each_stylesheet_is_linked_and_the_order_comes_first():
    text = (THEME / "templates/partials/stylesheets.html").read_text("utf-8")
    names = re.findall(r'"([\w/]+)"', text.split(" in [")[1].split("]")[0])
    assert names[0] == "order"
    assert sorted(names) == sorted(path.relative_to(CSS).with_suffix("").as_posix() for path in SHEETS)


def test_the_bundle_leaves_room_for_the_page_in_the_first_fourteen_kilobytes():
    asset = bundles.stylesheet(sources.find([THEME / "static"]), ThemeAssets())
    assert len(gzip.compress(asset.content, 9)) <= 7168


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_a_stylesheet_names_its_layer_and_leaves_raw_colours_to_the_tokens(path):
    text = rules(path)
    assert "@layer" in text
    assert "!important" not in text
    assert path.name == "tokens.css" or not re.search(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", text)
    assert not re.search(r"#[a-z]", re.sub(r"#[0-9a-f]{3,8}\b", "", text)), "ids are for addresses, not for style"
    assert not re.search(r"(?:margin|padding|border)-(?:left|right|top|bottom)|(?:^|[{; ])(?:width|height):", text)


@pytest.mark.parametrize(
    "path", [sheet for sheet in SHEETS if sheet.parent.name == "components" or "pages" in sheet.parts], ids=name
)
def test_a_component_is_styled_under_a_class_that_some_template_uses(path):
    partials = sorted((THEME.parent / "plugins").glob("*/templates/**/*.html"))  # the plugins' own are styled, too
    markup = "\n".join(template.read_text("utf-8") for template in [*TEMPLATES, *partials])
    classes = set(re.findall(r"\.([a-z][\w-]*)", rules(path)))
    shapes = {f"story--{shape}" for shape in ("lead", "main", "brief", "row")} | {
        f"has-{lines}" for lines in range(1, 9)
    }
    assert {css for css in classes if css not in shapes and css not in markup} == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_has_no_inline_style_or_script_and_trusts_only_written_texts(path):
    text = path.read_text("utf-8")
    if name(path) == "templates/base.html":
        text, count = re.subn(r"<script data-script=[^\n]*>\{\{ theme_assets\.early\|safe \}\}</script>", "", text)
        assert count == 1, "what the policy names by its hash stands in the head alone"
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|https?://", text)
    trusted = {"article.content", "page.content", "subject.words"}
    assert {match.strip() for match in re.findall(r"\{\{([^}|]*)\|\s*safe", text)} <= trusted


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_word_of_a_template_can_be_translated(path):
    text = re.sub(r"\{#.*?#\}|\{% trans.*?endtrans %\}", "", path.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>|\bof-|\b[a-z]+\.(?:json|csv)\b", "", text)  # a file's name is the same in every language
    assert re.findall(r"[A-Za-z]{2,}", text) == []
