"""The fault drill in small: bad files of twenty kinds, a crash, an endless article, a killed run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_whatever_goes_wrong_the_good_records_are_those_of_an_undisturbed_run() -> None:
    command = [sys.executable, "benchmarks/drill.py", "--good", "6", "--kills", "1", "--light", "--timeout", "12"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "the drill held", done.stdout + done.stderr
    assert "byte for byte" in done.stdout
    assert "22 of 22" in done.stdout
