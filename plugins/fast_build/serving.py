"""Serve the current edition on this machine; pages reload when the next one is whole, and show what is wrong."""

import html
import json
import mimetypes
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .editions import Edition, Editions

EVENTS = "/_preview/events"
SCRIPT = "/_preview/reload.js"
HEARTBEAT = 15.0  # seconds between signs of life, so that a closed tab's thread ends


def server(editions: Editions, bind: str, port: int) -> ThreadingHTTPServer:
    """Return a server of ``editions`` at ``bind``:``port``, ready for ``serve_forever``; OSError if that is taken."""
    made = ThreadingHTTPServer((bind, port), partial(Answer, editions))
    made.daemon_threads = True
    return made


class Answer(BaseHTTPRequestHandler):
    """One request's answer."""

    server_version = "KeregePreview"
    protocol_version = "HTTP/1.1"

    def __init__(self, editions: Editions, *rest: object) -> None:
        self._editions = editions
        super().__init__(*rest)  # type: ignore[arg-type]  # the server's own three arguments

    def do_GET(self) -> None:
        """Answer with a file of the edition, the events, or the script that listens to them."""
        path = unquote(urlsplit(self.path).path)
        if path == EVENTS:
            self._send_events()
        elif path == SCRIPT:
            self._send(HTTPStatus.OK, "text/javascript", _script())
        else:
            self._send_file(path, self._editions.current)

    def do_HEAD(self) -> None:
        """Answer as GET does, without the body."""
        self.do_GET()

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Keep quiet about requests: the builder's words are what a writer looks for here."""

    def _send_file(self, path: str, edition: Edition) -> None:
        if edition.folder is None:
            words = edition.problem or "The first edition is being built."
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, "text/html; charset=utf-8", _listening(_plain_page(words)))
            return
        file = _file(edition.folder, path)
        if file is None and (edition.folder / path.strip("/") / "index.html").is_file():
            self._redirect(f"{urlsplit(self.path).path}/")
            return
        status = HTTPStatus.OK if file else HTTPStatus.NOT_FOUND
        file = file or _file(edition.folder, "/404.html")
        kind = (mimetypes.guess_type(file.name)[0] if file else None) or "text/plain"
        body = file.read_bytes() if file else b"Not found"
        if kind == "text/html":
            body = _listening(body)
        self._send(status, f"{kind}; charset=utf-8" if kind.startswith("text/") else kind, body)

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        edition = self._editions.current
        try:
            while True:
                event = json.dumps({"edition": edition.number, "problem": edition.problem})
                self.wfile.write(f"data: {event}\n\n".encode())
                edition = self._editions.wait(edition.number, HEARTBEAT)
        except (BrokenPipeError, ConnectionResetError):
            return  # the page was closed


def _file(folder: Path, path: str) -> Path | None:
    """Return the file of ``folder`` that ``path`` names, or None; nothing outside the folder is ever named."""
    name = path.lstrip("/") + ("index.html" if path.endswith("/") else "")
    file = (folder / name).resolve()
    return file if file.is_relative_to(folder.resolve()) and file.is_file() else None


def _listening(body: bytes) -> bytes:
    """Return the page with the script that listens for the next edition; the file itself stays as it is."""
    before, end, after = body.rpartition(b"</body>")
    return before + f'<script src="{SCRIPT}" defer></script>'.encode() + end + after if end else body


def _plain_page(words: str) -> bytes:
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><title>Preview</title>"
        f"<body><pre style='white-space:pre-wrap'>{html.escape(words)}</pre></body></html>"
    ).encode()


def _script() -> bytes:
    return (Path(__file__).parent / "static" / "fast_build" / "reload.js").read_bytes()
