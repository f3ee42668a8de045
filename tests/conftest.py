"""Shared ground of the tests: the project's own articles and, where they lie beside the project, the gold data."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import postgres_server
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


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server that was started for the tests."""
    binaries = postgres_server.programs()
    if binaries is None:
        pytest.skip("needs PostgreSQL (apt-get install postgresql)")
    with postgres_server.server(binaries) as url:
        yield url


@pytest.fixture(autouse=True, scope="session")
def in_project_root() -> Iterator[None]:
    """Paths such as ``corpus/`` mean the project's, wherever the tests were started."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI everything a test needs is installed, so that a test left out is a failure."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"left out in CI: {report.longrepr}"
    return report
