"""What a site consists of: how many pages and feeds of each kind, and how many bytes; and whether two are equal."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

KINDS = (
    ("text edition", r"text/(.*/)?"),
    ("articles", r"\d{4}/\d\d/[^/]+/"),
    ("sections", r"sections/[^/]+/"),
    ("topics", r"topics/[^/]+/"),
    ("countries", r"countries/[^/]+/"),
    ("authors", r"authors/[^/]+/"),
    ("country × section", r"countries/[^/]+/[^/]+/|desks/[^/]+/"),
    ("country × topic", r"topics/[^/]+/[^/]+/|angles/[^/]+/"),
    ("archive", r"archive/(\d{4}/(\d\d/)?)?|(years|months)/[^/]+/"),
)
"""Each kind of page, by its address in either site."""


def count(folder: Path) -> dict[str, int]:
    """Return the number of files of each kind, of all, and their bytes."""
    kinds: Counter[str] = Counter()
    size = 0
    for file in _files(folder):
        kinds[kind(file.relative_to(folder).as_posix())] += 1
        size += file.stat().st_size
    names = [*(name for name, _ in KINDS), *(f"{name}, further pages" for name, _ in KINDS)]
    names += ["feeds", "other pages", "other files"]
    return {name: kinds[name] for name in names} | {"all files": kinds.total(), "megabytes": round(size / 1e6)}


def kind(path: str) -> str:
    """Return the kind of a file by its path."""
    if re.search(r"(^|/)feed\.(atom|rss|json)$", path):
        return "feeds"
    if not path.endswith(".html"):
        return "other files"
    address = path.removesuffix("index.html")
    first, paged, _ = re.fullmatch(r"(.*?)(page/\d+/)?($)", address).groups()  # type: ignore[union-attr]  # fits any
    found = next((name for name, form in KINDS if re.fullmatch(form, first)), "")
    return (f"{found}, further pages" if paged else found) or "other pages"


def unequal(one: Path, other: Path) -> list[str]:
    """Return the paths of the files that only one of two folders has, or that differ, by the alphabet."""
    ours, theirs = ({file.relative_to(folder).as_posix(): file for file in _files(folder)} for folder in (one, other))
    differing = [path for path in ours.keys() & theirs.keys() if ours[path].read_bytes() != theirs[path].read_bytes()]
    return sorted([*differing, *(ours.keys() ^ theirs.keys())])


def compared(sites: Mapping[str, Mapping[str, int]]) -> str:
    """Return a table in Markdown of the counts of several sites, a column each."""
    rows = [("", *sites), ("---", *("---:" for _ in sites))]
    names = next(iter(sites.values()))
    rows += [(name, *(f"{counts[name]:,}" for counts in sites.values())) for name in names]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
