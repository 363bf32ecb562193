"""A server on loopback for the length of a test."""

import contextlib
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Server(ThreadingHTTPServer):
    """A server that lets no one who comes with many others wait: who finds no place comes again only after a second."""

    request_queue_size = 256

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}"


@contextlib.contextmanager
def serving(handler: type[BaseHTTPRequestHandler] | partial[BaseHTTPRequestHandler]) -> Iterator[Server]:
    """Serve by ``handler`` at a free port of this machine while the block runs."""
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=partial(server.serve_forever, poll_interval=0.02), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
