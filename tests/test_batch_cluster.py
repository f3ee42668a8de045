"""Runs on a Dask cluster and with object stores: the same records, wherever they are made and kept."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_ground import ENGLISH, PERSIAN, inline, records, write

from pipeline import config
from pipeline.batch import Options, discover, run
from pipeline.batch.destination import open_destination
from pipeline.config import Config
from pipeline.errors import WorkerError

fsspec = pytest.importorskip("fsspec")
ROOT = Path(__file__).parents[1]
SUFFIXES = [".md"]


@pytest.fixture(autouse=True)
def state_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def store() -> Iterator[str]:
    """A store in memory with two articles, a hidden file and a README."""
    memory = fsspec.filesystem("memory")
    files = {"a.md": ENGLISH, "deep/b.md": PERSIAN, "README.md": "# no", ".hidden.md": "# no", "c.xyz": "?"}
    for name, text in files.items():
        memory.pipe_file(f"/lib/in/{name}", text.encode())
    yield "memory://lib"
    memory.rm("/lib", recursive=True)


def test_articles_come_from_an_object_store_and_records_go_to_one(store: str, tmp_path: Path) -> None:
    found = discover([f"{store}/in"], SUFFIXES, ["README*"])
    assert [(job.id, job.where) for job in found] == [
        ("a", "memory:///lib/in/a.md"),
        ("b", "memory:///lib/in/deep/b.md"),
    ]
    outcomes = list(run(found, Config(), f"{store}/out", options=Options(engine="inline")))
    assert [outcome.status for outcome in outcomes] != []
    memory = fsspec.filesystem("memory")
    remote = {path.rpartition("/")[2]: memory.cat_file(path) for path in memory.find("/lib/out")}
    folder = write(tmp_path / "in", a__md=ENGLISH, b__md=PERSIAN)
    inline(folder, tmp_path / "out")
    assert remote == records(tmp_path / "out")


def test_a_store_is_watched_over_like_a_folder(store: str) -> None:
    def made() -> list[str]:
        found = discover([f"{store}/in/**/*.md"], SUFFIXES, ["README*", ".hidden*"])
        outcomes = run(found, Config(), f"{store}/out", options=Options(engine="inline"))
        return [outcome.id for outcome in outcomes if outcome.made]

    memory = fsspec.filesystem("memory")
    assert made() == ["a", "b"]
    assert made() == []
    memory.rm_file("/lib/out/a.txt")
    assert made() == ["a"]
    memory.pipe_file("/lib/in/deep/b.md", (PERSIAN + "\nتهران پذیرفت.\n").encode())
    assert made() == ["b"]


def test_an_object_that_is_not_there_is_a_row(store: str) -> None:
    found = discover([f"{store}/in/missing.md"], SUFFIXES)
    (outcome,) = run(found, Config(), f"{store}/out", options=Options(engine="inline"))
    assert outcome.code == "E-UNREADABLE"


def test_worker_processes_take_part_with_a_store_that_only_this_process_sees(store: str) -> None:
    found = discover([f"{store}/in"], SUFFIXES, ["README*"])
    outcomes = list(run(found, Config(), f"{store}/out", options=Options(workers=1)))
    assert all(outcome.status != "failed" for outcome in outcomes)


def test_amazons_protocol_is_spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("s3fs")
    moto = pytest.importorskip("moto.server")
    server = moto.ThreadedMotoServer(port=0)
    server.start()
    try:
        host, port = server.get_host_and_port()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.setenv(name, "testing")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        s3 = fsspec.filesystem("s3")
        s3.mkdir("library")
        s3.pipe_file("library/in/a.md", ENGLISH.encode())
        found = discover(["s3://library/in/"], SUFFIXES)
        for expected in (True, False):
            (outcome,) = run(found, Config(), "s3://library/out", options=Options(engine="inline"))
            assert (outcome.status != "failed", outcome.made) == (True, expected), outcome.message
        inline(write(tmp_path / "in", a__md=ENGLISH), tmp_path / "out")
        destination = open_destination("s3://library/out")
        assert {name: destination.read(name) for name in records(tmp_path / "out")} == records(tmp_path / "out")
    finally:
        server.stop()


# ── Dask ───────────────────────────────────────────────────────────────────────────────────────────────────────

LIGHT = ["stages=[read, segment, extract.dates, emit]"]


def test_a_cluster_that_loses_a_worker_in_mid_run_gives_the_same_bytes() -> None:
    pytest.importorskip("distributed")
    command = [sys.executable, "benchmarks/drill.py", "--good", "9", "--light", "--dask"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "the drill held", done.stdout + done.stderr


def test_the_files_that_settings_name_come_to_workers_that_lack_them(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    from pipeline.batch.cluster import RoadPlugin

    class Worker:
        local_directory = str(tmp_path / "worker")

    names = tmp_path / "names.tsv"
    names.write_text("# one name\nGPE\tgpe/atlantis\tAtlantis\tآتلانتیس\n", encoding="utf-8")
    chosen = Config(settings={"extract": {"entities": {"gazetteers": [str(names)]}}})
    plugin = RoadPlugin(chosen)
    names.unlink()  # as on another machine
    worker = Worker()
    plugin.setup(worker)
    road = worker.dozaban  # type: ignore[attr-defined]
    (gazetteer,) = next(each for each in road.stages if each.name == "extract.entities").settings.gazetteers
    assert "Atlantis" in Path(gazetteer).read_text(encoding="utf-8")
    assert road.config.sha256 == chosen.sha256


def test_an_article_that_never_ends_costs_the_cluster_one_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    plugin = tmp_path / "plugin" / "saboteur-1.dist-info"
    plugin.mkdir(parents=True)
    (plugin / "METADATA").write_text("Metadata-Version: 2.1\nName: saboteur\nVersion: 1\n")
    (plugin / "entry_points.txt").write_text("[dozaban.stages]\nsaboteur = saboteur:Saboteur\n")
    folder = write(tmp_path / "in", a__md="# A\n\nSABOTEUR: SLEEP\n", b__md=ENGLISH, c__md=PERSIAN)
    paths = [str(ROOT), str(plugin.parent), str(ROOT / "benchmarks" / "saboteur")]
    command = [
        sys.executable, "-m", "pipeline", "run", str(folder), "-o", str(tmp_path / "out"), "--engine", "dask", "-j1",
        "--set", "stages=[read, saboteur, segment, emit]", "--set", "batch.timeout=8",
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "a: failed [E-TIMEOUT]" in done.stdout
    assert sorted(records(tmp_path / "out"))[::3] == ["b.jsonl", "c.jsonl"]


def test_a_scheduler_that_does_not_answer_ends_the_run_in_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = pytest.importorskip("pipeline.batch.cluster")
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    folder = write(tmp_path / "in", a__md=ENGLISH)
    options = Options(engine="dask", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(WorkerError, match=r"tcp://127\.0\.0\.1:9 does not answer"):
        list(run(discover([folder], SUFFIXES), config.load(None, LIGHT), tmp_path / "out", options=options))
