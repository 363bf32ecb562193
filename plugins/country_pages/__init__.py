"""The countries that stories name: a page and a feed for each, and for each of their sections."""


def register() -> None:
    """Connect the plugin to Pelican, which is imported only here, so that the rest works without it."""
    from .plugin import register as connect  # noqa: PLC0415 - see above

    connect()
