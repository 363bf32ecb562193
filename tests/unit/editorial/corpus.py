"""Stories as they should not be: what people really write, with the rules broken and the lines where they are.

A case is (name, text or bytes, the expected (line, code) pairs). ``story`` writes a story that breaks no rule: its
fields stand on the lines 2 to 8, its text begins on line 10 after a closing line, unless fields are added.
"""

GOOD = {
    "title": "A headline",
    "date": "2026-04-30 09:00 +05:00",
    "category": "Life",
    "countries": "[Uzbekistan]",
    "tags": "[trade]",
    "authors": "[Tashkent desk]",
    "summary": "One sentence.",
}
LINES = {name: number for number, name in enumerate(GOOD, 2)}
BODY = 10  # the first line of the text
LEFT, RIGHT = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"


def story(*added, body="Text.", **fields):
    """A story's file; a field of None is left out, ``added`` are raw lines at the header's end (from line 9)."""
    written = {**GOOD, **fields}
    lines = [f"{name}: {value}" for name, value in written.items() if value is not None]
    return "\n".join(["---", *lines, *added, "---", body, ""])


def at(name, value, code=None):
    """A case of one field with a bad value."""
    return (f"{name}: {value}", story(**{name: value}), [(LINES[name], code or f"bad-{name}")])


def added(line, code, *more, expected=9):
    """A case of a line added at the header's end."""
    return (" / ".join([line, *more])[:60], story(line, *more), [(expected, code)])


def text(body, *found):
    """A case of a text; lines count from its first."""
    return (body[:60], story(body=body), [(BODY - 1 + line, code) for line, code in found])


BAD_DATES = [
    "2026-04-31",
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-04-30 25:00",
    "2026-04-30 09:61",
    "2026-04-30 9",
    "30.04.2026",
    "04/30/2026",
    "30 April 2026",
    "April 30, 2026",
    "yesterday",
    "20260430",
    "2026-04",
    "2026",
    "0000-01-01",
    "2026-04-30 09:00 +99:00",
    "2026-04-30 09:00 Tashkent",
    "2026-04-30 09:00 UTC+5",
    "[2026-04-30]",
    "{day: 30}",
]
BAD_SLUGS = ["Not A Slug", "a_b", "-a", "a--b", "a/b", "../up", "ташкент", "a.html", "a?b", "[a]"]

CASES = [
    *(at("date", value) for value in BAD_DATES),
    *(added(f"slug: {value}", "bad-slug") for value in BAD_SLUGS),
    *(added(f"status: {value}", "bad-status") for value in ("publshed", "Published!", "live", "[draft]", "1")),
    *(added(f"embargo: {value}", "bad-embargo") for value in ("tomorrow", "2026-06-31", "12:00", "[2026-06-01]")),
    *(added(f"modified: {value}", "bad-modified") for value in ("later", "2026-04-31 10:00 +05:00", "{a: b}")),
    at("title", "[One, two]"),
    at("title", "{one: two}"),
    at("category", "[Life, Sport]"),
    at("summary", "[One]"),
    at("tags", "{trade: yes}"),
    at("tags", "[[trade]]"),
    at("authors", "{desk: Tashkent}"),
    # what is missing
    *((f"no {n}", story(**{n: None}), [(1, f"missing-{n}")]) for n in ("title", "date", "category", "summary")),
    *((f"empty {n}", story(**{n: ""}), [(LINES[n], f"missing-{n}")]) for n in ("title", "date", "category", "summary")),
    ("tilde title", story(title="~"), [(2, "missing-title")]),
    ("quoted nothing", story(title='""'), [(2, "missing-title")]),
    ("blank title", story(title='"  "'), [(2, "missing-title")]),
    ("no authors", story(authors=None), [(1, "missing-author")]),
    ("no authors, empty", story(authors=""), [(7, "missing-author")]),
    ("no countries", story(countries=None), [(1, "missing-country")]),
    ("no countries, empty list", story(countries="[]"), [(5, "missing-country")]),
    # misspelt and strange fields
    added("titel: A", "unknown-field"),
    added("sumary: A", "unknown-field"),
    added("tag: A", "unknown-field"),
    added("country: A", "unknown-field"),
    added("Datum: A", "unknown-field"),
    added("published: true", "unknown-field"),
    added("layout: post", "unknown-field"),
    added("images: [a.png]", "unknown-field"),
    added("заголовок: A", "unknown-field"),
    added("1: 2", "unknown-field"),
    added("title: Another", "duplicate-field"),
    added("Title: Another", "duplicate-field"),
    added("tags: [more]", "duplicate-field"),
    (
        f"{LEFT}title{RIGHT}",
        story(title=None).replace("---\n", f"---\n{LEFT}title{RIGHT}: A\n", 1),
        [(2, "curly-quotes")],
    ),
    added(f"{LEFT}slug{RIGHT}: a", "curly-quotes"),
    added(f"{LEFT}slug: a", "curly-quotes"),
    # YAML
    added("slug: a: b", "yaml"),
    ("a colon in the title", story(title="Rates: a primer"), [(2, "yaml")]),
    ("a colon at the title's end", story(title="Rates:"), [(2, "yaml")]),
    ("two colons", story(summary="One: two: three"), [(8, "yaml")]),
    added("\tslug: a", "yaml"),
    added("image:", "yaml", "\tsrc: wide.png", expected=10),
    added("image:", "yaml", "  src: wide.png", "\talt: A", expected=11),
    added('slug: "a', "yaml"),
    added("slug: 'a", "yaml"),
    added("slug: [a", "yaml"),
    added("slug: {a: b", "yaml"),
    added("slug: 'It's late'", "yaml"),
    ('"Yes" he said', story(title='"Yes" he said'), [(2, "yaml")]),
    added("slug: @home", "yaml"),
    added("slug: `code`", "yaml"),
    added("slug: %d", "yaml"),
    added("slug: &a b", "yaml"),
    added("slug: *a", "yaml"),
    added("slug: !a b", "yaml"),
    added("slug: !!python/object/apply:os.system [ls]", "yaml"),
    added("slug: &a [*a]", "yaml"),
    added("slug: " + "[" * 5000, "yaml"),
    added("slug: " + "[" * 50 + "]" * 50, "yaml"),
    added("slug: a\x07b", "yaml"),
    added("just some words", "yaml"),
    added("  slug: a", "yaml"),
    added("? [a]", "yaml", ": b"),
    added("slug a", "yaml"),
    # pictures in the header
    added("image: none.png", "bad-image"),
    added("image: [wide.png]", "bad-image"),
    added("image:", "bad-image", "  src: wide.png"),
    added("image:", "bad-image", "  alt: A"),
    added("image:", "bad-image", "  src: wide.png", "  alt: A", "  by: Me", expected=12),
    added("image:", "bad-image", "  src: wide.png", "  alt:", expected=11),
    added("image: {src: none.png, alt: A, caption: C, credit: M}", "picture"),
    added("image: {src: ../a.md, alt: A, caption: C, credit: M}", "picture"),
    added("image: {src: broken.png, alt: A, caption: C, credit: M}", "picture"),
    added("image: {src: small.png, alt: A, caption: C, credit: M}", "small-picture"),
    added("image: {src: heavy.png, alt: A, caption: C, credit: M}", "heavy-picture"),
    added("image: {src: wide.png, alt: A, credit: M}", "no-caption"),
    added("image: {src: wide.png, alt: A, caption: C}", "no-credit"),
    # corrections, rules
    added("corrections: Sorry", "bad-corrections"),
    added("corrections: {date: 2026-05-01}", "bad-corrections"),
    added("corrections:", "bad-corrections", "  - Sorry", expected=10),
    added("corrections:", "bad-corrections", "  - date: 2026-05-01", expected=10),
    added("corrections:", "bad-corrections", "  - date: 2026-05-01", "    text: A", "  - text: B", expected=12),
    added("corrections:", "bad-corrections", "  - date: soon", "    text: A", expected=10),
    added("ignore_rules: [long-title]", "bad-ignore_rules"),
    added("ignore_rules: {long-title: }", "bad-ignore_rules"),
    added("ignore_rules: {long-titel: Why.}", "unknown-rule"),
    # lengths and zones
    ("long title", story(title="Word " * 16), [(2, "long-title")]),
    ("long summary", story(summary="Word " * 33), [(8, "long-summary")]),
    ("no zone", story(date="2026-04-30 09:00"), [(3, "zone-less-date")]),
    added("embargo: 2026-05-01 09:00", "zone-less-date"),
    # the text
    text('![](wide.png "C. Image: M")', (1, "alt")),
    text('One.\n\n![ ](wide.png "C. Image: M")', (3, "alt")),
    text('![A](none.png "C. Image: M")', (1, "picture")),
    text('![A](<no such file.png> "C. Image: M")', (1, "picture")),
    text('![A](../../secret.png "C. Image: M")', (1, "picture")),
    text('![A](broken.png "C. Image: M")', (1, "picture")),
    text('![A](bad.svg "C. Image: M")', (1, "picture")),
    text("![A](wide.png)", (1, "no-caption"), (1, "no-credit")),
    text('![A](wide.png "Image: M")', (1, "no-caption")),
    text('![A](wide.png "C.")', (1, "no-credit")),
    text('![A](small.png "C. Photo: M")', (1, "small-picture")),
    text('![A](heavy.png "C. @me")', (1, "heavy-picture")),
    text("One.\n\n[there]({filename}none.md)", (3, "link")),
    text("[there]({filename}/articles/none.md#x)", (1, "link")),
    text("[a file]({static}/images/none.pdf)", (1, "link")),
    text("[a file]({attach}none.pdf)", (1, "link")),
    text("[there](|filename|none.md)", (1, "link")),
    text("[there](/2020/01/none/)", (1, "link")),
    text("[below](#below)", (1, "anchor")),
    text('<a href="#below">below</a>', (1, "anchor")),
    text("[below][1]\n\n[1]: #below", (3, "anchor")),
    text("One.[^1]\n\n[note](#fn:2)\n\n[^1]: A note.", (3, "anchor")),
    text("[itself]({filename}a.md#below)", (1, "anchor")),
    text("[itself](/2026/04/a/#below)", (1, "anchor")),
    text("[there][1]\n\n[1]: {filename}none.md", (3, "link")),
    text('<a href="{filename}none.md">there</a>', (1, "link")),
    text('<iframe src="https://video.example/"></iframe>', (1, "embed")),
    text("One.\n\n<script>alert(1)</script>", (3, "embed")),
    text("# One", (1, "heading")),
    text("## One\n\n#### Two", (3, "heading")),
    text("### One", (1, "heading")),
    text("It costs 1,000 somoni ($400).", (1, "conversion")),
    text("It costs $3.6 million (85 million somoni).", (1, "conversion")),
    text("One.\nTwo.\nIt costs 3 billion sum (about $1 million).", (3, "conversion")),
    text("It costs 100 million roubles ($1.2 million).", (1, "unchecked-conversion")),
    text("One.\n\n---\ntitle: A second\n---\nTwo.", (3, "two-stories")),
    # files
    ("two whole stories", story() + story(), [(11, "two-stories")]),
    ("empty", "", [(1, "header")]),
    ("blank", "\n\n\n", [(1, "header")]),
    ("text alone", "Once upon a time.\n", [(1, "header")]),
    ("a heading alone", "# Once\n", [(1, "header"), (1, "heading")]),
    ("not closed", "---\ntitle: A\n\nText.\n", [(1, "header")]),
    ("four hyphens", "----\ntitle: A\n----\n", [(1, "header")]),
    ("hyphens alone", "---\n---\nText.\n", [(2, "header")]),
    ("a list", "---\n- a\n- b\n---\n", [(2, "header")]),
    ("words in a header", "---\nOnce upon a time\n---\n", [(2, "header")]),
    ("JSON", '{"title": "A"}\n', [(1, "header")]),
    ("TOML", "+++\ntitle = 'A'\n+++\n", [(1, "header")]),
    ("five megabytes", "word " * 1_000_000, [(1, "too-long")]),
    ("latin-1", story(title="Caf\xe9").encode("latin-1"), [(2, "encoding")]),
    ("windows-1251", story(summary="Ташкент").encode("cp1251"), [(8, "encoding")]),
    ("UTF-16", story().encode("utf-16"), [(1, "encoding")]),
    ("a PNG", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), [(1, "encoding")]),
    ("zeros", b"\0" * 100, [(1, "encoding")]),
    ("a zero in the text", story(body="a\0b").encode(), [(10, "encoding")]),
    ("half a letter", story().encode() + b"\xd0", [(11, "encoding")]),
    ("a mark and Windows line ends, and a fault", "\ufeff" + story(title="A: b").replace("\n", "\r\n"), [(2, "yaml")]),
    ("a Macintosh's line ends, and a fault", story(date="soon").replace("\n", "\r"), [(3, "bad-date")]),
    # Pelican's own header
    (
        "plain: no date",
        "Title: A\nCategory: B\nSummary: C\nAuthors: D\nCountries: KZ\n\nText.\n",
        [(1, "missing-date")],
    ),
    (
        "plain: twice",
        "Title: A\nTitle: B\nDate: 2026-04-30\nCategory: B\nSummary: C\nAuthors: D\nCountries: KZ\n\nText.\n",
        [(2, "duplicate-field")],
    ),
    (
        "plain: misspelt",
        "Title: A\nDate: 2026-04-30\nKategory: B\nSummary: C\nAuthors: D\nCountries: KZ\n\nText.\n",
        [(1, "missing-category"), (3, "unknown-field")],
    ),
]
SOUND = [
    ("good", story()),
    ("a mark", "\ufeff" + story()),
    ("Windows line ends", story().replace("\n", "\r\n")),
    ("blank lines first", "\n\n" + story()),
    ("capital names", story().replace("title:", "Title:")),
    ("quotes", story(title='"Rates: a primer"', summary="'It''s late'")),
    ("other letters", story(title="Ташкент — столица", summary="Өзгеріс")),
    ("Norway", story(countries="[NO]")),
    ("a list of lines", story(tags="\n  - one\n  - two")),
    ("text of several lines", story(summary="|\n  One\n  sentence.")),
    ("a comment", story("# not a field")),
    ("a day alone", story(date="2026-04-30")),
    ("seconds and Z", story(date="2026-04-30T09:00:30Z")),
    ("a figure", story(body='![A](wide.png "Words. Image: Me")')),
    ("an image elsewhere", story(body='![A](https://host.example/a.png "Words. Photo: Me")')),
    ("code", story(body="```\n# no heading\n![](none.png)\n[a]({filename}none.md)\n```")),
    ("a rule", story(body="One.\n\n---\n\nTwo.")),
    ("headings", story(body="## One\n\n### Two\n\n## Three\n\n### Four\n\n#### Five")),
    ("an anchor", story(body='[below](#below)\n\n<p id="below">Here.</p>')),
    ("places", story(body="## Two {#two}\n\n[a](#two) [b](#three) [c](#fn:1) [d](#top)[^1]\n{: #three }\n\n[^1]: N.")),
    ("code in a line", story(body="Write `[below](#below)` or `![](none.png)`.")),
    ("a sum", story(body="It costs 38.5 million somoni (about $3.85 million), 1,000 somoni ($99).")),
    ("a sum rounded right", story(body="It costs 1,040 somoni ($104), 1,046 somoni ($105).")),
    ("a fixed rate", story(body="It costs 350 manats ($100).")),
    ("elsewhere", story(body="[there](https://host.example/#x), [here](/rates/), [mail](mailto:a@host.example).")),
    ("ignored", story("ignore_rules: {heading: A test.}", body="# One")),
]
