"""`dozaban export`: one record or a folder, one format or all, and what happens when something is missing."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from exporting import OUTPUTS, loaded, made_up, save
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import pipeline
from pipeline.cli import app
from pipeline.emit.exports import deliver, exporter, exporters
from pipeline.emit.exports.exporter import Exporter
from pipeline.emit.exports.file_names import FileNames, safe_name
from pipeline.emit.standoff import standoff
from pipeline.errors import ExportError
from pipeline.record import Record


def dozaban(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, check=False, env={**os.environ, **environment}
    )


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two records in every format."""
    folder = tmp_path_factory.mktemp("all")
    done = dozaban("export", *OUTPUTS[:2], "--format", "all", "-o", folder, PYTHONHASHSEED="1")
    assert done.returncode == 0, done.stderr
    return folder


def test_all_gives_each_format_a_folder_of_its_own(everything: Path) -> None:
    assert {path.name for path in everything.iterdir()} == set(exporters())
    assert all(any(path.iterdir()) for path in everything.iterdir())


def test_every_format_gives_the_same_bytes_again_whatever_the_order_of_hashes(everything: Path, tmp_path: Path) -> None:
    done = dozaban("export", *OUTPUTS[:2], "--format", "all", "-o", tmp_path / "again", PYTHONHASHSEED="77")
    assert done.returncode == 0
    assert digests(tmp_path / "again") == digests(everything)


def test_persian_keeps_its_half_spaces_in_every_format(everything: Path) -> None:
    word = "می‌"
    for name in (
        "json",
        "jsonl",
        "csv",
        "tei",
        "jats",
        "csl",
        "conll",
        "brat",
        "cas",
        "label-studio",
        "tmx",
        "jsonld",
        "turtle",
    ):
        held = [path for path in (everything / name).iterdir() if word.encode("utf-8") in path.read_bytes()]
        assert held, name


def test_one_record_and_one_format_can_go_to_a_file_or_to_the_terminal(tmp_path: Path) -> None:
    written = dozaban("export", OUTPUTS[0], "-f", "tei", "-o", tmp_path / "deep" / "article.xml")
    assert written.returncode == 0, written.stderr
    printed = dozaban("export", OUTPUTS[0], "-f", "tei")
    assert printed.stdout == (tmp_path / "deep" / "article.xml").read_text(encoding="utf-8")
    assert list((tmp_path / "deep").iterdir()) == [tmp_path / "deep" / "article.xml"]


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (["export", "outputs", "-f", "tie", "-o", "x"], "did you mean 'tei'", "E-EXPORT-FORMAT"),
        (["export", "outputs", "-f", "tei"], "name a folder with --output", "E-CONFIG"),
        (["export", "outputs", "-f", "xlsx"], "cannot be printed", "E-CONFIG"),
        (["export"], "--formats", "E-CONFIG"),
        (["export", "docs", "-f", "tei", "-o", "x"], "no records", "E-RECORD-FILE"),
        (["export", "outputs/nothing.yaml", "-f", "tei"], "cannot be opened", "E-RECORD-FILE"),
        (["export", "outputs", "-f", "json", "-o", "README.md/x"], "cannot be written", "E-EXPORT-TARGET"),
        (["import", "nothing.json", "-r", "outputs"], "cannot be opened", "E-IMPORT"),
    ],
)
def test_wrong_use_ends_in_one_clear_line(arguments: list[str], said: str, code: str) -> None:
    done = dozaban(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert code in done.stderr
    assert "Traceback" not in done.stderr


def test_every_format_is_listed_with_what_it_writes() -> None:
    listed = dozaban("export", "--formats").stdout.splitlines()
    assert [line.split()[0] for line in listed] == list(exporters())


def test_a_record_that_fails_is_named_and_does_not_stop_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    save(loaded(OUTPUTS[0]), folder)
    save(standoff(loaded(OUTPUTS[1])), folder)
    (folder / "broken.yaml").write_text("schema: dozaban/1\nid: [", encoding="utf-8")
    done = dozaban("export", folder, "-f", "brat", "-f", "json", "-o", tmp_path / "out")
    assert done.returncode == 1
    assert f"{OUTPUTS[1].stem}: brat needs the article's text" in done.stderr
    assert "rehydrate" in done.stderr
    assert "broken.yaml: not YAML" in done.stderr
    assert (tmp_path / "out" / "brat" / f"{OUTPUTS[0].stem}.ann").is_file()
    assert {path.stem for path in (tmp_path / "out" / "json").iterdir()} == {OUTPUTS[0].stem, OUTPUTS[1].stem}
    assert not list((tmp_path / "out").glob(".export*"))


@pytest.mark.parametrize("form", list(exporters()))
def test_a_standoff_record_is_written_as_far_as_it_goes_or_refused_for_its_text(form: str, tmp_path: Path) -> None:
    whole = loaded(OUTPUTS[0])
    record = standoff(whole)
    done = deliver([record], [exporter(form)], tmp_path)
    if exporter(form).needs_text or form == "tmx":
        assert [error.code for _, error in done.failures] == ["E-EXPORT-TEXT"]
        return
    assert done.failures == []
    passages = [whole.text_of(block.span) for block in whole.blocks if block.kind == "paragraph"]
    held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert not any(passage[:80].encode("utf-8") in held for passage in passages)


def test_a_record_without_its_text_beside_it_says_which_file_is_missing() -> None:
    record = pipeline.load(OUTPUTS[0])
    record._text = None
    with pytest.raises(ExportError, match=rf"{record.id}\.txt"):
        exporter("conll").render(record)


@pytest.mark.parametrize(
    ("form", "package"), [("parquet", "pyarrow"), ("graphml", "networkx"), ("jsonld", "rdflib"), ("cas", "cassis")]
)
def test_a_missing_package_is_named_with_the_extra_that_brings_it(form: str, package: str, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked" / package
    blocked.mkdir(parents=True)
    (blocked / "__init__.py").write_text(f"raise ModuleNotFoundError(name={package!r})", encoding="utf-8")
    path = os.pathsep.join([str(blocked.parent), str(ROOT)])
    alone = dozaban("export", OUTPUTS[0], "-f", form, "-o", tmp_path / "alone", PYTHONPATH=path)
    assert alone.returncode == 2
    assert package in alone.stderr
    assert "dozaban[export]" in alone.stderr
    among = dozaban("export", OUTPUTS[0], "-f", form, "-f", "json", "-o", tmp_path / "both", PYTHONPATH=path)
    assert among.returncode == 1
    assert list((tmp_path / "both" / "json").iterdir())


def test_records_are_loaded_one_at_a_time(tmp_path: Path) -> None:
    alive: list[int] = []
    rendered: list[int] = []

    def records() -> object:
        for number in range(5):
            alive.append(number)
            assert len(rendered) == number, "a record was asked for before the last one was written"
            yield made_up("تهران", [(0, 5)], name=f"r{number}")

    class Counting(Exporter):
        def render(self, record: Record) -> dict[str, bytes]:
            rendered.append(1)
            return {".x": b""}

    deliver(records(), [Counting("counting", "", "nothing")], tmp_path)  # type: ignore[arg-type]
    assert len(alive) == len(rendered) == 5


@given(st.text(max_size=300))
@settings(deadline=None)
def test_the_name_of_a_file_is_always_one_safe_name(record_id: str) -> None:
    name = safe_name(record_id)
    assert name
    assert name not in (".", "..")
    assert not re.search(r'[\x00-\x1f<>:"/\\|?*]', name)
    assert len(name.encode("utf-8")) <= 150
    assert Path(name).name == name


def test_names_stay_readable_and_apart() -> None:
    names = FileNames()
    wanted = ["مقاله‌ی یک", "../../etc/passwd", "CON", "a", "A", "a"]
    assert [names.of(name) for name in wanted] == ["مقاله‌ی یک", "_.._etc_passwd", "_CON", "a", "A-2", "a-3"]


def test_the_summary_of_an_export_counts_records_files_and_failures(tmp_path: Path) -> None:
    done = dozaban("export", OUTPUTS[0], "-f", "brat", "-o", tmp_path)
    assert done.stdout == f"1 records, 3 files in {tmp_path}, 0 failures\n"


def examples() -> list[tuple[str, list[str]]]:
    """The commands of docs/exports.md (indented, behind a ``$``) and the lines that it says they print."""
    found: list[tuple[str, list[str]]] = []
    for line in (ROOT / "docs" / "exports.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("    $ "):
            found.append((line.removeprefix("    $ "), []))
        elif line.startswith("    ") and found:
            found[-1][1].append(line.removeprefix("    "))
    return found


def annotate(tasks: Path, target: Path) -> None:
    """What Label Studio exports when a person has taken the predictions, removed one and added one."""
    (task,) = json.loads(tasks.read_text(encoding="utf-8"))
    result = task["predictions"][0]["result"]
    regions = [item for item in result if item["type"] == "labels"]
    result.remove(regions[0])
    place = task["data"]["text"].index("نگارندگان")
    result.append({"id": "new", "type": "labels", "value": {"start": place, "end": place + 9, "labels": ["PERSON"]}})
    target.write_text(json.dumps([{**task, "annotations": [{"result": result}]}]), encoding="utf-8")


def test_the_examples_of_the_page_run_and_print_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "outputs").symlink_to(ROOT / "outputs")
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    ran = 0
    for command, printed in examples():
        words = shlex.split(command)
        assert words[0] == "dozaban"
        if words[1] == "import":
            annotate(tmp_path / "labels" / "naval-history-bushehr.tasks.json", tmp_path / words[2])
        result = runner.invoke(app, words[1:], catch_exceptions=False)
        assert result.exit_code == 0, (command, result.output)
        assert result.output.splitlines()[: len(printed)] == printed, command
        ran += 1
    assert ran >= 8


def test_the_table_of_the_page_names_every_format() -> None:
    page = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \|", page, flags=re.MULTILINE)
    assert sorted(rows) == sorted(exporters())


def test_the_extra_brings_every_package_that_a_format_needs() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = {re.split(r"[<>=\[]", name)[0] for name in project["optional-dependencies"]["export"]}
    packages = {each.package for each in exporters().values() if each.package}
    assert {"cassis": "dkpro-cassis"}.get("cassis") in extra
    assert packages - {"cassis"} <= extra
    assert extra <= {re.split(r"[<>=\[]", name)[0] for name in project["optional-dependencies"]["dev"]}


def test_tasks_that_nobody_annotated_give_no_gold(tmp_path: Path) -> None:
    folder = tmp_path / "tasks"
    assert dozaban("export", OUTPUTS[0], "-f", "label-studio", "-o", folder).returncode == 0
    untouched = dozaban("import", folder / f"{OUTPUTS[0].stem}.tasks.json", "-r", "outputs", "-o", tmp_path)
    assert untouched.returncode == 1
    assert "nobody has annotated it yet" in untouched.stdout
    assert not list(tmp_path.glob("*.yaml"))


def test_a_gold_never_takes_the_place_of_a_record(tmp_path: Path) -> None:
    record = save(loaded(OUTPUTS[0]), tmp_path)
    before = record.read_bytes()
    (task,) = json.loads(exporter("label-studio").render(loaded(OUTPUTS[0]))[".tasks.json"])
    labels = tmp_path / "labels.json"
    labels.write_text(json.dumps([{**task, "annotations": task["predictions"]}]), encoding="utf-8")
    done = dozaban("import", labels, "-r", tmp_path, "-o", tmp_path)
    assert done.returncode == 2
    assert "is a record" in done.stderr
    assert record.read_bytes() == before


def test_another_package_can_add_a_format(tmp_path: Path) -> None:
    (tmp_path / "shouting.py").write_text(
        "from pipeline.emit.exports import Exporter\n"
        "exporter = Exporter('shout', 'the title in capitals', 'shouting', single='.loud')\n"
        "def render(record):\n    return {'.loud': record.metadata.title.en.upper().encode()}\n",
        encoding="utf-8",
    )
    meta = tmp_path / "shouting-1.0.dist-info"
    meta.mkdir()
    (meta / "METADATA").write_text("Metadata-Version: 2.1\nName: shouting\nVersion: 1.0\n", encoding="utf-8")
    (meta / "entry_points.txt").write_text("[dozaban.exporters]\nshout = shouting:exporter\n", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    done = dozaban("export", OUTPUTS[0], "-f", "shout", PYTHONPATH=path)
    assert done.stdout == (loaded(OUTPUTS[0]).metadata.title.en or "").upper()
