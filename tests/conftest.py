"""Shared ground of the tests: the project's own articles and, where they lie beside the project, the gold data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.config import Config
from pipeline.record import Record
from pipeline.road import Road, open_source

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
SHARED = ROOT.parent / "shared"
REFERENCE = SHARED / "corpus" / "rezaei-2015-chinese-iranian-military-relations.md"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the gold data in ../shared")


@pytest.fixture(scope="session")
def road() -> Road:
    """The default stages, with models loaded once for all tests."""
    return Road(Config())


@pytest.fixture(scope="session")
def reference(road: Road) -> Record:
    """The record of the real reference article."""
    if not REFERENCE.is_file():
        pytest.skip("needs the gold data in ../shared")
    return road.process(open_source(REFERENCE))


@pytest.fixture(autouse=True, scope="session")
def in_project_root() -> Iterator[None]:
    """Paths such as ``corpus/`` mean the project's, wherever the tests were started."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        yield
