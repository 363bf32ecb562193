"""Inline Markdown, looked for only in texts that can hold some: the same HTML, in less time.

Most paragraphs of a news story are plain sentences, and Markdown tries each of its patterns on every one of them.
"""

import re
import xml.etree.ElementTree as ET

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

# What each of Markdown's own patterns, and that of its footnotes, needs in order to match
_NEEDED = {
    "backtick": "`",
    "escape": r"\\",
    "footnote": r"\[",
    "reference": r"\[",
    "link": r"\[",
    "image_link": r"\[",
    "image_reference": r"\[",
    "short_reference": r"\[",
    "short_image_ref": r"\[",
    "autolink": "<",
    "automail": "<",
    "linebreak": "  \n",
    "html": "<",
    "entity": "&",
    "em_strong": r"[*_]",
}
_SOME = re.compile("|".join(sorted({*_NEEDED.values()})))


class SparingExtension(Extension):
    """Leaves texts alone that no pattern can match; where another extension has added a pattern, none."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Take the place of Markdown's own processor."""
        md.treeprocessors.register(_Sparing(md), "inline", 20)


class _Sparing(InlineProcessor):
    def run(self, tree: ET.Element, ancestors: list[str] | None = None) -> ET.Element:
        """Apply the patterns as Markdown does."""
        plain = [each for each in tree.iter() if each.text and not _SOME.search(each.text)] if self._knows_all() else []
        for each in plain:
            each.text = AtomicString(each.text)
        super().run(tree, ancestors)
        for each in plain:
            each.text = str(each.text)  # other processors are to find it as they would
        return tree

    def _knows_all(self) -> bool:
        return sum(name in self.inlinePatterns for name in _NEEDED) == len(self.inlinePatterns)
