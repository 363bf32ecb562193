"""Files of the output, written only where they differ, so that times and uploads stay small."""

import os


def write(path: str | os.PathLike[str], content: bytes) -> bool:
    """Let ``path`` hold ``content``, whole at any moment; return whether it did not before."""
    name = os.fspath(path)  # all of this is for speed: there are tens of thousands
    folder, _, base = name.rpartition("/")
    try:
        with open(name, "rb", buffering=0) as file:  # noqa: PTH123 - as above
            if file.readall() == content:
                return False
    except FileNotFoundError:
        _make(folder)
    unfinished = f"{folder}/.{base}.part" if folder else f".{base}.part"
    with open(unfinished, "wb", buffering=0) as file:  # noqa: PTH123 - as above
        left = memoryview(content)
        while left:
            left = left[file.write(left) :]
    os.replace(unfinished, name)  # noqa: PTH105 - as above
    return True


def _make(folder: str) -> None:
    if folder:
        try:
            os.mkdir(folder)  # noqa: PTH102 - as above
        except FileExistsError:
            pass
        except FileNotFoundError:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
