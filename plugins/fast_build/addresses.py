"""Where a story stands, worked out with what it takes alone: Pelican asks for it a dozen times for each story."""

import os
import string
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from operator import is_
from typing import Any

QUICKENED = "quickened_class"
_OVERRIDE = "override_"
_USUAL = "[{|](?P<what>.*?)[|}]"  # what a link to a file of the content begins with, unless a setting says otherwise
_TO_FILES = ("{static", "{attach", "|static", "|attach")
_OWN = frozenset({"slug", "lang", "date"})
_READ = frozenset({*_OWN, "category"})


def reading(read: Callable[..., Any], content: type) -> Callable[..., Any]:
    """Return what reads files as ``read`` of Pelican's does, into instances that know quickly where they stand."""
    quick = cache(partial(quickened, content=content))

    def read_quickened(*place: Any, content_class: type, **options: Any) -> Any:  # noqa: ANN401 - Pelican's own
        return read(*place, content_class=quick(content_class), **options)

    return read_quickened


def quickened(base: type, content: type) -> type:
    """Return a class like ``base`` (Pelican's Article or Page, both of its ``content``) that gives the same addresses.

    What Pelican makes of a setting such as ``{date:%Y}/{slug}/`` it formats with all that it knows of a story.
    """
    return type(base.__name__, (base, _between(content)), {"__module__": base.__module__, QUICKENED: base})


def _between(content: Any) -> type:  # noqa: ANN401 - a class of Pelican's
    paths: dict[tuple[str, str | None], str | None] = {}
    known: dict[tuple[str, str | None], tuple[list[Any], str]] = {}

    def get_relative_source_path(self: Any, source_path: str | None = None) -> str | None:  # noqa: ANN401 - a story
        named = (self.settings["PATH"], source_path or self.source_path)
        if named not in paths:
            below = _below(*named)
            paths[named] = content.get_relative_source_path(self, source_path) if below is None else below
        return paths[named]

    def expand(self: Any, key: str, klass: str | None = None) -> str:  # noqa: ANN401 - as above
        named = f"{klass or self.__class__.__name__}_{key}".upper()
        form = str(self.settings[named])
        names = _names(form)
        held = _held(self)
        values = None if names is None else _values(held, names)
        if names is None or values is None:
            return str(content._expand_settings(self, key, klass))  # noqa: SLF001 - as Pelican does
        place = (form, held.get("source_path"))
        before = known.get(place)
        if before is None or not all(map(is_, before[0], values)):
            known[place] = before = (values, form.format(**dict(zip(names, values, strict=True))))
        return before[1]

    def get_static_links(self: Any) -> set[str]:  # noqa: ANN401 - as above
        text, usual = self._content, self.settings["INTRASITE_LINK_REGEX"] == _USUAL
        has_none = usual and not any(each in text for each in _TO_FILES)
        found: set[str] = set() if has_none else content.get_static_links(self)
        return found

    own: dict[str, Any] = {
        "get_relative_source_path": get_relative_source_path,
        "get_static_links": get_static_links,
        "_expand_settings": expand,
        "url": _address(content, "url"),
        "save_as": _address(content, "save_as"),
    }
    return type(content.__name__, (content,), own)


def _below(folder: str, path: str | None) -> str | None:
    """Return ``path`` relative to ``folder``; None if that is not plain to see."""
    start = f"{folder}/"
    if path and path.startswith(start) and start.startswith("/") and path == os.path.normpath(path):
        return path[len(start) :] if os.sep == "/" and folder == os.path.normpath(folder) else None
    return None


def _address(content: Any, key: str) -> property:  # noqa: ANN401 - as above
    """Return the property ``key``, for which Pelican asks a story for a dozen of its attributes."""
    override = _OVERRIDE + key

    def find(self: Any) -> str:  # noqa: ANN401 - as above
        held = _held(self)
        if override in held:
            return str(held[override])
        is_default = held.get("in_default_lang")
        if is_default is None or hasattr(type(self), override):  # or it is one that is not read back yet
            return str(content.get_url_setting(self, key))
        return str(type(self)._expand_settings(self, key if is_default else f"lang_{key}"))  # noqa: SLF001 - as above

    return property(find)


def _held(story: object) -> dict[str, Any]:
    """Return the attributes of a story, which notes nothing: who asks has noted what it asks for."""
    held: dict[str, Any] = object.__getattribute__(story, "__dict__")
    return held


def _values(held: Mapping[str, Any], names: tuple[str, ...]) -> list[Any] | None:
    """Return what goes by ``names``, as Pelican's ``url_format`` has it; None if it takes more than that."""
    try:
        return [held[name] if name in _OWN else held["category"].slug for name in names]
    except (AttributeError, KeyError):
        return None


@cache
def _names(form: str) -> tuple[str, ...] | None:
    """Return the names that ``form`` takes; None if there are others than those that are known here."""
    fields = list(string.Formatter().parse(form))
    names = frozenset(name for _, name, _, _ in fields if name is not None)
    plain = all("{" not in (spec or "") for _, _, spec, _ in fields)
    return tuple(names) if plain and names <= _READ else None


def attach(contents: Iterable[Any]) -> None:
    """Resolve the links that move the files which they lead to, as they do when a page is made."""
    for each in contents:
        if "attach" in str(vars(each)["_content"]):
            each.get_content(each.get_siteurl())
