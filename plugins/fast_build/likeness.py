"""Whether Jinja's environments make the same of the same: Pelican has one for each generator, all set up alike."""

from collections.abc import Hashable, Mapping
from functools import partial
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader

_SETTINGS = (
    "block_start_string",
    "block_end_string",
    "variable_start_string",
    "variable_end_string",
    "comment_start_string",
    "comment_end_string",
    "line_statement_prefix",
    "line_comment_prefix",
    "trim_blocks",
    "lstrip_blocks",
    "newline_sequence",
    "keep_trailing_newline",
    "optimized",
    "undefined",
    "finalize",
    "autoescape",
    "sandboxed",
    "is_async",
)
_PLAIN = (str, bytes, int, float, bool, type(None))
_ONESELF = (type, FunctionType, BuiltinFunctionType, MethodType)


def likeness(environment: Environment) -> Hashable:
    """Return what is equal for environments that make the same of the same; what cannot be told counts as different."""
    return (
        tuple(_told(getattr(environment, name)) for name in _SETTINGS),
        tuple(environment.extensions),
        _loader(environment.loader),
        *(_pairs(each) for each in (environment.filters, environment.tests, environment.globals, environment.policies)),
    )


def _pairs(values: Mapping[str, Any]) -> Hashable:
    return tuple((name, _told(values[name])) for name in sorted(values))


def _told(value: object) -> Hashable:
    if isinstance(value, _PLAIN):
        return (type(value), value)
    if isinstance(value, partial):
        return (partial, _told(value.func), tuple(map(_told, value.args)), _pairs(value.keywords))
    if isinstance(value, list | tuple):
        return (type(value), tuple(map(_told, value)))
    if isinstance(value, _ONESELF) or not hasattr(value, "__dict__") or hasattr(value, "__slots__"):
        return _identity(value)
    return (type(value), _pairs(vars(value)))


def _loader(loader: BaseLoader | None) -> Hashable:
    if isinstance(loader, ChoiceLoader):
        return (ChoiceLoader, tuple(map(_loader, loader.loaders)))
    if isinstance(loader, PrefixLoader):
        return (PrefixLoader, loader.delimiter, tuple((name, _loader(each)) for name, each in loader.mapping.items()))
    if type(loader) is FileSystemLoader:
        return (FileSystemLoader, tuple(loader.searchpath), loader.encoding, loader.followlinks)
    return _identity(loader)


def _identity(value: object) -> Hashable:
    return object.__hash__(value)  # the environment holds it
