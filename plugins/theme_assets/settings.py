"""The setting ``THEME_ASSETS``."""

import msgspec


class ThemeAssets(msgspec.Struct, frozen=True, kw_only=True):
    """How the theme's files are put together; paths are relative to the theme's static folder."""

    first: str = "css/order.css"
    """The stylesheet that states the order of the layers and opens the bundle. A theme without it is left alone."""

    own: str = "css/"
    """The folder of the theme's own stylesheets. Any other is a plugin's, and goes into `plugin_layer`."""

    script_folder: str = "js/"
    """The folder of the theme's own scripts. Those right in it become one file; any other is a file by itself."""

    early_folder: str = "js/early/"
    """The folder of the scripts that stand in a page's head themselves, as one text, to run before it is shown."""

    page_folder: str = "css/pages/"
    """The folder of what only some pages need: each folder in it becomes a stylesheet by itself."""

    plugin_layer: str = "plugins"
    """The cascade layer for a plugin's stylesheet that names no layer itself."""

    minify: bool = True
    """Whether comments and white space are taken out of the stylesheet."""
