"""The commands ``python -m plugins.fast_build build`` and ``serve``."""

import sys

from .untouched import is_untouched


def main(arguments: list[str]) -> int:
    """Run the command; return its exit status."""
    if arguments[:1] == ["build"] and is_untouched(arguments[1:]):
        print("Done: nothing has changed since the last build.")
        return 0
    from .commands import run  # noqa: PLC0415 - where nothing has changed, nothing of it is needed

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
