"""What stands in a page's head for machines: canonical address, Open Graph, and schema.org data."""


def register() -> None:
    """Connect the plugin; called by Pelican."""
    from . import plugin  # noqa: PLC0415 - imported by Pelican alone, so that the core stays free of it

    plugin.register()
