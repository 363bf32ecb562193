"""Parts of pages that come back: what an included template made is given again where it would read the same.

A card of one story stands in many lists, and the frame around a page is the same for hundreds. What a template makes
is decided by what it reads, in the order in which it reads it; so each template has a tree of the names that it asked
for and the values that it got, and whoever comes by the same values has come to the same text.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from jinja2 import Environment, Template, TemplateNotFound, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.utils import missing

from .numbering import Key
from .slots import Slot
from .tracing import ABSENT, HIDDEN, UNSURE, Reads, Recorder, Trace

Get = Callable[[str, str | None], Template]

_SPARE = 4_000_000  # characters that one template's texts may take, besides as many as were given again
_HELD = 4_000  # characters' worth that is held with each text: what was read for it


class IncludingCode(CodeGenerator):
    """Jinja's own generator of code, but for what is included with its context: that is asked of ``fragment``."""

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802 - Jinja's own name
        """Write the code for ``{% include "name" %}``."""
        named = isinstance(node.template, nodes.Const) and isinstance(node.template.value, str)
        if not named or not node.with_context or self.environment.is_async:
            super().visit_Include(node, frame)
            return
        name: str = node.template.value  # type: ignore[attr-defined]  # a constant, as was asked
        given = f"{name!r}, {self.name!r}, {node.ignore_missing}, context, {self.dump_local_context(frame)}"
        way = "slot" if frame.buffer is None and frame.block is None else "fragment"
        self.writeline(f"fragment = environment.{way}({given})", node)
        self.simple_write("fragment", frame)


class Made:
    """What a template made at the end of one path of readings."""

    __slots__ = ("keys", "reads", "slots", "text", "whole")

    def __init__(self, text: str, keys: frozenset[Key], reads: Reads, slots: Sequence[Slot]) -> None:
        self.text = text
        self.keys = keys
        self.reads = reads  # holds the values too, so that their ids stay their own
        self.slots = slots
        """What it holds of others' that came of the context alone; ``keys`` lacks what was read for them."""
        self.whole: Slot | None = None
        """The slot that it is itself, once it is known to be one."""


class Asked:
    """A place on the path: the name that is asked for, and what follows by what it stands for."""

    __slots__ = ("after", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.after: dict[Any, Asked | Made] = {}


class Fragments:
    """What included templates made, until something is changed that they may have read."""

    def __init__(self, environment: Environment, recorder: Recorder, get: Get) -> None:
        self._environment = environment
        self._recorder = recorder
        self._get = get
        self._roots: dict[str, Asked | Made] = {}
        self._spare: dict[str, int] = {}  # the characters that each template's texts may take still
        recorder.on_forgetting(self._forget)

    def _forget(self, _keys: Collection[Key]) -> None:
        self._roots.clear()
        self._spare.clear()  # what is made again after a change is little

    def fragment(self, name: str, parent: str | None, may_lack: bool, context: Context, own: dict[str, Any]) -> str:  # noqa: FBT001 - called by Jinja's code
        """Return what the template ``name`` makes where ``parent`` includes it; ``own`` are the names set there."""
        trace = self._recorder.trace
        if trace is None:
            return self._made(name, parent, may_lack, context, own)
        is_open, trace.is_open = trace.is_open, False
        try:
            found = self._found(name, lambda: self._made(name, parent, may_lack, context, own), (context, own), trace)
        finally:
            trace.is_open = is_open
        trace.keys.update(found.keys, *(slot.keys for slot in found.slots))
        return found.text

    def slot(self, name: str, parent: str | None, may_lack: bool, context: Context, own: dict[str, Any]) -> str:  # noqa: FBT001 - as above
        """Return the same, where it comes into what ``parent`` makes as it is, whatever it says."""
        trace = self._recorder.trace
        if trace is None or not trace.may_hold(name):
            return self.fragment(name, parent, may_lack, context, own)
        found = self._found(name, lambda: self._made(name, parent, may_lack, context, own), (context, own), trace)
        if found.whole is None and self._is_of_context_alone(found):
            keys = found.keys.union(*(slot.keys for slot in found.slots))
            found.whole = Slot.of(name, frozenset(found.reads), found.text, keys)
        if found.whole:
            trace.slots.append(found.whole)
        else:
            trace.keys |= found.keys
            trace.slots += found.slots
        return found.text

    def _is_of_context_alone(self, made: Made) -> bool:
        """Return whether ``made`` came of nothing that the page was given, or that its templates have set."""
        common = self._environment.globals
        return all(
            mark is not UNSURE
            and (mark[1] if mark[0] == HIDDEN else mark[0] == ABSENT and value is common.get(name, missing))
            for name, (mark, value) in made.reads.items()
        )

    def _found(self, name: str, make: Callable[[], str], place: tuple[Context, dict[str, Any]], trace: Trace) -> Made:
        """Return what the template makes at ``place``, in a context with names set there, and note what that asks."""
        context, own = place
        found = self._find(name, context, own, trace)
        if found:
            self._spare[name] += len(found.text) + _HELD
        else:
            found = self._make(name, make, trace)
        if trace.reads is not None:
            for each, read in found.reads.items():
                if own.get(each, missing) is missing and each not in context.vars:
                    trace.reads.setdefault(each, read)
        return found

    def _find(self, name: str, context: Context, own: Mapping[str, Any], trace: Trace) -> Made | None:
        place = self._roots.get(name)
        while isinstance(place, Asked):
            asked = place.name
            if own.get(asked, missing) is not missing:
                value = own[asked]
            else:
                value = context.vars[asked] if asked in context.vars else context.parent.get(asked, missing)
            place = place.after.get(trace.mark(asked, value))
        return place

    def _make(self, name: str, make: Callable[[], str], trace: Trace) -> Made:
        keys, reads, slots = trace.keys, trace.reads, trace.slots
        trace.keys, trace.reads, trace.slots = set(), {}, []
        try:
            text = make()
            made = Made(text, frozenset(trace.keys), trace.reads, trace.slots)
        finally:
            trace.keys, trace.reads, trace.slots = keys, reads, slots
        spare = self._spare.setdefault(name, _SPARE)
        if spare > 0 and all(mark is not UNSURE for mark, _ in made.reads.values()):
            self._spare[name] = spare - len(text) - _HELD
            self._keep(name, made)
        return made

    def _keep(self, name: str, made: Made) -> None:
        branch: dict[Any, Asked | Made] = self._roots
        step: Any = name
        for asked, (mark, _) in made.reads.items():
            place = branch.get(step)
            if place is None:
                branch[step] = place = Asked(asked)
            elif isinstance(place, Made) or place.name != asked:
                return  # it reads by chance, or by the clock
            branch, step = place.after, mark
        branch.setdefault(step, made)

    def _made(self, name: str, parent: str | None, may_lack: bool, context: Context, own: Mapping[str, Any]) -> str:  # noqa: FBT001 - as above
        try:
            template = self._get(name, parent)
        except TemplateNotFound:
            if may_lack:
                return ""
            raise
        values = {**context.parent, **context.vars}
        values.update((each, value) for each, value in own.items() if value is not missing)
        inner = template.new_context(values, shared=True)
        return self._environment.concat(template.root_render_func(inner))
