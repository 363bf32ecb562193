"""Whether somebody has set the moment of a build: asked by a build before it knows that there is anything to do."""

from collections.abc import Mapping


def is_set(setting: str | None, environment: Mapping[str, str]) -> bool:
    """Return whether the edition, by its ``setting``, or the ``environment`` says what the instant is."""
    return bool(setting or environment.get("BUILD_TIME") or environment.get("SOURCE_DATE_EPOCH") is not None)
