"""The Kerege suite: plugins for Pelican that make a newsroom's site (installed elsewhere as ``kerege``)."""
