"""A small plugin on the kit, for tests: it refuses the title *Wrong*, and shows a word of its settings."""

import msgspec
from pelican import signals

from plugins._kit import wiring
from plugins._kit.errors import Problem


class NoteSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    word: str = "salem"


def start(pelican):
    wiring.read_settings(pelican, NoteSettings, "NOTE")


def check(generator, metadata):
    if metadata["title"] == "Wrong":
        wiring.add_problem(generator.context, Problem("content/a.md", 1, "the title is 'Wrong'", "Mend it."))


def view(generators):
    context = generators[0].context
    wiring.halt(context)
    context["note"] = context["NOTE"].word


def register():
    wiring.start()
    signals.initialized.connect(start)
    signals.article_generator_context.connect(check)
    signals.all_generators_finalized.connect(view)
