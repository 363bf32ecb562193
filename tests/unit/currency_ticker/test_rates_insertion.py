import pytest

from plugins.currency_ticker.insertion import insert

STRIP = '<section class="ticker">x</section>'
LINK = '<link rel="stylesheet" href="t.css">'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "<head><title>a</title></head><body>b",
            f"<head><title>a</title>{LINK}\n</head><body>\n{STRIP}b",
        ),
        ("<HEAD></HEAD ><BODY CLASS='a>b' x>c", f"<HEAD>{LINK}\n</HEAD ><BODY CLASS='a>b' x>\n{STRIP}c"),
        ("<!-- <body> --><body>", f"<!-- <body> -->{LINK}\n<body>\n{STRIP}"),
        (
            '<script>"</head><body>"</script></head><body>',
            f'<script>"</head><body>"</script>{LINK}\n</head><body>\n{STRIP}',
        ),
        (
            "</head><body><pre>&lt;body></pre></head><body>",
            f"{LINK}\n</head><body>\n{STRIP}<pre>&lt;body></pre></head><body>",
        ),
        ("no page", "no page"),
        ("<bodyguard>", "<bodyguard>"),
    ],
)
def test_the_strip_stands_after_the_body_tag_and_the_link_in_the_head(before, after):
    assert insert(before, STRIP, "t.css") == after


def test_a_page_gets_it_once():
    once = insert("<head></head><body>", STRIP, "t.css")
    assert insert(once, STRIP, "t.css") == once
