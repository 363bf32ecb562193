"""Markdown, looked for only in texts that can hold some: the same HTML, in less time.

Most paragraphs of a news story are plain sentences, and Markdown tries each of its patterns on every one of them, and
each of its blocks.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Collection
from typing import Any

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString, Registry

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
# Markdown's own blocks, and those of its extra extensions: all but a paragraph begin a line with what is no letter
_MARKED = ("hashheader", "setextheader", "hr", "olist", "ulist", "quote", "reference", "table", "deflist")
_OTHERS = ("empty", "indent", "code", "defindent", "footnote", "abbr", "markdown_block", "paragraph")
_OWN = "plain"
_SENTENCES = re.compile(r"[^\W\d_][^\n]*(?:\n[^\W\d_][^\n]*)*\Z")


class SparingExtension(Extension):
    """Leaves texts alone that no pattern can match; where another extension has added a pattern, or a block, none."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Take the place of Markdown's own processor."""
        md.treeprocessors.register(_Sparing(md), "inline", 20)
        md.parser.blockprocessors.register(_Plain(md.parser), _OWN, 1000)


class _Sparing(InlineProcessor):
    def run(self, tree: ET.Element, ancestors: list[str] | None = None) -> ET.Element:
        """Apply the patterns as Markdown does."""
        knows_all = _are_known(self.inlinePatterns, _NEEDED)
        plain = [each for each in tree.iter() if each.text and not _SOME.search(each.text)] if knows_all else []
        for each in plain:
            each.text = AtomicString(each.text)
        super().run(tree, ancestors)
        for each in plain:
            each.text = str(each.text)  # other processors are to find it as they would
        return tree


class _Plain(ParagraphProcessor):
    """Takes for a paragraph at once what nothing else would take, if all that could are known."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser)
        self._known = (0, False)

    def test(self, parent: ET.Element, block: str) -> bool:  # noqa: ARG002 - the library's signature
        """Return whether each line of ``block`` begins with a letter."""
        return _SENTENCES.match(block) is not None and self._knows_all()

    def _knows_all(self) -> bool:
        blocks = self.parser.blockprocessors
        if self._known[0] != len(blocks):
            self._known = len(blocks), _are_known(blocks, (*_MARKED, *_OTHERS, _OWN))
        return self._known[1]


def _are_known(processors: Registry[Any], names: Collection[str]) -> bool:
    """Return whether ``processors`` has none but those of ``names``."""
    return sum(name in processors for name in names) == len(processors)
