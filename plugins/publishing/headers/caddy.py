"""The rules for Caddy: a snippet that a site imports."""

import re
from collections.abc import Iterator

from .content_types import JSON_FEED, TEXTS, TYPES, UTF8
from .rules import HeaderRules, Rule

_HEAD = "# Written with the edition; import this file, and in the site and its handle_errors: import edition_headers"


def caddy(rules: HeaderRules) -> str:
    """Return a Caddyfile snippet named ``edition_headers``."""
    names = set(rules.varying())
    lines = [*_kinds(rules), "header {", *(f"\t{_set(pair)}" for pair in rules.common()), "}"]
    for rule in _first_of_each_kind(rules):
        lines += _block(rule, names)
    lines += _types()
    return "\n".join([_HEAD, "(edition_headers) {", *(f"\t{line}" for line in lines), "}", ""])


def _kinds(rules: HeaderRules) -> Iterator[str]:
    yield "map {path} {edition_kind} {"
    yield from (f'\t"~^{re.escape(rules.base)}/(?:{rule.pattern})$" {rule.kind}' for rule in rules.rules)
    yield f"\tdefault {rules.rules[-1].kind}"
    yield "}"


def _first_of_each_kind(rules: HeaderRules) -> Iterator[Rule]:
    yield from {rule.kind: rule for rule in reversed(rules.rules)}.values()


def _block(rule: Rule, names: set[str]) -> Iterator[str]:
    """Yield the headers of one kind; those of another kind go, as a page of errors comes after its first answer."""
    own = {name: value for name, value in rule.headers if name in names}
    yield f"@edition_{rule.kind} vars {{edition_kind}} {rule.kind}"
    yield f"header @edition_{rule.kind} {{"
    yield from (f"\t{_set(pair)}" for pair in own.items())
    yield from (f"\t-{name}" for name in sorted(names - own.keys()))
    yield "}"


def _types() -> Iterator[str]:
    for suffix, kind in TYPES.items():
        yield f"@edition_{suffix} path *.{suffix}" + (" */" if suffix == "html" else "")
        yield f'header @edition_{suffix} Content-Type "{kind}{UTF8 if suffix in TEXTS else ""}"'
    yield "@edition_feed_json path */feed.json"
    yield f'header @edition_feed_json Content-Type "{JSON_FEED}"'


def _set(pair: tuple[str, str]) -> str:
    return f'{pair[0]} "{pair[1]}"'
