"""The documentation is true: its examples run, its codes are the code's codes."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pipeline.api

ROOT = Path(__file__).parents[1]
OPTIONS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def test_the_examples_of_the_python_page_run() -> None:
    failed, tried = doctest.testfile(str(ROOT / "docs" / "api.md"), module_relative=False, optionflags=OPTIONS)
    assert tried > 10
    assert failed == 0


def test_the_examples_in_the_docstrings_run() -> None:
    failed, tried = doctest.testmod(pipeline.api, optionflags=OPTIONS)
    assert tried > 5
    assert failed == 0


def test_every_code_is_documented_and_every_documented_code_exists() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "pipeline").rglob("*.py"))
    used = set(re.findall(r"\"([EW](?:-[A-Z]+)+)\"", sources)) - {"E-DOZABAN", "E-READ", "E-RECORD", "E-REVIEW"}
    assert 'f"W-NO-{part.upper()}-{side.upper()}"' in sources
    used |= {f"W-NO-{part}-{side}" for part in ("TITLE", "ABSTRACT", "KEYWORDS") for side in ("EN", "FA")}
    documented = set(re.findall(r"\b([EW](?:-[A-Z]+)+)\b", (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")))
    assert used == documented
