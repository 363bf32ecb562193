"""The words of the site in the reader's language: catalogues in gettext's text form, read as they are.

The suite's stand in ``translations/`` beside this module, one file a language (``ru.po``, ``uz_Cyrl.po``); a theme may
bring its own in a folder of the same name, and what it says goes first. What no catalogue translates stays English.
"""

import gettext
import io
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.messages import mofile, pofile

from .errors import EditionError, Problem

FOLDER = "translations"


def files(lang: str, theme: str) -> tuple[Path, ...]:
    """Return the catalogues that there are for ``lang`` (BCP 47 or CLDR), those that go first at the beginning.

    Of one folder it is the nearest language's: for ``ru-KZ`` it is ``ru_KZ.po``, else ``ru.po``; another script is
    another language, so that ``uz-Cyrl`` is not served ``uz.po``.
    """
    folders = (Path(theme, FOLDER), Path(__file__).parent / FOLDER)
    found = (folder / f"{name}.po" for folder in folders for name in _names(lang))
    return tuple(file for file in found if file.is_file())


def read(found: tuple[Path, ...]) -> gettext.NullTranslations:
    """Return what the catalogues ``found`` say together, the first one first; English where none says anything.

    Raises EditionError for a file that is no catalogue.
    """
    words = gettext.NullTranslations()
    for file in reversed(found):
        own = _compiled(file)
        own.add_fallback(words)
        words = own
    return words


def _compiled(file: Path) -> gettext.GNUTranslations:
    compiled = io.BytesIO()
    try:
        with file.open("rb") as source:
            mofile.write_mo(compiled, pofile.read_po(source, abort_invalid=True))
    except (pofile.PoFileError, ValueError) as error:
        line = getattr(error, "lineno", 0)
        remedy = "Mend it, or take it from the repository again."
        raise EditionError([Problem(str(file), line, f"is no catalogue: {error}", remedy, "catalogue")]) from error
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _names(lang: str) -> Iterator[str]:
    """Yield what the file may be called, the most exact name first."""
    locale = Locale.parse(lang.replace("-", "_"))
    language, script, territory = locale.language, locale.script, locale.territory
    usual = str(get_global("likely_subtags").get(language, "")).split("_")
    if script and territory:
        yield f"{language}_{script}_{territory}"
    if script:
        yield f"{language}_{script}"
    if script is None or script in usual:
        if territory:
            yield f"{language}_{territory}"
        yield language
