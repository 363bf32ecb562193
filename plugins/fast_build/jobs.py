"""What is to be made: pages, and files that belong together."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import msgspec
from jinja2 import Template

from .._kit.renewing import Patch

Owner = tuple[type, str]
"""The class of a generator, and the address of the list that a page or file belongs to; empty if it is of none."""


class Job(msgspec.Struct, frozen=True):
    """Something to be made: a page, or files that belong together."""

    key: str
    """What it goes by: for a page its file's name below the output folder."""
    context: dict[str, Any]
    """What every page gets, as it is at this moment."""
    given: Mapping[str, Any]
    """What this one is given besides."""
    make: Callable[["Job"], Mapping[str, bytes]]
    """Returns the files, by name below the output folder."""
    template: Template | None = None
    """What makes it, if it is a page."""
    vouched: Collection[str] = ()
    """Templates of which files hold what they make as it is, and of which nothing else hangs on it."""
    by: Owner | None = None
    """Whose it is, where that is known."""
    patch: Patch | None = None
    """Makes the files of what they were."""

    def values(self) -> dict[str, Any]:
        """Return all that a page's template gets, as Pelican's writer puts it together."""
        return {**self.context, "output_file": self.key, **self.given}


def page(job: Job) -> Mapping[str, bytes]:
    """Make a page."""
    return {job.key: job.template.render(job.values()).encode()} if job.template else {}


def files(make: Callable[[], Mapping[str, bytes]], _job: Job) -> Mapping[str, bytes]:
    """Make files that belong together."""
    return make()
