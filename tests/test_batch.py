"""Many articles: which files they are, each apart from the others, and the same bytes however they are run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.batch import discover, run
from pipeline.config import Config

ENGLISH = "# On straits\n\n## Abstract\n\nIran ratified nothing in 1982. The strait stayed open.\n"
PERSIAN = "# دربارهٔ تنگه‌ها\n\n## چکیده\n\nایران در سال ۱۳۶۱ چیزی را تصویب نکرد. تنگه باز ماند.\n"


def write(folder: Path, **files: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def test_a_folder_gives_its_articles_in_order_without_readme_and_hidden_files(tmp_path: Path) -> None:
    folder = write(tmp_path, b__md=ENGLISH, a__txt=ENGLISH, README__md="# no article", notes__xyz="?", _md="?")
    (folder / ".hidden.md").write_text("# hidden")
    found = discover([folder], [".md", ".txt"], ["README*"])
    assert [(job.id, job.path.name) for job in found] == [("a", "a.txt"), ("b", "b.md")]


def test_two_articles_of_one_name_get_ids_of_their_own(tmp_path: Path) -> None:
    write(tmp_path / "x", a__md=ENGLISH, a__txt=ENGLISH)
    write(tmp_path / "y", a__md=ENGLISH)
    found = discover([tmp_path], [".md", ".txt"])
    assert [(job.id, job.renamed_from) for job in found] == [("a", None), ("a-txt", "a"), ("a-md", "a")]


def test_a_renamed_article_says_so_in_its_record(tmp_path: Path) -> None:
    write(tmp_path / "in", a__md=ENGLISH, a__txt=ENGLISH)
    jobs = discover([tmp_path / "in"], [".md", ".txt"])
    outcomes = list(run(jobs, Config(), tmp_path / "out", workers=1))
    assert next(outcome.status for outcome in outcomes) != "failed"
    assert "W-SAME-NAME" in (tmp_path / "out" / "a-txt.yaml").read_text(encoding="utf-8")
    assert "W-SAME-NAME" not in (tmp_path / "out" / "a.yaml").read_text(encoding="utf-8")


def test_one_bad_article_is_one_row_and_loses_nothing_else(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH, b__md=b"", c__md=PERSIAN)
    jobs = [*discover([folder], [".md"]), *discover([tmp_path / "missing.md"], [".md"])]
    outcomes = {outcome.id: outcome for outcome in run(jobs, Config(), tmp_path / "out", workers=1)}
    assert outcomes["b"].code == "E-EMPTY"
    assert outcomes["missing"].code == "E-UNREADABLE"
    assert "missing.md" in str(outcomes["missing"].message)
    assert sorted(path.name for path in (tmp_path / "out").glob("*.yaml")) == ["a.yaml", "c.yaml"]


def test_a_failed_run_leaves_the_old_record_whole(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH)
    list(run(discover([folder], [".md"]), Config(), tmp_path / "out", workers=1))
    before = (tmp_path / "out" / "a.yaml").read_bytes()
    (folder / "a.md").write_bytes(b"")
    assert [o.status for o in run(discover([folder], [".md"]), Config(), tmp_path / "out", workers=1)] == ["failed"]
    assert (tmp_path / "out" / "a.yaml").read_bytes() == before
    assert not list((tmp_path / "out").glob(".*.part"))


@pytest.mark.parametrize(("seed", "jobs"), [("1", "1"), ("2", "2")])
def test_hash_seed_and_number_of_processes_change_no_byte(tmp_path: Path, seed: str, jobs: str) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH, b__md=PERSIAN, c__txt=ENGLISH + PERSIAN)
    first, second = tmp_path / "first", tmp_path / "second"
    list(run(discover([folder], [".md", ".txt"]), Config(), first, workers=1))
    subprocess.run(
        [sys.executable, "-m", "pipeline", "run", str(folder), "-o", str(second), "--jobs", jobs],
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
    )
    assert {path.name: path.read_bytes() for path in first.iterdir()} == {
        path.name: path.read_bytes() for path in second.iterdir()
    }
