"""The notes that are taken of one page: which names it read, and what these stood for."""

import dataclasses
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from types import GeneratorType
from typing import Any

import msgspec
from jinja2.runtime import LoopContext
from jinja2.utils import Cycler, Joiner, Namespace
from markupsafe import Markup

from .numbering import Key
from .slots import Slot

UNSURE = object()
"""The mark of a value that may be another when it is met again."""
GIVEN, HIDDEN, ABSENT = "given", "hidden", "absent"
"""How marks begin: a page was given the name, the context has it, or has it not."""
Read = tuple[Any, object]
"""The mark and the value of a name that was asked for."""
Reads = dict[str, Read]
"""Those of each name, in this order."""
_identity = object.__hash__  # as good as id(), each call of which Python would tell the listener in ``audit``
_VALUES = frozenset({str, int, float, bool, type(None), Markup})
_CHANGING = frozenset({list, dict, set})
_ALWAYS_CHANGING = frozenset({Namespace, LoopContext, GeneratorType, Cycler, Joiner})


class Trace:
    """What one page has read: of its ``context``, as far as it was not ``given`` a thing of the same name."""

    __slots__ = (
        "_common",
        "_own",
        "context",
        "given",
        "is_open",
        "keys",
        "noted",
        "reads",
        "slots",
        "views",
        "vouched",
    )

    def __init__(
        self,
        context: Mapping[str, Any],
        given: Mapping[str, Any],
        vouched: Collection[str] | None = None,
        common: dict[str, Read] | None = None,
    ) -> None:
        self.context = context
        self.given = given
        self._common = {} if common is None else common
        """What is known of the context's names: it was so for other pages of the same."""
        self._own: dict[str, Read] = {}
        """What is known of the names that the page was given."""
        self.vouched = vouched
        """The templates whose text comes into the whole as it is; None for a page, where Jinja's code tells."""
        self.is_open = True
        """Whether what is included now comes into the page as it is."""
        self.slots: list[Slot] = []
        """Texts that came into the whole so, and of the context alone; ``keys`` lacks what was read for them."""
        self.keys: set[Key] = set()
        self.noted: object = None
        """The story whose card was noted last in ``keys``: templates ask for one thing of it after another."""
        self.views: dict[int, Key] = {}
        self.reads: Reads | None = None
        """The names that the included template at work has asked for, if one is."""

    def part(self, make: Callable[[], str]) -> tuple[str, frozenset[Key], Reads, Sequence[Slot]]:
        """Return what an included template makes, and what is noted meanwhile, by itself."""
        keys, reads, slots = self.keys, self.reads, self.slots
        self.keys, self.reads, self.slots, self.noted = set(), {}, [], None
        try:
            text = make()
            return text, frozenset(self.keys), self.reads, self.slots
        finally:
            self.keys, self.reads, self.slots, self.noted = keys, reads, slots, None

    def resolved(self, name: str, value: object) -> None:
        """Note a name of the context; one that a template has set comes of what is noted already."""
        if name not in self.given:
            common = self.context.get(name, UNSURE)
            if common is UNSURE:
                self.keys.add(("name", name))
            elif common is value:
                if _are_views(value.__class__):
                    self.views[_identity(value)] = ("name", name)
                    self.keys.add(("kind", name))
                else:
                    self.keys.add(("name", name))
        reads = self.reads
        if reads is not None and name not in reads:
            reads[name] = self.read(name, value)

    def asked(self, name: str, value: object, key: Key) -> None:
        """Note that Python code has asked for what goes by ``name``."""
        if name not in self.given:
            self.keys.add(key)
        if self.reads is not None and name not in self.reads:
            self.reads[name] = self.read(name, value)

    def may_hold(self, name: str) -> bool:
        """Return whether what the template ``name`` makes here comes into the whole as it is."""
        return self.is_open if self.vouched is None else name in self.vouched

    def read(self, name: str, value: object) -> Read:
        """Return the mark of ``value`` and itself, as ``name`` stands for it.

        The mark is equal wherever the name stands for the same, and its being read is noted in the same way. It is
        ``UNSURE`` for a thing that a template has made, and may change.
        """
        if name in self.given:
            place, standing, known = self.given, GIVEN, self._own
        else:
            place, standing, known = self.context, HIDDEN if name in self.context else ABSENT, self._common
        its_own = name in place and place[name] is value
        if its_own and (before := known.get(name)) is not None and before[1] is value:
            return before
        found = (self._mark(standing, its_own, value), value)
        if its_own and (standing is HIDDEN or not is_view(value)):
            known[name] = found  # what goes by the name of a view is said by where that was found
        return found

    def _mark(self, standing: str, its_own: bool, value: object) -> Any:  # noqa: ANN401, FBT001 - a tuple, or UNSURE
        kind = value.__class__
        if kind in _VALUES:
            return (standing, its_own, kind, value)
        if (kind in _CHANGING and not its_own) or kind in _ALWAYS_CHANGING:
            return UNSURE
        path = None if its_own and standing is not GIVEN else self.views.get(_identity(value))
        return (standing, its_own, _identity(value), path)


def is_view(value: object) -> bool:
    """Return whether ``value`` is a record whose attributes are inputs of their own."""
    return _are_views(value.__class__)  # type: ignore[arg-type]  # classes can be hashed


@cache
def _are_views(cls: type) -> bool:
    return issubclass(cls, msgspec.Struct) or dataclasses.is_dataclass(cls)
