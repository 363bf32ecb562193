"""Pages that ask search engines to leave them out: what sets a staging edition apart."""

import re
from pathlib import Path

META = b'<meta name="robots" content="noindex, nofollow">'
_HEAD = re.compile(rb"<head(?:\s[^>]*)?>", re.IGNORECASE)


def mark(built: Path) -> int:
    """Put the mark into every page below ``built`` that has none; return how many pages were changed.

    Crawlers stay allowed in robots.txt: one that may not read a page cannot see its mark, and may list its address.
    """
    changed = 0
    for file in sorted(built.rglob("*.html")):
        page = file.read_bytes()
        marked = page if META in page else _HEAD.sub(lambda found: found[0] + META, page, count=1)
        if marked != page:
            file.write_bytes(marked)
            changed += 1
    return changed
