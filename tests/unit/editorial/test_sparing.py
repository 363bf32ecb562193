"""Markdown that leaves plain sentences alone gives the HTML that Markdown gives."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from plugins.editorial.sparing import SparingExtension
from tests.support import archive

EXTENSIONS = ["markdown.extensions.extra", "markdown.extensions.codehilite", "markdown.extensions.toc"]
DATA = Path(__file__).parents[2] / "data"


def both(*extensions: str) -> tuple[Markdown, Markdown]:
    return Markdown(extensions=[*extensions]), Markdown(extensions=[*extensions, SparingExtension()])


STOCK, SPARING = both(*EXTENSIONS)


def same(text: str) -> None:
    assert SPARING.reset().convert(text) == STOCK.reset().convert(text)


def test_an_archives_stories_and_the_samples_own_are_the_same() -> None:
    lines = (DATA / "tagging" / "labelled.jsonl").read_text("utf-8").splitlines()
    texts = [story["text"] for story in map(json.loads, lines)]
    sentences = [f"{sentence}." for text in texts for sentence in text.split(". ") if len(sentence) > 30]
    for number in range(150):
        same(archive.story(number, 150, sentences)[1])
    for file in (archive.ROOT / "content").rglob("*.md"):
        same(file.read_text("utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        *("`a`", "\\#", "[a](b)", "![a](b)", "[a]\n\n[a]: b", "![a]\n\n[a]: b", "<http://a.example>", "<a@b.example>"),
        *("a  \nb", "<b>a</b>", "&copy;", "*a*", "_a_", "[^1]\n\n[^1]: a", "**a** b", "\\`"),
    ],
)
def test_each_pattern_finds_its_text_where_nothing_else_is(text: str) -> None:
    same(f"word {text} word")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "# a",
            "a\n==",
            "a\n--",
            "a\n# b",
            "a\n***\nb",
            "1. a",
            "a\n1. b",
            "- a\n\n    b\n\nc",
            "a\n> b",
            "[a]: b\nc",
        ),
        *(
            "a\n[b]: c",
            "a\n: b\n\n    c\n\nd",
            "a | b\n--|--\nc | d",
            "a\n*[b]: c",
            "a\n[^1]: b",
            "1\na",
            "_a\nb",
            " a\nb",
        ),
        *(
            "a\n\tb",
            "a\n    b",
            "\na",
            "a\n",
            "a\n\n\nb",
            '<div markdown="1">\na\n\nb\n</div>\nc',
            "Тәж\nЫ",
            "a\n```\nb\n```",
        ),
        *("- a\nb\n\nc\n- d", "> a\nb\n\nc", "a\n\x02klzzwxh:0001\x03", "- a\n\n    b\n    c\n\n    d"),
    ],
)
def test_each_block_is_what_it_is_where_lines_begin_with_letters(text: str) -> None:
    for around in ("{}", "word\n\n{}\n\nword", "word\n{}\nword"):
        same(around.format(text))


PIECES = st.sampled_from(
    [
        *"`\\[]()<>!&*_#:|-+.~^\"'\n\t \x02\x03",
        *("  \n", "\n\n", "![", "](", "[^1]", "[^1]: note", "*[KZ]: Kazakhstan", "KZ", "&amp;", "&#39;", "<b>", "</b>"),
        *("http://a.example/", "<http://a.example>", "<a@b.example>", "**", "__", "word", "snake_case", "{.class}"),
        *("| a | b |\n|---|---|\n| c | d |", "term\n: meaning", "~~~\n", "1. ", "> ", "    ", '<div markdown="1">\n'),
        *("\x02klzzwxh:0001\x03", "\x02wzxhzdk:0\x03", "[word][id]", "[id]: http://a.example 'title'", "Тәж"),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_the_same(text: str) -> None:
    same(text)


@pytest.mark.parametrize("extension", ["nl2br", "smarty", "wikilinks", "sane_lists", "admonition", "legacy_em"])
def test_a_pattern_of_another_extension_finds_its_texts(extension: str) -> None:
    stock, sparing = both(f"markdown.extensions.{extension}")
    text = 'A "quoted" -- text ... with [[Link]]\nand a line more\n\n!!! note\n    it\'s\n\n_a_b_ *c*d*'
    assert sparing.convert(text) == stock.convert(text)
