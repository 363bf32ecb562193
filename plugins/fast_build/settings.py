"""The setting ``FAST_BUILD``."""

import msgspec


class FastBuildSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How the fast build works; its output is the same whatever is chosen."""

    cache: str = ".cache/fast_build"
    """The folder, from where the command runs, of what is remembered between builds. It may be removed at any time."""

    processes: int = 0
    """How many processes read and make pages; 0 for as many as there are cores."""
