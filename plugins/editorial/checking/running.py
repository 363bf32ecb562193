"""One run of the check over a whole edition, side by side on several processors."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import msgspec

from .. import ledger
from . import checkers, conversions, edition_rules, stories, story_rules
from .edition_rules import Named
from .findings import Finding
from .picture_rules import Pictures
from .stories import Edition

_CHUNK = 250
Found = tuple[list[Named], list[Finding]]


def check(edition: Edition, processes: int) -> list[Finding]:
    """Return every finding of every story, in order, but for the rules that are switched off."""
    with checkers.started(edition, processes) as beside:
        named, found = _own(edition, processes)
        found += edition_rules.rules(named, edition)
        found += edition_rules.changed_addresses(named, _published(edition))
        found += beside.findings()
    return sorted(_wanted(set(found), named, edition))


def _own(edition: Edition, processes: int) -> Found:
    files = list(edition.files())
    chunks = [files[at : at + _CHUNK] for at in range(0, len(files), _CHUNK)]
    work = partial(_checked, edition)
    if processes > 1 and len(chunks) > 1:
        with ProcessPoolExecutor(processes) as pool:
            done = list(pool.map(work, chunks))
    else:
        done = list(map(work, chunks))
    named = [each for names, _ in done for each in names]
    return named, [finding for _, findings in done for finding in findings]


def _published(edition: Edition) -> dict[str, list[str]]:
    """Return the addresses at which each story was published and is still to be found, by its identity."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in ledger.read(edition.content / "urls.csv", f"{edition.shown}/urls.csv").values():
        if row.identity and row.state == "live":
            found[row.identity].append(row.url)
    return found


def _checked(edition: Edition, files: Sequence[tuple[Path, bool]]) -> Found:
    pictures = Pictures(edition.content / edition.settings.images, edition.settings)
    rates = conversions.read(edition.content / edition.settings.rates)
    names, findings = [], []
    for file, is_page in files:
        story, told = stories.read(file, edition, is_page=is_page)
        findings += told
        findings += story_rules.header_rules(story, edition.settings)
        findings += story_rules.text_rules(story)
        findings += pictures.rules(story)
        findings += conversions.rules(story, rates)
        names.append(_light(edition_rules.named(story, edition)))
    return names, findings


def _light(named: Named) -> Named:
    """Return ``named`` without the story's text, which need not travel between processes."""
    linking = {line for line, _ in named.links}
    lines = tuple(line if at in linking else "" for at, line in enumerate(named.story.text, 1)) if linking else ()
    header = msgspec.structs.replace(named.story.header, body="", problems=[])
    return msgspec.structs.replace(named, story=msgspec.structs.replace(named.story, header=header, text=lines))


def _wanted(findings: Iterable[Finding], named: Iterable[Named], edition: Edition) -> Iterable[Finding]:
    ignored = {each.story.header.path: each.story.values.get("ignore_rules", {}) for each in named}
    for finding in findings:
        if finding.code not in edition.settings.off and finding.code not in ignored.get(finding.path, {}):
            yield finding
