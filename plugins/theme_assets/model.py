"""What the plugin makes: files, and their addresses for the templates."""

from collections.abc import Mapping

import msgspec


class Asset(msgspec.Struct, frozen=True):
    """A file to be written."""

    path: str
    """Where, relative to the theme's folder in the output, e.g. ``css/site.0f3a….css``."""
    content: bytes
    """What is in it."""


class AssetsView(msgspec.Struct, frozen=True):
    """Addresses of the theme's files, relative to the site's root."""

    stylesheet: str
    """The one stylesheet."""
    stylesheets: Mapping[str, str]
    """Each stylesheet that only some pages need, under its folder's name, as in ``rates``."""
    script: str
    """The theme's own scripts as one file; empty if it has none."""
    early: str
    """The scripts that stand in a page's head themselves, as one text; empty if there are none."""
    scripts: Mapping[str, str]
    """Each other script's address under its name: its path without ``.js``, as in ``site_search/box``; ``menu`` for
    the module ``js/menu.mjs``."""
