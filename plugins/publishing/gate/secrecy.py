"""What is in an edition by mistake: drafts, keys, leavings of tools, and words that are withheld."""

import re

from . import withheld
from .findings import Findings
from .site import Edition

LEAVINGS = re.compile(
    r"(?:^|/)(?:\.git|\.hg|\.svn|\.env[^/]*|\.ssh|\.DS_Store|Thumbs\.db|id_(?:rsa|ecdsa|ed25519)|\.netrc|\.htpasswd)(?:/|$)"
    r"|(?:~|\.(?:swp|swo|bak|orig|rej|tmp|map|pem|key|p12|py|pyc|md|sqlite3?))$|(?:^|/)#[^/]*#$"
)
KEYS = re.compile(
    rb"-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    rb"|\bgithub_pat_\w{60,}|\bglpat-[\w-]{20}|\bxox[abprs]-[\w-]{10,}|\bsk_live_\w{20,}|\bAIza[\w-]{35}"
)
MARKS = (
    *(b"PRIVATE KEY-----", b"AKIA", b"ASIA", b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_"),
    *(b"github_pat_", b"glpat-", b"xox", b"sk_live_", b"AIza"),
)
"""What one of the above begins with or holds: looked for first, as that is a tenth of the work."""
TEXTS = frozenset({"html", "css", "js", "json", "xml", "atom", "rss", "txt", "csv", "svg", "webmanifest"})


def look(edition: Edition, found: Findings, content: bytes) -> None:
    """Add to ``found`` what should not be published; ``content`` is empty for files that are no text."""
    if found.path.startswith("drafts/"):
        found.add("draft", 0, "is a draft", "Leave it out of the edition.")
    if leaving := LEAVINGS.search(found.path):
        found.add("secret", 0, f"{leaving[0].strip('/')!r} is no part of an edition", "Remove it.")
    if any(mark in content for mark in MARKS) and (key := KEYS.search(content)):
        line = content.count(b"\n", 0, key.start()) + 1
        found.add("secret", line, "holds a secret key or token", "Remove it, and make it invalid where it is used.")
    if b"sourceMappingURL=" in content:
        found.add("secret", 0, "names a source map", "Build scripts and styles without.")
    for word in withheld.found(edition.needles, found.path, content):
        found.add("embargo", 0, f"holds {word!r}, which is withheld", "Build the edition again without it.")
