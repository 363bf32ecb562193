"""Write an edition to time builds on: the sample's own content and as many stories of 550 words as asked for.

python -m tests.support.archive build/archive 10000

Every story is the same for the same number. Words come from the labelled stories of the tagging tests; a story has
headings, a list, a quotation, links to others, and every tenth a picture, as a newsroom's have.
"""

import datetime as dt
import json
import random
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORDS = 550
SECTIONS = ("Politics", "Economy", "Security", "Society", "Culture", "Science", "Life", "Opinion")
COUNTRIES = ("KZ", "KG", "TJ", "TM", "UZ")
TOPICS = tuple(
    f"{kind} {number}" for kind in ("Railways", "Energy", "Water", "Trade", "Courts") for number in range(40)
)
FIRST = dt.datetime(2015, 1, 1, 9, tzinfo=dt.timezone(dt.timedelta(hours=5)))


def story(number: int, count: int, sentences: list[str]) -> tuple[str, str]:
    """Return a story's path below the folder of articles, and its text."""
    chance = random.Random(number)  # noqa: S311 - repeatable, not secret
    written = _written(number, count)
    header: dict[str, object] = {
        "title": f"{chance.choice(sentences)[:60].strip()} {number}",
        "date": written.isoformat(),
        "slug": f"story-{number}",
        "category": chance.choice(SECTIONS),
        "countries": chance.sample(COUNTRIES, chance.choice((1, 1, 1, 2, 3))),
        "tags": chance.sample(TOPICS, 3),
        "authors": [f"Desk {chance.randrange(30)}"],
        "summary": chance.choice(sentences),
    }
    if number % 10 == 0:
        header["image"] = {"src": "barley-ears.png", "alt": "Barley.", "caption": "Barley", "credit": "The Ledger"}
    lines = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in header.items())
    before = f"{_written(number - 1, count):%Y/%m}/story-{number - 1}.md" if number else ""
    return f"{written:%Y/%m}/story-{number}.md", f"---\n{lines}\n---\n{_body(chance, before, sentences)}\n"


def write(folder: Path, count: int) -> None:
    """Write the edition's content into ``folder``, which is made."""
    shutil.copytree(ROOT / "content", folder, ignore=shutil.ignore_patterns("urls.csv"))
    lines = (ROOT / "tests" / "data" / "tagging" / "labelled.jsonl").read_text("utf-8").splitlines()
    texts = [story["text"] for story in map(json.loads, lines) if story["id"].startswith("en")]
    sentences = [sentence.strip() + "." for text in texts for sentence in text.split(". ") if len(sentence) > 30]
    for number in range(count):
        path, text = story(number, count, sentences)
        file = folder / "articles" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


def _written(number: int, count: int) -> dt.datetime:
    return FIRST + dt.timedelta(minutes=number * 4_000_000 // count)


def _body(chance: random.Random, before: str, sentences: list[str]) -> str:
    parts: list[str] = []
    while sum(len(part.split()) for part in parts) < WORDS:
        paragraph = " ".join(chance.choice(sentences) for _ in range(4))
        place = len(parts)
        if place % 4 == 3:
            parts.append(f"## {chance.choice(sentences)[:40].rstrip('.')} {place}")
        if place == 2:
            parts += [f"> {paragraph}", "- one *point*\n- another, with **weight**\n- a third"]
        if place == 5 and before:
            paragraph += f" See [what was said]({{filename}}/articles/{before}) and [the bank](https://bank.example/)."
        parts.append(paragraph)
    return "\n\n".join(parts)


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
