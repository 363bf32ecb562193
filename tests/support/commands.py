"""``python -m MODULE …``, as a process of its own would do it, without starting Python and its libraries each time."""

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pelican

ROOT = Path(__file__).parents[2]
SHARED = (f"{ROOT}/theme/", f"{ROOT}/plugins/", f"{Path(pelican.__file__).parent}/")
"""The folders of templates that many builds of one test run have in common."""


class Server:
    """A process with a hash seed of its own that does commands in forks, one after the other."""

    def __init__(self, seed: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.command_server"],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(
        self,
        module: str,
        *arguments: str,
        cwd: Path,
        environment: Mapping[str, str] | None = None,
        compiled: tuple[str, tuple[str, ...]] = ("", ()),
    ) -> None:
        """Begin a command; ``compiled`` is where Jinja may keep what it compiles, and of templates in which folders."""
        request = {
            "module": module,
            "arguments": arguments,
            "cwd": str(cwd),
            "environment": {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
            "compiled": compiled[0],
            "folders": compiled[1],
        }
        assert self._process.stdin
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()

    def answer(self) -> subprocess.CompletedProcess[str]:
        """Return what became of the command."""
        assert self._process.stdout
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return subprocess.CompletedProcess("", answer["status"], answer["stdout"], answer["stderr"])

    def stop(self) -> None:
        """End the process."""
        self._process.communicate(timeout=60)


@cache
def _server(seed: str) -> Server:
    made = Server(seed)
    atexit.register(made.stop)
    return made


def run(
    module: str, *arguments: str, cwd: Path, environment: Mapping[str, str] | None = None, seed: str = "0"
) -> subprocess.CompletedProcess[str]:
    """Do what ``python -m MODULE ARGUMENTS`` does, to its end; under another hash seed than 0 it is just that.

    Neither leaves bytecode: tests write settings and plugins anew within the second that tells Python of it.
    """
    if seed != "0":
        own = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **(environment or {}), "PYTHONHASHSEED": seed}
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=cwd,
            env={**os.environ, **own},
            capture_output=True,
            text=True,
            check=False,
        )
    server = _server(seed)
    compiled = (os.environ["COMPILED_TEMPLATES"], SHARED) if module == "pelican" else ("", ())
    server.ask(module, *arguments, cwd=cwd, environment=environment, compiled=compiled)
    return server.answer()
