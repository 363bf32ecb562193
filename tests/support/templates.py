"""Templates rendered with the fast build's environment and with Jinja's own, which must make the same of them."""

from typing import Any

from jinja2 import DictLoader, Environment, FileSystemBytecodeCache

from plugins.fast_build import templating
from plugins.fast_build.fragments import Wood
from plugins.fast_build.tracing import Key, Recorder


class Pages:
    """Renders templates with the fast build's environment, and with Jinja's own."""

    def __init__(self, templates: dict[str, str], folder: Any) -> None:
        self.recorder = Recorder()
        self.asked = 0
        self.plain, self.fast = (Environment(loader=DictLoader(templates), autoescape=True) for _ in range(2))
        self.other = self.fast.overlay()  # of another generator
        wood = Wood(self.recorder)
        for environment in (self.fast, self.other):
            templating.prepare(environment, self.recorder, FileSystemBytecodeCache(str(folder)), wood)
        for environment in (self.plain, self.fast, self.other):
            environment.filters["counted"] = self._counted

    def _counted(self, value: object) -> object:
        self.asked += 1
        return value

    def slots(self, name: str, context: dict[str, Any], **given: Any) -> list[str]:
        """Return the texts of the slots of a page, which must be as Jinja makes it."""
        self.page(name, context, **given)
        self.recorder.begin(context, given)
        text = self.fast.get_template(name).render({**context, **given, "output_file": name})
        return [slot.text for slot in self.recorder.leave([text.encode()])[1]]

    def digest(self, name: str) -> bytes:
        """No template is asked for."""
        raise NotImplementedError(name)

    def page(self, name: str, context: dict[str, Any], **given: Any) -> tuple[str, set[Key]]:
        """Return the page, which must be as Jinja makes it, and what it read."""
        expected = self.plain.get_template(name).render({**context, **given})
        before = self.asked
        self.recorder.begin(context, given)
        text = self.fast.get_template(name).render({**context, **given})
        self.counted = self.asked - before
        assert text == expected
        return text, self.recorder.end()
