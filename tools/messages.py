"""The site's own words: found in templates and code, and kept in the catalogues of ``plugins/_kit/translations``.

``python tools/messages.py`` brings every catalogue up to date; ``--check`` writes nothing and tells what is missing.
"""

import argparse
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "plugins" / "_kit" / "translations"
WHOLE = ("en", "ru", "uz")
"""The languages in which nothing may be missing; English says what the code says unless somebody finds better words."""
METHODS = [
    ("**/templates/**.html", "jinja2.ext.babel_extract"),
    ("**/templates/**.xsl", "jinja2.ext.babel_extract"),
    ("**.py", "python"),
]
OPTIONS = {
    "**/templates/**": {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true", "silent": "false"}
}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "translate": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "Publisher": (2,),
}
"""What takes a message: gettext's own functions, and the names of those who publish rates."""
_DATES = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Last-Translator', b'"Language-Team', b'"Generated-By')


def main() -> int:
    """Update or check; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    chosen = parser.parse_args()
    problems = [problem for file in sorted(FOLDER.glob("*.po")) for problem in _work(file, write=not chosen.check)]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def found() -> Catalog:
    """Return every message of templates and code, with the files that use it."""
    template = Catalog(project="kerege", charset="utf-8", fuzzy=False)
    for folder in ("plugins", "theme"):
        places = extract_from_dir(
            ROOT / folder, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        )
        for name, _, text, comments, context in sorted(places, key=lambda place: (place[0], place[1])):
            template.add(text, locations=[(f"{folder}/{name}", 0)], auto_comments=comments, context=context)
    return template


def update(catalogue: Catalog, template: Catalog) -> Catalog:
    """Return ``catalogue`` with the messages of ``template``: new ones are empty, those that are gone are left out."""
    made = Catalog(
        locale=catalogue.locale, project="kerege", charset="utf-8", fuzzy=False, header_comment=_head(catalogue)
    )
    for message in template:
        if message.id:
            known = catalogue.get(message.id, message.context)
            text = known.string if known and known.id == message.id else _empty(message, catalogue)
            made.add(
                message.id,
                text,
                locations=sorted({(name, 0) for name, _ in message.locations}),
                flags=({"fuzzy"} & known.flags if known else set()) | message.flags,
                auto_comments=message.auto_comments,
                user_comments=known.user_comments if known else (),
                context=message.context,
            )
    return made


def problems(catalogue: Catalog, shown: str) -> Iterator[str]:
    """Yield what is missing or wrong in a catalogue, called ``shown``."""
    whole = str(catalogue.locale) in WHOLE
    for message in catalogue:
        if not message.id:
            continue
        name = message.id[0] if isinstance(message.id, tuple) else message.id
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if whole and not all(texts):
            yield f"{shown}: {name!r} is not translated. Write it."
        if whole and message.fuzzy:
            yield f"{shown}: {name!r} is marked fuzzy. Read it, mend it, and take the mark away."
        if all(texts):
            yield from (f"{shown}: {name!r}: {error}. Mend it." for error in message.check(catalogue))


def written(catalogue: Catalog) -> bytes:
    """Return the catalogue's file: in the order of its messages, without lines' numbers, dates or persons."""
    file = BytesIO()
    write_po(file, catalogue, width=116, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return b"".join(line for line in file.getvalue().splitlines(keepends=True) if not line.startswith(_DATES))


def _work(file: Path, *, write: bool) -> Iterator[str]:
    shown = str(file.relative_to(ROOT))
    with file.open("rb") as source:
        catalogue = read_po(source, locale=file.stem, abort_invalid=True)
    new = update(catalogue, found())
    if write:
        file.write_bytes(written(new))
    elif written(new) != file.read_bytes():
        yield f"{shown}: is not what the templates and the code say. Run make messages."
    yield from problems(new, shown)


def _empty(message: Message, catalogue: Catalog) -> str | tuple[str, ...]:
    if str(catalogue.locale) == "en":
        return tuple(message.id) if isinstance(message.id, list | tuple) else message.id
    return ("",) * catalogue.num_plurals if isinstance(message.id, tuple) else ""


def _head(catalogue: Catalog) -> str:
    language = catalogue.locale.english_name if catalogue.locale else "?"
    return f"# The site's own words: {language}. Kept current by make messages."


if __name__ == "__main__":
    sys.exit(main())
