"""Builds on demand: each request is done in a fork, so that Python and the libraries are started only once.

One JSON object a line on standard input: ``{"fast": true, "cwd": "…", "now": "…", "output": "…"}``; one line a result.
"""

import contextlib
import io
import json
import os
import sys

from pelican import main as stock_build

from plugins.fast_build.plugin import build as fast_build


def build(request: dict[str, object]) -> int:
    """Build in this process; return the exit status."""
    os.chdir(str(request["cwd"]))
    os.environ["BUILD_TIME"] = str(request["now"])
    arguments = [
        "content",
        "-s",
        "settings.py",
        "-o",
        str(request["output"]),
        "--log-handler",
        "plain",
        "--fatal=errors",
    ]
    if request["fast"]:
        return fast_build(arguments)
    try:
        stock_build(arguments)
    except SystemExit as exit_:
        return int(exit_.code or 0)
    return 0


def main() -> None:
    """Answer requests until the input ends."""
    for line in sys.stdin:
        read, write = os.pipe()
        child = os.fork()
        if not child:
            log = io.StringIO()
            with contextlib.redirect_stdout(log), contextlib.redirect_stderr(log):
                try:
                    status = build(json.loads(line))
                except BaseException as error:  # noqa: BLE001 - told to the test
                    print(repr(error), file=log)
                    status = 70
            with os.fdopen(write, "w") as pipe:
                pipe.write(log.getvalue())
            os._exit(status)
        os.close(write)
        with os.fdopen(read) as pipe:
            said = pipe.read()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(json.dumps({"status": status, "log": said}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
