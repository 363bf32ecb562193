"""Runs ``python -m …`` again and again, each in a fork, so that Python and the libraries are started only once.

A line of JSON on standard input is a request, a line of JSON on standard output what became of it. The modules are only
imported before: each fork reads its settings and its sources as a process of its own would.
"""

import atexit
import gc
import importlib
import json
import os
import runpy
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket

ROOT = Path(__file__).parents[2]
PLUGINS = tuple(f"plugins.{file.parent.name}.plugin" for file in sorted(ROOT.glob("plugins/*/plugin.py")))
COMMANDS = tuple(f"plugins.{file.parent.name}.__main__" for file in sorted(ROOT.glob("plugins/*/__main__.py")))

LIMIT = 300
"""Seconds after which a command is ended, so that no test waits for ever."""


class Compiled(FileSystemBytecodeCache):
    """Jinja's own store of compiled templates, for those that lie in some folders.

    What Jinja compiles hangs on the environment besides; its store does not know this, so that the key does.
    """

    def __init__(self, store: str, folders: tuple[str, ...]) -> None:
        super().__init__(store)
        self._folders = folders

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the compiled template; an empty bucket for one that lies elsewhere."""
        if not filename or not filename.startswith(self._folders):
            return Bucket(environment, "", "")
        escape = environment.autoescape
        options = (
            escape(name) if callable(escape) else escape,
            environment.trim_blocks,
            environment.lstrip_blocks,
            environment.keep_trailing_newline,
            getattr(environment, "newstyle_gettext", False),
            *sorted(environment.extensions),
            *sorted(environment.filters),
            *sorted(environment.tests),
        )
        return super().get_bucket(environment, f"{name} {options}", filename, source)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.key:
            super().dump_bytecode(bucket)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept."""
        if bucket.key:
            super().load_bytecode(bucket)


def keep_compiled(store: str, folders: tuple[str, ...]) -> None:
    """Let every environment of this process take compiled templates from ``store``."""
    Path(store).mkdir(parents=True, exist_ok=True)
    cache = Compiled(store, folders)
    make = Environment.__init__

    def made(self: Environment, *arguments: Any, **named: Any) -> None:
        make(self, *arguments, **{"bytecode_cache": cache, **named})

    Environment.__init__ = made  # type: ignore[method-assign]


def perform(request: dict[str, Any]) -> int:
    """Do in this process what ``python -m MODULE ARGUMENTS`` does; return its exit status."""
    os.chdir(request["cwd"])
    sys.dont_write_bytecode = True  # tests write settings and plugins anew within the second that tells Python of it
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.path[:0] = [os.getcwd(), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]  # noqa: PTH109
    if request["compiled"]:
        keep_compiled(request["compiled"], tuple(request["folders"]))
    sys.argv = [request["module"], *request["arguments"]]
    try:
        runpy.run_module(request["module"], run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        if isinstance(ended.code, str):
            sys.stderr.write(f"{ended.code}\n")
            return 1
        return int(ended.code or 0)
    except BaseException:  # noqa: BLE001 - as the interpreter does
        traceback.print_exc()
        return 1
    return 0


def fork(work: Callable[[], int], out: int, err: int) -> int:
    """Do ``work`` in a fork whose words go to two files; return its exit status."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 70
    try:
        signal.alarm(LIMIT)
        with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - no path
            os.dup2(nothing.fileno(), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        status = work()
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)


def main() -> None:
    """Answer requests until the input ends."""
    for name in (*PLUGINS, *COMMANDS):
        importlib.import_module(name)
    sys.path[:] = [place for place in sys.path if place not in {"", str(ROOT)}]
    for name in COMMANDS:
        del sys.modules[name]  # it is to run as if it had not been imported
    gc.freeze()
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        request = json.loads(line)
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            status = fork(lambda asked=request: perform(asked), out.fileno(), err.fileno())
            said = []
            for file in (out, err):
                file.seek(0)
                said.append(file.read().decode(errors="replace"))
        answers.write(json.dumps({"status": status, "stdout": said[0], "stderr": said[1]}) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
