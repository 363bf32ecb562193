"""What an article is: its front matter and its checks, figures, corrections, what is held back, the front page."""


def register() -> None:
    """Connect the plugin; called by Pelican."""
    from . import plugin  # noqa: PLC0415 - imported by Pelican alone, so that the core stays free of it

    plugin.register()
