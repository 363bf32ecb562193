"""Parts of pages that come back: what an included template made is given again where it would read the same.

A card of one story stands in many lists, and the frame around a page is the same for hundreds. What a template makes
is decided by what it reads, in the order in which it reads it; so each template has a tree of the names that it asked
for and the values that it got, and whoever comes by the same values has come to the same text.
"""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

import markupsafe
from jinja2 import Environment, Template, TemplateNotFound, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.utils import missing

from .likeness import likeness
from .numbering import Key
from .slots import Slot
from .traces import ABSENT, HIDDEN, UNSURE, Reads, Trace
from .tracing import Recorder

Get = Callable[[str, str | None], Template]
_Place = tuple[str, str | None, bool, Context, dict[str, Any]]
"""What is included, by what, whether it may lack, and where: the context with the names that are set there."""

_MOST = 32_000_000  # characters that one template's texts may take, in either of its trees
_TRIED = 2_000_000  # as many are kept of a template of which nothing was given again yet
_IMPORTS = "from jinja2.runtime import "
_escape: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)  # makes no Markup of a text
_HELD = 4_000  # characters' worth that is held with each text: what was read for it


def escaped(value: Any) -> str:  # noqa: ANN401 - any value
    """Return what Jinja writes for ``value``, as a plain string: it is only put together with others."""
    kind = type(value)
    if kind is str:
        return _escape(value)
    return value if kind is markupsafe.Markup else markupsafe.escape(value)


class IncludingCode(CodeGenerator):
    """Jinja's own generator of code, but for what is included with its context: that is asked of ``fragment``."""

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        """Write a line of the code; what escapes is another function than the one that Jinja's code imports."""
        super().writeline(x, node, extra)
        if x.startswith(_IMPORTS):
            super().writeline("escape = environment.escaped")

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


class Tree:
    """What one template made: as much as there is room for, of what was asked for last."""

    __slots__ = ("_taken", "alike", "is_kept", "is_useful", "old", "young")

    def __init__(self) -> None:
        self.young: Asked | Made | None = None
        self.old: Asked | Made | None = None
        """What was asked for before the one of now was begun; it goes when that is full."""
        self.alike: tuple[Made, Mapping[str, Any]] | None = None
        """What it made of a context alone, which stays as it is until the tree goes; and that."""
        self.is_kept = True
        """Whether there is use in it: nothing that many pages made for themselves is given again."""
        self.is_useful = False
        """Whether something was given again."""
        self._taken = 0

    def keep(self, made: Made) -> None:
        """Keep what was made, unless of something that may be another when it is met again."""
        for mark, _ in made.reads.values():
            if mark is UNSURE:
                return
        self._taken += len(made.text) + _HELD
        if self._taken > (_MOST if self.is_useful else _TRIED):
            self.is_kept = self.is_useful
            self.old, self.young = self.young if self.is_useful else None, None
            self._taken = 0
        if self.is_kept:
            self._add(made)

    def _add(self, made: Made) -> None:
        branch: dict[Any, Asked | Made] = {} if self.young is None else {None: self.young}
        top, step = branch, None
        for asked, (mark, _) in made.reads.items():
            place = branch.get(step)
            if place is None:
                branch[step] = place = Asked(asked)
            elif isinstance(place, Made) or place.name != asked:
                return  # it reads by chance, or by the clock
            branch, step = place.after, mark
        branch.setdefault(step, made)
        self.young = top[None]


Trees = dict[str, Tree]
"""The tree of each template, by name."""


class Wood:
    """The trees of several environments, of which those that are alike have the same."""

    def __init__(self, recorder: Recorder) -> None:
        self._trees: dict[Hashable, Trees] = {}
        recorder.on_forgetting(self._forget)

    def of(self, environment: Environment) -> Trees:
        """Return the trees of an environment that is set up."""
        return self._trees.setdefault(likeness(environment), {})

    def _forget(self, _keys: Collection[Key]) -> None:
        for each in self._trees.values():
            each.clear()  # what is made again after a change is little


class Fragments:
    """What included templates made, until something is changed that they may have read."""

    def __init__(self, environment: Environment, recorder: Recorder, get: Get, wood: Wood) -> None:
        self._environment = environment
        self._recorder = recorder
        self._get = get
        self._wood = wood

    @cached_property
    def _trees(self) -> Trees:
        return self._wood.of(self._environment)

    def fragment(self, name: str, parent: str | None, may_lack: bool, context: Context, own: dict[str, Any]) -> str:  # noqa: FBT001 - called by Jinja's code
        """Return what the template ``name`` makes where ``parent`` includes it; ``own`` are the names set there."""
        trace = self._recorder.trace
        if trace is None:
            return self._made(name, parent, may_lack, context, own)
        is_open, trace.is_open = trace.is_open, False
        try:
            if self._is_of_page(name, trace):
                return self._made(name, parent, may_lack, context, own)
            found = self._found((name, parent, may_lack, context, own), trace)
        finally:
            trace.is_open = is_open
        trace.keys |= found.keys
        for slot in found.slots:
            trace.keys |= slot.keys
        return found.text

    def slot(self, name: str, parent: str | None, may_lack: bool, context: Context, own: dict[str, Any]) -> str:  # noqa: FBT001 - as above
        """Return the same, where it comes into what ``parent`` makes as it is, whatever it says."""
        trace = self._recorder.trace
        if trace is None or not trace.may_hold(name):
            return self.fragment(name, parent, may_lack, context, own)
        if self._is_of_page(name, trace):
            return self._made(name, parent, may_lack, context, own)
        place = (name, parent, may_lack, context, own)
        found = self._alike(place, trace) or self._found(place, trace)
        if found.whole is None and self._is_of_context_alone(found):
            keys = found.keys.union(*(slot.keys for slot in found.slots))
            found.whole = Slot.of(name, frozenset(found.reads), found.text, keys)
            self._trees[name].alike = (found, trace.context)
        if found.whole:
            trace.slots.append(found.whole)
        else:
            trace.keys |= found.keys
            trace.slots += found.slots
        return found.text

    def _is_of_page(self, name: str, trace: Trace) -> bool:
        """Return whether the template is a page's own, made for each: all that it reads is noted as the page's."""
        tree = self._trees.get(name)
        return tree is not None and not tree.is_kept and trace.reads is None

    def _alike(self, place: _Place, trace: Trace) -> Made | None:
        """Return what the template made of this context alone, if the page has nothing of its own by those names."""
        name, _, _, context, own = place
        tree = self._trees.get(name)
        if tree is None or tree.alike is None:
            return None
        found, known = tree.alike
        names = found.reads.keys()
        plain = names.isdisjoint(trace.given) and names.isdisjoint(own) and names.isdisjoint(context.vars)
        if known is not trace.context or not plain:
            return None
        held = context.parent  # where names stand too that are set around the template that includes this one
        if not all(held.get(asked, missing) is value for asked, (_, value) in found.reads.items()):
            return None
        self._pass_on(found, context, own, trace)
        return found

    def _is_of_context_alone(self, made: Made) -> bool:
        """Return whether ``made`` came of nothing that the page was given, or that its templates have set."""
        common = self._environment.globals
        return all(
            mark is not UNSURE
            and (mark[1] if mark[0] == HIDDEN else mark[0] == ABSENT and value is common.get(name, missing))
            for name, (mark, value) in made.reads.items()
        )

    def _found(self, place: _Place, trace: Trace) -> Made:
        """Return what the template makes at ``place``, and note what that asks."""
        name, _, _, context, own = place
        tree = self._trees.get(name) or self._trees.setdefault(name, Tree())
        met = self._find(tree.young, context, own, trace) if tree.is_kept else None
        if met:
            tree.is_useful = True
        found = met or self._find(tree.old, context, own, trace) or Made(*trace.part(partial(self._made, *place)))
        if met is None and tree.is_kept:
            tree.keep(found)
        self._pass_on(found, context, own, trace)
        return found

    def _pass_on(self, found: Made, context: Context, own: Mapping[str, Any], trace: Trace) -> None:
        """Note that the template at work has asked for what the one asked for that it includes, unless it set that."""
        noted = trace.reads
        if noted is None:
            return
        for name, read in found.reads.items():
            if name not in noted and own.get(name, missing) is missing and name not in context.vars:
                noted[name] = read

    def _find(self, place: Asked | Made | None, context: Context, own: Mapping[str, Any], trace: Trace) -> Made | None:
        while place.__class__ is Asked:
            asked: str = place.name
            value = own.get(asked, missing)
            if value is missing:
                value = context.vars[asked] if asked in context.vars else context.parent.get(asked, missing)
            place = place.after.get(trace.read(asked, value)[0])
        return place  # type: ignore[return-value]  # it is no such place any more

    def _made(self, name: str, parent: str | None, may_lack: bool, context: Context, own: Mapping[str, Any]) -> str:  # noqa: FBT001 - as above
        try:
            template = self._get(name, parent)
        except TemplateNotFound:
            if may_lack:
                return ""
            raise
        environment = self._environment
        set_here = {each: value for each, value in own.items() if value is not missing}
        values = {**context.parent, **context.vars, **set_here}
        inner = environment.context_class(environment, values, template.name, template.blocks, template.globals)
        return environment.concat(template.root_render_func(inner))
