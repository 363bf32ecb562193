"""Parts of pages that come back: what an included template made is given again where it would read the same.

A card of one story stands in many lists, and the frame around a page is the same for hundreds. What a template makes
is decided by what it reads, in the order in which it reads it; so each template has a tree of the names that it asked
for and the values that it got, and whoever comes by the same values has come to the same text.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from jinja2 import Environment, Template, TemplateNotFound, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.utils import missing

from .numbering import Key
from .tracing import UNSURE, Reads, Recorder, Trace

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
        self.writeline(f"fragment = environment.fragment({given})", node)
        self.simple_write("fragment", frame)


class Made:
    """What a template made at the end of one path of readings."""

    __slots__ = ("keys", "reads", "text")

    def __init__(self, text: str, keys: frozenset[Key], reads: Reads) -> None:
        self.text = text
        self.keys = keys
        self.reads = reads  # holds the values too, so that their ids stay their own


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
        found = self._find(name, context, own, trace)
        if found:
            self._spare[name] += len(found.text) + _HELD
        else:
            found = self._make(name, lambda: self._made(name, parent, may_lack, context, own), trace)
        trace.keys |= found.keys
        if trace.reads is not None:
            for each, read in found.reads.items():
                if own.get(each, missing) is missing and each not in context.vars:
                    trace.reads.setdefault(each, read)
        return found.text

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
        keys, reads = trace.keys, trace.reads
        trace.keys, trace.reads = set(), {}
        try:
            text = make()
            made = Made(text, frozenset(trace.keys), trace.reads)
        finally:
            trace.keys, trace.reads = keys, reads
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
