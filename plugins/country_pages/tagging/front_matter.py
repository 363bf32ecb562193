"""A file's front matter: read lightly, and one field of it written without touching anything else."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import yaml

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # leaves all as text: no date has to exist, NO stays Norway
_FIELD = re.compile(r"(?i)(countries)(\s*:)(.*)")
_ITEM = re.compile(r"(\s*)-(\s+)\S")
_HEADER = re.compile(r"([A-Za-z][\w -]*?)\s*:\s*(.*)")


class FrontMatterError(ValueError):
    """The front matter cannot be read or edited; the words say why and what to do."""


class FrontMatter(msgspec.Struct, frozen=True):
    """A file in its parts."""

    lines: tuple[str, ...]
    """The whole file, line ends kept."""
    first: int
    """Index of the first line of fields."""
    end: int
    """Index behind the last line of fields."""
    body: int
    """Index of the first line of the body."""
    is_yaml: bool

    @property
    def text(self) -> str:
        """Return the body as one string."""
        return "".join(self.lines[self.body :])

    @property
    def field_line(self) -> int:
        """Return the number of the line that holds ``countries``, from 1; the first line where there is none."""
        index = _field(self)
        return 1 if index is None else index + 1


def split(source: str) -> FrontMatter:
    """Return the parts of a file, with YAML between ``---`` lines or with Pelican's ``Key: value`` header."""
    lines = tuple(re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", source))
    if lines and lines[0].lstrip("\ufeff").rstrip() == "---":
        for index, line in enumerate(lines[1:], 1):
            if line.rstrip() in {"---", "..."}:
                return FrontMatter(lines, 1, index, index + 1, is_yaml=True)
        raise FrontMatterError("the front matter has no closing ---. Add the line behind the last field")
    end = 0
    while end < len(lines) and (
        _HEADER.match(lines[end].lstrip("\ufeff")) or (end and lines[end][:1] in " \t" and lines[end].strip())
    ):
        end += 1
    return FrontMatter(lines, 0, end, end, is_yaml=False)


def fields(matter: FrontMatter) -> Mapping[str, Any]:
    """Return the fields by name in small letters: texts, or lists and tables of them; from Pelican's header, texts."""
    header = "".join(matter.lines[matter.first : matter.end]).lstrip("\ufeff")
    if not matter.is_yaml:
        return _pelican_fields(header)
    try:
        loaded = yaml.load(header, Loader=_LOADER)  # noqa: S506 - it makes texts, lists and tables, and nothing else
    except yaml.YAMLError as error:
        raise FrontMatterError(f"the front matter is not YAML ({str(error).splitlines()[0]}). Mend it first") from error
    return {str(key).lower(): value for key, value in loaded.items()} if isinstance(loaded, dict) else {}


def _pelican_fields(header: str) -> dict[str, str]:
    found: dict[str, str] = {}
    name = ""
    for line in header.splitlines():
        match = _HEADER.match(line) if line[:1] not in " \t" else None
        if match:
            name = match[1].lower()
            found[name] = match[2].strip()
        else:
            found[name] = f"{found[name]} {line.strip()}"
    return found


def text(value: object) -> str:
    """Return a field that is a text; nothing for any other, which another check tells."""
    return value if isinstance(value, str) else ""


def listed(value: object) -> tuple[str, ...]:
    """Return a field's entries: of a list, or of words between commas (Pelican also splits at semicolons)."""
    if isinstance(value, str):
        return tuple(word.strip() for word in re.split(r"[;,]" if ";" not in value else ";", value) if word.strip())
    if isinstance(value, Sequence):
        return tuple(each.strip() for each in value if isinstance(each, str) and each.strip())
    return ()


def with_countries(source: str, countries: Sequence[str]) -> str:
    """Return the source with countries added to its ``countries`` field; every other character stays.

    Raises FrontMatterError where the field has a form that cannot be added to.
    """
    if not countries:
        return source
    matter = split(source)
    index = _field(matter)
    lines = list(matter.lines)
    if index is None:
        return _with_new_field(matter, lines, countries)
    if matter.is_yaml:
        _add_to_yaml(matter, lines, index, countries)
    else:
        last = _last_continuation(matter, index)
        lines[last] = _appended(lines[last], countries, ";" if ";" in "".join(lines[index : last + 1]) else ",")
    return "".join(lines)


def _field(matter: FrontMatter) -> int | None:
    for index in range(matter.first, matter.end):
        if _FIELD.match(matter.lines[index].lstrip("\ufeff")):
            return index
    return None


def _line_end(lines: Sequence[str]) -> str:
    return next((line[len(line.rstrip("\r\n")) :] for line in lines if line.endswith(("\n", "\r"))), "\n")


def _with_new_field(matter: FrontMatter, lines: list[str], countries: Sequence[str]) -> str:
    line_end, joined = _line_end(lines), ", ".join(countries)
    if matter.is_yaml:
        lines.insert(matter.end, f"countries: [{joined}]{line_end}")
    elif matter.end == 0:
        raise FrontMatterError("the file has no front matter. Begin it with a title")
    else:
        if not lines[matter.end - 1].endswith(("\n", "\r")):
            lines[matter.end - 1] += line_end
        lines.insert(matter.end, f"Countries: {joined}{line_end}")
    return "".join(lines)


def _last_continuation(matter: FrontMatter, index: int) -> int:
    while index + 1 < matter.end and matter.lines[index + 1][:1] in " \t":
        index += 1
    return index


def _appended(line: str, countries: Sequence[str], comma: str) -> str:
    kept = line.rstrip()
    separator = " " if kept.endswith((":", comma)) else f"{comma} "
    return kept + separator + f"{comma} ".join(countries) + line[len(kept) :]


def _add_to_yaml(matter: FrontMatter, lines: list[str], index: int, countries: Sequence[str]) -> None:
    match = _FIELD.match(lines[index].rstrip("\r\n"))
    value = match[3].strip() if match else ""
    if not value or value.startswith("#"):
        _add_items(matter, lines, index, countries)
    elif value.startswith("["):
        _add_to_flow(matter, lines, index, countries)
    elif value[0] in "|>&*!{":
        raise FrontMatterError(f"countries: {value} is a form that cannot be added to. Write a list")
    else:
        lines[index] = _add_to_scalar(lines[index], value, countries)


def _add_items(matter: FrontMatter, lines: list[str], index: int, countries: Sequence[str]) -> None:
    """Add entries behind the last one of a block list, indented as it is."""
    last, indent, gap = index, "  ", " "
    for at in range(index + 1, matter.end):
        item = _ITEM.match(lines[at])
        if item:
            last, indent, gap = at, item[1], item[2]
        elif lines[at].strip() and not lines[at].lstrip().startswith("#"):
            if lines[at][:1] in " \t":
                raise FrontMatterError("countries: holds something else than a list of names. Write a list")
            break
    lines[last + 1 : last + 1] = [f"{indent}-{gap}{country}{_line_end(lines)}" for country in countries]


def _add_to_flow(matter: FrontMatter, lines: list[str], index: int, countries: Sequence[str]) -> None:
    """Add entries before the bracket that closes a flow list, on whatever line it stands."""
    whole = "".join(lines[index : matter.end])
    close = _closing(whole)
    before = whole[:close].rstrip()
    gap = whole[len(before) : close]
    separator = "" if before.endswith("[") else (" " if before.endswith(",") else ", ")
    lines[index : matter.end] = [before + separator + ", ".join(countries) + gap + whole[close:]]


def _closing(whole: str) -> int:
    quote = ""
    for place, letter in enumerate(whole):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'" and whole[:place].rstrip()[-1:] in {"[", ","}:
            quote = letter
        elif letter == "#" and whole[place - 1].isspace():
            raise FrontMatterError("a comment stands inside the list of countries. Move it out of the brackets")
        elif letter == "]":
            return place
    raise FrontMatterError("the list of countries has no closing bracket. Add it")


def _add_to_scalar(line: str, value: str, countries: Sequence[str]) -> str:
    joined = ", ".join(countries)
    start = line.index(value)
    if value[0] in "\"'":
        close = line.find(value[0], start + 1)
        if close < 0:
            raise FrontMatterError("a quotation mark of countries is not closed. Add it")
        return f"{line[:close]}{', ' if close > start + 1 else ''}{joined}{line[close:]}"
    comment = line.find(" #", start)
    content = line[:comment] if comment >= 0 else line
    kept = content.rstrip()
    return f"{kept}{' ' if kept.endswith(',') else ', '}{joined}{line[len(kept) :]}"
