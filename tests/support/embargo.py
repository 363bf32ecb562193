"""The sample edition with one story under embargo, whose every field says words that nothing else does."""

import shutil
from pathlib import Path

from tests.support import edition as editions
from tests.support.site import ROOT

BEFORE, INSTANT = "2026-12-01T05:59:59+05:00", "2026-12-01T06:00:00+05:00"
SOURCE = "articles/2026/09/kungrad-plan.md"
TITLE = 'Ann\'s "quorvant plan" for the Ustyurt & the sea'
STORY = f"""---
title: '{TITLE.replace("'", "''")}'
date: 2026-09-28 09:00 +05:00
modified: 2026-09-28 19:00 +05:00
embargo: 2026-12-01 06:00 +05:00
category: Economy
countries: [Uzbekistan, TM]
tags: [trade, zubrel works]
authors: [Tashkent desk, Ilvana Prosk]
summary: The well of Kungrad will be drilled again, says a mervant paper that nobody has seen.
image: {{src: kungrad-well.png, alt: A dornwick well., caption: The felspan well, credit: Ostrivane Vale}}
sources: [The hublen ministry]
corrections:
  - date: 2026-09-28 18:00 +05:00
    text: The first version misspelt wexholm.
id: held/yavrik-identity
---
Nobody has said so in public, and nobody will before the crolland of December.

![A pravlet pump.](pump-lowgate.png "The jantic pump. Image: Ostrivane Vale")

See [what was said](https://elsewhere.example/tolvane/).
"""
TOKENS = (
    *("quorvant", "zubrel", "ilvana", "prosk", "mervant", "kungrad", "dornwick", "felspan", "ostrivane", "hublen"),
    *("wexholm", "yavrik", "crolland", "pravlet", "lowgate", "jantic", "tolvane"),
)
"""A word of each field, of the text, of the slug and of the names of its pictures, in small letters."""


def content(folder: Path) -> Path:
    """Return a copy of the sample's content, below ``folder``, with the story and its pictures."""
    made = Path(shutil.copytree(ROOT / "content", folder / "content"))
    (made / SOURCE).parent.mkdir(parents=True, exist_ok=True)
    (made / SOURCE).write_text(STORY, "utf-8")
    for name in ("kungrad-well.png", "pump-lowgate.png"):
        shutil.copy(made / "images" / "barley-ears.png", made / "images" / name)
    return made


def build(folder: Path, pictures: Path, now: str) -> Path:
    """Return the output of that edition, built below ``folder`` at the instant ``now`` for its public address."""
    chosen = {"PATH": repr(str(content(folder)))}
    return editions.build(folder / "site", "publishconf", pictures, overrides=chosen, now=now).output


def before(root: Path) -> Path:
    """Return the folder, with conf.py and output, of that edition a second before the instant: one for a test run."""
    made = editions.once(root, "embargo", lambda folder: build(folder, editions.PICTURES, BEFORE))
    return made / "site"
