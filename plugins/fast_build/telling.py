"""Words about the time that a build takes, which are no warning: one would stop ``make publish``."""

import sys


def tell(words: str) -> None:
    """Tell ``words`` on standard error."""
    sys.stderr.write(f"{words}\n")
