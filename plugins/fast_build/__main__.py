"""The commands ``python -m plugins.fast_build build`` and ``serve``."""

import atexit
import os
import sys

from .untouched import look


def main(arguments: list[str]) -> int:
    """Run the command; return its exit status."""
    looked = look(arguments[1:]) if arguments[:1] == ["build"] else None
    if looked and looked.is_untouched:
        print("Done: nothing has changed since the last build.")
        return 0
    from .commands import run  # noqa: PLC0415 - where nothing has changed, nothing of it is needed

    return run(arguments, looked)


def command() -> None:
    """Run the command of this process, and end it with its exit status, without taking apart what it holds."""
    statuses: list[int] = []

    def end() -> None:
        for status in statuses:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    atexit.register(end)  # as the first, and so called as the last
    statuses.append(main(sys.argv[1:]))
    sys.exit(statuses[0])


if __name__ == "__main__":
    command()
