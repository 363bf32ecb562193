"""The example workflows of docs/publishing.md, checked by the schemas of their services."""

import re
import subprocess
import sys

import pytest

from tests.support.site import ROOT

BLOCKS = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/publishing.md").read_text("utf-8"), re.DOTALL)


def check(text: str, schema: str, folder) -> subprocess.CompletedProcess[str]:
    file = folder / "workflow.yml"
    file.write_text(text)
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("number", "schema"), [(0, "vendor.github-workflows"), (1, "vendor.gitlab-ci")])
def test_an_example_is_valid(number, schema, tmp_path):
    done = check(BLOCKS[number], schema, tmp_path)
    assert done.returncode == 0, done.stdout
    assert check(BLOCKS[number] + "\nbroken: {steps: 1}\n", schema, tmp_path).returncode == 1


def test_no_secret_stands_in_an_example():
    for line in "".join(BLOCKS).splitlines():
        if re.search(r"(KEY|TOKEN|SECRET|PASSWORD)\w*:", line):
            assert re.search(r": \$\{\{ secrets\.\w+ \}\}$", line), line
