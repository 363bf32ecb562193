"""The command ``python -m tools.bench``."""

import argparse
import json
import os
import platform
import sys
from dataclasses import asdict
from pathlib import Path

from . import aside, counting, figures, hugo, preview
from .measuring import Failed, Work
from .newsroom import NOW, ROOT, Newsroom
from .rounds import HUGO, STOCK, Rounds


def main(arguments: list[str] | None = None) -> int:
    """Measure as asked; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description="Measure what builds cost.")
    parser.add_argument("--articles", type=int, default=1000, help="the stories of the archive (default: 1000)")
    parser.add_argument("--runs", type=int, default=5, help="rounds, of which the median counts (default: 5)")
    parser.add_argument("--limit", type=float, default=1800, help="seconds that one command may take (default: 1800)")
    parser.add_argument("--without-hugo", action="store_true", help="leave Hugo out")
    parser.add_argument("--without-stock", action="store_true", help="leave stock Pelican out, for a large archive")
    parser.add_argument("--without-preview", action="store_true", help="leave the live preview out")
    parser.add_argument("--pictures", type=Path, help="a cache of pictures that are made already")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench", help="where all of it is done")
    parser.add_argument("--document", type=Path, help="a document in Markdown that is to hold the table too")
    chosen = parser.parse_args(arguments)
    try:
        return _measure(chosen)
    except Failed as failed:
        print(failed, file=sys.stderr)
        return 1


def _measure(chosen: argparse.Namespace) -> int:
    folder: Path = chosen.folder.resolve()
    newsroom = Newsroom(folder / "work", chosen.articles)
    newsroom.set_up(chosen.pictures)
    log = folder / "commands.log"
    log.unlink(missing_ok=True)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    work = Work(newsroom.folder, {**environment, "BUILD_TIME": NOW}, log, chosen.limit)  # as on a writer's machine
    print(f"{chosen.articles} stories, {chosen.runs} rounds, {machine()}", flush=True)
    rounds = Rounds(newsroom, work, with_stock=not chosen.without_stock)
    if not (chosen.without_stock and chosen.pictures):
        rounds.warm_up()
    if not chosen.without_hugo:
        rounds.hugo = hugo.step(newsroom, rounds.fast_output, folder / "hugo")
    for number in range(1, chosen.runs + 1):
        print(f"Round {number}", flush=True)
        rounds.play(number)
    if not chosen.without_preview:
        _preview(rounds, chosen.runs)
    _tell(rounds, folder, chosen)
    aside.remove(folder)
    return 0


def _preview(rounds: Rounds, runs: int) -> None:
    with preview.serving(sys.executable, rounds.work) as shown:
        for number in range(1, runs + 1):
            for name, measure in preview.edits(rounds.newsroom, shown, number).items():
                rounds.add(name, measure)
    rounds.newsroom.restore()


def _tell(rounds: Rounds, folder: Path, chosen: argparse.Namespace) -> None:
    sites = {"Pelican": counting.count(rounds.fast_output if chosen.without_stock else rounds.stock_output)}
    if rounds.hugo:
        sites["Hugo"] = counting.count(folder / "hugo" / "public")
    result = {
        "articles": chosen.articles,
        "rounds": chosen.runs,
        "machine": machine(),
        "sites": sites,
        "measures": {name: [asdict(one) for one in taken] for name, taken in rounds.measures.items()},
    }
    (folder / "result.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    table = figures.table(rounds.measures, STOCK, HUGO)
    words = f"{table}\n{counting.compared(sites)}"
    (folder / "result.md").write_text(words, "utf-8")
    if chosen.document:
        said = f"{chosen.articles:,} stories, {chosen.runs} rounds, {result['machine']}.\n\n{words}"
        document = chosen.document.read_text("utf-8")
        chosen.document.write_text(figures.documented(document, chosen.articles, said), "utf-8")
    print(f"\n{words}\nAll measures: {folder / 'result.json'}")


def machine() -> str:
    """Return what the machine is, and how busy others keep it."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores of {model}, Python {platform.python_version()}, load before {load:.1f}"


if __name__ == "__main__":
    sys.exit(main())
