"""The rules for nginx: what a ``server`` block includes."""

import re
from collections.abc import Iterator

from .content_types import JSON_FEED, TEXTS, TYPES, UNKNOWN
from .rules import HeaderRules, Rule

_HEAD = """# Written with the edition; include it in the server block that has the edition as its root.
# A location with an add_header of its own inherits none of these (nginx's rule): it has to include this file too."""


def nginx(rules: HeaderRules) -> str:
    """Return an include for nginx's ``server`` block.

    Within ``if`` stands nothing but ``set``, which is safe there. nginx leaves out a header whose value is empty.
    """
    common = rules.common()
    names = rules.varying()
    kinds = (line for rule in reversed(rules.rules) for line in _setting(rules.base, rule, names))
    same = (f'add_header {name} "{value}" always;' for name, value in common)
    other = (f"add_header {name} ${_variable(name)} always;" for name in names)
    return "\n".join([_HEAD, *_types(), *kinds, *same, *other, ""])


def _setting(base: str, rule: Rule, names: tuple[str, ...]) -> Iterator[str]:
    """Yield the setting of every header for one kind; the first rule is written last, as the last ``set`` holds."""
    headers = dict(rule.headers)
    yield f'if ($uri ~ "^{re.escape(base)}/(?:{rule.pattern})$") {{ # {rule.kind}'
    yield from (f'    set ${_variable(name)} "{headers.get(name, "")}";' for name in names)
    yield "}"


def _types() -> Iterator[str]:
    yield "types {"
    yield from (f"    {kind} {suffix};" for suffix, kind in TYPES.items())
    yield "}"
    yield f"default_type {UNKNOWN};"
    yield "charset utf-8;"
    # text/html is among them unasked
    yield f"charset_types {' '.join(sorted({TYPES[suffix] for suffix in TEXTS} - {'text/html'}))};"
    yield f"location ~ /feed\\.json$ {{ types {{ }} default_type {JSON_FEED}; }}"


def _variable(name: str) -> str:
    return "edition_" + name.lower().replace("-", "_")
