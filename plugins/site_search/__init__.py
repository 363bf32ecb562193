"""A search over all stories and pages: Pagefind's index, and the page that asks it."""


def register() -> None:
    """Connect the plugin to Pelican, which is imported only here, so that the rest works without it."""
    from .plugin import register as connect  # noqa: PLC0415 - see above

    connect()
