"""A page held against the Content-Security-Policy that it will be served with."""

from collections.abc import Iterable, Iterator
from typing import Any

from ..headers import expected
from ..headers.inline import RUN, sha256
from .findings import Findings
from .site import Edition

FETCHED = (
    ("script", "src", "script-src"),
    ("img", "src", "img-src"),
    ("iframe", "src", "frame-src"),
    ("video", "src", "media-src"),
    ("audio", "src", "media-src"),
    ("object", "data", "object-src"),
    ("embed", "src", "object-src"),
    ("form", "action", "form-action"),
)
_OWN_FILE = "Put it into a file of the theme, or name its hash in PUBLISHING['policy']['inline']."


def look(edition: Edition, found: Findings, elements: Iterable[Any]) -> None:
    """Add to ``found`` what a browser would refuse among a page's ``elements``."""
    policy = _directives(expected(edition.rules, found.path)["Content-Security-Policy"])
    for each in elements:
        for told, remedy in _inline(each, policy):
            found.add("policy", each.sourceline, told, remedy)
        for directive, link in _fetched(each):
            host = edition.host(found.path, link)
            if host and host not in policy.get(directive, policy["default-src"]):
                told = f"{link!r} is of another site, and {directive} does not name it"
                found.add("policy", each.sourceline, told, "Bring the file into the edition, or leave it out.")


def _directives(policy: str) -> dict[str, frozenset[str]]:
    parts = (directive.split() for directive in policy.split(";"))
    return {name: frozenset(values) for name, *values in parts}


def _inline(element: Any, policy: dict[str, frozenset[str]]) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    tag, text = element.tag, element.text_content() if element.tag in {"script", "style"} else ""
    runs = tag == "script" and not element.get("src") and (element.get("type") or "").lower() in RUN
    directive = "script-src" if runs else "style-src" if tag == "style" else ""
    if directive and f"'{sha256(text)}'" not in policy.get(directive, ()):
        yield f"inline {tag} would be refused ('{sha256(text)}')", _OWN_FILE
    for name, value in element.items():
        if name.startswith("on") or value.strip().lower().startswith("javascript:"):
            yield f"{name}={value!r} would be refused", "Put it into a script of the theme."
        elif name == "style":
            yield f"style={value!r} would be refused", "Give it a class instead."


def _fetched(element: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    for tag, name, directive in FETCHED:
        if element.tag == tag and element.get(name):
            yield directive, element.get(name)
    if element.tag == "link" and element.get("rel") == "stylesheet":
        yield "style-src", element.get("href", "")
    if element.tag in {"img", "source"}:
        yield from (("img-src", part.split()[0]) for part in (element.get("srcset") or "").split(",") if part.strip())
