"""What every target can do. The order of the work, and what is said of it, is the caller's."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import msgspec

from ..lock import Say
from ..manifest import Manifest
from ..plan import Plan
from ..records import Record


class Upload(msgspec.Struct, frozen=True):
    """A release that is to go live."""

    record: Record
    source: Path
    """The folder that holds at least the files that are new or changed."""
    manifest: Manifest
    """Every file of the release."""
    live: Manifest
    """Every file of what is live; empty where nothing can be taken from it."""
    plan: Plan
    """The difference between the two."""


class Target(Protocol):
    """A place with releases, one of them live. Everything but ``place`` is called while the lock is held."""

    @property
    def place(self) -> str:
        """Return where it is, in words for the publisher."""

    def lock(self, holder: str, wait: float, say: Say) -> AbstractContextManager[None]:
        """Return a lock against any other publish to the place; raises PublishingError if it is another's."""

    def live(self) -> str | None:
        """Return the id of the live release, None before the first."""

    def records(self) -> tuple[Record, ...]:
        """Return the kept releases' records, the oldest first."""

    def manifest(self, release: str) -> Manifest:
        """Return what a kept release consists of (and, where a publish was interrupted, what is not known of it)."""

    def publish(self, upload: Upload) -> None:
        """Carry the difference, then let readers have the release: wholly, or where this raises not at all."""

    def restore(self, release: str) -> None:
        """Let readers have a kept release again."""

    def note(self, record: Record) -> None:
        """Keep the record, in place of one of the same id."""

    def prune(self, keep: int) -> tuple[str, ...]:
        """Remove the oldest releases over ``keep``, never the live one, and leftovers; return the ids removed."""
