"""The rules for Caddy: a snippet that a site imports."""

import re
from collections.abc import Iterator

from .content_types import JSON_FEED, TEXTS, TYPES, UTF8
from .rules import HeaderRules, Rule, expected

MISSING = "404.html"

_HEAD = """# Written with the edition; import this file, then edition_headers in the site, and in its handle_errors,
# after the rewrite to 404.html, edition_missing."""


def caddy(rules: HeaderRules) -> str:
    """Return the snippets ``edition_headers`` and, for the page of missing addresses, ``edition_missing``."""
    names = set(rules.varying())
    lines = [*_kinds(rules), "header {", *(f"\t{_set(pair)}" for pair in rules.common()), "}"]
    for rule in _first_of_each_kind(rules):
        lines += _block(rule, names)
    lines += _types()
    missing = ["header {", *(f"\t{_set(pair)}" for pair in expected(rules, MISSING).items())]
    missing += [*_gone(names, rules.rule(MISSING)), "}"]
    return "\n".join([_HEAD, *_snippet("edition_headers", lines), *_snippet("edition_missing", missing), ""])


def _snippet(name: str, lines: list[str]) -> list[str]:
    return [f"({name}) {{", *(f"\t{line}" for line in lines), "}"]


def _gone(names: set[str], rule: Rule) -> Iterator[str]:
    """Yield the removal of headers that the rule has not, as an earlier answer may have set them."""
    yield from (f"\t-{name}" for name in sorted(names - {name for name, _ in rule.headers}))


def _kinds(rules: HeaderRules) -> Iterator[str]:
    yield "map {path} {edition_kind} {"
    yield from (f'\t"~^{re.escape(rules.base)}/(?:{rule.pattern})$" {rule.kind}' for rule in rules.rules)
    yield f"\tdefault {rules.rules[-1].kind}"
    yield "}"


def _first_of_each_kind(rules: HeaderRules) -> Iterator[Rule]:
    yield from {rule.kind: rule for rule in reversed(rules.rules)}.values()


def _block(rule: Rule, names: set[str]) -> Iterator[str]:
    """Yield the headers of one kind that not all kinds have."""
    yield f"@edition_{rule.kind} vars {{edition_kind}} {rule.kind}"
    yield f"header @edition_{rule.kind} {{"
    yield from (f"\t{_set(pair)}" for pair in rule.headers if pair[0] in names)
    yield "}"


def _types() -> Iterator[str]:
    for suffix, kind in TYPES.items():
        yield f"@edition_{suffix} {{"
        yield f"\tpath *.{suffix}" + (" */" if suffix == "html" else "")
        yield "\tnot path */feed.json"
        yield "}"
        yield f'header @edition_{suffix} Content-Type "{kind}{UTF8 if suffix in TEXTS else ""}"'
    yield "@edition_feed_json path */feed.json"
    yield f'header @edition_feed_json Content-Type "{JSON_FEED}"'


def _set(pair: tuple[str, str]) -> str:
    return f'{pair[0]} "{pair[1]}"'
