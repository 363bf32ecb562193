"""Whether a build would leave all as it is: asked before anything of Pelican is there, in a fraction of a second."""

import os
import sqlite3
import time
from collections.abc import Collection
from pathlib import Path

from .._kit import clock
from . import standing
from .memory import standing_of
from .settings import FastBuildSettings


def is_untouched(arguments: Collection[str]) -> bool:
    """Return whether the last build of this command left all as a build would now.

    Only memories in the usual place are asked (``FastBuildSettings.cache``): the settings are not known yet.
    """
    asked = standing.asked(arguments)
    now = None if clock.is_set(None, os.environ) else time.time()
    for file in Path(FastBuildSettings().cache).glob("*.sqlite"):
        try:
            stands = standing_of(file, asked)
        except sqlite3.DatabaseError:
            continue  # the build tells of it
        if stands and stands.is_untouched(now):
            return True
    return False
