"""Jinja's environments, prepared: templates are looked for once, and what pages read is noted."""

import shutil
from collections import ChainMap
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import xxhash
from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, Template, TemplateNotFound, TemplatesNotFound
from jinja2.filters import do_striptags
from jinja2.runtime import Context
from markupsafe import Markup

from .contexts import attribute_reader, context_class
from .fragments import Fragments, IncludingCode, Wood, escaped
from .tracing import Recorder

_TEXTS = frozenset({str, Markup})


class Templates:
    """The templates of one environment, by name."""

    def __init__(self, environment: Environment, recorder: Recorder, wood: Wood) -> None:
        self._environment = environment
        self._recorder = recorder
        self._load = environment.get_template
        self._loaded: dict[str, Template | None] = {}
        self.fragments = Fragments(environment, recorder, self.get, wood)

    def get(self, name: str | Template, parent: str | None = None, globals: Any = None) -> Template:  # noqa: A002, ANN401 - Jinja's own signature
        """Return the template ``name``; raises TemplateNotFound."""
        if isinstance(name, Template):
            return name
        self._recorder.note(("template", name))
        if name not in self._loaded:
            try:
                self._loaded[name] = self._load(name, parent, globals)
            except TemplateNotFound as error:
                if error.name != name:
                    raise  # another, that this one needs
                self._loaded[name] = None
        found = self._loaded[name]
        if found is None:
            raise TemplateNotFound(name)
        return found

    def select(self, names: Iterable[str | Template], parent: str | None = None, globals: Any = None) -> Template:  # noqa: A002, ANN401 - Jinja's own signature
        """Return the first of ``names`` that there is; raises TemplatesNotFound."""
        tried = []
        for name in names:
            try:
                return self.get(name, parent, globals)
            except TemplateNotFound:
                tried.append(str(name))
        raise TemplatesNotFound(tried)

    def digest(self, name: str) -> bytes:
        """Return the digest of a template's source, or of its absence."""
        loader = self._environment.loader
        try:
            source = loader.get_source(self._environment, name)[0] if loader else ""
        except TemplateNotFound:
            return b"absent"
        return xxhash.xxh3_128_digest(source.encode())


def without_tags(value: Any) -> str:  # noqa: ANN401 - any value
    """Return what Jinja's filter ``striptags`` does, which looks for tags and entities where there are none."""
    if value.__class__ in _TEXTS and "<" not in value and "&" not in value:
        return " ".join(str.split(value))
    return do_striptags(value)


class PlainTemplate(Template):
    """A template of Jinja's whose context is put together at once."""

    def new_context(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 - Jinja's own signature
        shared: bool = False,  # noqa: FBT001, FBT002 - as above
        locals: Mapping[str, Any] | None = None,  # noqa: A002 - as above
    ) -> Context:
        """Return a context with ``vars``, and the environment's globals unless it is ``shared``."""
        own = not isinstance(self.globals, ChainMap) or self.globals.maps[0]
        if shared or locals or own:
            return super().new_context(vars, shared, locals)
        values = {} if vars is None else vars.copy()  # many, of which copying one by one would take longer
        for name, value in self.environment.globals.items():
            values.setdefault(name, value)
        return self.environment.context_class(self.environment, values, self.name, self.blocks)


def bytecode(cache: Path, surroundings: bytes) -> FileSystemBytecodeCache:
    """Return where the code of templates is kept that these ``surroundings`` make, and nothing of others."""
    folder = Path(cache, "templates", surroundings.hex())
    for other in folder.parent.glob("*"):
        if other != folder:
            shutil.rmtree(other)
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def prepare(environment: Environment, recorder: Recorder, bytecode: BytecodeCache, wood: Wood) -> Templates:
    """Prepare ``environment`` before its first template is loaded; its output stays the same.

    What one makes is given again by others that have the same ``wood``, and are alike.
    """
    environment.auto_reload = False
    environment.bytecode_cache = bytecode
    environment.context_class = context_class(recorder)
    environment.template_class = PlainTemplate
    environment.code_generator_class = IncludingCode
    if environment.filters.get("striptags") is do_striptags:
        environment.filters["striptags"] = without_tags
    templates = Templates(environment, recorder, wood)
    for name, replacement in (
        ("getattr", attribute_reader(environment, recorder)),
        ("get_template", templates.get),
        ("select_template", templates.select),
        ("escaped", escaped),
        ("fragment", templates.fragments.fragment),
        ("slot", templates.fragments.slot),
    ):
        setattr(environment, name, replacement)
    return templates
