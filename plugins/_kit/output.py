"""Files of the output, written only where they differ, so that times and uploads stay small."""

import os


def write(
    path: str | os.PathLike[str], content: bytes, *, is_new: bool = False, replaced: list[int] | None = None
) -> bool:
    """Let ``path`` hold ``content``, whole at any moment; return whether it did not before.

    Where all ``is_new``, the folder is made first: what was not there has nothing to be compared with, and no reader
    who may meet half of the file, which is written in its place. A file whose place is taken stays open among those
    ``replaced``, by its descriptor, to be closed when there is time: to forget one takes a file system longer than all
    else that is done here.
    """
    name = os.fspath(path)  # all of this is for speed: there are tens of thousands
    folder, _, base = name.rpartition("/")
    if is_new and _make(folder):
        _put(name, content)
        return True
    try:
        old = os.open(name, os.O_RDONLY)
    except FileNotFoundError:
        old = None
        _make(folder)
    try:
        if old is not None and _holds(old, content):
            return False
        unfinished = f"{folder}/.{base}.part" if folder else f".{base}.part"
        _put(unfinished, content)
        os.replace(unfinished, name)  # noqa: PTH105 - as above
        if old is not None and replaced is not None:
            replaced.append(old)
            old = None
    finally:
        if old is not None:
            os.close(old)
    return True


def _holds(file: int, content: bytes) -> bool:
    return os.fstat(file).st_size == len(content) and os.pread(file, len(content), 0) == content


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
