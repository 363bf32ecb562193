"""What the settings file and the environment say of publishing."""

import json
import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from .._kit.errors import EditionError, Problem
from .._kit.settings import decode
from . import verification
from .settings import PublishingSettings
from .targets.branch import Branch
from .targets.contract import Target
from .targets.folder import Folder
from .targets.object_store import ObjectStore
from .targets.server import Server

_JSON = """Write '{"target": "ssh", …}', or nothing."""


class Configuration(msgspec.Struct, frozen=True):
    """The settings that the commands need."""

    settings: PublishingSettings
    siteurl: str
    """The public address the edition is built for."""
    folder: Path
    """Where the settings file is; paths in it are relative to this."""


def read(file: Path, environment: Mapping[str, str]) -> Configuration:
    """Return what ``file``, a Python module of assignments, and ``environment`` say.

    Raises EditionError for a file that is not there, and for every setting that is wrong.
    """
    if not file.is_file():
        raise EditionError([Problem(str(file), 0, "there is no such settings file", "Name it with --settings.")])
    values: dict[str, Any] = runpy.run_path(str(file))
    raw = {**values.get("PUBLISHING", {}), **_overlay(environment.get("PUBLISHING", ""))}
    return Configuration(
        decode(PublishingSettings, "PUBLISHING", raw), str(values.get("SITEURL", "")), file.resolve().parent
    )


def target(configuration: Configuration, environment: Mapping[str, str]) -> Target:
    """Return the place that is chosen; its secrets are in ``environment``."""
    settings = configuration.settings
    if settings.target == "ssh":
        return Server(settings.ssh, configuration.folder, environment)
    if settings.target == "object":
        return ObjectStore(settings.object, environment)
    if settings.target == "git":
        return Branch(settings.git, configuration.folder / ".cache/publishing", environment)
    return Folder(configuration.folder / settings.folder.path)


def host(configuration: Configuration) -> verification.Host | None:
    """Return where the edition is served, None for a folder of which no address is given."""
    settings = configuration.settings
    url = settings.url or ("" if settings.target == "folder" else configuration.siteurl)
    return verification.Host(url, settings.connections, settings.settle) if url else None


def _overlay(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError as error:
        raise EditionError([Problem("PUBLISHING", 0, f"in the environment is no JSON: {error}", _JSON)]) from error
    if not isinstance(found, dict):
        raise EditionError([Problem("PUBLISHING", 0, "in the environment is no JSON object", _JSON)])
    return found
