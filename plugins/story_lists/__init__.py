"""Lists of stories: by section, topic and author, and the archive by year and month."""


def register() -> None:
    """Connect the plugin to Pelican, which is imported only here, so that the rest works without it."""
    from .plugin import register as connect  # noqa: PLC0415 - see above

    connect()
