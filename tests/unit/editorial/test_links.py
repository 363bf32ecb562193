"""Links to files, as they stand in HTML before they are addresses."""

import pytest

from plugins.editorial import links


@pytest.mark.parametrize("mark", ["{filename}", "|filename|"])
def test_a_link_to_a_file_is_found_in_either_form(mark: str) -> None:
    (found,) = links.in_html(f'<p>One <a href="{mark}b.md#there">link</a></p>', "articles/a.md")
    assert (found.kind, found.written, found.path) == ("filename", "b.md", "articles/b.md")


def test_a_text_without_such_a_link_has_none() -> None:
    assert list(links.in_html('<p><a href="b.md">link</a> {} |</p>', "articles/a.md")) == []


def test_new_links_to_stories_are_told_as_pelican_looks_for_them() -> None:
    before = '<a href="{filename}/articles/b.md">b</a> <a href="{filename}g.md">g</a>'
    now = (
        '<a href="{filename}/articles/b.md">b</a> <a href="{filename}c%20d.md#e">c</a> <a href="https://x.example">x</a>'
        '<img src="{static}/images/f.png"> <a href="{filename}/articles/../h.md">h</a>'
    )
    assert links.new_to_stories(before, now, "articles/a.md") == {"articles/c d.md", "articles/../h.md"}
    assert links.new_to_stories(now, now, "articles/a.md") == set()
