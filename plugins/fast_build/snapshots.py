"""An edition's objects as they were when it was whole, for another process to go on from.

What every process has anew (settings, templates, generators, and in the context what names with ``KEREGE_`` stand
for) is not kept, but only what it goes by. Nor are the texts of stories, which few pages show: they wait beside, each
by itself.
"""

import dataclasses
import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from jinja2 import Template

from . import tracing
from .tracing import Remembering

OF_ONE_RUN = "KEREGE_"
"""How the names begin of what is in the context for the length of a run."""
_HERE = __name__


@dataclass(frozen=True)
class Things:
    """The classes of what is not kept itself."""

    stories: type
    """Stories, pages and files: numbered."""
    generators: type
    """Generators: made anew."""
    articles: type
    """The generator of articles."""


class World(Protocol):
    """What each process has anew."""

    def story(self, number: int, base: type, noted: bool) -> Any:  # noqa: ANN401, FBT001 - Pelican's own
        """Return a story, page or file, by its number, of a class like ``base``; it may be ``noted`` what is read."""

    def template(self, name: str) -> Template:
        """Return a template."""

    def generator(self, cls: type) -> Any:  # noqa: ANN401 - Pelican's own
        """Return the generator of a class."""

    def named(self, name: str) -> Any:  # noqa: ANN401 - any thing
        """Return what is in the context of this run under ``name``."""

    def remembering(self, function: Callable[[Any], Any]) -> Remembering:
        """Return ``function`` with a memory."""

    def holder(self, value: Any, state: dict[str, Any]) -> None:  # noqa: ANN401 - Pelican's own
        """Give ``value`` its attributes; ``settings`` among them says whether they are the context or the settings."""


class Pickler(pickle.Pickler):
    """Keeps an edition."""

    def __init__(
        self, file: io.BytesIO, context: Mapping[str, Any], settings: Mapping[str, Any], things: Things
    ) -> None:
        super().__init__(file, protocol=5)
        self._context = context
        self._anew = {object.__hash__(value): name for name, value in context.items() if name.startswith(OF_ONE_RUN)}
        self._settings = settings
        self._things = things
        self._numbers: dict[int, int] = {}
        self._plain: dict[type, bool] = {}
        self.found: list[Any] = []
        """The stories, by number."""

    def keep(self, values: object) -> None:
        """Keep ``values``, and all stories that are found in them."""
        self.dump(values)
        done = 0
        while done < len(self.found):
            last = len(self.found)
            self.dump([self._state(each) for each in self.found[done:last]])
            done = last
        self.dump(None)

    def reducer_override(self, value: Any) -> Any:  # noqa: ANN401 - pickle's own signature
        """Return how ``value`` is found again; NotImplemented for all that is kept as it is."""
        plain = self._plain.get(type(value))
        if plain is None:
            plain = self._plain[type(value)] = self._is_plain(value)
        return NotImplemented if plain else self._found_again(value)

    def _is_plain(self, value: object) -> bool:
        """Return whether values of this class are always kept as they are: they are not special, nor hold settings."""
        cls = type(value)
        special = (self._things.stories, Template, self._things.generators, Remembering)
        if issubclass(cls, special) or any(issubclass(cls, type(self._context[name])) for name in self._anew.values()):
            return False
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return all(field.name != "settings" for field in dataclasses.fields(value))
        return cls.__dictoffset__ == 0 or cls is partial

    def _found_again(self, value: Any) -> Any:  # noqa: ANN401 - pickle's own signature
        if isinstance(value, self._things.stories):
            found: Any = _story, (self._number(value), *tracing.untraced(type(value)))
        elif isinstance(value, Template):
            found = _template, (value.name,)
        elif isinstance(value, self._things.generators):
            found = _generator, (type(value),)
        elif (name := self._anew.get(object.__hash__(value))) is not None:
            found = _anew, (name,)
        elif isinstance(value, Remembering):
            found = _remembering, (value.function,)
        elif self._is_one_of_ours(getattr(value, "__dict__", {}).get("settings")):
            found = _blank, (type(value),), self._state(value), None, None, _holder
        else:
            found = NotImplemented
        return found

    def _is_one_of_ours(self, settings: object) -> bool:
        return settings is self._settings or settings is self._context

    def _state(self, value: Any) -> dict[str, Any]:  # noqa: ANN401 - Pelican's own
        """Return what is kept of a thing that holds the settings: all but them, the context and a text."""
        own = {name: each for name, each in vars(value).items() if name != "_context"}
        if isinstance(own.get("_content"), str):
            del own["_content"]
        return {**own, "settings": own["settings"] is self._context}

    def _number(self, story: Any) -> int:  # noqa: ANN401 - Pelican's own
        number = self._numbers.setdefault(object.__hash__(story), len(self.found))
        if number == len(self.found):
            self.found.append(story)
        return number


class Unpickler(pickle.Unpickler):
    """Finds an edition again, in another ``world``."""

    def __init__(self, kept: bytes, world: World) -> None:
        super().__init__(io.BytesIO(kept))
        self._named: dict[str, Callable[..., Any]] = {
            "_story": world.story,
            "_template": world.template,
            "_generator": world.generator,
            "_anew": world.named,
            "_remembering": world.remembering,
            "_holder": world.holder,
        }

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - pickle's own signature
        """Return what is named: something of this world, or else what the module has."""
        return (self._named.get(name) if module == _HERE else None) or super().find_class(module, name)

    def found(self) -> tuple[Any, list[dict[str, Any]]]:
        """Return what was kept, and the attributes of stories by number."""
        values = self.load()
        stories: list[dict[str, Any]] = []
        while (more := self.load()) is not None:
            stories += more
        return values, stories


def kept(
    values: object, context: Mapping[str, Any], settings: Mapping[str, Any], things: Things
) -> tuple[bytes, list[Any]]:
    """Return ``values`` as bytes, and the stories in them; raises PicklingError for what cannot be kept."""
    file = io.BytesIO()
    pickler = Pickler(file, context, settings, things)
    try:
        pickler.keep(values)
    except (TypeError, AttributeError) as error:
        raise pickle.PicklingError(str(error)) from error
    return file.getvalue(), pickler.found


def _blank(cls: type) -> object:
    return object.__new__(cls)


def _named(*_: object) -> Any:  # noqa: ANN401 - never called
    raise pickle.UnpicklingError(_HERE)


def _story(number: int, base: type, noted: bool) -> Any:  # noqa: ANN401, FBT001 - stands for the world's
    return _named(number, base, noted)


def _template(name: str) -> Template:
    return _named(name)  # type: ignore[no-any-return]


def _generator(cls: type) -> Any:  # noqa: ANN401 - stands for the world's
    return _named(cls)


def _anew(name: str) -> Any:  # noqa: ANN401 - stands for the world's
    return _named(name)


def _remembering(function: Callable[[Any], Any]) -> Remembering:
    return _named(function)  # type: ignore[no-any-return]


def _holder(value: Any, state: dict[str, Any]) -> None:  # noqa: ANN401 - stands for the world's
    _named(value, state)
