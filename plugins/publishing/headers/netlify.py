"""The rules for netlify."""

from .rules import HeaderRules


def netlify(rules: HeaderRules) -> str:
    """Return the rules as netlify reads them."""
    return f"# {len(rules.rules)} kinds of files\n"
