"""A page of a record drawn with its blocks, and only some pages read: what the command line offers for PDFs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

import pipeline

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "tests" / "pdfset" / "pdf" / "ferries-en-xelatex.pdf"


def dozaban(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pdf")
    done = dozaban("run", SOURCE, "-o", folder, "--jobs", "1", "--pages", "2")
    assert done.returncode == 0, done.stderr
    return folder / "ferries-en-xelatex.yaml"


def test_only_the_pages_asked_for_are_in_the_record(record: Path) -> None:
    loaded = pipeline.load(record)
    assert [page.number for page in loaded.layout] == [2]
    assert loaded.source.pages == 2
    assert loaded.text is not None
    assert "The figures understate" in loaded.text
    assert "Before the highway bridges" not in loaded.text


def test_a_page_is_drawn_with_its_lines_coloured(record: Path, tmp_path: Path) -> None:
    target = tmp_path / "page.png"
    done = dozaban("show", record, "--page", "2", "--boxes", "--source", SOURCE, "-o", target)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(target)
    page = pipeline.load(record).layout[0]
    with Image.open(target) as picture:
        assert picture.size == pytest.approx((page.width * 2, page.height * 2), abs=1.5)
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24) if max(colour) - min(colour) > 20}
    assert len(colours) > 5


@pytest.mark.parametrize(("page", "source"), [("1", SOURCE), ("2", ROOT / "corpus" / "orbital-debris-policy.pdf")])
def test_a_page_that_cannot_be_drawn_is_a_clear_message(record: Path, page: str, source: Path) -> None:
    done = dozaban("show", record, "--page", page, "--boxes", "--source", source)
    assert done.returncode == 2
    assert "E-SHOW-PAGE" in done.stderr
