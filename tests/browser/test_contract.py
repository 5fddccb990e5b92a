"""The API keeps what its description promises, whatever it is asked: schemathesis asks it (`make check-api`).

It stands among the browser tests because it asks the same served demo.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

# Requests for each operation and phase: CI's are few, `make check-api` asks more.
EXAMPLES = os.environ.get("SCHEMATHESIS_EXAMPLES", "10")


def operations(demo):
    """How many operations the API describes."""
    with urllib.request.urlopen(f"{demo}/api/v1/openapi.json") as answer:
        return sum(len(methods) for methods in json.load(answer)["paths"].values())


def test_the_running_api_keeps_its_contract(demo, tmp_path, capsys):
    command = shutil.which("schemathesis", path=Path(sys.executable).parent)
    done = subprocess.run(
        [
            command,
            "run",
            f"{demo}/api/v1/openapi.json",
            *("--checks", "all", "--max-examples", EXAMPLES, "--no-color", "--generation-database", "none"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    summary = done.stdout[done.stdout.find("= SUMMARY =") :]
    with capsys.disabled():
        print(f"\n{summary}")
    assert done.returncode == 0, done.stdout
    assert re.search(r"(\d+) generated, \1 passed", summary)
    assert f"Tested: {operations(demo)}\n" in summary
