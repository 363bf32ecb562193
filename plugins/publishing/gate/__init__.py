"""The gate before upload: what is wrong with a built edition, told before anybody reads it."""

from .inspection import inspect
from .limits import Inspection
from .reporting import report

__all__ = ["Inspection", "inspect", "report"]
