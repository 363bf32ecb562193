"""Feeds, sitemaps and robots.txt: how the edition travels beyond its pages."""


def register() -> None:
    """Connect the plugin; called by Pelican."""
    from . import plugin  # noqa: PLC0415 - imported by Pelican alone, so that the core stays free of it

    plugin.register()
