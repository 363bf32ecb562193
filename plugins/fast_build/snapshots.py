"""An edition's objects as they were when it was whole, for another process to go on from.

What every process has anew (settings, templates, generators, and in the context what names with ``KEREGE_`` stand
for) is not kept, but only what it goes by. Nor are the texts of stories, which few pages show: they wait beside, each
by itself. Most of the rest is kept in parts, each of which is read when it is asked for: what is of a class that
compares by identity is the same in all of them, while of lists, and of records that nothing changes, each part has its
own.
"""

import dataclasses
import datetime as dt
import enum
import io
import mmap
import os
import pickle
import struct
import types
from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path, PurePath
from typing import Any, BinaryIO, NamedTuple, Protocol

import msgspec
from jinja2 import Template

from . import tracing
from .tracing import Remembering

OF_ONE_RUN = "KEREGE_"
"""How the names begin of what is in the context for the length of a run."""
_HERE = __name__
_TOGETHER = 16  # stories that are read together
_HEAD = struct.Struct("=2Q")  # the length of a file, and where its contents begin
_VALUES = (
    *(str, bytes, int, float, complex, tuple, list, dict, set, frozenset),
    *(type, types.FunctionType, types.BuiltinFunctionType, types.MethodType, partial),
    *(dt.date, dt.time, dt.timedelta, dt.tzinfo, enum.Enum, PurePath, Decimal),
)
"""Classes that compare by what they hold, or are found by their names."""

Place = tuple[int, int]
"""Where something begins and ends in a file."""


class Whole(NamedTuple):
    """What is to be kept."""

    values: object
    """What is read first."""
    parts: Sequence[object]
    """What is read part by part."""
    stories: Sequence[Any]
    """Stories, pages and files in all of it; those that are found besides are kept too."""


class Things(msgspec.Struct, frozen=True):
    """The classes of what is not kept itself."""

    stories: type
    """Stories, pages and files: numbered."""
    generators: type
    """Generators: made anew."""
    articles: type
    """The generator of articles."""
    statics: tuple[type, type]
    """The generator of files that are published as they are, and these."""


class World(Protocol):
    """What each process has anew."""

    def story(self, number: int, base: type, noted: bool) -> Any:  # noqa: ANN401, FBT001 - Pelican's own
        """Return a story, page or file, by its number, of a class like ``base``; it may be ``noted`` what is read."""

    def shared(self, number: int) -> Any:  # noqa: ANN401 - any thing
        """Return what all parts share, by its number."""

    def template(self, name: str) -> Template:
        """Return a template."""

    def generator(self, cls: type) -> Any:  # noqa: ANN401 - Pelican's own
        """Return the generator of a class."""

    def named(self, name: str) -> Any:  # noqa: ANN401 - any thing
        """Return what is in the context of this run under ``name``."""

    def remembering(self, function: Callable[[Any], Any]) -> Remembering:
        """Return ``function`` with a memory."""

    def holder(self, value: Any, state: dict[str, Any]) -> None:  # noqa: ANN401 - Pelican's own
        """Give ``value`` its attributes; ``settings`` among them says whether they are the context or the settings."""


class Pickler(pickle.Pickler):
    """Keeps an edition."""

    def __init__(self, file: BinaryIO, context: Mapping[str, Any], settings: Mapping[str, Any], things: Things) -> None:
        super().__init__(file, protocol=5)
        self._file = file
        self._context = context
        self._anew = {object.__hash__(value): name for name, value in context.items() if name.startswith(OF_ONE_RUN)}
        self._settings = settings
        self._things = things
        self._numbers: dict[int, int] = {}
        self._plain: dict[type, bool] = {}
        self._shared: dict[int, tuple[Any, int]] | None = None
        """What all parts share, with its number, while parts are kept."""
        self.found: list[Any] = []
        """The stories, by number."""

    def keep(self, whole: Whole) -> None:
        """Keep the ``whole``, and all stories that are found in it."""
        self._file.write(bytes(_HEAD.size))
        for story in whole.stories:
            self._number(story)
        self._shared = {}
        parts = [self._part(each) for each in whole.parts]
        states: list[Place] = []
        ends: list[int] = []
        while (done := ends[-1] if ends else 0) < len(self.found):
            some = self.found[done : done + _TOGETHER]
            states.append(self._part([self._state(each) for each in some]))
            ends.append(done + len(some))
        shared, self._shared = [each for each, _ in self._shared.values()], None
        begin, _ = self._part((whole.values, shared))
        while done < len(self.found):
            last = len(self.found)
            self.dump([self._state(each) for each in self.found[done:last]])
            done = last
        self.dump(None)
        contents, end = self._part((begin, parts, states, ends))
        self._file.seek(0)
        self._file.write(_HEAD.pack(end, contents))

    def _part(self, value: object) -> Place:
        """Keep ``value`` by itself; return where."""
        self.clear_memo()
        begin = self._file.tell()
        self.dump(value)
        return begin, self._file.tell()

    def reducer_override(self, value: Any) -> Any:  # noqa: ANN401 - pickle's own signature
        """Return how ``value`` is found again; NotImplemented for all that is kept as it is."""
        plain = self._plain.get(type(value))
        if plain is None:
            plain = self._plain[type(value)] = self._is_plain(value)
        return NotImplemented if plain else self._found_again(value)

    def _is_plain(self, value: object) -> bool:
        """Return whether values of this class are always kept as they are: they are not special, nor hold settings."""
        cls = type(value)
        special = (self._things.stories, Template, self._things.generators, Remembering)
        if issubclass(cls, special) or any(issubclass(cls, type(self._context[name])) for name in self._anew.values()):
            return False
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            frozen: bool = cls.__dataclass_params__.frozen  # type: ignore[attr-defined]  # every dataclass has them
            return frozen and all(field.name != "settings" for field in dataclasses.fields(value))
        if isinstance(value, msgspec.Struct):
            return value.__struct_config__.frozen and "settings" not in value.__struct_fields__
        return isinstance(value, _VALUES) and (cls.__dictoffset__ == 0 or cls is partial)

    def _found_again(self, value: Any) -> Any:  # noqa: ANN401 - pickle's own signature
        if isinstance(value, self._things.stories):
            found: Any = _story, (self._number(value), *tracing.untraced(type(value)))
        elif isinstance(value, Template):
            found = _template, (value.name,)
        elif isinstance(value, self._things.generators):
            found = _generator, (type(value),)
        elif (name := self._anew.get(object.__hash__(value))) is not None:
            found = _anew, (name,)
        elif self._shared is not None and not isinstance(value, _VALUES):
            _, number = self._shared.setdefault(object.__hash__(value), (value, len(self._shared)))
            found = _shared, (number,)
        elif isinstance(value, Remembering):
            found = _remembering, (value.function,)
        elif self._is_one_of_ours(getattr(value, "__dict__", {}).get("settings")):
            found = _blank, (type(value),), self._state(value), None, None, _holder
        else:
            found = NotImplemented
        return found

    def _is_one_of_ours(self, settings: object) -> bool:
        return settings is self._settings or settings is self._context

    def _state(self, value: Any) -> dict[str, Any]:  # noqa: ANN401 - Pelican's own
        """Return what is kept of a thing that holds the settings: all but them, the context and a text."""
        own = {name: each for name, each in vars(value).items() if name != "_context"}
        if isinstance(own.get("_content"), str):
            del own["_content"]
        return {**own, "settings": own["settings"] is self._context}

    def _number(self, story: Any) -> int:  # noqa: ANN401 - Pelican's own
        number = self._numbers.setdefault(object.__hash__(story), len(self.found))
        if number == len(self.found):
            self.found.append(story)
        return number


class Unpickler(pickle.Unpickler):
    """Finds an edition again, in another ``world``."""

    def __init__(self, kept: bytes, world: World) -> None:
        super().__init__(io.BytesIO(kept))
        self._named: dict[str, Callable[..., Any]] = {
            "_story": world.story,
            "_shared": world.shared,
            "_template": world.template,
            "_generator": world.generator,
            "_anew": world.named,
            "_remembering": world.remembering,
            "_holder": world.holder,
        }

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - pickle's own signature
        """Return what is named: something of this world, or else what the module has."""
        return (self._named.get(name) if module == _HERE else None) or super().find_class(module, name)


class Objects:
    """An edition's objects in a file; raises OSError or ValueError if there is none that is whole."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as opened:
            self._kept = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        length, contents = _HEAD.unpack(self._kept[: _HEAD.size].ljust(_HEAD.size))
        if length != len(self._kept):
            raise ValueError(file)
        self._main, self._parts, self._states, self._ends = pickle.loads(self._kept[contents:])  # noqa: S301 - our own

    @property
    def asleep(self) -> int:
        """How many stories, by number, are not found before they are asked for."""
        return self._ends[-1] if self._ends else 0

    def main(self, world: World) -> tuple[Any, list[Any], list[dict[str, Any]]]:
        """Return what is read first, what all parts share, and the attributes of stories that are not asleep."""
        reading = Unpickler(self._kept[self._main :], world)
        values, shared = reading.load()
        stories: list[dict[str, Any]] = []
        while (more := reading.load()) is not None:
            stories += more
        return values, shared, stories

    def part(self, number: int, world: World) -> Any:  # noqa: ANN401 - any thing
        """Return a part."""
        begin, end = self._parts[number]
        return Unpickler(self._kept[begin:end], world).load()

    def states(self, number: int, world: World) -> tuple[int, list[dict[str, Any]]]:
        """Return the attributes of the story with this number, and of others: those from which number on."""
        place = bisect(self._ends, number)
        begin, end = self._states[place]
        first = self._ends[place - 1] if place else 0
        return first, Unpickler(self._kept[begin:end], world).load()


def keep(
    whole: Whole, context: Mapping[str, Any], settings: Mapping[str, Any], things: Things, file: Path
) -> list[Any]:
    """Keep the ``whole`` in ``file``, and return the stories in it; raises PicklingError for what cannot be kept."""
    with file.open("wb") as opened:
        pickler = Pickler(opened, context, settings, things)
        try:
            pickler.keep(whole)
        except (TypeError, AttributeError) as error:
            raise pickle.PicklingError(str(error)) from error
        opened.flush()
        os.fsync(opened.fileno())  # before a memory is committed that names it
    return pickler.found


def _blank(cls: type) -> object:
    return object.__new__(cls)


def _named(*_: object) -> Any:  # noqa: ANN401 - never called
    raise pickle.UnpicklingError(_HERE)


def _story(number: int, base: type, noted: bool) -> Any:  # noqa: ANN401, FBT001 - stands for the world's
    return _named(number, base, noted)


def _shared(number: int) -> Any:  # noqa: ANN401 - stands for the world's
    return _named(number)


def _template(name: str) -> Template:
    return _named(name)  # type: ignore[no-any-return]


def _generator(cls: type) -> Any:  # noqa: ANN401 - stands for the world's
    return _named(cls)


def _anew(name: str) -> Any:  # noqa: ANN401 - stands for the world's
    return _named(name)


def _remembering(function: Callable[[Any], Any]) -> Remembering:
    return _named(function)  # type: ignore[no-any-return]


def _holder(value: Any, state: dict[str, Any]) -> None:  # noqa: ANN401 - stands for the world's
    _named(value, state)
