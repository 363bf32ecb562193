"""What a page read while it was made: names of the context, stories' cards, stories' texts.

Everything by which a template, or Python code that it calls, can reach an input passes here or in ``contexts``: a class
for stories that notes each attribute that is read, a context class for Jinja, and its way to attributes.
"""

import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from .addresses import QUICKENED
from .numbering import Key
from .slots import Slot, sorted_out
from .traces import Read, Trace

TEXT_NAMES = frozenset({"_content", "content", "get_content", "_get_content"})  # a summary without text reads them
_OTHER = TEXT_NAMES | {"__class__", "__dict__", "_context", "settings"}  # than what shows on a card

Content = TypeVar("Content")
_UNTRACED = "untraced_class"
AWAKE = "awake_class"
"""The name of the class that a dormant thing is of when it is awake."""
_READ = "__getattribute__"  # the method that notes


class Recorder:
    """Notes what is read between ``begin`` and ``end``; what is read at other times is nobody's."""

    def __init__(self) -> None:
        self.trace: Trace | None = None
        """The page at work, if one is."""
        self._common: dict[str, Read] = {}
        """What is read alike by all pages of the context that was met last."""
        self._context: Mapping[str, Any] | None = None
        self._forgetting: list[Callable[[Collection[Key]], None]] = []

    def begin(
        self, context: Mapping[str, Any], given: Mapping[str, Any], vouched: Collection[str] | None = None
    ) -> None:
        """Begin a page, which gets ``context`` and is ``given`` something besides; or files, with ``vouched`` names."""
        if context is not self._context:
            self._context, self._common = context, {}
        self.trace = Trace(context, given, vouched, self._common)

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
        self._context = None
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


def traced(base: type[Content], recorder: Recorder, text: Callable[[str], str] | None = None) -> type[Content]:
    """Return a class like ``base`` (Pelican's Article or Page) whose instances note what is read of them.

    One that has no text of its own gets it from ``text``, by its path, each time that it is asked for.
    """
    find, own_path = base.__getattribute__, object.__getattribute__

    def read(self: Any, name: str) -> Any:  # noqa: ANN401 - any attribute
        trace = recorder.trace
        if trace is not None:
            if name in _OTHER:
                if name in TEXT_NAMES:
                    trace.keys.add(("text", own_path(self, "relative_source_path")))
            elif trace.noted is not self:
                trace.noted = self
                trace.keys.add(("card", own_path(self, "relative_source_path")))
        return find(self, name)

    def lacking(self: Any, name: str) -> str:  # noqa: ANN401 - as above
        if name != "_content" or text is None:
            raise AttributeError(name)
        return text(own_path(self, "relative_source_path"))

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


def trace(contents: Iterable[Any], recorder: Recorder, text: Callable[[str], str] | None = None) -> None:
    """Have ``contents``, stories, pages and files of Pelican's, note what is read; ``text`` as for ``traced``."""
    classes: dict[type, type] = {}
    for each in contents:
        base = type(each)
        if base not in classes:
            classes[base] = traced(base, recorder, text)
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
