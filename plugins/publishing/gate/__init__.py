"""The gate before upload: what is wrong with a built edition, told before anybody reads it."""

from .inspection import inspect, inspect_files, opened
from .reporting import report
from .settings import Inspection

__all__ = ["Inspection", "inspect", "inspect_files", "opened", "report"]
