import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_first_history_can_be_made_again_from_the_payloads():
    run = subprocess.run([sys.executable, "tools/seed_rates.py"], cwd=ROOT, capture_output=True, text=True, check=True)
    made = run.stdout.splitlines()
    assert len(made) == 419
    assert set(made) <= set((ROOT / "content/rates/history.csv").read_text("utf-8").splitlines())
