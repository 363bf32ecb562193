"""Many stylesheets into one, and names that change with the contents, so that a browser may keep a file for ever."""

import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

import rcssmin

from .._kit.errors import EditionError, Problem
from .model import Asset
from .settings import ThemeAssets
from .sources import page_stylesheets, scripts, stylesheets

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<target>[^"')]+)(?P=quote)\s*\)""")
# rcssmin takes a block in a block for declarations, where "a :is(b)" would be "a: is(b)": say "a *:is(b)" to it
_DESCENDANT = re.compile(r"(?<=[\w)\]]) +(?=::?[a-z-])")
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|/|#)", re.IGNORECASE)


def stylesheet(sources: Mapping[str, Path], settings: ThemeAssets) -> Asset:
    """Return the bundle of the stylesheets that every page has, of ``sources`` (paths in the theme's folder to files).

    Raises EditionError for an ``@import`` and for a ``url()`` that names no file of the theme.
    """
    return _bundle("css/site.css", stylesheets(sources, settings.first, settings.page_folder), sources, settings)


def stylesheet_files(sources: Mapping[str, Path], settings: ThemeAssets) -> dict[str, Asset]:
    """Return the stylesheets that only some pages need, by the name that templates use; raises as ``stylesheet``."""
    found = page_stylesheets(sources, settings.page_folder)
    return {name: _bundle(f"css/{name}.css", paths, sources, settings) for name, paths in found.items()}


def script(sources: Mapping[str, Path], settings: ThemeAssets) -> Asset | None:
    """Return the bundle of the scripts right in the folder ``settings.script_folder``, or None if it has none.

    A ``.mjs`` is not among them: a module's names and imports are its own.
    """
    own = [path for path in scripts(sources) if _bundled(path, settings)]
    return _named("js/site.js", b"\n".join(sources[path].read_bytes() for path in own)) if own else None


def early(sources: Mapping[str, Path], settings: ThemeAssets) -> str:
    """Return the scripts of ``settings.early_folder`` as one text, without indents and lines of comment.

    Raises EditionError for one that holds ``</`` or ``<!--``, which mean something to the page that it stands in.
    """
    lines: list[str] = []
    problems: list[Problem] = []
    for path in scripts(sources):
        if path.startswith(settings.early_folder):
            for number, line in enumerate(sources[path].read_text("utf-8").splitlines(), 1):
                if "</" in line or "<!--" in line:
                    told = "a script in a page's head may hold neither </ nor <!--"
                    problems.append(Problem(str(sources[path]), number, told, r"Write <\/ or <\!--.", "inline-script"))
                lines.append("" if line.lstrip().startswith("//") else line.strip())
    if problems:
        raise EditionError(problems)
    return "\n".join(filter(None, lines))


def script_files(sources: Mapping[str, Path], settings: ThemeAssets) -> dict[str, Asset]:
    """Return each other script among ``sources`` as a file to write, by the name that templates use."""
    found = {}
    for path in scripts(sources):
        if not _bundled(path, settings) and not path.startswith(settings.early_folder):
            name = path.removeprefix(settings.script_folder).rsplit(".", 1)[0]
            found[name] = _named(f"js/{name.replace('/', '-')}.js", sources[path].read_bytes())
    return found


def others(sources: Mapping[str, Path]) -> dict[str, Path]:
    """Return what is published as it is: neither stylesheet nor script."""
    return {path: file for path, file in sources.items() if not path.endswith((".css", ".js", ".mjs"))}


def _bundle(name: str, paths: Iterable[str], sources: Mapping[str, Path], settings: ThemeAssets) -> Asset:
    problems: list[Problem] = []
    parts = []
    for path in paths:
        text = sources[path].read_text("utf-8")
        problems += _problems(path, text, sources)
        parts.append(_layered(path, _moved(path, _COMMENT.sub("", text)), settings))
    if problems:
        raise EditionError(problems)
    css = "\n".join(parts)
    return _named(name, (_minified(css) if settings.minify else css).encode())


def _bundled(path: str, settings: ThemeAssets) -> bool:
    folder, _, name = path.rpartition("/")
    return f"{folder}/" == settings.script_folder and name.endswith(".js")


def _minified(css: str) -> str:
    return str(rcssmin.cssmin(_DESCENDANT.sub(" *", css)))


def _named(path: str, content: bytes) -> Asset:
    pure = PurePosixPath(path)
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Asset(str(pure.with_name(f"{pure.stem}.{digest}{pure.suffix}")), content)


def _layered(path: str, css: str, settings: ThemeAssets) -> str:
    if path.startswith(settings.own) or "@layer" in css:
        return css
    return f"@layer {settings.plugin_layer} {{\n{css}\n}}"


def _moved(path: str, css: str) -> str:
    """Return ``css`` with its addresses as seen from the bundle's folder."""

    def seen(match: re.Match[str]) -> str:
        target = match["target"]
        if _ELSEWHERE.match(target):
            return match[0]
        return f'url("{posixpath.relpath(_resolved(path, target), "css")}")'

    return _URL.sub(seen, css)


def _problems(path: str, text: str, sources: Mapping[str, Path]) -> Iterable[Problem]:
    file = str(sources[path])
    bare = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    for number, line in enumerate(bare.splitlines(), 1):
        if "@import" in line:
            remedy = "Every stylesheet of the theme is in the bundle already."
            yield Problem(file, number, "@import has no place in a bundle", remedy, "css-import")
        for match in _URL.finditer(line):
            target = match["target"]
            if not _ELSEWHERE.match(target) and re.split("[?#]", _resolved(path, target))[0] not in sources:
                remedy = "Put it into the theme's static folder, or mend the address."
                yield Problem(file, number, f"url({target}) names no file of the theme", remedy, "css-url")


def _resolved(path: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
