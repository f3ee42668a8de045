"""The command line as a person meets it: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import pipeline

ROOT = Path(__file__).parents[1]
ENGLISH = "# On straits\n\n## Abstract\n\nIran ratified nothing in 1982. The strait stayed open.\n"


def dozaban(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, input=stdin, cwd=ROOT, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One processed article: ``in/a.md`` and its record in ``out``."""
    base = tmp_path_factory.mktemp("article")
    (base / "in").mkdir()
    (base / "in" / "a.md").write_text(ENGLISH, encoding="utf-8")
    done = dozaban("run", base / "in", "-o", base / "out", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    return base


def test_help_comes_in_under_three_tenths_of_a_second() -> None:
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert dozaban("--help").returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        # Processor time, so that a busy machine does not fail the test.
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(times) < 0.3


def test_every_command_is_in_the_help_and_in_the_readme() -> None:
    listed = re.findall(r"^  (\w+) ", dozaban("--help").stdout.partition("Commands:")[2], flags=re.MULTILINE)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"run", "show", "validate", "schema", "config", "evaluate", "rehydrate"} <= set(listed)
    for command in listed:
        assert f"dozaban {command}" in readme, command


def test_every_option_has_one_clear_sentence() -> None:
    for command in ("run", "show", "validate", "schema", "config", "evaluate", "rehydrate"):
        text = dozaban(command, "--help").stdout
        for option in re.findall(r"^  (?:-\w, )?(--[\w-]+)[^\n]*", text, flags=re.MULTILINE):
            line = text.partition(option)[2].split("\n  -")[0]
            assert re.search(r"[a-z]{3}.*\.", line, flags=re.DOTALL), (command, option)


def test_run_prints_a_line_for_each_article_and_the_totals(folder: Path) -> None:
    done = dozaban("run", folder / "in", "-o", folder / "again")
    assert re.search(r"^\[1/1\] a: \d+ entities, \d+ dates, 0 systems", done.stdout, flags=re.MULTILINE)
    assert re.search(r"^1 articles \(0 failed\), \d+ entities", done.stdout, flags=re.MULTILINE)


def test_run_writes_record_text_and_json_line(folder: Path) -> None:
    assert sorted(path.name for path in (folder / "out").glob("a.*")) == ["a.jsonl", "a.txt", "a.yaml"]
    record = pipeline.load(folder / "out" / "a.yaml")
    assert record.text == ENGLISH
    line = (folder / "out" / "a.jsonl").read_text(encoding="utf-8")
    assert json.loads(line) == record.to_dict()
    assert line.count("\n") == 1


def test_validate_accepts_a_record_and_names_what_is_wrong_with_another(folder: Path, tmp_path: Path) -> None:
    good = folder / "out" / "a.yaml"
    assert dozaban("validate", good).stdout == f"{good}: valid\n"
    data = yaml.safe_load(good.read_text(encoding="utf-8"))
    data["dates"][0]["mentions"]["en"][0]["span"] = [0, 4]
    (tmp_path / "a.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    done = dozaban("validate", tmp_path / "a.yaml")
    assert done.returncode == 1
    assert "the text at [0, 4] is '# On', not '1982'" in done.stdout


def test_show_prints_both_languages(folder: Path) -> None:
    done = dozaban("show", folder / "out" / "a.yaml")
    assert "On straits" in done.stdout
    assert "\u2067ایران\u2069" in done.stdout
    assert "نارﯾا" not in dozaban("show", "--visual", folder / "out" / "a.yaml").stdout


def test_the_stand_off_form_holds_no_sentence_and_is_joined_with_its_text_again(folder: Path, tmp_path: Path) -> None:
    assert dozaban("run", folder / "in", "-o", tmp_path / "bare", "--no-text").returncode == 0
    assert sorted(path.name for path in (tmp_path / "bare").glob("a.*")) == ["a.jsonl", "a.yaml"]
    bare = (tmp_path / "bare" / "a.yaml").read_text(encoding="utf-8")
    assert "ratified" not in bare
    assert "surface: '1982'" in bare
    done = dozaban("rehydrate", tmp_path / "bare" / "a.yaml", folder / "out" / "a.txt", "-o", tmp_path / "full")
    assert done.returncode == 0, done.stderr
    full = pipeline.load(tmp_path / "full" / "a.yaml")
    assert full.abstract.en is not None
    assert full.abstract.en.sentences[0].text == "Iran ratified nothing in 1982."
    (tmp_path / "other.txt").write_text(ENGLISH.replace("1982", "1983"), encoding="utf-8")
    wrong = dozaban("rehydrate", tmp_path / "bare" / "a.yaml", tmp_path / "other.txt", "-o", tmp_path / "full")
    assert wrong.returncode == 2
    assert "E-RECORD-TEXT" in wrong.stderr


def test_config_prints_what_is_in_force_and_an_override_shows(folder: Path) -> None:
    shown = yaml.safe_load(dozaban("config", "--set", "extract.dates.keep_citations=false").stdout)
    assert shown["extract"]["dates"]["keep_citations"] is False
    assert shown == pipeline_effective(["extract.dates.keep_citations=false"])


def pipeline_effective(overrides: list[str]) -> dict[str, object]:
    from pipeline import config

    return config.load(ROOT / "config.yaml", overrides).effective


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["run", "--set", "extract.dates.keep_citatoins=false"], 2, "did you mean 'keep_citations'"),
        (["run", "--config", "missing.yaml"], 2, "missing.yaml"),
        (["run", "missing-article.md", "-o", "build/none"], 1, "E-UNREADABLE"),
        (["run", "docs/schema", "-o", "build/none"], 2, "no articles in docs/schema"),
        (["show", "missing.yaml"], 2, "missing.yaml cannot be opened"),
        (["validate", "config.yaml"], 1, "not a Dozaban record"),
        (["evaluate", "docs", "missing.yaml"], 2, "E-"),
        (["run", "--jobs", "-1"], 2, "--jobs"),
    ],
)
def test_wrong_use_ends_in_one_clear_line(arguments: list[str], code: int, words: str) -> None:
    done = dozaban(*arguments)
    assert done.returncode == code, done.stdout + done.stderr
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


BAD_FILES: dict[str, tuple[bytes, str]] = {
    "empty.md": (b"", "E-EMPTY"),
    "spaces.md": (b" \n\t\n ", "E-EMPTY"),
    "binary.md": (bytes(range(256)) * 40, "E-BINARY"),
    "picture.md": (b"\x89PNG\r\n\x1a\n" + b"\0\1\2\3" * 400, "E-BINARY"),
    "damaged.pdf": (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "E-PDF-DAMAGED"),
    "words.pdf": (b"This is no PDF at all.", "E-"),
}


def test_every_bad_file_is_a_named_row_and_the_good_one_is_processed(tmp_path: Path) -> None:
    for name, (data, _) in BAD_FILES.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.md").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "utf16.md").write_bytes(ENGLISH.encode("utf-16"))
    (tmp_path / "cp1256.txt").write_bytes(
        "چكيده\n\nايران در سال گذشته تنگه را باز گذاشت و اين مقاله دربارة آن است.\n".encode("cp1256")
    )
    (tmp_path / "nul.md").write_bytes(b"# A title\n\nA line with \0 and \xed\xa0\x80 in it, long enough to be text.\n")
    done = dozaban("run", tmp_path, "-o", tmp_path / "out", "--jobs", "1")
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    for name, (_, code) in BAD_FILES.items():
        row = next(line for line in done.stdout.splitlines() if line.startswith("failed") and name in line)
        assert code in row, row
    written = {path.stem for path in (tmp_path / "out").glob("*.yaml")}
    assert written == {"good", "utf16", "cp1256", "nul"}
    assert pipeline.load(tmp_path / "out" / "utf16.yaml").metadata.title.en == "On straits"
    assert "ايران" in str(pipeline.load(tmp_path / "out" / "cp1256.yaml").text)
    assert "W-CONTROL-CHARS" in (tmp_path / "out" / "nul.yaml").read_text(encoding="utf-8")


def test_a_file_that_cannot_be_opened_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "loop.md").symlink_to(tmp_path / "loop.md")  # not even root can open it
    done = dozaban("run", tmp_path / "good.md", tmp_path / "loop.md", "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "E-UNREADABLE" in done.stdout
    assert (tmp_path / "out" / "good.yaml").is_file()


def test_an_output_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "out").write_text("a file stands here", encoding="utf-8")
    done = dozaban("run", tmp_path / "a.md", "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "E-OUTPUT" in done.stderr
    assert (tmp_path / "out").read_text(encoding="utf-8") == "a file stands here"
