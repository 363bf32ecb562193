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
from zoneinfo import ZoneInfo

import msgspec
import xxhash

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

    ``reduce`` returns for a value something simpler that stands for it, or None to have it read as it is.
    """

    def __init__(self, reduce: Callable[[object], object]) -> None:
        self._reduce = reduce
        self._known: dict[int, tuple[object, bytes]] = {}

    def of(self, value: object) -> bytes:
        """Return the 16 bytes that tell ``value`` from others; raises UndigestibleError."""
        if isinstance(value, str):
            return _bytes("s", value.encode("utf-8", "surrogatepass"))
        if value is None:
            return b"none"
        key = _identity(value)
        known = self._known.get(key)
        if known is None:
            self._known[key] = (value, b"")  # kept, so that its identity stays its own; empty while in work
            self._known[key] = known = (value, self.once(value))
        return known[1]

    def once(self, value: object) -> bytes:
        """Return the digest of a value that is made for the occasion, without keeping it; raises UndigestibleError."""
        simple = self._reduce(value)
        if simple is not None:
            return self.of(simple)
        kind = type(value).__qualname__
        if isinstance(value, _SCALARS):
            return _bytes(kind, repr(value).encode())
        if isinstance(value, Mapping):
            return _joined(kind, (self.of(key) + self.of(each) for key, each in value.items()))
        if isinstance(value, list | tuple):
            return _joined(kind, map(self.of, value))
        if isinstance(value, AbstractSet):
            return _joined(kind, sorted(map(self.of, value)))
        return self._read_object(kind, value)

    def _read_object(self, kind: str, value: object) -> bytes:
        if isinstance(value, enum.Enum):
            return _bytes(kind, value.name.encode())
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return _joined(kind, (self.of(getattr(value, field.name)) for field in dataclasses.fields(value)))
        if isinstance(value, msgspec.Struct):
            return _joined(kind, (self.of(getattr(value, name)) for name in value.__struct_fields__))
        return self._read_code(value)

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


def _bytes(kind: str, content: bytes) -> bytes:
    return xxhash.xxh3_128_digest(kind.encode() + b"\0" + content)


def _joined(kind: str, digests: Iterable[bytes]) -> bytes:
    return _bytes(kind, b"".join(digests))
