"""The rules for hosts that read ``_headers``: Netlify and Cloudflare Pages.

There every rule that matches adds its headers, and two values of one name are joined. So no two rules here give a path
the same header (but Content-Security-Policy, where joined policies all hold), and an asterisk stands only at an end.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from .content_types import JSON_FEED
from .rules import PAGES, HeaderRules

RULES = 100
"""Rules in one file at Cloudflare Pages."""
CHARACTERS = 2000
"""Characters in one line there."""
NAMED = 8
"""Files of a folder that get a rule each; more of them share the most careful one."""
_PLACEHOLDERS = "abcdefghij"

Block = tuple[str, dict[str, str]]


def netlify(rules: HeaderRules) -> str:
    """Return the text of ``_headers``.

    A feed keeps the cache time of the pages it stands among, and a missing address only what is common to all.

    An edition that needs more than 100 rules gets the one of ``/*``, which says so.
    Raises ValueError for a line that is longer than Cloudflare Pages takes.
    """
    common = rules.common()
    paths = [path for path in rules.paths if not path.startswith("_")]
    blocks: list[Block] = [("*", {**dict(common), "Content-Security-Policy": _floor(rules)})]
    folders = list(_folder("", paths, rules))
    blocks += ((pattern, _without(headers, common)) for pattern, headers in folders)
    blocks += _feeds(paths, {pattern for pattern, _ in folders}, rules)
    if len(blocks) > RULES:
        note = (
            f"# The edition needs {len(blocks)} rules and {RULES} are taken, so only what is common to all is here.\n"
        )
        return note + "".join(_lines(rules.base, blocks[:1]))
    return "".join(_lines(rules.base, blocks))


def _without(headers: Mapping[str, str], common: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if (name, value) not in common}


def _floor(rules: HeaderRules) -> str:
    """Return what no page may do anywhere: it also holds for addresses that are missing, which no other rule names."""
    policies = [dict(rule.headers)["Content-Security-Policy"] for rule in rules.rules if rule.kind in PAGES]
    allowed: dict[str, list[str]] = {}
    for policy in policies:
        for directive in policy.split("; "):
            name, _, values = directive.partition(" ")
            allowed.setdefault(name, []).extend(value for value in values.split() if value not in allowed[name])
    del allowed["frame-ancestors"]
    return "; ".join(f"{name} {' '.join(_union(values))}" for name, values in allowed.items())


def _union(values: list[str]) -> list[str]:
    return [value for value in values if value != "'none'"] or values


def _folder(folder: str, paths: list[str], rules: HeaderRules) -> Iterator[Block]:
    """Yield the rules of a folder: one for all of it where its files agree, else one for each part."""
    kinds = {rules.rule(path).kind for path in paths}
    direct = [path for path in paths if "/" not in path[len(folder) :]]
    pages = kinds & PAGES
    together = len(pages) == 1 and kinds <= pages | {"feed"}
    many = len(direct) > NAMED or "search-data" in kinds
    if folder and (together or len(kinds) == 1 or (not pages and many)):
        sample = next(path for path in paths if rules.rule(path).kind in (pages or {_careful(kinds)}))
        yield f"{folder}*", dict(rules.rule(sample).headers)
        return
    for path in direct:
        yield path.removesuffix("index.html"), _file(path, rules)
    below: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        if path not in direct:
            below[f"{folder}{path[len(folder) :].partition('/')[0]}/"].append(path)
    for name, inside in below.items():
        yield from _folder(name, inside, rules)


def _file(path: str, rules: HeaderRules) -> dict[str, str]:
    own = {"Content-Type": JSON_FEED} if path.endswith("feed.json") else {}
    return {**dict(rules.rule(path).headers), **own}


def _careful(kinds: set[str]) -> str:
    """Return the kind, of those without a page, that browsers keep shortest."""
    return next(
        kind
        for kind in ("rates-data", "search-data", "feed", "map", "file", "picture", "kept", "kept-picture")
        if kind in kinds
    )


def _feeds(paths: Iterable[str], named: set[str], rules: HeaderRules) -> Iterator[Block]:
    """Yield what feeds among pages have more than these: one rule for each name and depth below a first folder."""
    shapes = {}
    for path in paths:
        if rules.rule(path).kind == "feed" and path not in named:
            first, *middle, name = path.split("/")
            between = [f":{letter}" for letter, _ in zip(_PLACEHOLDERS, middle, strict=False)]
            shapes["/".join([first, *between, name])] = {"Access-Control-Allow-Origin": "*"} | (
                {"Content-Type": JSON_FEED} if name == "feed.json" else {}
            )
    yield from shapes.items()


def _lines(base: str, blocks: Iterable[Block]) -> Iterator[str]:
    for pattern, headers in blocks:
        for line in (f"{base}/{pattern}", *(f"  {name}: {value}" for name, value in headers.items())):
            if len(line) > CHARACTERS:
                raise ValueError(f"_headers: {len(line)} characters in one line; Cloudflare Pages takes {CHARACTERS}")
            yield f"{line}\n"
