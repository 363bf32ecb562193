"""What a page read while it was made: names of the context, stories' cards, stories' texts.

Everything by which a template, or Python code that it calls, can reach an input passes here: a context class for
Jinja, its way to attributes, and a class for stories that notes each attribute that is read.
"""

import dataclasses
import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from types import GeneratorType, MethodType
from typing import Any, TypeVar

import msgspec
from jinja2 import Environment
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.utils import Cycler, Joiner, Namespace, missing
from markupsafe import Markup

from .addresses import QUICKENED
from .numbering import Key
from .slots import Slot, sorted_out

TEXT_NAMES = frozenset({"_content", "content", "get_content", "_get_content"})  # a summary without text reads them
_SILENT = frozenset({"__class__", "__dict__", "_context", "settings"})

Content = TypeVar("Content")
ANSWER = "()"
"""Stands in a key before what a method was asked, as in ``("name", "syndication", "discovery", "()", "about/")``."""
UNSURE = object()
"""The mark of a value that may be another when it is met again."""
HIDDEN, ABSENT = "hidden", "absent"
"""How marks begin of names that a page was not given: the context has them, or has them not."""
Reads = dict[str, tuple[Any, object]]
"""The mark and the value of each name that was asked for, in this order."""
_UNTRACED = "untraced_class"
AWAKE = "awake_class"
"""The name of the class that a dormant thing is of when it is awake."""
_READ = "__getattribute__"  # the method that notes
_identity = object.__hash__  # as good as id(), each call of which Python would tell the listener in ``audit``
_VALUES = frozenset({str, int, float, bool, type(None), Markup})
_CHANGING = frozenset({list, dict, set})
_ALWAYS_CHANGING = frozenset({Namespace, LoopContext, GeneratorType, Cycler, Joiner})


class Trace:
    """What one page has read: of its ``context``, as far as it was not ``given`` a thing of the same name."""

    __slots__ = ("context", "given", "is_open", "keys", "reads", "slots", "views", "vouched")

    def __init__(
        self, context: Mapping[str, Any], given: Mapping[str, Any], vouched: Collection[str] | None = None
    ) -> None:
        self.context = context
        self.given = given
        self.vouched = vouched
        """The templates whose text comes into the whole as it is; None for a page, where Jinja's code tells."""
        self.is_open = True
        """Whether what is included now comes into the page as it is."""
        self.slots: list[Slot] = []
        """Texts that came into the whole so, and of the context alone; ``keys`` lacks what was read for them."""
        self.keys: set[Key] = set()
        self.views: dict[int, Key] = {}
        self.reads: Reads | None = None
        """The names that the included template at work has asked for, if one is."""

    def resolved(self, name: str, value: object) -> None:
        """Note a name of the context; one that a template has set comes of what is noted already."""
        if name not in self.given and (name not in self.context or self.context[name] is value):
            if name in self.context and is_view(value):
                self.views[_identity(value)] = ("name", name)
                self.keys.add(("kind", name))
            else:
                self.keys.add(("name", name))
        if self.reads is not None and name not in self.reads:
            self.reads[name] = (self.mark(name, value), value)

    def asked(self, name: str, value: object, key: Key) -> None:
        """Note that Python code has asked for what goes by ``name``."""
        if name not in self.given:
            self.keys.add(key)
        if self.reads is not None and name not in self.reads:
            self.reads[name] = (self.mark(name, value), value)

    def may_hold(self, name: str) -> bool:
        """Return whether what the template ``name`` makes here comes into the whole as it is."""
        return self.is_open if self.vouched is None else name in self.vouched

    def mark(self, name: str, value: object) -> Any:  # noqa: ANN401 - a tuple, or UNSURE
        """Return what is equal wherever ``name`` stands for the same, and its being read is noted in the same way.

        It is ``UNSURE`` for a thing that a template has made, and may change.
        """
        kind = value.__class__
        if name in self.given:
            place, standing = self.given, "given"
        else:
            place, standing = self.context, HIDDEN if name in self.context else ABSENT
        known = name in place and place[name] is value
        if kind in _VALUES:
            return (standing, known, kind, value)
        if (kind in _CHANGING and not known) or kind in _ALWAYS_CHANGING:
            return UNSURE
        path = None if known and place is self.context else self.views.get(_identity(value))
        return (standing, known, _identity(value), path)


class Recorder:
    """Notes what is read between ``begin`` and ``end``; what is read at other times is nobody's."""

    def __init__(self) -> None:
        self.trace: Trace | None = None
        """The page at work, if one is."""
        self._forgetting: list[Callable[[Collection[Key]], None]] = []

    def begin(
        self, context: Mapping[str, Any], given: Mapping[str, Any], vouched: Collection[str] | None = None
    ) -> None:
        """Begin a page, which gets ``context`` and is ``given`` something besides; or files, with ``vouched`` names."""
        self.trace = Trace(context, given, vouched)

    def end(self) -> set[Key]:
        """End it, and return all that it read."""
        return self.leave(())[0]

    def leave(self, texts: Collection[bytes]) -> tuple[set[Key], list[Slot]]:
        """End it, and return what it read, but for what was read for its slots in ``texts``, all that was made."""
        trace, self.trace = self.trace, None
        return sorted_out(trace.keys, trace.slots, texts) if trace else (set(), [])

    def remembering(self, function: Callable[[Any], Any]) -> "Remembering":
        """Return ``function`` with a memory; who gets a remembered answer has read what it was found from."""
        return Remembering(function, self)

    def on_forgetting(self, forget: Callable[[Collection[Key]], None]) -> None:
        """Have ``forget`` called when what goes by some keys may be another than it was."""
        self._forgetting.append(forget)

    def forget(self, keys: Collection[Key]) -> None:
        """Forget what was found from any of ``keys``."""
        for forget in self._forgetting:
            forget(keys)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Note nothing meanwhile."""
        trace, self.trace = self.trace, None
        try:
            yield
        finally:
            self.trace = trace

    def note(self, key: Key) -> None:
        """Note that ``key`` was read."""
        if self.trace is not None:
            self.trace.keys.add(key)


class Remembering:
    """A function with a memory."""

    def __init__(self, function: Callable[[Any], Any], recorder: Recorder) -> None:
        self.function = function
        """What finds an answer."""
        self._recorder = recorder
        self._known: dict[Any, tuple[Any, set[Key]]] = {}
        recorder.on_forgetting(self._forget)

    def __call__(self, argument: Any) -> Any:  # noqa: ANN401 - any function
        """Return the answer, and note what it was found from."""
        recorder = self._recorder
        if argument not in self._known:
            asking, recorder.trace = recorder.trace, Trace({}, {}, ())
            try:
                self._known[argument] = (self.function(argument), recorder.trace.keys)
            finally:
                recorder.trace = asking
        answer, keys = self._known[argument]
        if recorder.trace is not None:
            recorder.trace.keys |= keys
        return answer

    def _forget(self, keys: Collection[Key]) -> None:
        for argument in [each for each, (_, read) in self._known.items() if not read.isdisjoint(keys)]:
            del self._known[argument]


def is_view(value: object) -> bool:
    """Return whether ``value`` is a record whose attributes are inputs of their own."""
    return _are_views(value.__class__)  # type: ignore[arg-type]  # classes can be hashed


@cache
def _are_views(cls: type) -> bool:
    return issubclass(cls, msgspec.Struct) or dataclasses.is_dataclass(cls)


def context_class(recorder: Recorder) -> type[Context]:
    """Return a class for Jinja's environments that notes which names are read, by templates and by functions."""

    class TracedContext(Context):
        """The context of one template."""

        def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401 - Jinja's own signature
            if key in self.vars:
                return self.vars[key]
            value = self.parent.get(key, missing)
            if recorder.trace is not None:
                recorder.trace.resolved(key, value)
            return value

        def resolve(self, key: str) -> Any | Undefined:  # noqa: ANN401 - Jinja's own signature
            self._note(key, "name")
            value = self.vars[key] if key in self.vars else self.parent.get(key, missing)
            return self.environment.undefined(name=key) if value is missing else value

        def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - Jinja's own signature
            self._note(key, "name")
            return super().get(key, default)

        def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - Jinja's own signature
            self._note(key, "name")
            return super().__getitem__(key)

        def __contains__(self, key: object) -> bool:
            self._note(str(key), "kind")
            return super().__contains__(key)  # type: ignore[operator]  # Jinja asks for strings alone

        def _note(self, key: str, kind: str) -> None:
            if recorder.trace is not None and key not in self.vars:
                recorder.trace.asked(key, self.parent.get(key, missing), (kind, key))

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
        trace = recorder.trace
        if trace is not None and (path := trace.views.get(_identity(owner))) is not None:
            if is_view(value):
                trace.views[_identity(value)] = (*path, attribute)
            elif callable(value):
                return _answering(value, trace, path, attribute)
            else:
                trace.keys.add((*path, attribute))
        return value

    return read


def _answering(asked: Callable[..., Any], trace: Trace, path: Key, name: str) -> Callable[..., Any]:
    """Return ``asked``, found by ``name`` on the view at ``path``: its answer is noted, or else that all was read."""
    if not isinstance(asked, MethodType) or hasattr(asked, "jinja_pass_arg"):
        trace.keys.add(path)
        return asked

    def answer(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any method
        plain = not named and all(type(each) is str for each in arguments)
        trace.keys.add((*path, name, ANSWER, *arguments) if plain else path)
        return asked(*arguments, **named)

    return answer


def traced(base: type[Content], recorder: Recorder, text: Callable[[str], str] | None = None) -> type[Content]:
    """Return a class like ``base`` (Pelican's Article or Page) whose instances note what is read of them.

    One that has no text yet gets it from ``text``, by its path, when it is asked for.
    """
    find, own_path = base.__getattribute__, object.__getattribute__

    def read(self: Any, name: str) -> Any:  # noqa: ANN401 - any attribute
        trace = recorder.trace
        if trace is not None and name not in _SILENT:
            trace.keys.add(("text" if name in TEXT_NAMES else "card", own_path(self, "relative_source_path")))
        return find(self, name)

    def lacking(self: Any, name: str) -> str:  # noqa: ANN401 - as above
        if name != "_content" or text is None:
            raise AttributeError(name)
        self._content = found = text(object.__getattribute__(self, "relative_source_path"))
        return found

    own: dict[str, Any] = {
        _READ: read,
        "__getattr__": lacking,
        "__module__": base.__module__,
        _UNTRACED: base,
    }
    for name in ("get_content", "get_summary"):
        kept = inspect.getattr_static(base, name, None)
        if (
            function := getattr(kept, "func", None)
        ) is not None:  # Pelican keeps its answers, and readings would be lost
            own[name] = function
    return type(base.__name__, (base,), own)


def trace(contents: Iterable[Any], recorder: Recorder) -> None:
    """Have ``contents``, stories, pages and files of Pelican's, note what is read of them."""
    classes: dict[type, type] = {}
    for each in contents:
        base = type(each)
        if base not in classes:
            classes[base] = traced(base, recorder)
        each.__class__ = classes[base]


@contextmanager
def unnoted(contents: Iterable[Any]) -> Iterator[None]:
    """Have nobody note meanwhile what is read of ``contents``, or others of their classes, nor spend time on it."""
    known = {vars(each).get(AWAKE, each) for each in set(map(type, contents))}
    classes: list[Any] = [each for each in known if _UNTRACED in vars(each)]
    noting = {each: vars(each)[_READ] for each in classes if _READ in vars(each)}
    for each in noting:
        delattr(each, _READ)  # of each class once, however many stories there are
    try:
        yield
    finally:
        for each, read in noting.items():
            setattr(each, _READ, read)


def is_awake(thing: object) -> bool:
    """Return whether ``thing`` has its attributes already."""
    return AWAKE not in vars(type(thing))


def untraced(cls: type) -> tuple[type, bool]:
    """Return the class that ``cls`` is like, and whether it is another."""
    cls = vars(cls).get(AWAKE, cls)
    base = vars(cls).get(_UNTRACED, cls)
    return vars(base).get(QUICKENED, base), base is not cls
