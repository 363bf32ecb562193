"""What a browser shows a feed by."""

import re

import pytest

from plugins.publishing.headers.kinds import HASHED
from plugins.syndication import styles


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Bu oqim.", '"Bu oqim."'),
        ('Say "feed"', '"Say \\22 feed\\22 "'),
        ("a\\b\nc", '"a\\5c b\\a c"'),
        ("O'zbek </style>", '"O\'zbek </style>"'),
    ],
)
def test_words_cannot_end_the_string_they_stand_in(text, quoted):
    assert styles.quoted(text) == quoted


def test_the_name_changes_with_the_style_so_that_it_may_be_kept():
    one, other = styles.name("theme", "a {}"), styles.name("theme", "b {}")
    assert one != other
    assert re.fullmatch(rf"{HASHED}\.css", one)
