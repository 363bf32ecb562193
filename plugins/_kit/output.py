"""Files of the output, written only where they differ, so that times and uploads stay small."""

import os


def write(path: str | os.PathLike[str], content: bytes, *, is_new: bool = False) -> bool:
    """Let ``path`` hold ``content``, whole at any moment; return whether it did not before.

    Where all ``is_new``, the folder is made first: what was not there has nothing to be compared with, and no reader
    who may meet half of the file, which is written in its place.
    """
    name = os.fspath(path)  # all of this is for speed: there are tens of thousands
    folder, _, base = name.rpartition("/")
    if is_new and _make(folder):
        _put(name, content)
        return True
    try:
        with open(name, "rb", buffering=0) as file:  # noqa: PTH123 - as above
            if file.readall() == content:
                return False
    except FileNotFoundError:
        _make(folder)
    unfinished = f"{folder}/.{base}.part" if folder else f".{base}.part"
    _put(unfinished, content)
    os.replace(unfinished, name)  # noqa: PTH105 - as above
    return True


def _put(name: str, content: bytes) -> None:
    with open(name, "wb", buffering=0) as file:  # noqa: PTH123 - as above
        left = memoryview(content)
        while left:
            left = left[file.write(left) :]


def _make(folder: str) -> bool:
    """Make ``folder``, unless it is the one of work; return whether it was not there."""
    try:
        os.mkdir(folder)  # noqa: PTH102 - as above
    except FileExistsError:
        return False
    except FileNotFoundError:
        if folder:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
        return bool(folder)
    return True
