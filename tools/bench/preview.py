"""The live preview: how long after a file is saved its new text is served."""

import json
import os
import re
import signal
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import HTTPError

from .measuring import Failed, Measure, Work, family, held, largest, said, start, worked
from .newsroom import Newsroom

NOT_FOUND = 404
QUIET = 1.0  # seconds
IDLE = 0.05  # of them
EDITS = (
    "preview: one tag edit, in its story",
    "preview: one tag edit, in all lists",
    "preview: one new story, in all lists",
    "preview: one new picture, in its story",
    "preview: one new picture, in all lists",
    "preview: one headline edit",
    "preview: one body edit",
)


class Preview:
    """A server of the preview that runs, in ``process`` and its descendants, at ``address`` (ends without a slash)."""

    def __init__(self, process: int, address: str, limit: float) -> None:
        self._process = process
        self._address = address
        self._limit = limit

    def wait(self) -> None:
        """Return when there is an edition."""
        with self._listening() as events:
            next(event for event in _editions(events) if event > 0)

    def shown(self, save: Callable[[], None], word: str, *turns: Sequence[str]) -> list[Measure]:
        """Call ``save``, and return what it cost until every page of each of ``turns`` was served with ``word``.

        What the edit before left to be done is done first.
        """
        self._rest()
        measures: list[Measure] = []
        with self._listening() as events:
            editions = _editions(events)
            next(editions)
            before = self._work()
            began = time.perf_counter()
            save()
            for _ in editions:
                for pages in turns[len(measures) :]:
                    if not all(word in self._page(page) for page in pages):
                        break
                    wall = time.perf_counter() - began  # before the machine is looked at, which takes milliseconds
                    members, cpu = family(self._process), self._work() - before
                    measures.append(Measure(wall, cpu, max(map(largest, members)), sum(map(held, members))))
                if len(measures) == len(turns):
                    break
        return measures

    def _rest(self) -> None:
        """Return when hardly anything is at work for a moment: who watches files looks at the clock now and then.

        Nor does the disk take in what was written before.
        """
        os.sync()
        before = -1.0
        while self._work() - before > QUIET * IDLE:
            before = self._work()
            time.sleep(QUIET)

    def _work(self) -> float:
        return sum(map(worked, family(self._process)))

    def _page(self, page: str) -> str:
        """Return what is served at ``page``; nothing if there is none yet."""
        try:
            with urllib.request.urlopen(f"{self._address}/{page}", timeout=self._limit) as answer:  # noqa: S310 - 127.0.0.1
                text: str = answer.read().decode()
                return text
        except HTTPError as error:
            if error.code != NOT_FOUND:
                raise
            return ""

    def _listening(self) -> HTTPResponse:
        address = f"{self._address}/_preview/events"
        answer: HTTPResponse = urllib.request.urlopen(address, timeout=self._limit)  # noqa: S310 - 127.0.0.1
        return answer


@contextmanager
def serving(python: str, work: Work) -> Iterator[Preview]:
    """Serve the project of ``work.folder`` until the end of the block."""
    log = work.log.with_suffix(".serve.log")
    command = [python, "-m", "plugins.fast_build", "serve", "--port", "0"]
    with log.open("wb") as output:
        process = start(
            command, replace(work, environment={**work.environment, "PYTHONUNBUFFERED": "1"}), output.fileno()
        )
    try:
        preview = Preview(process.pid, _address(log, process.poll), work.limit)
        preview.wait()
        yield preview
    except (TimeoutError, StopIteration) as error:
        raise Failed(f"the preview shows no new edition\n{said(log)}") from error
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def edits(newsroom: Newsroom, preview: Preview, number: int) -> dict[str, Measure]:
    """Measure an edit of a topic, a new story, a new picture, and an edit of a headline and of a text, of new stories.

    The edition shown after it is that of the restored files.
    """
    body, headline, topic, new = f"bodyword{number}", f"headlineword{number}", f"Floods {number}", f"New {number}"
    shown = preview.shown(lambda: newsroom.edit_tag(number), topic, [newsroom.address(3)], [f"topics/floods-{number}/"])
    address = newsroom.address(1).replace(newsroom.story(1).stem, f"new-{number}")
    shown += preview.shown(lambda: newsroom.add_story(number), new, [address, "feed.atom"])
    picture, pages = newsroom.picture(number), ([newsroom.address_of(newsroom.pictured(number))], ["pictures/"])
    shown += preview.shown(lambda: newsroom.add_picture(number), f"/media/{picture.stem}-", *pages)
    shown += preview.shown(lambda: newsroom.edit_headline(headline), headline, [newsroom.address(2), "feed.atom"])
    shown += preview.shown(lambda: newsroom.edit_body(body), body, [newsroom.address(1), "feed.atom"])
    return dict(zip(EDITS, shown, strict=True))


def _editions(events: HTTPResponse) -> Iterator[int]:
    """Yield the number of each edition that is shown, once; Failed if one cannot be built."""
    last = -1
    for line in events:
        if line.startswith(b"data: "):
            event = json.loads(line.removeprefix(b"data: "))
            if event["problem"]:
                raise Failed(event["problem"])
            if event["edition"] != last:  # the same is told again after a while
                last = event["edition"]
                yield last


def _address(log: Path, ended: Callable[[], int | None]) -> str:
    while not (found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text("utf-8"))):
        if ended() is not None:
            raise Failed(f"the preview did not start\n{said(log)}")
        time.sleep(0.05)
    return found.group()
