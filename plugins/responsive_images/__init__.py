"""Pictures in the sizes and formats that readers' screens need, each made once from its original."""


def register() -> None:
    """Connect the plugin; called by Pelican."""
    from . import plugin  # noqa: PLC0415 - imported by Pelican alone, so that the core stays free of it

    plugin.register()
