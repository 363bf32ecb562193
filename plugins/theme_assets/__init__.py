"""The theme's stylesheets as one file, and its scripts, under names that change with their contents."""


def register() -> None:
    """Connect the plugin; called by Pelican."""
    from . import plugin  # noqa: PLC0415 - imported by Pelican alone, so that the core stays free of it

    plugin.register()
