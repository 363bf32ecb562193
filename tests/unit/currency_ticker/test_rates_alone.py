import subprocess
import sys
from pathlib import Path

ALONE = """
import sys
sys.modules["pelican"] = sys.modules["blinker"] = None
import plugins.currency_ticker.history, plugins.currency_ticker.insertion, plugins.currency_ticker.views
try:
    plugins.currency_ticker.register()
except ImportError:
    print("register alone needs Pelican")
"""


def test_the_core_works_without_pelican():
    run = subprocess.run(
        [sys.executable, "-c", ALONE], cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True
    )
    assert run.stdout == "register alone needs Pelican\n"
