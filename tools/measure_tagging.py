"""Print precision, recall and F1 of the country tagger on the labelled stories, by language.

python tools/measure_tagging.py            the held-back half, as docs/tagging.md has it
python tools/measure_tagging.py --tuning   the half the tagger was tuned on, with every miss
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LABELLED = ROOT / "tests" / "data" / "tagging" / "labelled.jsonl"
sys.path.insert(0, str(ROOT))

from plugins.country_pages.tagging.measuring import held_back, measured, table  # noqa: E402 - found by the path above
from plugins.country_pages.tagging.suggestions import Tagger  # noqa: E402


def main() -> int:
    """Measure and print."""
    tuning = "--tuning" in sys.argv
    stories = [json.loads(line) for line in LABELLED.read_text("utf-8").splitlines()]
    stories = [story for story in stories if held_back(story) != tuning]
    tagger = Tagger()
    print(table(measured(stories, tagger.countries)))
    for story in stories if tuning or "--misses" in sys.argv else ():
        given = tagger.suggest(story["title"], story["text"])
        if {each.country for each in given if each.about} != set(story["countries"]):
            print(f"\n{story['id']} {story['kind']}: {story['title']}\n  expected {story['countries']}")
            print("\n".join(f"  {'about' if each.about else 'named'} {each}" for each in given))
    return 0


if __name__ == "__main__":
    sys.exit(main())
