"""A value's digest: equal for equal values, whatever the run, the order of a set or the hash seed.

What reaches a page is digested, so that a page whose inputs are the same is not made again.
"""

import dataclasses
import datetime as dt
import enum
import types
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from functools import partial
from pathlib import PurePath
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import xxhash

Way = Callable[[object], bytes]
"""Returns the digest of a value of one class."""
_identity = object.__hash__  # as good as id(), each call of which Python would tell the listener in ``audit``
_SCALARS = (
    bool,
    int,
    float,
    complex,
    bytes,
    Decimal,
    dt.date,
    dt.time,
    dt.timedelta,
    dt.tzinfo,
    ZoneInfo,
    PurePath,
    range,
)


class UndigestibleError(TypeError):
    """A value of which nobody can say whether it is the same as in another run."""


class Digests:
    """Digests of many values that do not change meanwhile; a value that many others hold is read once.

    ``reduce`` returns for a value something simpler that stands for it, or None to have it read as it is: one or the
    other for all values of a class.
    """

    def __init__(self, reduce: Callable[[object], object]) -> None:
        self._reduce = reduce
        self._known: dict[int, tuple[object, bytes]] = {}
        self._names: dict[str, bytes] = {}
        self._ways: dict[type, Way] = {}
        """How values of a class are read."""

    def of(self, value: object) -> bytes:
        """Return the 16 bytes that tell ``value`` from others; raises UndigestibleError."""
        if type(value) is str:
            return _text(value)
        if value is None:
            return b"none"
        key = _identity(value)
        known = self._known.get(key)
        if known is None:
            if isinstance(value, str):
                return _text(value)
            self._known[key] = (value, b"")  # kept, so that its identity stays its own; empty while in work
            self._known[key] = known = (value, self.once(value))
        return known[1]

    def once(self, value: object) -> bytes:
        """Return the digest of a value that is made for the occasion, without keeping it; raises UndigestibleError."""
        cls = type(value)
        way = self._ways.get(cls)
        if way is None:
            self._ways[cls] = way = self._way(value)
        return way(value)

    def _way(self, value: object) -> "Way":
        """Return how values of the class of ``value`` are read."""
        kind = type(value).__qualname__
        if self._reduce(value) is not None:
            return lambda each: self.once(self._reduce(each))
        if isinstance(value, _SCALARS):
            return lambda each: _bytes(kind, repr(each).encode())
        if isinstance(value, Mapping):
            return partial(self._read_mapping, kind)
        if isinstance(value, list | tuple):
            return lambda each: _joined(kind, map(self.of, each))  # type: ignore[call-overload]  # its class is known
        if isinstance(value, AbstractSet):
            return lambda each: _joined(kind, sorted(map(self.of, each)))  # type: ignore[call-overload]  # as above
        return self._way_of_objects(kind, value)

    def _way_of_objects(self, kind: str, value: object) -> "Way":
        if isinstance(value, enum.Enum):
            return lambda each: _bytes(kind, each.name.encode())  # type: ignore[attr-defined]  # as above
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            names = tuple(field.name for field in dataclasses.fields(value))
            return lambda each: _joined(kind, [self.of(getattr(each, name)) for name in names])
        if isinstance(value, msgspec.Struct):
            fields = value.__struct_fields__
            return lambda each: _joined(kind, [self.of(getattr(each, name)) for name in fields])
        return self._read_code

    def _read_mapping(self, kind: str, value: Any) -> bytes:  # noqa: ANN401 - a mapping
        names, of = self._names, self.of
        digests: list[bytes] = []
        for key, each in value.items():
            if type(key) is str:
                name = names.get(key)
                if name is None:
                    names[key] = name = _text(key)
            else:
                name = of(key)
            digests += name, of(each)
        return _joined(kind, digests)

    def _read_code(self, value: object) -> bytes:
        if isinstance(value, partial):
            return _joined("partial", map(self.of, (value.func, value.args, value.keywords)))
        if isinstance(value, types.MethodType):
            return _joined(value.__func__.__qualname__, [self.of(value.__self__)])
        if isinstance(value, type | types.BuiltinFunctionType):
            return _bytes("name", f"{value.__module__}.{value.__qualname__}".encode())
        if isinstance(value, types.FunctionType):
            held = [cell.cell_contents for cell in value.__closure__ or ()]
            named = f"{value.__module__}.{value.__qualname__}"
            return _joined(named, map(self.of, (value.__code__.co_code, held, value.__defaults__)))
        raise UndigestibleError(type(value).__qualname__)


class Sameness:
    """Whether two pages are given the same; two values that many pages are given are compared once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[object, object, bool]] = {}

    def of(self, given: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """Return whether all values of ``given`` are equal to those of ``other``."""
        return given.keys() == other.keys() and all(
            each is other[name] or self._are_equal(each, other[name]) for name, each in given.items()
        )

    def _are_equal(self, one: object, other: object) -> bool:
        pair = (_identity(one), _identity(other))
        if pair not in self._known:
            self._known[pair] = (one, other, bool(one == other))  # held, so that their identities stay their own
        return self._known[pair][2]


def _text(value: str) -> bytes:
    return xxhash.xxh3_128_digest(b"s\0" + value.encode("utf-8", "surrogatepass"))


def _bytes(kind: str, content: bytes) -> bytes:
    return xxhash.xxh3_128_digest(kind.encode() + b"\0" + content)


def _joined(kind: str, digests: Iterable[bytes]) -> bytes:
    return _bytes(kind, b"".join(digests))
