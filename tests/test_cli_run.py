"""``dozaban run`` as a librarian and a shell script meet it."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import time
import zipfile
from functools import partial
from pathlib import Path

import pytest
import yaml
from batch_ground import ENGLISH, PERSIAN, records, write

import pipeline

ROOT = Path(__file__).parents[1]
QUICK = ("--engine", "inline")


def dozaban(*arguments: str | Path, stdin: bytes = b"", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, input=stdin, cwd=cwd, check=False, env=environment)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_an_article_on_standard_input_comes_out_as_a_record(tmp_path: Path) -> None:
    done = dozaban("run", "-", "--stdout", stdin=ENGLISH.encode(), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    record = yaml.safe_load(done.stdout)
    assert record["schema"] == "dozaban/1"
    assert any(entity["id"] == "gpe/iran" for entity in record["entities"])
    assert list(tmp_path.iterdir()) == []


def test_the_filter_says_on_standard_error_why_there_is_no_record(tmp_path: Path) -> None:
    done = dozaban("run", "-", "--stdout", "--name", "a.pdf", stdin=b"%PDF-1.7 no", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "E-PDF-DAMAGED" in done.stderr


def test_several_records_on_standard_output_are_a_stream_of_documents(tmp_path: Path) -> None:
    write(tmp_path, a__md=ENGLISH, b__md=PERSIAN)
    done = dozaban("run", "--stdout", "--no-text", "a.md", "b.md", cwd=tmp_path)
    assert [document["id"] for document in yaml.safe_load_all(done.stdout)] == ["a", "b"]
    assert "ratified" not in done.stdout


@pytest.mark.parametrize(("option", "end"), [([], "\n"), (["-0"], "\0")])
def test_a_list_of_files_comes_from_standard_input(tmp_path: Path, option: list[str], end: str) -> None:
    write(tmp_path / "in", a__md=ENGLISH, b__md=PERSIAN, c__md="# left out")
    names = "".join(f"{tmp_path}/in/{name}.md{end}" for name in "ab")
    done = dozaban("run", "--files-from", "-", *option, "-o", tmp_path / "out", *QUICK, stdin=names.encode())
    assert done.returncode == 0, done.stderr
    assert {name for name in records(tmp_path / "out") if name.endswith(".yaml")} == {"a.yaml", "b.yaml"}


def test_a_run_says_in_a_dry_run_what_it_would_do_and_why(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH, b__md=PERSIAN, c__md=ENGLISH)
    assert dozaban("run", folder / "a.md", "-o", tmp_path / "out", *QUICK).returncode == 0
    before = records(tmp_path / "out")
    done = dozaban("run", folder, "-o", tmp_path / "out", "--dry-run")
    assert "b: new (read, segment," in done.stdout
    assert "holds the same as" in done.stdout
    assert "1 to make, 1 unchanged, 1 duplicates" in done.stdout
    changed = dozaban("run", folder / "a.md", "-o", tmp_path / "out", "--dry-run", "--set", "align.keywords=0.9")
    assert "a: settings or code changed (align, emit)" in changed.stdout
    assert records(tmp_path / "out") == before


def test_events_are_lines_of_json_on_standard_output_and_in_the_report(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH, b__md=b"")
    done = dozaban("run", folder, "-o", tmp_path / "out", "--json", *QUICK)
    assert done.returncode == 1
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [event["event"] for event in events] == ["run-started", "article", "article", "run-ended"]
    assert events[0]["to_make"] == 2
    assert {event["id"]: event.get("code") for event in events[1:3]} == {"a": None, "b": "E-EMPTY"}
    assert events[3]["failed"] == 1
    assert (tmp_path / "out" / "report" / "events.jsonl").read_text(encoding="utf-8") == done.stdout


def test_the_report_counts_what_happened_and_explains_failures_in_both_languages(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH, b__md=b"", c__md=PERSIAN, d__md=PERSIAN)
    dozaban("run", folder, "-o", tmp_path / "out", *QUICK)
    report = yaml.safe_load((tmp_path / "out" / "report" / "run.yaml").read_text(encoding="utf-8"))
    assert report["totals"]["articles"] == 3
    assert (report["totals"]["failed"], report["totals"]["duplicates"]) == (1, 1)
    assert report["failures"]["E-EMPTY"][0]["id"] == "b"
    assert (report["languages"]["en_only"], report["languages"]["fa_only"]) == (1, 1)
    page = (tmp_path / "out" / "report" / "index.html").read_text(encoding="utf-8")
    assert "Check the export that made it." in page
    assert 'dir="rtl"' in page
    assert "پرونده خالی است" in page
    assert not any(outside in page for outside in ("http://", "https://", "<script", "<link", "@import"))


def test_the_report_covers_what_stood_already(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH, b__md=b"")
    for _ in range(2):
        dozaban("run", folder, "-o", tmp_path / "out", *QUICK)
    report = yaml.safe_load((tmp_path / "out" / "report" / "run.yaml").read_text(encoding="utf-8"))
    assert report["totals"] | {"seconds": 0} == {
        "articles": 2, "made": 0, "unchanged": 2, "failed": 1, "with_warnings": report["totals"]["with_warnings"],
        "duplicates": 0, "left": 0, "seconds": 0, "articles_per_minute": 0.0,
    }  # fmt: skip
    assert list(report["failures"]) == ["E-EMPTY"]


def test_every_code_of_a_failed_article_is_explained_in_both_languages() -> None:
    from pipeline.batch.report import meanings

    documented = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    for code, texts in meanings().items():
        assert f"| {code} |" in documented, code
        assert set(texts) == {"en", "fa"}
        assert any("\u0600" <= letter <= "\u06ff" for letter in texts["fa"])
    readers = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "pipeline" / "read").glob("*.py"))
    assert all(code in meanings() for code in __import__("re").findall(r'code="(E-[A-Z-]+)"', readers))


# ── archives ───────────────────────────────────────────────────────────────────────────────────────────────────


def archive(path: Path, members: dict[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
            for name, data in members.items():
                zipped.writestr(name, data)
        return path
    with tarfile.open(path, "w:" + path.suffix[1:].replace("tgz", "gz").replace("tar", "")) as tape:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tape.addfile(info, io.BytesIO(data))
    return path


@pytest.mark.parametrize("name", ["articles.zip", "articles.tar", "articles.tar.gz", "articles.tar.xz"])
def test_an_archive_gives_the_records_of_its_articles(tmp_path: Path, name: str) -> None:
    members = {"x/a.md": ENGLISH.encode(), "x/b.md": PERSIAN.encode(), "x/.hidden.md": b"?", "notes.xyz": b"?"}
    path = archive(tmp_path / name, members)
    done = dozaban("run", path, "-o", tmp_path / "out", *QUICK)
    assert done.returncode == 0, done.stdout
    assert pipeline.load(tmp_path / "out" / "b.yaml").source.file == "b.md"
    again = dozaban("run", path, "-o", tmp_path / "out", *QUICK)
    assert "2 unchanged" in again.stdout
    assert not (tmp_path / "out" / ".dozaban" / "unpacked").exists()


@pytest.mark.parametrize("suffix", [".zip", ".tar"])
def test_a_member_that_would_climb_out_of_its_folder_does_not(tmp_path: Path, suffix: str) -> None:
    names = ("../../climbed.md", "/tmp/absolute-dozaban-test.md", "a/../../../up.md")
    path = archive(tmp_path / "deep" / f"evil{suffix}", {name: f"# On {name}\n\nText.".encode() for name in names})
    done = dozaban("run", path, "-o", tmp_path / "deep" / "out", *QUICK)
    assert done.returncode == 0, done.stdout
    assert {p.name for p in (tmp_path / "deep" / "out").glob("*.yaml")} == {
        "climbed.yaml", "absolute-dozaban-test.yaml", "up.yaml",
    }  # fmt: skip
    assert {p.name for p in tmp_path.iterdir()} == {"deep"}
    assert not Path("/tmp/absolute-dozaban-test.md").exists()


def test_links_and_devices_in_an_archive_are_left_out(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "links.tar", "w") as tape:
        for name, kind in (("a.md", tarfile.SYMTYPE), ("b.md", tarfile.LNKTYPE), ("c.md", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            tape.addfile(info)
    done = dozaban("run", tmp_path / "links.tar", "-o", tmp_path / "out", *QUICK)
    assert (done.returncode, "E-NO-ARTICLES" in done.stderr) == (2, True)


def test_a_bomb_is_one_row_and_what_came_before_it_is_processed(tmp_path: Path) -> None:
    path = archive(tmp_path / "bomb.zip", {"a.md": ENGLISH.encode(), "b.md": b"x" * 30_000_000})
    small = ("--set", "batch.max_unpacked_bytes=1000000")
    done = dozaban("run", path, "-o", tmp_path / "out", *QUICK, *small)
    assert done.returncode == 1
    assert "E-ARCHIVE-BOMB" in done.stdout
    assert (tmp_path / "out" / "a.yaml").is_file()
    many = dozaban("run", path, "-o", tmp_path / "other", *QUICK, "--set", "batch.max_members=1")
    assert "E-ARCHIVE-BOMB" in many.stdout


def test_a_damaged_archive_is_one_row(tmp_path: Path) -> None:
    whole = archive(tmp_path / "whole.tar.gz", {"a.md": ENGLISH.encode(), "b.md": os.urandom(90_000)}).read_bytes()
    (tmp_path / "half.tar.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "none.zip").write_bytes(b"PK\x03\x04 and nothing else")
    done = dozaban("run", tmp_path / "half.tar.gz", tmp_path / "none.zip", "-o", tmp_path / "out", *QUICK)
    assert done.returncode == 1
    assert done.stdout.count("failed [E-ARCHIVE-DAMAGED]") == 2


# ── watching ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_watching_processes_what_arrives_and_a_restart_repeats_nothing(tmp_path: Path) -> None:
    folder, out = write(tmp_path / "in", a__md=ENGLISH), tmp_path / "in" / "records"

    def watch(until: int, *, arriving: bool) -> list[dict[str, object]]:
        command = [sys.executable, "-m", "pipeline", "watch", str(folder), "-o", str(out), "--json", "--settle", "0.5"]
        # A test run in the background of a shell hands on that Ctrl+C is ignored; whoever watches has a terminal.
        heeding = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
        pipe = subprocess.PIPE
        watching = subprocess.Popen(command, stdout=pipe, text=True, cwd=ROOT, preexec_fn=heeding)  # noqa: PLW1509
        assert watching.stdout is not None
        events: list[dict[str, object]] = []
        for line in watching.stdout:
            events.append(json.loads(line))
            if events[-1]["event"] == "run-ended":
                if arriving and len([e for e in events if e["event"] == "run-ended"]) == 1:
                    # The writing of a file takes its time; nobody may take half of it.
                    with (folder / "b.md").open("wb") as stream:
                        for letter in PERSIAN.encode():
                            stream.write(bytes([letter]))
                            stream.flush()
                            time.sleep(0.005)
                if len([e for e in events if e["event"] == "run-ended"]) == until:
                    break
        watching.send_signal(2)
        assert watching.wait(timeout=20) == 130
        return events

    events = watch(2, arriving=True)
    assert [e["id"] for e in events if e["event"] == "article" and e["made"]] == ["a", "b"]
    assert pipeline.load(out / "b.yaml").text == PERSIAN
    assert [e["made"] for e in watch(1, arriving=False) if e["event"] == "article"] == [False, False]
