"""What a page read while it was made: names of the context, stories' cards, stories' texts.

Everything by which a template, or Python code that it calls, can reach an input passes here: a context class for
Jinja, its way to attributes, and a class for stories that notes each attribute that is read.
"""

import dataclasses
import inspect
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

import msgspec
from jinja2 import Environment
from jinja2.runtime import Context, Undefined

TEXT_NAMES = frozenset({"_content", "content", "get_content", "_get_content"})  # a summary without text reads them
_SILENT = frozenset({"__class__", "__dict__", "_context", "settings"})

Content = TypeVar("Content")
Key = tuple[str, ...]
"""What was read: ``("name", "front", "lead")``, ``("card", "articles/a.md")`` or ``("text", "articles/a.md")``."""


class Trace:
    """What one page has read: of its ``context``, as far as it was not ``given`` a thing of the same name."""

    def __init__(self, context: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        self.context = context
        self.given = given
        self.keys: set[Key] = set()
        self.views: dict[int, Key] = {}

    def resolved(self, name: str, value: object) -> None:
        """Note a name of the context; one that a template has set comes of what is noted already."""
        if name not in self.given and (name not in self.context or self.context[name] is value):
            if name in self.context and is_view(value):
                self.views[id(value)] = ("name", name)
                self.keys.add(("kind", name))
            else:
                self.keys.add(("name", name))


class Recorder:
    """Notes what is read between ``begin`` and ``end``; what is read at other times is nobody's."""

    def __init__(self) -> None:
        self._trace: Trace | None = None
        self._remembered: list[dict[Any, tuple[Any, set[Key]]]] = []

    def begin(self, context: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        """Begin a page, which gets ``context`` and is ``given`` something besides."""
        self._trace = Trace(context, given)

    def end(self) -> set[Key]:
        """End the page, and return what it read."""
        trace, self._trace = self._trace, None
        return trace.keys if trace else set()

    def remembering(self, function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Return ``function`` with a memory; who gets a remembered answer has read what it was found from."""
        known: dict[Any, tuple[Any, set[Key]]] = {}
        self._remembered.append(known)

        def remembered(argument: Any) -> Any:  # noqa: ANN401 - any function
            if argument not in known:
                asking, self._trace = self._trace, Trace({}, {})
                try:
                    known[argument] = (function(argument), self._trace.keys)
                finally:
                    self._trace = asking
            answer, keys = known[argument]
            if self._trace is not None:
                self._trace.keys |= keys
            return answer

        return remembered

    def forget(self, keys: Collection[Key]) -> None:
        """Forget the remembered answers that were found from any of ``keys``."""
        for known in self._remembered:
            for argument in [each for each, (_, read) in known.items() if not read.isdisjoint(keys)]:
                del known[argument]

    def note(self, key: Key) -> None:
        """Note that ``key`` was read."""
        if self._trace is not None:
            self._trace.keys.add(key)

    def resolved(self, name: str, value: object) -> None:
        """Note that a template took ``value`` by ``name``: a view is followed to its attributes, another is read."""
        if self._trace is not None:
            self._trace.resolved(name, value)

    def named(self, name: str) -> None:
        """Note that Python code took what goes by ``name``, and may have read all of it."""
        if self._trace is not None and name not in self._trace.given:
            self._trace.keys.add(("name", name))

    def followed(self, owner: object, attribute: str, value: object) -> None:
        """Note that a template took ``value`` as an ``attribute`` of ``owner``, if that is a view it came by."""
        if self._trace is not None and (path := self._trace.views.get(id(owner))) is not None:
            if is_view(value):
                self._trace.views[id(value)] = (*path, attribute)
            elif callable(value):
                self._trace.keys.add(path)
            else:
                self._trace.keys.add((*path, attribute))


def is_view(value: object) -> bool:
    """Return whether ``value`` is a record whose attributes are inputs of their own."""
    return isinstance(value, msgspec.Struct) or (dataclasses.is_dataclass(value) and not isinstance(value, type))


def context_class(recorder: Recorder) -> type[Context]:
    """Return a class for Jinja's environments that notes which names are read, by templates and by functions."""

    class TracedContext(Context):
        """The context of one template."""

        def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401 - Jinja's own signature
            value = super().resolve_or_missing(key)
            if key not in self.vars:
                recorder.resolved(key, value)
            return value

        def resolve(self, key: str) -> Any | Undefined:  # noqa: ANN401 - Jinja's own signature
            self._note(key)
            return super().resolve(key)

        def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - Jinja's own signature
            self._note(key)
            return super().get(key, default)

        def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - Jinja's own signature
            self._note(key)
            return super().__getitem__(key)

        def __contains__(self, key: object) -> bool:
            if key not in self.vars and isinstance(key, str):
                recorder.note(("kind", key))
            return super().__contains__(key)  # type: ignore[operator]  # Jinja asks for strings alone

        def _note(self, key: str) -> None:
            if key not in self.vars:
                recorder.named(key)

    return TracedContext


def attribute_reader(environment: Environment, recorder: Recorder) -> Callable[[object, str], Any]:
    """Return what an environment gets attributes by: the same values, and noted."""

    def read(owner: object, attribute: str) -> Any:  # noqa: ANN401 - templates know no types
        try:
            value = getattr(owner, attribute)
        except AttributeError:
            try:
                value = owner[attribute]  # type: ignore[index]  # as Jinja does
            except (TypeError, LookupError, AttributeError):
                return environment.undefined(obj=owner, name=attribute)
        recorder.followed(owner, attribute, value)
        return value

    return read


def traced(base: type[Content], recorder: Recorder) -> type[Content]:
    """Return a class like ``base`` (Pelican's Article or Page) whose instances note what is read of them."""

    def read(self: Any, name: str) -> Any:  # noqa: ANN401 - any attribute
        if name not in _SILENT:
            path = object.__getattribute__(self, "relative_source_path")
            recorder.note(("text" if name in TEXT_NAMES else "card", path))
        return base.__getattribute__(self, name)

    own: dict[str, Any] = {"__getattribute__": read, "__module__": base.__module__}
    for name in ("get_content", "get_summary"):
        kept = inspect.getattr_static(base, name, None)
        if (
            function := getattr(kept, "func", None)
        ) is not None:  # Pelican keeps its answers, and readings would be lost
            own[name] = function
    return type(base.__name__, (base,), own)
