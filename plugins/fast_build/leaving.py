"""What a whole build leaves, beside its memory, for the next to go on from."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import forking, resuming, writing
from .engine import Asked, Engine
from .memory import Built, Memory
from .numbering import Key
from .standing import Seen, Stamps, Standing, seen

MOMENT: Key = ("name", "build_time")


class Leaving:
    """Keeps it in the ``memory`` of the ``output`` folder."""

    def __init__(
        self, settings: Mapping[str, Any], engine: Engine, memory: Memory, output: Path, processes: int
    ) -> None:
        self._settings = settings
        self._engine = engine
        self._memory = memory
        self._output = output
        self._processes = processes

    def begin(self, edition: resuming.Edition, known: Mapping[str, bytes]) -> forking.Awaited[resuming.Snapshot | None]:
        """Begin to put an edition's objects into bytes, beside what else is to be done; return what waits for them.

        Of its texts those are kept that have the digests ``known``, by path.
        """
        settings, things, file = self._settings, self._engine.things, self._memory.new_objects()
        return forking.beside(lambda: resuming.snapshot(edition, settings, things, known, file), self._processes)

    def keep(
        self,
        asked: Asked,
        snapshot: resuming.Snapshot | None,
        standing: Standing | None,
        contents: Mapping[str, Any],
    ) -> Standing | None:
        """Keep what the next build may go on from; return what this one, with its ``contents``, stands on, if so."""
        keep(self._memory, snapshot, contents)
        stands = standing if snapshot else None
        self._memory.stand(stands)
        self._memory.note("alone", b"yes" if snapshot and asked.alone else None)
        return stands

    def standing(self, context: dict[str, Any], asked: Asked, sources: Mapping[str, Seen], built: Built) -> Standing:
        """Return what a build stands on, which ``built`` this of the ``sources``."""
        instant, until = self._engine.moment(context)
        outputs = {name: each for made in built.made.values() for name, each in made.files.items()}
        others = (built.files - outputs.keys()) | (writing.folders(built.files) if asked.alone else set())
        outputs |= {name: seen(self._output / name) for name in others}
        return Standing(
            moment=instant.timestamp(),
            until=until,
            fixed=bool(self._settings.get("BUILD_TIME")),
            timeless=not built.has_read(MOMENT),
            alone=asked.alone,
            output=str(self._output),
            sources=Stamps.of(sources),
            outputs=Stamps.of(outputs),
        )


def keep(memory: Memory, snapshot: resuming.Snapshot | None, contents: Mapping[str, Any]) -> None:
    """Keep an edition's objects in ``memory``, and the texts of its stories, or that there are none to go on from.

    ``contents`` are those of which the ``snapshot`` was taken, by path: texts need not come from another process.
    """
    if snapshot:
        rows = (
            (path, digest, contents[path]._content if text is None else text)  # noqa: SLF001 - before links are resolved
            for path, (digest, text) in snapshot.texts.items()
        )
        memory.keep_texts(rows, snapshot.stories)
    memory.keep_objects(snapshot.objects if snapshot else None)
