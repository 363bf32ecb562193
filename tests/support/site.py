"""A small site written by a test and really built by Pelican's own command."""

import json
from dataclasses import dataclass
from pathlib import Path

from tests.support import commands

ROOT = commands.ROOT


@dataclass(frozen=True)
class Build:
    """What one run of the command left."""

    status: int
    log: str
    output: Path

    def read(self, name: str) -> str:
        return (self.output / name).read_text("utf-8")

    def files(self) -> dict[str, bytes]:
        """Every file of the output by its name."""
        found = (path for path in sorted(self.output.rglob("*")) if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in found}


class Site:
    """A folder with settings and content. Settings given here or to ``build`` are Python values of pelicanconf.py."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.folder = folder
        self.settings: dict[str, object] = {
            "SITENAME": "A test",
            "SITEURL": "https://test.example",
            "PATH": "content",
            "TIMEZONE": "Asia/Tashkent",
            "DEFAULT_LANG": "en",
            "BUILD_TIME": "2026-09-30T12:00:00+05:00",
            "FEED_ALL_ATOM": None,
            "CATEGORY_FEED_ATOM": None,
            "AUTHOR_FEED_ATOM": None,
            "AUTHOR_FEED_RSS": None,
            "TRANSLATION_FEED_ATOM": None,
            **settings,
        }

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file below the site's folder, e.g. ``content/a.md``."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def article(self, name: str, body: str = "Some text.", **fields: object) -> Path:
        """Write ``content/articles/<name>.md`` with a YAML header (JSON values are YAML)."""
        header = {
            "title": name.title(),
            "date": "2026-09-01 09:00 +05:00",
            "category": "News",
            "summary": "S.",
            **fields,
        }
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in header.items()]
        return self.write(f"content/articles/{name}.md", "\n".join(["---", *lines, "---", "", body, ""]))

    def settings_text(self, **settings: object) -> str:
        """Return a pelicanconf.py of the site's settings and the ones given."""
        values = {**self.settings, **settings}
        path = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        return path + "".join(f"{key} = {value!r}\n" for key, value in values.items())

    def build(self, output: str = "output", fatal: str = "errors", seed: str = "0", **settings: object) -> Build:
        """Run ``python -m pelican`` in the site's folder and return its exit status, its words and the output."""
        (self.folder / "content").mkdir(exist_ok=True)
        (self.folder / "pelicanconf.py").write_text(self.settings_text(**settings), "utf-8")
        options = ("-s", "pelicanconf.py", "-o", output, "--log-handler", "plain", f"--fatal={fatal}")
        run = commands.run("pelican", *options, cwd=self.folder, seed=seed)
        return Build(run.returncode, run.stdout + run.stderr, self.folder / output)
