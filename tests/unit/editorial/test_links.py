"""Links to files, as they stand in HTML before they are addresses."""

import pytest

from plugins.editorial import links


@pytest.mark.parametrize("mark", ["{filename}", "|filename|"])
def test_a_link_to_a_file_is_found_in_either_form(mark: str) -> None:
    (found,) = links.in_html(f'<p>One <a href="{mark}b.md#there">link</a></p>', "articles/a.md")
    assert (found.kind, found.written, found.path) == ("filename", "b.md", "articles/b.md")


def test_a_text_without_such_a_link_has_none() -> None:
    assert list(links.in_html('<p><a href="b.md">link</a> {} |</p>', "articles/a.md")) == []
