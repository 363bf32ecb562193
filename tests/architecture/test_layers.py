"""The rules of docs/architecture.md, held by reading the source."""

import ast
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "plugins").rglob("*.py"))
PLUGINS = sorted(p for p in (ROOT / "plugins").iterdir() if p.is_dir() and p.name[0] not in "_.")
SOURCES = sorted(p for folder in ("plugins", "tools") for p in (ROOT / folder).rglob("*.py"))
VAGUE = {"utils", "util", "helpers", "helper", "core", "manager", "common", "misc"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports(path: Path) -> list[tuple[int, str]]:
    """The level and the module of every import in the file, wherever it stands."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(0, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append((node.level, node.module or ""))
            found += [(node.level, f"{node.module or ''}.{alias.name}".lstrip(".")) for alias in node.names]
    return found


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_adapters_import_pelican(path: Path):
    adapter = path.name == "plugin.py" or name(path) == "plugins/_kit/wiring.py"
    roots = {module.split(".")[0] for level, module in imports(path) if level == 0}
    assert adapter or not roots & {"pelican", "blinker"}, "only plugin.py and _kit/wiring.py may import Pelican"
    assert not roots & {"plugins", "kerege"}, "imports inside the suite are relative"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_plugin_imports_another(path: Path):
    parts = path.relative_to(ROOT / "plugins").parts
    for level, module in imports(path):
        if level and level >= len(parts):  # above the plugin's own folder
            assert level == len(parts), f"{module}: outside the suite"
            assert module.split(".")[0] == "_kit" or parts[0] == "__init__.py", f"{module}: plugins share only _kit"


def test_the_core_does_not_import_the_wiring():
    for path in MODULES:
        if path.name != "plugin.py" and "_kit" not in path.parts:
            assert not any(module.endswith("wiring") for level, module in imports(path) if level), name(path)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_names_say_what_a_module_makes(path: Path):
    assert path.stem not in VAGUE


def functions(path: Path) -> list[tuple[str, int, int]]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        (node.name, (node.end_lineno or node.lineno) - node.lineno + 1, len(node.args.args + node.args.kwonlyargs))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, kinds)
    ]


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_files_and_functions_stay_small(path: Path):
    assert len(path.read_text("utf-8").splitlines()) <= 350
    for function, lines, arguments in functions(path):
        assert lines <= 40, f"{function}: {lines} lines"
        assert arguments <= 6, f"{function}: {arguments} arguments (self included)"


def test_the_median_file_and_function_are_small():
    assert statistics.median(len(p.read_text("utf-8").splitlines()) for p in MODULES) <= 100
    lengths = [lines for path in MODULES for _, lines, _ in functions(path)]
    assert statistics.median(lengths) <= 12  # definition and docstring included; the body alone has 8 or fewer


@pytest.mark.parametrize("plugin", PLUGINS, ids=name)
def test_every_plugin_introduces_itself(plugin: Path):
    assert (plugin / "README.md").is_file()
    assert (plugin / "__init__.py").is_file()
    if (plugin / "plugin.py").is_file():
        assert "msgspec.Struct" in (plugin / "settings.py").read_text("utf-8"), "settings are one frozen class"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_state_at_module_level(path: Path):
    for node in ast.parse(path.read_text("utf-8")).body:
        value = getattr(node, "value", None)
        assert not isinstance(node, ast.Global)
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(value, (ast.List, ast.Dict, ast.Set)):
            names = [
                t.id
                for t in (node.targets if isinstance(node, ast.Assign) else [node.target])
                if isinstance(t, ast.Name)
            ]
            assert all(n.isupper() or n.lstrip("_").isupper() or n == "__all__" for n in names), names
