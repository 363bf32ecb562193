"""Write an archive to time the audit on: 10,000 articles of 600 words out of the labelled stories.

python tools/make_tagging_archive.py build/tagging-archive [10000]
time python -m plugins.country_pages audit --processes 2 build/tagging-archive > build/findings.txt
"""

import json
import random
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORDS = 600


def article(stories: list[dict[str, str]], number: int) -> str:
    """Return an article of 600 words of one language's stories, the same for the same number."""
    chance = random.Random(number)  # noqa: S311 - repeatable, not secret
    first = chance.choice(stories)
    alike = [story["text"] for story in stories if story["id"][:3] == first["id"][:3]]
    words: list[str] = first["text"].split()
    while len(words) < WORDS:
        words += ["\n\n", *chance.choice(alike).split()]
    body = " ".join(words[:WORDS])
    return f"---\ntitle: {json.dumps(first['title'], ensure_ascii=False)}\ncountries: [KZ]\n---\n{body}\n"


def main() -> int:
    """Write the archive."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    lines = (ROOT / "tests" / "data" / "tagging" / "labelled.jsonl").read_text("utf-8").splitlines()
    stories = [json.loads(line) for line in lines]
    for number in range(count):
        path = folder / f"{number // 100:03}" / f"{number:05}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(article(stories, number), "utf-8")
    print(f"{count} articles of {WORDS} words in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
