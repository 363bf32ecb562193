"""The text edition: every page once more as text alone, in one small request."""


def register() -> None:
    """Connect the plugin to Pelican, which is imported only here, so that the rest works without it."""
    from .plugin import register as connect  # noqa: PLC0415 - see above

    connect()
