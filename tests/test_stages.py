"""Stages: their order is checked before anything runs, and other packages can add their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import config, stage
from pipeline.errors import ConfigError, StageError

SAMPLE = Path(__file__).parent / "sample_stage"


def test_the_default_stages_are_in_an_order_that_holds() -> None:
    assert [each.name for each in config.Config().build()] == list(config.STAGES)


def test_a_stage_before_what_it_needs_is_refused_with_the_remedy() -> None:
    with pytest.raises(StageError, match=r"'segment' needs .*; move 'read' before it"):
        stage.build(["segment", "read"], {})


def test_a_stage_whose_needs_nobody_meets_is_refused() -> None:
    with pytest.raises(StageError, match="no stage in the list provides it"):
        stage.build(["read", "extract.dates"], {})


def test_an_unknown_stage_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(StageError, match=r"unknown stage 'sigment'; did you mean 'segment'\?"):
        stage.build(["read", "sigment"], {})


def test_a_stage_can_be_left_out() -> None:
    names = [name for name in config.STAGES if name not in ("extract.timeline", "align")]
    assert [each.name for each in stage.build(names, {})] == names


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("extract.dates.keep_citation=false", r"unknown setting 'extract\.dates\.keep_citation'; did you mean"),
        ("extract.datse.keep_citations=false", r"unknown setting 'extract\.datse'; did you mean 'dates'"),
        ("extrakt.dates.keep_citations=false", r"unknown setting 'extrakt'; did you mean 'extract'"),
        ("extract.dates.keep_citations=perhaps", r"setting 'extract\.dates\.keep_citations'.*got 'perhaps'"),
        ("extract.dates", r"write it as key\.path=value"),
        ("stages=read", "must be a list of stage names"),
        ("paths.output=x", r"unknown setting 'paths\.output'; did you mean 'outputs'"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(override: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        config.load(None, [override])


def test_an_override_reaches_its_stage() -> None:
    chosen = config.load(None, ["extract.dates.keep_citations=false"])
    assert chosen.effective["extract"]["dates"]["keep_citations"] is False
    assert chosen.sha256 != config.Config().sha256


def test_the_commented_defaults_are_the_defaults_of_the_code() -> None:
    root = Path(__file__).parents[1]
    assert config.load(root / "config.yaml").effective == config.Config().effective


def test_every_setting_is_described_in_the_configuration_file() -> None:
    lines = (Path(__file__).parents[1] / "config.yaml").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if line.strip() and not line.lstrip().startswith(("#", "-")) and line.split("#")[0].rstrip()[-1] != ":":
            assert "#" in line or lines[number - 1].lstrip().startswith("#"), f"line {number + 1} says nothing: {line}"


def test_a_stage_of_another_package_joins_the_road(tmp_path: Path) -> None:
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    copy = tmp_path / "source"
    subprocess.run(["cp", "-r", str(SAMPLE), str(copy)], check=True)
    subprocess.run([*install, "--target", str(site), str(copy)], check=True)
    script = (
        "import pipeline\n"
        "stages = ['read', 'segment', 'questions']\n"
        "text = 'Is it so? It is.\\n\\nآیا چنین است؟ چنین است. چرا چنین است؟'\n"
        "print(pipeline.process_text(text, settings={'stages': stages}).extensions)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "{'questions': {'en': 1, 'fa': 2}}"
