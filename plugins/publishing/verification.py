"""Whether the host serves exactly the manifest, asked over HTTP as a reader would."""

import hashlib
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import msgspec
import urllib3

from .manifest import Entry, Manifest
from .questions import Question

_WAITS = (0.5, 1, 2, 4, 8)
_TIMEOUT = 20
_REDIRECTS = frozenset({301, 302, 307, 308})
_ANY = frozenset({"application/octet-stream"})
_ALIKE = (
    frozenset({"text/javascript", "application/javascript"}),
    frozenset({"image/vnd.microsoft.icon", "image/x-icon"}),
    frozenset({"application/xml", "text/xml"}),
    frozenset({"application/json", "application/feed+json"}),
)
"""Names of one type, of which hosts say either."""
_LARGEST = 256 * 1024 * 1024


class Report(msgspec.Struct, frozen=True):
    """What was found."""

    asked: int
    """How many addresses were asked for."""
    wrong: tuple[str, ...]
    """What is served otherwise than it should, a line each, in the order of paths."""
    seconds: float

    @property
    def words(self) -> str:
        """The report in one line."""
        if not self.wrong:
            return f"yes, {self.asked:,} addresses in {self.seconds:.1f} s"
        return f"no, {len(self.wrong):,} of {self.asked:,} addresses differ: {self.wrong[0]}"


class Host(msgspec.Struct, frozen=True):
    """Where and how to ask."""

    url: str
    """The public address, with or without a final slash."""
    connections: int
    settle: float
    """For how many seconds a difference may pass away (a CDN, Pages)."""


def over_http(asked: Mapping[str, Question], host: Host) -> Report:
    """Ask ``host`` for each address again and again until every answer is right, or it has had its time to settle."""
    began = time.monotonic()
    size = host.connections
    with (
        urllib3.PoolManager(maxsize=size, block=True, retries=False, timeout=_TIMEOUT) as client,
        ThreadPoolExecutor(size) as pool,
    ):
        wrong = dict.fromkeys(asked, "")
        for pause in _pauses(began + host.settle):
            time.sleep(pause)
            found = pool.map(lambda each: (each, _difference(client, host.url, each, asked[each])), list(wrong))
            wrong = {each: words for each, words in found if words}
            if not wrong:
                break
    lines = tuple(f"/{each} {words}" for each, words in sorted(wrong.items()))
    return Report(len(asked), lines, time.monotonic() - began)


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


def _pauses(until: float) -> Iterator[float]:
    """Yield how long to wait before each round: nothing, then more and more, until the time is over."""
    yield 0
    for pause in (*_WAITS, *[_WAITS[-1]] * 1000):
        if (left := until - time.monotonic()) <= 0:
            return
        yield min(pause, left)


def _difference(client: urllib3.PoolManager, base: str, address: str, asked: Question) -> str:
    """Return in words how what is served differs from what is to be; empty if it does not."""
    url = f"{base.rstrip('/')}/{address}"
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
    if asked.moved_to and answer.status in _REDIRECTS:
        target = urljoin(url, answer.headers.get("location", ""))
        wanted = f"{base.rstrip('/')}/{asked.moved_to}"
        return "" if _path(target) == _path(wanted) else f"leads to {_path(target)}, not to {_path(wanted)}"
    if answer.status not in asked.statuses:
        return _status_difference(answer.status, asked)
    if asked.entry is None:
        return ""
    if hashlib.sha256(body).hexdigest() != asked.entry.digest:
        return f"has other bytes ({len(body):,}, not {asked.entry.size:,})"
    return _header_difference(answer.headers, asked.entry, asked.headers)


def _path(url: str) -> str:
    """Return the path of an address: a host may have two names, and a CDN a third."""
    return urlsplit(url).path


def _status_difference(status: int, asked: Question) -> str:
    if status == 200:
        return f"is still served, and is to be {'moved' if asked.moved_to else 'gone'}"
    wanted = " or ".join(map(str, sorted(asked.statuses))) or "a redirect"
    return f"is answered with status {status}, not {wanted}"


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
