"""The edition as the checks see it: its files, its address, what it will be served with."""

import posixpath
import urllib.parse
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import msgspec

from ..headers import HeaderRules
from .settings import Inspection
from .withheld import Needle, needles


class Edition(msgspec.Struct, frozen=True, dict=True):
    """One built edition."""

    root: Path
    sizes: Mapping[str, int]
    """The size in bytes of each file by its path below the root."""
    siteurl: str
    """The public address without a final slash; empty for a preview."""
    rules: HeaderRules
    allowed: Inspection
    withheld: tuple[str, ...]

    def target(self, path: str, link: str) -> tuple[str, str] | None:
        """Return the file that ``link`` on the page ``path`` leads to, and the anchor; None for another site."""
        parts = urllib.parse.urlsplit(urllib.parse.urljoin(f"{self._address}/{path}", link))
        if parts.scheme not in {"http", "https"} or f"{parts.scheme}://{parts.netloc}" != self._origin:
            return None
        inside = urllib.parse.unquote(parts.path)
        if not inside.startswith(f"{self._base}/"):
            return None
        name = inside[len(self._base) + 1 :]
        file = f"{name}index.html" if not name or name.endswith("/") else posixpath.normpath(name)
        return file, urllib.parse.unquote(parts.fragment)

    def host(self, path: str, link: str) -> str:
        """Return the origin of ``link``; empty if it is the edition's own or none."""
        parts = urllib.parse.urlsplit(urllib.parse.urljoin(f"{self._address}/{path}", link))
        origin = f"{parts.scheme}://{parts.netloc}"
        return origin if parts.netloc and origin != self._origin else ""

    @cached_property
    def needles(self) -> tuple[Needle, ...]:
        """What is withheld, ready to be looked for."""
        return needles(self.withheld)

    @cached_property
    def _address(self) -> str:
        return self.siteurl or f"http://preview.invalid{self.rules.base}"

    @cached_property
    def _origin(self) -> str:
        parts = urllib.parse.urlsplit(self._address)
        return f"{parts.scheme}://{parts.netloc}"

    @cached_property
    def _base(self) -> str:
        return urllib.parse.urlsplit(self._address).path.rstrip("/")
