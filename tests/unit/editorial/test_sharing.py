"""What a story's text and address give to those who read it: its parts, and the links that pass it on."""

import msgspec
import pytest

from plugins.editorial import sharing, texts
from plugins.editorial.settings import EditorialSettings

PARTS = '<h2 id="a">One &amp; <em>two</em></h2><p>x</p><h3 id="b">no</h3><h2 id="c-1">Бір</h2><h2>no place</h2>'


def test_subheads_of_the_second_level_that_have_a_place_are_told_as_words():
    assert [(each.id, each.words) for each in texts.headings(PARTS, 2)] == [("a", "One & two"), ("c-1", "Бір")]
    assert texts.headings(PARTS, 3) == ()


def test_an_address_and_a_headline_are_quoted_in_whatever_they_are_put():
    view = sharing.view([("S", "https://s.example/?u={url}&t={title}")], "A & б?", "https://a.example/1/")
    assert view.address == "https://a.example/1/"
    assert view.mail == "mailto:?subject=A%20%26%20%D0%B1%3F&body=https%3A%2F%2Fa.example%2F1%2F"
    assert view.services == (("S", "https://s.example/?u=https%3A%2F%2Fa.example%2F1%2F&t=A%20%26%20%D0%B1%3F"),)


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("http://s.example/{url}", "https"),
        ("https://s.example/", "must have {url}"),
        ("https://s.example/{url}{name}", "no other gap"),
        ("https://s.example/{url", "expected '}'"),
    ],
)
def test_a_service_that_cannot_be_right_is_told(address, wrong):
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert({"share": [("S", address)]}, EditorialSettings)
    assert wrong in str(caught.value)
