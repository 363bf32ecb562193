"""Whether the host serves exactly the manifest, asked over HTTP as a reader would."""

import hashlib
import random
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import urllib3

from .manifest import Entry, Manifest
from .plan import Plan

NOT_SERVED = frozenset({"_headers", "_redirects", ".nojekyll", "404.html"})
"""Files that hosts read themselves, or serve under another status."""
_WAITS = (0.5, 1, 2, 4, 8)
_TIMEOUT = 20
_ANY = frozenset({"application/octet-stream"})
_ALIKE = (
    frozenset({"text/javascript", "application/javascript"}),
    frozenset({"image/vnd.microsoft.icon", "image/x-icon"}),
    frozenset({"application/xml", "text/xml"}),
    frozenset({"application/json", "application/feed+json"}),
)
"""Names of one type, of which hosts say either."""
_LARGEST = 256 * 1024 * 1024

Expected = Callable[[str], Mapping[str, str]]
"""Of a path: the response headers it must come with, names in lower case."""


@dataclass(frozen=True)
class Report:
    """What was found."""

    asked: int
    """How many files were asked for."""
    wrong: tuple[str, ...]
    """What is served otherwise than it should, a line each, in the order of paths."""
    seconds: float

    @property
    def words(self) -> str:
        """The report in one line."""
        if not self.wrong:
            return f"yes, {self.asked:,} files in {self.seconds:.1f} s"
        return f"no, {len(self.wrong):,} of {self.asked:,} files differ: {self.wrong[0]}"


@dataclass(frozen=True)
class Host:
    """Where and how to ask."""

    url: str
    """The public address, with or without a final slash."""
    connections: int
    settle: float
    """For how many seconds a difference may pass away (a CDN, Pages)."""


def chosen(manifest: Manifest, plan: Plan, limits: tuple[int, int], seed: str) -> tuple[str, ...]:
    """Return the paths to ask for: all of them up to ``limits[0]``, else those that travel and ``limits[1]`` others."""
    paths = [path for path in manifest.files if path not in NOT_SERVED]
    if len(paths) <= limits[0]:
        return tuple(paths)
    travelled = {*plan.uploaded, "index.html"}
    others = [path for path in paths if path not in travelled]
    drawn = random.Random(seed).sample(others, min(limits[1], len(others)))  # noqa: S311 - a sample, no secret
    return tuple(sorted({*drawn, *(path for path in paths if path in travelled)}))


@dataclass(frozen=True)
class Questions:
    """What to ask for."""

    files: Mapping[str, Entry | None]
    """By path: what is to be served; None for what is to be gone."""
    expected: Expected


def questions(manifest: Manifest, paths: tuple[str, ...], gone: tuple[str, ...], expected: Expected) -> Questions:
    """Return the questions whether ``paths`` are served as in ``manifest``, and whether what is ``gone`` is."""
    served: dict[str, Entry | None] = {path: manifest.files[path] for path in paths}
    return Questions({**served, **{path: None for path in gone if path not in NOT_SERVED}}, expected)


def over_http(asked: Questions, host: Host) -> Report:
    """Ask ``host`` again and again until every answer is right, or it has had its time to settle."""
    began = time.monotonic()
    size = host.connections
    with (
        urllib3.PoolManager(maxsize=size, block=True, retries=False, timeout=_TIMEOUT) as client,
        ThreadPoolExecutor(size) as pool,
    ):
        wrong: dict[str, str] = dict.fromkeys(asked.files, "")
        for pause in _pauses(began + host.settle):
            time.sleep(pause)
            found = pool.map(lambda path: (path, _difference(client, host.url, path, asked)), list(wrong))
            wrong = {path: words for path, words in found if words}
            if not wrong:
                break
    lines = tuple(f"/{address(path)} {words}" for path, words in sorted(wrong.items()))
    return Report(len(asked.files), lines, time.monotonic() - began)


def on_disk(manifest: Manifest, paths: tuple[str, ...], folder: Path) -> Report:
    """Read ``folder`` as a web server would, and return what differs from the manifest."""
    began = time.monotonic()
    wrong = []
    for path in paths:
        file = folder / path
        if not file.is_file():
            wrong.append(f"{path} is not there")
        elif hashlib.sha256(file.read_bytes()).hexdigest() != manifest.files[path].digest:
            wrong.append(f"{path} has other bytes")
    return Report(len(paths), tuple(wrong), time.monotonic() - began)


def address(path: str) -> str:
    """Return the address of a file relative to the site, escaped: ``a b/index.html`` is ``a%20b/``."""
    return quote(path.removesuffix("index.html") if f"/{path}".endswith("/index.html") else path)


def _pauses(until: float) -> Iterator[float]:
    """Yield how long to wait before each round: nothing, then more and more, until the time is over."""
    yield 0
    for pause in (*_WAITS, *[_WAITS[-1]] * 1000):
        if (left := until - time.monotonic()) <= 0:
            return
        yield min(pause, left)


def _difference(client: urllib3.PoolManager, base: str, path: str, asked: Questions) -> str:
    """Return in words how what is served differs from what is to be; empty if it does not."""
    entry = asked.files[path]
    url = f"{base.rstrip('/')}/{address(path)}"
    try:
        answer = client.request(
            "GET", url, headers={"Accept-Encoding": "identity"}, redirect=False, preload_content=False
        )
        try:
            body = answer.read(_LARGEST)
        finally:
            answer.drain_conn()
            answer.release_conn()
    except (urllib3.exceptions.HTTPError, OSError) as error:
        return f"cannot be had: {type(error).__name__} at {urlsplit(url).netloc}"
    if entry is None:
        return "is still served, and is to be gone" if answer.status == 200 else ""
    if answer.status != 200:
        return f"is answered with status {answer.status}"
    if hashlib.sha256(body).hexdigest() != entry.digest:
        return f"has other bytes ({len(body):,}, not {entry.size:,})"
    return _header_difference(answer.headers, entry, asked.expected(path))


def _header_difference(headers: Mapping[str, str], entry: Entry, expected: Mapping[str, str]) -> str:
    served = _media_type(headers.get("content-type", ""))
    wanted = _media_type(entry.content_type)
    if served != wanted and wanted not in _ANY and not any({served, wanted} <= names for names in _ALIKE):
        return f"comes as {served or 'no type'}, not {wanted}"
    for name, value in expected.items():
        if name.lower() != "content-type" and headers.get(name) != value:
            return f"has {name} {headers.get(name)!r}, not {value!r}"
    return ""


def _media_type(value: str) -> str:
    return value.split(";", maxsplit=1)[0].strip().lower()
