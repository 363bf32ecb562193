"""A newsroom that publishes by the real command, and a host on this machine that serves what it published."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from plugins.publishing import headers
from plugins.publishing.headers import Policy
from tests.support import commands
from tests.support.serving import serving
from tests.support.site import ROOT

PAGES = 30
STYLE = re.compile(rb'href="/(theme/[^"]+)"')
HERE = {**os.environ, "PYTHONPATH": str(ROOT)}


def edition(number: int, pages: int = PAGES) -> dict[str, bytes]:
    """The files of edition ``number``: without a story of the last, with a new one and its own stylesheet."""
    style = f"theme/style.{number:012x}.css"
    stories = [story for story in range(pages + number) if story % pages != number % pages or story >= pages]
    head = (
        f'<!doctype html><html lang="en"><head><title>E{number}</title><link rel="stylesheet" href="/{style}"></head>'
    )
    links = "".join(f'<a href="/2026/{story}/">{story}</a>' for story in stories)
    files = {
        "index.html": f"{head}<body>{links}</body></html>",
        style: f"body {{ order: {number} }}",
        "rates/latest.json": json.dumps({"edition": number}),
        "feed.atom": f"<feed>{number}</feed>",
        "pictures/same.txt": "the same in every edition",
        "404.html": f"{head}<body>Not here</body></html>",
    }
    files |= {f"2026/{story}/index.html": f"{head}<body>Story {story}</body></html>" for story in stories}
    return {path: text.encode() for path, text in files.items()}


class Press:
    """A folder with a settings file; ``settings`` are those of PUBLISHING."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.folder = folder
        self.settings: dict[str, object] = {"gate": False, **settings}
        self.environment: dict[str, str] = {}

    def lay(self, files: dict[str, bytes], name: str = "built") -> Path:
        """Write a built edition, in place of the last."""
        built = self.folder / name
        if built.exists():
            shutil.rmtree(built)
        for path, data in files.items():
            (built / path).parent.mkdir(parents=True, exist_ok=True)
            (built / path).write_bytes(data)
        return built

    def command(self, *arguments: str) -> list[str]:
        text = f"SITEURL = 'http://127.0.0.1:9'\nPUBLISHING = {self.settings!r}\n"
        (self.folder / "publishconf.py").write_text(text, "utf-8")
        return [sys.executable, "-m", "plugins.publishing", *arguments]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command to its end."""
        _, _, module, *rest = self.command(*arguments)
        return commands.run(module, *rest, cwd=self.folder, environment=self.environment)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Begin the command, and say nothing."""
        return subprocess.Popen(
            self.command(*arguments),
            cwd=self.folder,
            env={**HERE, **self.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def publish(self, number: int, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Publish edition ``number``, which must go well."""
        self.lay(edition(number))
        done = self.run("publish", "built", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    def releases(self) -> list[str]:
        """The ids of the kept releases, the newest first."""
        return [line.removeprefix("live").split()[0] for line in self.run("releases").stdout.splitlines()]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    read: Callable[[str], bytes | None]
    rules: headers.HeaderRules
    odd: dict[str, str]
    moved: dict[str, str]
    missing: bool

    def do_GET(self) -> None:
        path = urllib.request.unquote(self.path.lstrip("/"))
        path = f"{path}index.html" if not path or path.endswith("/") else path
        found = self.odd.get(path, "").encode() or type(self).read(path)
        body, served = found if isinstance(found, tuple) else (found, headers.expected(self.rules, path))
        status = 200
        if (moved := self.moved.get(path.removesuffix("index.html"))) is not None:
            status, body, served = 301 if moved else 410, b"", {"Location": f"/{moved}"} if moved else {}
        elif body is None:
            status, body = 404, type(self).read("404.html") if self.missing else b"No such key"
        self.send_response(status)
        for name, value in served.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_args: object) -> None:
        pass


@contextlib.contextmanager
def host(read: Callable[[str], bytes | None]):
    """Serve what ``read`` returns for a path, a body alone with the headers of the description; yields the handler."""
    rules = headers.HeaderRules(tuple(headers.describe(ROOT / "docs", Policy()).rules), "", ())
    handler = type(
        "Handler", (_Handler,), {"read": staticmethod(read), "rules": rules, "odd": {}, "moved": {}, "missing": True}
    )
    with serving(handler) as server:
        handler.url = server.url
        yield handler


def folder_reader(current: Path) -> Callable[[str], bytes | None]:
    """Read as a web server does whose root is the link ``current``."""

    def read(path: str) -> bytes | None:
        try:
            return (current / path).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None

    return read


def got(url: str, path: str) -> bytes | None:
    """What a reader gets for a path; None for 404."""
    try:
        with urllib.request.urlopen(f"{url}/{path.removesuffix('index.html')}", timeout=20) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        error.close()
        return None


def served(url: str, *numbers: int) -> dict[str, bytes]:
    """Everything of the editions ``numbers`` that a reader gets, but for stylesheets that no page names any more."""
    paths = {path for number in numbers for path in edition(number)}
    found = {path: body for path in sorted(paths) if (body := got(url, path)) is not None}
    named = {style.decode() for body in found.values() for style in STYLE.findall(body)}
    return {path: body for path, body in found.items() if path in named or not path.endswith(".css")}
