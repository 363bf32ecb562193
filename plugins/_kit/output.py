"""Files of the output, written only where they differ, so that times and uploads stay small."""

from pathlib import Path


def write(path: Path, content: bytes) -> bool:
    """Let ``path`` hold ``content``, whole at any moment; return whether it did not before."""
    try:
        if path.read_bytes() == content:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(content)
    unfinished.replace(path)
    return True
