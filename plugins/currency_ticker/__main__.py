"""The command ``python -m plugins.currency_ticker``: fetch rates, list what is held, release it."""

import argparse
import contextlib
import datetime as dt
import runpy
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from .._kit.errors import EditionError
from .._kit.settings import decode
from .keeping import Store
from .publishers import publisher
from .remembering import Memory
from .settings import TickerSettings
from .updating import Run, described, update
from .waiting import Waiting

STATUS = (
    "Exit status: 0 all is well; 1 something is held; 4 a source could not be read; 5 both; 2 nothing could be done."
)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except EditionError as error:
        print(error, file=sys.stderr)
        return error.exitcode


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m plugins.currency_ticker", description="Rates, checked and kept.")
    parser.add_argument("--settings", default="pelicanconf.py", type=Path, help="the edition's settings file")
    commands = parser.add_subparsers(required=True)
    rates = commands.add_parser("rates", help="fetch the day's rates, check them, keep them", epilog=STATUS)
    rates.add_argument("--from", dest="first", type=_day, help="fill the past from this day on, e.g. 2026-01-01")
    rates.add_argument("--to", dest="last", type=_day, help="… to this day (default: yesterday)")
    rates.add_argument("--at", type=_instant, help="take this instant as now, e.g. 2026-05-20T09:00:00Z")
    rates.set_defaults(run=_rates, refuse=rates.error)
    held = commands.add_parser("held", help="list the figures that wait, and why")
    held.set_defaults(run=_held)
    confirm = commands.add_parser("confirm", help="release a held figure, with a reason that is recorded")
    confirm.add_argument("currency", help="its currency, e.g. UZS")
    confirm.add_argument("day", type=_day, help="its date, e.g. 2026-05-20")
    confirm.add_argument("--reason", required=True, help="why it is right, e.g. 'The bank devalued, its notice 14'")
    confirm.add_argument("--source", help="its source, where two wait for the same day")
    confirm.add_argument("--at", type=_instant, help="take this instant as now")
    confirm.set_defaults(run=_confirm)
    return parser


def _rates(chosen: argparse.Namespace) -> int:
    settings, store = _edition(chosen)
    now = chosen.at or dt.datetime.now(dt.UTC).replace(microsecond=0)
    run = Run(settings, store, Memory(Path(".cache/rates")), now, print, _watched)
    return update(run, _days(chosen, now))


@contextlib.contextmanager
def _watched(asked: int) -> Iterator[Callable[[], None]]:
    """Show on a terminal how many of the publishers have answered; the report's lines stay where they go."""
    console = Console(stderr=True)
    columns = ("[progress.description]{task.description}", "{task.completed} of {task.total}")
    with Progress(
        *columns,
        console=console,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        disable=not console.is_terminal,
    ) as shown:
        task = shown.add_task("Asking the publishers:", total=asked)
        yield lambda: shown.advance(task)


def _held(chosen: argparse.Namespace) -> int:
    _, store = _edition(chosen)
    waiting = store.waiting()
    if not waiting:
        print("Nothing waits.")
    for each in waiting:
        seen = each.observation
        print(f"{described(seen)}: {each.reason}")
        print(f"    its publisher: {publisher(seen.source).url}")
        which = f"CURRENCY={seen.currency} DAY={seen.effective_date}"
        which += f" SOURCE={seen.source}" if _is_one_of_many(each, waiting) else ""
        print(f'    if it is right: make rates-confirm {which} REASON="…"')
    return 1 if waiting else 0


def _is_one_of_many(one: Waiting, waiting: Iterable[Waiting]) -> bool:
    return sum(each.observation.place[:2] == one.observation.place[:2] for each in waiting) > 1


def _confirm(chosen: argparse.Namespace) -> int:
    _, store = _edition(chosen)
    reason = " ".join(chosen.reason.split())
    wanted = (chosen.currency.upper(), chosen.day)
    with store.locked():
        found = [
            each
            for each in store.waiting()
            if (each.observation.currency, each.observation.effective_date) == wanted
            and chosen.source in {None, each.observation.source}
        ]
        if len(found) != 1 or not reason:
            print(_why_not(found, reason), file=sys.stderr)
            return 2
        store.confirm(found[0], chosen.at or dt.datetime.now(dt.UTC), reason)
    print(f"{described(found[0].observation)} accepted: {reason}")
    return 0


def _why_not(found: Sequence[object], reason: str) -> str:
    if not reason:
        return "Give a reason: it is recorded beside the rate."
    if found:
        return (
            "Two sources wait for that day. Name one: SOURCE=… with make, else --source (make rates-held lists them)."
        )
    return "Nothing of that currency and day waits. make rates-held lists what does."


def _edition(chosen: argparse.Namespace) -> tuple[TickerSettings, Store]:
    values = runpy.run_path(str(chosen.settings)) if chosen.settings.is_file() else {}
    settings = decode(TickerSettings, "CURRENCY_TICKER", values.get("CURRENCY_TICKER", {}))
    return settings, Store(Path(values.get("PATH", "content"), settings.history))


def _days(chosen: argparse.Namespace, now: dt.datetime) -> tuple[dt.date, ...]:
    """Return the days of the past to ask for, none for the newest rates; ends the command if they are not past."""
    first, last = chosen.first, chosen.last or (now - dt.timedelta(days=1)).date()
    if first is None:
        if chosen.last:
            chosen.refuse("--to needs --from: from which day on is the past to be filled?")
        return ()
    if not first <= last <= now.date():
        chosen.refuse(f"from {first} to {last} is no stretch of past days, today being {now.date()}")
    return tuple(first + dt.timedelta(days=number) for number in range((last - first).days + 1))


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2026-05-20") from None


def _instant(text: str) -> dt.datetime:
    words = f"{text!r} is no instant with its zone such as 2026-05-20T09:00:00Z"
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(words) from None
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError(words)
    return instant.astimezone(dt.UTC).replace(microsecond=0)


if __name__ == "__main__":
    sys.exit(main())
