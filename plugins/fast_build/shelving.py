"""What is found when it is asked for, and not before: an edition holds much of which few commands ask."""

from collections.abc import Callable, ItemsView, Iterator, MutableMapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from .tracing import AWAKE

Name = TypeVar("Name")
Value = TypeVar("Value")
Thing = TypeVar("Thing")


class Waiting(MutableMapping[Name, Value]):
    """Values by name, which may wait to be found: what stands for one meanwhile is of a class of its own."""

    _own: dict[Name, Any]
    """A value, or what stands for it."""

    def __setitem__(self, name: Name, value: Value) -> None:
        self._own[name] = value

    def __delitem__(self, name: Name) -> None:
        del self._own[name]

    def __contains__(self, name: object) -> bool:
        return name in self._own

    def __iter__(self) -> Iterator[Name]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)


class Part(NamedTuple, Generic[Name, Value]):
    """Values that are found together."""

    names: Sequence[Name]
    find: Callable[[], Sequence[Value]]
    """Returns them, in the order of their names."""


class _Place(NamedTuple):
    """Stands for a value that was not found yet."""

    part: int


class Shelved(Waiting[Name, Value]):
    """Values by name, those of ``parts`` found when one of them is asked for."""

    def __init__(self, parts: Sequence[Part[Name, Value]] = ()) -> None:
        self._parts = parts
        places = [*map(_Place, range(len(parts)))]
        self._own = {name: place for part, place in zip(parts, places, strict=True) for name in part.names}
        self._left = set(places)
        """What stands for values that were not found yet."""

    def __getitem__(self, name: Name) -> Value:
        if isinstance(place := self._own[name], _Place):
            self._find(place)
        found: Value = self._own[name]
        return found

    def items(self) -> ItemsView[Name, Value]:
        """Return all with their names, found for it."""
        for place in tuple(self._left):
            self._find(place)
        return self._own.items()

    def _find(self, place: _Place) -> None:
        self._left.discard(place)
        part = self._parts[place.part]
        for name, value in zip(part.names, part.find(), strict=True):
            if self._own.get(name) is place:  # else another has come, or it has gone
                self._own[name] = value

    def found(self) -> list[Value]:
        """Return those that were found already."""
        if not self._left:
            return list(self._own.values())
        return [value for value in self._own.values() if not isinstance(value, _Place)]


def dormant(cls: type[Thing], wake: Callable[[Any], None]) -> type[Thing]:
    """Return a class like ``cls`` whose instances ``wake`` makes whole, and of ``cls``, when they are asked for."""

    def read(self: Any, name: str) -> Any:  # noqa: ANN401 - any attribute
        if name == "__class__":
            return object.__getattribute__(self, name)
        wake(self)
        return getattr(self, name)

    def write(self: Any, name: str, value: object) -> None:  # noqa: ANN401 - as above
        wake(self)
        setattr(self, name, value)

    def reduced(self: Any, protocol: Any) -> Any:  # noqa: ANN401 - as above
        wake(self)
        return self.__reduce_ex__(protocol)

    own = {"__getattribute__": read, "__setattr__": write, "__reduce_ex__": reduced, "__module__": cls.__module__}
    return type(cls.__name__, (cls,), {**own, AWAKE: cls})
