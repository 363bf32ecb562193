"""Make the documents that say what the code says, from the code: ``python tools/generate_docs.py [--check]``.

With ``--check`` nothing is written; the exit status is 1 if a document is not what the code says.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import griffe

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from plugins.editorial import schema  # noqa: E402 - found only now
from plugins.editorial.checking import rules  # noqa: E402
from plugins.editorial.settings import EditorialSettings  # noqa: E402

_REQUIRED = EditorialSettings().required
PLUGINS = ROOT / "plugins"
SETTINGS_HEAD = """# Settings

Made from the code by `make docs`. Each plugin has one dict in `pelicanconf.py`, under the plugin's name in capitals.
Every key has a default unless it is marked *required*. An unknown key or a wrong type ends the build with a message.

Two settings are shared by all plugins: `BUILD_TIME`, an ISO 8601 instant with zone that stands for *now* (without it
the environment's `BUILD_TIME` or `SOURCE_DATE_EPOCH`, without those the clock), and `EDITION_LOCALE`, the CLDR locale
of dates and numbers, such as `en_GB` (without it `DEFAULT_LANG`).
"""
CONTEXT_HEAD = """# What templates get

Made from the code by `make docs`. Under which key each view stands, and who sets it: `docs/architecture.md`.
Addresses are relative to the site's root; write `{{ SITEURL }}/{{ x.url }}`.
"""


def main() -> int:
    """Write or check both documents; return the exit status."""
    check = "--check" in sys.argv[1:]
    stale = [name for name, text in documents().items() if _differs(ROOT / "docs" / name, text, check=check)]
    for name in stale:
        print(f"docs/{name}: is not what the code says. Run make docs.", file=sys.stderr)
    return 1 if stale else 0


def documents() -> dict[str, str]:
    """Return each generated document's text by its name in docs/."""
    return {
        "settings.md": "\n".join([SETTINGS_HEAD, *_sections("settings", _setting_section)]),
        "template-context.md": "\n".join([CONTEXT_HEAD, *_sections("views", _view_section)]),
        "front-matter.schema.json": json.dumps(schema.json_schema(_REQUIRED), indent=2, ensure_ascii=False) + "\n",
        "rules.md": rules.document(),
        "writing.md": _filled("writing.md", schema.table(_REQUIRED)),
    }


def _filled(name: str, text: str) -> str:
    """Return the document with ``text`` between its two marks; the rest is written by hand."""
    file = ROOT / "docs" / name
    whole = file.read_text("utf-8") if file.is_file() else ""
    return re.sub(
        r"(<!-- fields:.*?-->\n).*?(<!-- end -->)", lambda found: found[1] + text + found[2], whole, flags=re.DOTALL
    )


def _differs(path: Path, text: str, *, check: bool) -> bool:
    if path.is_file() and path.read_text("utf-8") == text:
        return False
    if not check:
        path.write_text(text, "utf-8")
    return check


def _sections(module: str, section: object) -> Iterator[str]:
    for file in sorted(PLUGINS.rglob(f"{module}.py"), key=_place):
        name = ".".join(file.relative_to(PLUGINS).with_suffix("").parts)
        loaded = griffe.load(name, search_paths=[PLUGINS], resolve_aliases=False)
        for cls in loaded.classes.values():
            if not cls.is_alias and not cls.name.startswith("_"):
                yield section(file.parent.name, cls)  # type: ignore[operator]


def _place(file: Path) -> tuple[str, int, Path]:
    """Return where a module's classes stand: by plugin, a part of a plugin after the plugin itself."""
    parts = file.relative_to(PLUGINS).parts
    return parts[0], len(parts), file


def _setting_section(plugin: str, cls: griffe.Class) -> str:
    lines = [f"## {plugin.upper()}" if cls.name.endswith("Settings") else f"### {cls.name}", "", _paragraph(cls), ""]
    lines += ["| setting | type | default | what it does |", "| --- | --- | --- | --- |"]
    for field in _fields(cls):
        default = f"`{_code(field.value)}`" if field.value is not None else "*required*"
        lines.append(f"| `{field.name}` | `{_code(field.annotation)}` | {default} | {_cell(field)} |")
    return "\n".join([*lines, ""])


def _view_section(plugin: str, cls: griffe.Class) -> str:
    lines = [f"## {cls.name} ({plugin})", "", _paragraph(cls), ""]
    lines += ["| name | type | what it is |", "| --- | --- | --- |"]
    lines += [f"| `{field.name}` | `{_code(field.annotation)}` | {_cell(field)} |" for field in _fields(cls)]
    for method in cls.functions.values():
        if not method.name.startswith("_"):
            parameters = ", ".join(parameter.name for parameter in method.parameters if parameter.name != "self")
            lines.append(f"| `{method.name}({parameters})` | `{_code(method.returns)}` | {_cell(method)} |")
    return "\n".join([*lines, ""])


def _fields(cls: griffe.Class) -> list[griffe.Attribute]:
    return [
        field
        for field in cls.attributes.values()
        if not field.name.startswith("_") and (field.annotation is not None or "property" in field.labels)
    ]


def _paragraph(thing: griffe.Object) -> str:
    return re.sub(r"``([^`]*)``", r"`\1`", thing.docstring.value if thing.docstring else "")


def _cell(thing: griffe.Object) -> str:
    return " ".join(_paragraph(thing).split()).replace("|", "\\|")


def _code(expression: object) -> str:
    text = re.sub(r"^Annotated\[(.*?), (?:msgspec\.)?Meta\(.*\)\]$", r"\1", str(expression))
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
