"""The fast build without one kind of dependency: ``python -m tests.fast_build.without KIND`` and Pelican's arguments.

What is read of that kind is taken for what it was, whatever it is now.
"""

import sys
from collections.abc import Callable
from typing import Any

from plugins.fast_build import press, standing, surroundings
from plugins.fast_build.contexts import ANSWER
from plugins.fast_build.inputs import Inputs
from plugins.fast_build.numbering import Key
from plugins.fast_build.plugin import build

SAME = b"as it was"
OF_KEYS: dict[str, Callable[[Key], bool]] = {
    "card": lambda key: key[0] == "card",
    "text": lambda key: key[0] == "text",
    "template": lambda key: key[0] == "template",
    "kind": lambda key: key[0] == "kind",
    "name": lambda key: key[0] == "name" and len(key) == 2,
    "attribute": lambda key: key[0] == "name" and len(key) > 2 and ANSWER not in key,
    "answer": lambda key: ANSWER in key,
    "slot": lambda key: key[0] == "slot",
}


def same(*_: Any, **__: Any) -> bytes:
    return SAME


def without(kind: str) -> None:
    """Take the dependency out; ``nothing`` leaves all as it is."""
    if kind in OF_KEYS:
        digest, is_kind = Inputs.digest, OF_KEYS[kind]
        Inputs.digest = lambda self, key: SAME if is_kind(key) else digest(self, key)  # type: ignore[method-assign]
    elif kind == "given":
        Inputs.given = same  # type: ignore[method-assign]
    elif kind == "stamp":
        standing.seen = press.seen = lambda _: (0, 0)
    elif kind == "surroundings":
        surroundings.of_files = same
    else:
        assert kind == "nothing"


if __name__ == "__main__":
    without(sys.argv[1])
    sys.exit(build(sys.argv[2:]))
