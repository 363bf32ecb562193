"""What a check tells: findings, and the forms in which people and machines read them."""

import json
from collections.abc import Iterable
from typing import Literal

import msgspec

Severity = Literal["error", "warning", "note"]
Format = Literal["text", "json", "github"]


class Finding(msgspec.Struct, frozen=True, order=True):
    """One thing to mend or to look at; tens of thousands are put in order at once."""

    path: str
    """The file, relative to the project's folder."""
    line: int
    """From 1."""
    column: int
    """From 1."""
    code: str
    """The rule, as docs/rules.md lists it."""
    severity: Severity
    """``error`` keeps the edition from being published, ``warning`` should be mended, ``note`` is for information."""
    message: str
    """What is wrong; no full stop at the end."""
    remedy: str = ""
    """What to do, as a sentence; empty where the message says it."""


def shown(findings: Iterable[Finding], form: Format) -> str:
    """Return the findings as lines of text, as one JSON list, or as commands of GitHub's workflows."""
    ordered = sorted(findings)
    if form == "json":
        return json.dumps([msgspec.structs.asdict(finding) for finding in ordered], ensure_ascii=False, indent=1)
    return "\n".join(map(_github if form == "github" else _line, ordered))


def _line(finding: Finding) -> str:
    place = f"{finding.path}:{finding.line}:{finding.column}"
    return f"{place}: {finding.severity} {finding.code} {finding.message}. {finding.remedy}".rstrip()


def _github(finding: Finding) -> str:
    """Return a workflow command; GitHub asks that these characters be written so."""
    kind = "notice" if finding.severity == "note" else finding.severity
    words = f"{finding.message}. {finding.remedy}".strip().replace("%", "%25").replace("\n", "%0A")
    file = finding.path.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{kind} file={file},line={finding.line},col={finding.column},title={finding.code}::{words}"
