"""The commands ``python -m plugins.fast_build build`` and ``serve``, where there is something to do."""

import argparse
import os
import sys
import threading
from pathlib import Path

from . import garbage
from .untouched import Looked


def run(arguments: list[str], looked: Looked | None) -> int:
    """Run the command; return its exit status. What a build stands on was ``looked`` at."""
    parser = argparse.ArgumentParser(
        prog="python -m plugins.fast_build", description="Build the edition, or preview it while writing."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="build the edition; what follows is as for the command pelican")
    build.add_argument("pelican", nargs=argparse.REMAINDER, help="pelican's own arguments, e.g. content -o output")
    stay = commands.add_parser("reside", help="build again and again, as the preview asks for")
    stay.add_argument("answers", type=int, help="the number of the open file to answer on")
    stay.add_argument("pelican", nargs=argparse.REMAINDER, help="pelican's own arguments")
    serve = commands.add_parser("serve", help="build the edition, serve it, and build again at each saved change")
    serve.add_argument("--port", type=int, default=8000, help="the port on this machine (default: 8000)")
    serve.add_argument("--bind", default="127.0.0.1", help="the address to listen at (default: this machine alone)")
    chosen = parser.parse_args(arguments)
    if chosen.command == "serve":
        return _serve(chosen.bind, chosen.port)
    return _build(chosen.pelican, looked) if chosen.command == "build" else _reside(chosen.answers, chosen.pelican)


def _build(arguments: list[str], looked: Looked | None) -> int:
    garbage.leave()  # importing makes much and leaves nothing, and the process ends with what it builds
    from . import plugin  # noqa: PLC0415 - the preview's own process needs no Pelican

    return plugin.build(arguments, looked)


def _reside(answers: int, arguments: list[str]) -> int:
    with garbage.left():  # as above
        from .plugin import reside  # noqa: PLC0415 - as above
        from .residing import Asking  # noqa: PLC0415 - as above

    with os.fdopen(answers, "w", encoding="utf-8", buffering=1) as pipe:
        return reside(arguments, Asking(sys.stdin), lambda line: print(line, file=pipe))


def _serve(bind: str, port: int) -> int:
    from .editions import Editions  # noqa: PLC0415 - no build needs them
    from .rebuilding import Builder  # noqa: PLC0415 - as above
    from .serving import server  # noqa: PLC0415 - as above

    editions = Editions()
    try:
        listening = server(editions, bind, port)
    except OSError as error:
        sys.stderr.write(f"Cannot listen at {bind}:{port}: {error.strerror}. Choose another: make serve PORT=8001\n")
        return 1
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    address = f"http://{bind}:{listening.server_port}/"
    sys.stdout.write(f"The edition is at {address} and follows each saved change. Ctrl-C ends it.\n")
    sys.stdout.flush()
    try:
        Builder(Path.cwd(), editions).follow(threading.Event())
    except KeyboardInterrupt:
        listening.shutdown()
    return 0
