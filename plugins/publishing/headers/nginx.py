"""The rules for nginx."""

from .rules import HeaderRules


def nginx(rules: HeaderRules) -> str:
    """Return the rules as nginx reads them."""
    return f"# {len(rules.rules)} kinds of files\n"
