"""Ask publishers: retries for what may pass, a limit on size and time, no way to another host."""

import datetime as dt
import hashlib
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import msgspec
import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util.retry import Retry

from .asking import FetchSettings
from .remembering import Memory
from .sources.documents import LIMIT
from .sources.source import Request

AGENT = "Mozilla/5.0 (compatible; Kerege rates)"  # some banks answer 403 to agents without the first word
PASSING = (429, 500, 502, 503, 504)


class Answer(msgspec.Struct, frozen=True):
    """A body that arrived whole."""

    body: bytes
    """As sent, decompressed."""
    fetched_at: dt.datetime
    """When, in UTC, whole seconds."""

    @property
    def sha256(self) -> str:
        """The body's hash, in hexadecimal digits."""
        return hashlib.sha256(self.body).hexdigest()


class FetchError(Exception):
    """A publisher did not give a body; the text is a clause that says why."""


Outcome = Answer | FetchError


def fetch_all(
    asked: Sequence[Request], limits: FetchSettings, clock: Callable[[], dt.datetime], memory: Memory
) -> Iterator[tuple[int, Outcome]]:
    """Ask all at once; yield each one's place in ``asked`` with its outcome as it comes, the late at the deadline."""
    ended = time.monotonic() + limits.deadline
    answers: queue.Queue[tuple[int, Outcome]] = queue.Queue()

    def ask(place: int, request: Request) -> None:
        try:
            answers.put((place, Answer(fetch(request, limits, ended, memory), clock())))
        except FetchError as error:
            answers.put((place, error))

    for place, request in enumerate(asked):
        threading.Thread(target=ask, args=(place, request), daemon=True).start()
    missing = set(range(len(asked)))
    while missing:
        try:
            place, outcome = answers.get(timeout=max(0.0, ended - time.monotonic()))
        except queue.Empty:
            late = FetchError(f"it did not answer in full within {limits.deadline:g} seconds")
            yield from ((place, late) for place in sorted(missing))
            return
        missing.remove(place)
        yield place, outcome


def fetch(request: Request, limits: FetchSettings, ended: float, memory: Memory) -> bytes:
    """Return the body of the answer, at most LIMIT bytes, before ``ended`` (monotonic seconds); raises FetchError.

    What ``memory`` holds is asked for on the condition that it changed.
    """
    known = memory.recall(request)
    with requests.Session() as session:
        adapter = HTTPAdapter(max_retries=_retry(limits))
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        session.headers["User-Agent"] = AGENT
        try:
            with _answered(session, request, limits, known.conditions() if known else {}) as answer:
                if known and answer.status_code == HTTPStatus.NOT_MODIFIED:
                    return known.body
                body = _read(answer, ended, limits)
                memory.keep(request, answer.headers, body)
                return body
        except (requests.RequestException, HTTPError) as error:
            raise FetchError(_words(error, limits)) from error


def _retry(limits: FetchSettings) -> Retry:
    return Retry(
        total=limits.retries,
        status_forcelist=PASSING,
        backoff_factor=limits.backoff,
        raise_on_status=False,
        retry_after_max=int(limits.deadline),
    )


def _answered(
    session: requests.Session, request: Request, limits: FetchSettings, conditions: dict[str, str]
) -> requests.Response:
    """Return the answer, its body unread; raises FetchError for an error's status or a redirect to another host."""
    headers = {**request.headers, **conditions}
    host, url, params = urlsplit(request.url).netloc, request.url, dict(request.params)
    for _ in range(4):
        answer = session.get(
            url, params=params, headers=headers, timeout=limits.timeout, stream=True, allow_redirects=False
        )
        if not answer.is_redirect:
            break
        url, params = urljoin(url, answer.headers["Location"]), {}
        if urlsplit(url).netloc != host:
            raise FetchError(f"it redirects to another host, {urlsplit(url).netloc[:80]}")
    if answer.status_code != HTTPStatus.OK and not (conditions and answer.status_code == HTTPStatus.NOT_MODIFIED):
        raise FetchError(f"it answers {answer.status_code} {answer.reason or ''}".rstrip())
    return answer


def _read(answer: requests.Response, ended: float, limits: FetchSettings) -> bytes:
    body = bytearray()
    while chunk := answer.raw.read1(65536, decode_content=True):
        body += chunk
        if len(body) > LIMIT:
            raise FetchError(f"its answer has more than {LIMIT:,} bytes")
        if time.monotonic() > ended:
            raise FetchError(f"it did not answer in full within {limits.deadline:g} seconds")
    declared = answer.headers.get("Content-Length")
    if declared and declared.isdigit() and not answer.headers.get("Content-Encoding") and len(body) != int(declared):
        raise FetchError(f"its answer was cut off after {len(body)} of {declared} bytes")
    return bytes(body)


def _words(error: Exception, limits: FetchSettings) -> str:
    text = str(error)
    if "NameResolution" in text or "Name or service" in text or "getaddrinfo" in text:
        return "its host has no address (DNS)"
    if "refused" in text:
        return "it refuses the connection"
    if "timed out" in text.lower() or isinstance(error, requests.Timeout):
        return f"it is silent for {limits.timeout:g} seconds"
    if "IncompleteRead" in text or "Connection broken" in text or "aborted" in text.lower():
        return "its answer was cut off"
    return f"it cannot be read: {type(error).__name__}"
