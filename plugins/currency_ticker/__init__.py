"""Exchange rates that can be trusted: kept as text, checked, and shown with date and source."""


def register() -> None:
    """Connect the plugin to Pelican, which is imported only here, so that the rest works without it."""
    from .plugin import register as connect  # noqa: PLC0415 - see above

    connect()
