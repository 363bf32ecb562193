"""Give the reader and the checks whatever may stand in a file, for as long as is wished; none may make them fail.

python -m tests.support.fuzzing 5      five minutes (``make fuzz``)

A file is random bytes, random pieces of what stories are made of in any encoding, a header of random fields and
values, or a story of the sample that is cut and patched. Each is read as a build reads it (header, fields, Markdown,
figures), checked by every rule, and audited for its countries. Hypothesis shrinks what fails and prints it.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from pelican.settings import read_settings
from PIL import Image

from plugins.country_pages.tagging import archive
from plugins.editorial.checking.running import check
from plugins.editorial.checking.stories import Edition
from plugins.editorial.fields import FIELDS
from plugins.editorial.plugin import EditionReader
from plugins.editorial.settings import EditorialSettings
from tests.support.site import ROOT

ROUND = 250
PIECES = (
    *("---\n", "...\n", "\n", "\n\n", "\r\n", "\r", "\t", " ", ": ", ":", "- ", "  ", "#", "## ", "# A\n", "> ", "1. "),
    *(
        "[",
        "]",
        "{",
        "}",
        "(",
        ")",
        "<",
        ">",
        "&",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "~~~\n",
        "|",
        "!",
        "%",
        "@",
        "\\",
        "$",
    ),
    *('"', "'", "\u201c", "\u2019", "\ufeff", "\0", "\x07", "\u2028", "\u202e", "\U0001f411", "\ud7ff", "ё", "ү"),
    *("title: A\n", "date: 2026-04-31\n", "Title: A\nDate: 2026-04-30\n\n", "countries: [NO, UZ]\n", "<<: *a\n", "!!x"),
    *(
        "![a](b.png)",
        '![A](b.png "C. Image: D")',
        "[a]({filename}a.md#b)",
        "[a](/2026/04/a/)",
        "[^1]",
        "[^1]: N",
        "[1]: #x",
    ),
    *(
        "1,000 somoni ($99)",
        "$3 (85 million sum)",
        "<iframe>",
        "<p id=a>",
        '<a href="#b">',
        "{: #c }",
        "{% x %}",
        "{{ y }}",
    ),
    *("Tashkent", "the Astana format", "Kyrgyz Republic", "Ташкентда", "TASHKENT, April 5 (Reuters) — "),
)
piece = st.one_of(st.sampled_from(PIECES), st.text(max_size=8))
text = st.lists(piece, max_size=40).map("".join)
value = st.one_of(piece, text, st.dates().map(str), st.datetimes().map(str), st.just("{src: b.png, alt: A}"))
named = st.tuples(st.one_of(st.sampled_from([*FIELDS, "titel"]), st.text(max_size=6)), value)
header = st.lists(named.map(": ".join), max_size=8).map("\n".join)
story = st.builds("---\n{}\n---\n{}".format, header, text)
encoded = st.builds(
    lambda words, encoding: words.encode(encoding, "replace"),
    st.one_of(text, story, story, header),
    st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1251"]),
)
SAMPLE = tuple(file.read_bytes() for file in sorted((ROOT / "content/articles").rglob("*.md")))
patched = st.builds(
    lambda whole, start, length, patch: (
        whole[: start % len(whole)] + patch.encode() + whole[start % len(whole) + length :]
    ),
    st.sampled_from(SAMPLE),
    st.integers(0, 10_000),
    st.one_of(st.just(0), st.integers(0, 200)),
    st.lists(piece, max_size=5).map("".join),
)
files = st.one_of(st.binary(max_size=400), encoded, encoded, patched)


class Desk:
    """A folder with one story, and everything that reads it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "content/articles/a.md"
        for name in ("articles", "images"):
            (folder / "content" / name).mkdir(parents=True)
        Image.new("RGB", (900, 6)).save(folder / "content/images/b.png")
        own = EditorialSettings()
        self._edition = Edition(folder / "content", "content", own, "Asia/Tashkent", theme=ROOT / "theme")
        chosen = {"PATH": str(folder / "content"), "TIMEZONE": "Asia/Tashkent", "EDITORIAL": own}
        self._reader = EditionReader(read_settings(override=chosen))
        self.read = 0

    def take(self, data: bytes) -> None:
        """Read, check and audit a file of these bytes."""
        self._file.write_bytes(data)
        self._reader.read(str(self._file))
        check(self._edition, 1)
        archive.audited(str(self._file))
        self.read += 1


@contextmanager
def desk() -> Iterator[Desk]:
    """Give a desk in a folder of its own."""
    with TemporaryDirectory() as folder:
        yield Desk(Path(folder))


def fuzz(taking: Desk, count: int, number: int) -> None:
    """Let the desk take ``count`` files, of the row that ``number`` begins."""

    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(files)
    def all_of_them(data: bytes) -> None:
        taking.take(data)

    all_of_them()


def main(minutes: float) -> None:
    """Go on for so many minutes, and tell how many files were read."""
    begun = time.monotonic()
    with desk() as taking:
        number = time.time_ns()
        while time.monotonic() - begun < minutes * 60:
            fuzz(taking, ROUND, number)
            number += 1
        told = f"{taking.read:,} files read, checked and audited in {minutes:g} minutes; none made the reader fail."
        sys.stdout.write(f"{told}\n")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5)
