"""The steps of a round: each is measured once, and a round ends as it began."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import aside, counting
from .measuring import Failed, Measure, Work, run
from .newsroom import Newsroom

STOCK = "stock Pelican, cold"
HUGO = "Hugo, cold"
COMMON = ("-s", "pelicanconf.py", "--fatal=errors", "--log-handler", "plain")


@dataclass(frozen=True)
class Step:
    """Something that is measured: what is done before, and the command."""

    name: str
    prepare: Callable[[], object]
    command: Sequence[str]


@dataclass
class Rounds:
    """What is measured in ``newsroom``; stock Pelican if ``with_stock``, Hugo if there is a site for it."""

    newsroom: Newsroom
    work: Work
    with_stock: bool = True
    hugo: Step | None = None
    measures: dict[str, list[Measure]] = field(default_factory=dict)

    def warm_up(self) -> None:
        """Build once unmeasured: the pictures are made, and Python's own byte code, for both builds."""
        run(self._fast, self.work)

    def play(self, number: int) -> None:
        """Measure each step once, and put everything back. In the first round two builds must leave the same."""
        for step in self._steps(number):
            step.prepare()
            os.sync()  # no step waits for the disk to take in what another has written
            self.add(step.name, run(step.command, self.work))
            if number == 1 and step.name == "fast_build, cold" and self.with_stock:
                self._compare()
        self.newsroom.restore()

    def add(self, name: str, measure: Measure) -> None:
        """Keep a measure, and tell it."""
        self.measures.setdefault(name, []).append(measure)
        print(f"  {name}: {measure.wall:.2f} s, CPU {measure.cpu:.2f} s, {measure.tree:.0f} MB", flush=True)

    @property
    def stock_output(self) -> Path:
        """Where stock Pelican builds."""
        return self.newsroom.folder / "build" / "stock"

    @property
    def fast_output(self) -> Path:
        """Where fast_build builds."""
        return self.newsroom.folder / "build" / "fast"

    @property
    def _fast(self) -> list[str]:
        return [sys.executable, "-m", "plugins.fast_build", "build", "content", "-o", str(self.fast_output), *COMMON]

    def _steps(self, number: int) -> Iterator[Step]:
        newsroom = self.newsroom
        stock = [sys.executable, "-m", "pelican", "content", "-o", str(self.stock_output), *COMMON]
        if self.with_stock:
            yield Step(STOCK, lambda: aside.put(self.stock_output), stock)
        yield Step("fast_build, cold", self._forget, self._fast)
        if self.hugo:
            yield self.hugo
        yield Step("fast_build, nothing changed", lambda: None, self._fast)
        yield Step("fast_build, one body edit", lambda: newsroom.edit_body(f"word{number}"), self._fast)
        yield Step("fast_build, one headline edit", lambda: newsroom.edit_headline(f"word{number}"), self._fast)
        yield Step("fast_build, one tag edit", lambda: newsroom.edit_tag(number), self._fast)
        yield Step("fast_build, one new story", lambda: newsroom.add_story(number), self._fast)
        yield Step("fast_build, a new day's rates", newsroom.append_rates, self._fast)
        yield Step("fast_build, a template of every page", lambda: newsroom.edit_template(f"word{number}"), self._fast)

    def _forget(self) -> None:
        aside.put(self.fast_output)
        aside.put(self.newsroom.folder / ".cache" / "fast_build")

    def _compare(self) -> None:
        if paths := counting.unequal(self.stock_output, self.fast_output):
            raise Failed(f"fast_build left {len(paths)} other files than stock Pelican, e.g. {', '.join(paths[:5])}")
