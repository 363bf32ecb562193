"""How Jinja's templates get at names and attributes: as ever, and noted."""

from collections import ChainMap
from collections.abc import Callable
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any, ClassVar

from jinja2 import Environment
from jinja2.runtime import Context, Macro, Undefined
from jinja2.utils import missing

from .numbering import Key
from .traces import Trace, is_view
from .tracing import Recorder

ANSWER = "()"
"""Stands in a key before what a method was asked, as in ``("name", "syndication", "discovery", "()", "about/")``."""
_PLAIN = frozenset({FunctionType, MethodType, BuiltinFunctionType})
"""What Jinja calls as it is, unless it is marked; of all else it asks first whether what calls it is marked."""
_WORDS = "jinja2.ext"  # whose functions give the site's words
_identity = object.__hash__  # as in ``traces``


class TracedContext(Context):
    """The context of one template."""

    recorder: ClassVar[Recorder]
    said: ClassVar[dict[tuple[str, bool], Any]]
    """The site's words that were asked for, by what they were asked by, and whether that is to be markup."""

    def __init__(self, environment: Environment, parent: Any, name: Any, blocks: Any, globals: Any = None) -> None:  # noqa: A002, ANN401 - Jinja's own signature
        own = not isinstance(globals, ChainMap) or globals.maps[0]  # else the environment's alone: they go unnamed
        super().__init__(environment, parent, name, blocks, globals if own else None)

    def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Return the value of a name that a template reads, or Jinja's mark for none."""
        if key in self.vars:
            return self.vars[key]
        value = self.parent.get(key, missing)
        if self.recorder.trace is not None:
            self.recorder.trace.resolved(key, value)
        return value

    def resolve(self, key: str) -> Any | Undefined:  # noqa: ANN401 - Jinja's own signature
        """Return the value of a name that Python code reads, or Jinja's thing for none."""
        value = self._asked(key)
        return self.environment.undefined(name=key) if value is missing else value

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Return the value of a name, or the default."""
        value = self._asked(key)
        return default if value is missing else value

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Return the value of a name; raises KeyError."""
        value = self._asked(key)
        if value is missing:
            raise KeyError(key)
        return value

    def __contains__(self, key: object) -> bool:
        """Return whether there is a value of a name."""
        return self._asked(str(key), "kind") is not missing

    def call(self, called: Any, /, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Call a function for a template; what gives the site's words is asked for each of them once."""
        is_macro = called.__class__ is Macro
        if is_macro or (called.__class__ in _PLAIN and not hasattr(called, "jinja_pass_arg")):
            named.pop("_block_vars", None)
            named.pop("_loop_vars", None)
            try:
                return called(self.eval_ctx, *arguments, **named) if is_macro else called(*arguments, **named)
            except StopIteration:
                return self.environment.undefined(f"{called!r} has raised StopIteration")  # as Jinja does
        if len(arguments) != 1 or any(named.values()) or not self._gives_words(called):
            return super().call(called, *arguments, **named)
        self._asked("gettext")
        words = (arguments[0], self.eval_ctx.autoescape)
        if words not in self.said:
            self.said[words] = super().call(called, *arguments)
        return self.said[words]

    def _gives_words(self, called: object) -> bool:
        """Return whether ``called`` is ``_`` of Jinja's extension, and so is what that calls."""
        common = self.environment.globals
        if called is not common.get("_") or getattr(called, "__module__", "") != _WORDS:
            return False
        says = self.vars.get("gettext", self.parent.get("gettext"))
        return says is common.get("gettext") and getattr(says, "__module__", "") == _WORDS

    def _asked(self, key: str, kind: str = "name") -> Any:  # noqa: ANN401 - any value
        """Return the value of a name that Python code asks for, and note that."""
        if key in self.vars:
            return self.vars[key]
        value = self.parent.get(key, missing)
        if self.recorder.trace is not None:
            self.recorder.trace.asked(key, value, (kind, key))
        return value


def context_class(recorder: Recorder) -> type[Context]:
    """Return a class for one of Jinja's environments that notes which names are read, by templates and by functions."""
    return type("TracedContext", (TracedContext,), {"recorder": recorder, "said": {}})


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
