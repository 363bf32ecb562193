"""The rules for caddy."""

from .rules import HeaderRules


def caddy(rules: HeaderRules) -> str:
    """Return the rules as caddy reads them."""
    return f"# {len(rules.rules)} kinds of files\n"
