"""Markdown to HTML with the edition's extensions."""

import pytest

from plugins.editorial.conversion import TAKEN, converter


def html(text: str, **options: object) -> str:
    found = {"extensions": ["markdown.extensions.toc"], "extension_configs": {}, **options}
    return converter(found, lambda _: None, "images/").convert(text)


def test_no_subhead_takes_the_id_of_what_stands_around_a_text() -> None:
    made = html("## Content\n\nOne.\n\n## Lists\n\nTwo.\n\n## Content\n\nThree.\n\n## Other content\n\nFour.")
    assert [f'id="{place}"' in made for place in ("content_1", "lists_1", "content_2", "other-content")] == [True] * 4
    assert 'id="content"' not in made


@pytest.mark.parametrize("place", sorted(TAKEN))
def test_whatever_the_edition_mints_of_its_subheads(place: str) -> None:
    options = {"markdown.extensions.toc": {"slugify": lambda words, _: words.lower(), "separator": "-"}}
    assert f'id="{place}_1"' in html(f"## {place.upper()}\n\nText.", extension_configs=options)
