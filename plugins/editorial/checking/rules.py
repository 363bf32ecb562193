"""Every rule: its name, how grave it is, why it stands, and how a bad and a good story look."""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from .findings import Severity


class Rule(msgspec.Struct, frozen=True):
    """One rule of the check."""

    severity: Severity
    """How grave a breach is."""
    why: str
    """What the rule asks and why, in a sentence or two."""
    bad: str
    """What breaks it: lines of a header, or of the text where they do not look like fields."""
    good: str
    """The same, mended."""


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "encoding": Rule(
            "error",
            "A story is a text in UTF-8; other encodings turn letters into others.",
            "(the file is a picture named .md, or was saved as Windows-1251)",
            "(the same words, saved as UTF-8)",
        ),
        "too-long": Rule(
            "error",
            "A story of more than a million bytes is a mistake: a file of something else.",
            "(five megabytes of text)",
            "(the story alone)",
        ),
        "header": Rule(
            "error",
            "A story begins with its fields, between two lines of three hyphens.",
            "Once upon a time there was no header.",
            "---\ntitle: Once upon a time\n---",
        ),
        "yaml": Rule(
            "error",
            "The header is YAML: spaces and no tabs, each quotation mark and bracket closed, a second colon in quotes.",
            "title: Rates: a primer",
            'title: "Rates: a primer"',
        ),
        "duplicate-field": Rule(
            "error", "Each field stands once.", "category: Life\ncategory: Sport", "category: Life"
        ),
        "curly-quotes": Rule(
            "error",
            "The name of a field has no quotes, least of all curly ones.",
            "\N{LEFT DOUBLE QUOTATION MARK}slug\N{RIGHT DOUBLE QUOTATION MARK}: a-slug",
            "slug: a-slug",
        ),
        "two-stories": Rule("error", "One file holds one story.", "---\ntitle: A second", "(a file of its own)"),
        "unknown-field": Rule(
            "error", "A field that nothing reads is a misspelt one.", "sumary: It is.", "summary: It is."
        ),
        "unknown-rule": Rule(
            "error",
            "Only a rule that there is can be switched off.",
            "ignore_rules: {long-titel: A quotation.}",
            "ignore_rules: {long-title: A quotation.}",
        ),
        "bad-value": Rule(
            "error",
            "A field holds what its form says: docs/writing.md. The rule's name has the field's: bad-date, bad-image.",
            "date: 2025-04-31",
            "date: 2025-04-30 09:00 +05:00",
        ),
        "missing-title": Rule("error", "A story has a headline.", "title:", "title: A headline"),
        "missing-date": Rule("error", "A story has its day and hour.", "date:", "date: 2025-04-30 09:00 +05:00"),
        "missing-category": Rule("error", "A story stands in a section.", "category:", "category: Life"),
        "missing-summary": Rule(
            "error", "Lists and search results show the standfirst.", "summary:", "summary: One sentence."
        ),
        "missing-author": Rule("warning", "A reader may know who wrote it.", "authors:", "authors: [Tashkent desk]"),
        "missing-country": Rule(
            "warning", "A story without a country stands on no country's page.", "countries:", "countries: [Uzbekistan]"
        ),
        "untagged-country": Rule(
            "warning",
            "A story names the countries that it is about by the words of its text: docs/tagging.md.",
            "title: Uzbekistan buys trains from China\ncountries: [Uzbekistan]",
            "title: Uzbekistan buys trains from China\ncountries: [Uzbekistan, China]",
        ),
        "unsupported-country": Rule(
            "warning",
            "A country that nothing in the text speaks of brings the story to readers of another.",
            "title: Tashkent opens a metro line\ncountries: [Uzbekistan, Japan]",
            "title: Tashkent opens a metro line\ncountries: [Uzbekistan]\nignore_countries: [Japan]",
        ),
        "zone-less-date": Rule(
            "note",
            "A date with an hour but no zone counts in the edition's zone, which is not every desk's.",
            "date: 2025-04-30 09:00",
            "date: 2025-04-30 09:00 +05:00",
        ),
        "long-title": Rule(
            "warning",
            "A long headline is cut off in lists, on phones and in search results.",
            "title: " + "Word after word " * 8,
            "title: Few words",
        ),
        "long-summary": Rule(
            "warning",
            "A long standfirst is cut off in search results.",
            "summary: " + "Word after word " * 14,
            "summary: One sentence.",
        ),
        "unknown-section": Rule(
            "warning",
            "A section that no other story names may be misspelt. The setting sections allows only its own.",
            "category: Politcs",
            "category: Politics",
        ),
        "unknown-author": Rule(
            "warning",
            "An author whom no other story names may be misspelt.",
            "authors: [Taskent desk]",
            "authors: [Tashkent desk]",
        ),
        "unknown-topic": Rule(
            "warning", "A topic that no other story names may be misspelt.", "tags: [diplomcy]", "tags: [diplomacy]"
        ),
        "case-twin": Rule(
            "warning", "Two spellings make two lists of one topic.", "tags: [United nations]", "tags: [United Nations]"
        ),
        "alt": Rule(
            "error",
            "Who does not see a picture is told what it shows.",
            '![](wide.png "Words. Image: Me")',
            '![A door](wide.png "Words. Image: Me")',
        ),
        "picture": Rule(
            "error",
            "A picture lies in content/images/ and can be read.",
            '![A door](none.png "Words. Image: Me")',
            '![A door](wide.png "Words. Image: Me")',
        ),
        "no-caption": Rule(
            "warning",
            "A picture in a story says when and where it was made, or that it is a drawing.",
            '![A door](wide.png "Image: Me")',
            '![A door](wide.png "A door in Osh. Image: Me")',
        ),
        "no-credit": Rule(
            "warning",
            "A picture says whose it is.",
            '![A door](wide.png "A door in Osh.")',
            '![A door](wide.png "A door in Osh. Image: Me")',
        ),
        "small-picture": Rule(
            "warning",
            "A picture of few pixels is blurred on a screen.",
            '![A door](small.png "Words. Image: Me")',
            '![A door](wide.png "Words. Image: Me")',
        ),
        "heavy-picture": Rule(
            "error",
            "A picture of more than 8 MB is an original that belongs in an archive.",
            "(a camera's raw file)",
            "(the same, at 2,400 pixels)",
        ),
        "link": Rule(
            "error",
            "A link within the edition leads to a story, a page or a file that is there.",
            "See [there]({filename}none.md).",
            "See [there](https://host.example/).",
        ),
        "anchor": Rule(
            "error",
            "A link to a place on a page, this or another, needs that place. Those on lists are told when publishing.",
            "See [below](#below).",
            'See [below](#below).\n\n<p id="below">Here.</p>',
        ),
        "shared-address": Rule(
            "error", "Two stories cannot stand at one address.", "slug: rates", "slug: rates-in-may"
        ),
        "embed": Rule(
            "error",
            "Nothing of another site is loaded before the reader asks for it: an embed is a picture with a link.",
            '<iframe src="https://video.example/1"></iframe>',
            '[![A door opens](wide.png "A film from Osh. Image: Me")](https://video.example/1)',
        ),
        "heading": Rule(
            "warning",
            "Subheads begin at the second level and skip none: readers with screen readers walk along them.",
            "## One\n\n#### Two",
            "## One\n\n### Two",
        ),
        "changed-address": Rule(
            "error",
            "The address of a published story stays; content/urls.csv knows it. A new one needs a redirect.",
            "slug: a-better-slug",
            "slug: the-first-slug",
        ),
        "conversion": Rule(
            "warning",
            "A sum in dollars fits the rate of the story's day: within 2 %, or rounded right to two digits or more.",
            "It costs 1,000 somoni ($400).",
            "It costs 1,000 somoni ($100).",
        ),
        "unchecked-conversion": Rule(
            "note",
            "A sum in dollars that cannot be checked, since the history has no rate of that day.",
            "It costs 1,000 roubles ($12).",
            "It costs 1,000 somoni ($100).",
        ),
    }
)


def rule_of(code: str) -> Rule:
    """Return the rule of a finding; every ``bad-…`` is the rule ``bad-value``, every other ``missing-…`` an error."""
    if code in RULES:
        return RULES[code]
    return RULES["missing-title"] if code.startswith("missing-") else RULES["bad-value"]


def known(code: str) -> bool:
    """Return whether ``code`` names a rule."""
    return code in RULES or code.startswith(("bad-", "missing-"))


def document() -> str:
    """Return docs/rules.md."""
    parts = [_HEAD]
    for code, rule in RULES.items():
        parts += [f"## {code}", "", f"*{rule.severity.capitalize()}.* {rule.why}", ""]
        parts += ["Bad:", "", _indented(rule.bad), "", "Good:", "", _indented(rule.good), ""]
    return "\n".join(parts)


_HEAD = """# The rules for stories

Made from the code by `make docs`. `make lint-content` tells every breach in every file. An *error* must be
mended before the edition can be published, a *warning* should be, a *note* is for information.

A rule is switched off for all stories in `pelicanconf.py`, and for one story in its header, each with the reason:

    EDITORIAL = {"off": {"long-title": "our headlines are long"}}

    ignore_rules: {long-title: It is a quotation.}
"""


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.split("\n"))
