"""Many articles: which files they are, each apart from the others, and the same bytes however they are run."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from batch_ground import ENGLISH, PERSIAN, inline, records, write

import pipeline
from pipeline import config
from pipeline.batch import Options, Outcome, discover, run
from pipeline.batch.fingerprint import Chain, Identity
from pipeline.batch.state import State
from pipeline.config import Config
from pipeline.errors import OutputError
from pipeline.road import Road


def test_a_folder_gives_its_articles_in_order_without_readme_and_hidden_files(tmp_path: Path) -> None:
    folder = write(tmp_path, b__md=ENGLISH, a__txt=ENGLISH, README__md="# no article", notes__xyz="?", _md="?")
    (folder / ".hidden.md").write_text("# hidden")
    found = discover([folder], [".md", ".txt"], ["README*"])
    assert [(job.id, job.path.name) for job in found] == [("a", "a.txt"), ("b", "b.md")]


def test_a_pattern_gives_what_it_matches_and_a_file_named_twice_comes_once(tmp_path: Path) -> None:
    write(tmp_path / "x", a__md=ENGLISH, b__txt=ENGLISH)
    write(tmp_path / "x" / "deep", c__md=ENGLISH)
    found = discover([f"{tmp_path}/**/*.md", tmp_path / "x" / "a.md"], [".md", ".txt"])
    assert [job.id for job in found] == ["a", "c"]


def test_two_articles_of_one_name_get_ids_of_their_own(tmp_path: Path) -> None:
    write(tmp_path / "x", a__md=ENGLISH, a__txt=ENGLISH)
    write(tmp_path / "y", a__md=ENGLISH)
    found = discover([tmp_path], [".md", ".txt"])
    assert [(job.id, job.renamed_from) for job in found] == [("a", None), ("a-txt", "a"), ("a-md", "a")]


def test_an_article_keeps_its_id_whatever_comes_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "in", a__txt=ENGLISH)
    before = inline(tmp_path / "in", tmp_path / "out")
    write(tmp_path / "in", a__md=PERSIAN)
    after = inline(tmp_path / "in", tmp_path / "out")
    assert [(o.id, o.made) for o in before] == [("a", True)]
    assert [(o.id, Path(o.file).name, o.made) for o in after] == [("a-md", "a.md", True), ("a", "a.txt", False)]


def test_a_renamed_article_says_so_in_its_record(tmp_path: Path) -> None:
    write(tmp_path / "in", a__md=ENGLISH, a__txt=PERSIAN)
    outcomes = inline(tmp_path / "in", tmp_path / "out")
    assert next(outcome.status for outcome in outcomes) != "failed"
    assert "W-SAME-NAME" in (tmp_path / "out" / "a-txt.yaml").read_text(encoding="utf-8")
    assert "W-SAME-NAME" not in (tmp_path / "out" / "a.yaml").read_text(encoding="utf-8")


def test_one_bad_article_is_one_row_and_loses_nothing_else(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH, b__md=b"", c__md=PERSIAN)
    outcomes = {o.id: o for o in inline([folder, tmp_path / "missing.md"], tmp_path / "out")}
    assert outcomes["b"].code == "E-EMPTY"
    assert outcomes["missing"].code == "E-UNREADABLE"
    assert "missing.md" in str(outcomes["missing"].message)
    assert sorted(records(tmp_path / "out")) == ["a.jsonl", "a.txt", "a.yaml", "c.jsonl", "c.txt", "c.yaml"]


def test_the_same_article_twice_is_made_once_and_reported_once(tmp_path: Path) -> None:
    write(tmp_path / "in", a__md=ENGLISH, b__md=ENGLISH, c__md=PERSIAN)
    outcomes = inline(tmp_path / "in", tmp_path / "out")
    assert [(o.id, o.status, o.same_as) for o in outcomes if o.status == "duplicate"] == [("b", "duplicate", "a")]
    assert not (tmp_path / "out" / "b.yaml").exists()


def test_a_failed_run_leaves_the_old_record_whole(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH)
    inline(folder, tmp_path / "out")
    before = records(tmp_path / "out")
    (folder / "a.md").write_bytes(b"")
    assert [o.status for o in inline(folder, tmp_path / "out")] == ["failed"]
    assert records(tmp_path / "out") == before


@pytest.mark.parametrize(("seed", "jobs"), [("1", "1"), ("2", "2")])
def test_hash_seed_and_number_of_processes_change_no_byte(tmp_path: Path, seed: str, jobs: str) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH, b__md=PERSIAN, c__txt=ENGLISH + PERSIAN)
    first, second = tmp_path / "first", tmp_path / "second"
    inline(folder, first)
    subprocess.run(
        [sys.executable, "-m", "pipeline", "run", str(folder), "-o", str(second), "--jobs", jobs],
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
    )
    assert records(first) == records(second)
    assert len(records(first)) == 9


# ── the ledger ─────────────────────────────────────────────────────────────────────────────────────────────────


def made(outcomes: list[Outcome]) -> list[str]:
    return [outcome.id for outcome in outcomes if outcome.made]


def stages(outcome: Outcome) -> list[str]:
    return [name for name, _ in outcome.stages]


def test_a_second_run_has_nothing_to_do_and_reports_the_same_figures(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH, b__md=PERSIAN, c__md=b"")
    first, second = inline(folder, tmp_path / "out"), inline(folder, tmp_path / "out")
    assert made(first) == ["a", "b", "c"]
    assert made(second) == []
    assert [o.kept() for o in first] == second


def test_a_changed_article_alone_is_made_again(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH, b__md=PERSIAN)
    inline(folder, tmp_path / "out")
    write(folder, b__md=PERSIAN + "\nتهران در سال ۱۳۹۴ پذیرفت.\n")
    assert made(inline(folder, tmp_path / "out")) == ["b"]


def test_a_touched_article_is_known_by_its_content(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH)
    inline(folder, tmp_path / "out")
    os.utime(folder / "a.md")
    assert made(inline(folder, tmp_path / "out")) == []


def test_a_changed_align_setting_runs_align_and_emit_alone_and_gives_what_a_whole_run_gives(tmp_path: Path) -> None:
    folder, out = Path("corpus"), tmp_path / "out"
    changed = Config(settings={"align": {"keywords": 0.9, "terms": False}})
    whole = inline(folder, out, limit=3)
    assert {tuple(stages(o)) for o in whole} == {Config().stages}
    again = inline(folder, out, chosen=changed, limit=3)
    assert [stages(o) for o in again] == [["align", "emit"]] * 3
    inline(folder, tmp_path / "fresh", chosen=changed, limit=3)
    assert records(out) == records(tmp_path / "fresh")


def test_an_earlier_setting_runs_everything_again(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH)
    inline(folder, tmp_path / "out")
    changed = Config(settings={"extract": {"dates": {"relative": False}}})
    assert stages(inline(folder, tmp_path / "out", chosen=changed)[0]) == list(Config().stages)


def test_damaged_layers_are_no_more_than_a_reason_to_begin_with_the_source(tmp_path: Path) -> None:
    folder, out = write(tmp_path / "in", a__md=ENGLISH), tmp_path / "out"
    inline(folder, out)
    before = records(out)
    (kept,) = (out / ".dozaban" / "layers").rglob("*.z")
    kept.write_bytes(kept.read_bytes()[:-9])
    (out / "a.txt").unlink()
    assert stages(inline(folder, out)[0]) == list(Config().stages)
    assert records(out) == before


def test_a_file_that_a_setting_names_is_part_of_the_key(tmp_path: Path) -> None:
    names = tmp_path / "names.tsv"
    names.write_text("# one name\nGPE\tgpe/atlantis\tAtlantis\tآتلانتیس\n", encoding="utf-8")
    chosen = Config(settings={"extract": {"entities": {"gazetteers": [str(names)]}}})
    before = Chain.of(Road(chosen))
    names.write_text("# one name\nGPE\tgpe/thule\tThule\tتوله\n", encoding="utf-8")
    after = Chain.of(Road(chosen))
    article = Identity("0" * 64, "a.md", "a")
    assert before.key(article, "extract.systems") == after.key(article, "extract.systems")
    assert before.key(article, "extract.entities") != after.key(article, "extract.entities")


def test_batch_settings_are_no_part_of_any_key(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH)
    inline(folder, tmp_path / "out")
    assert made(inline(folder, tmp_path / "out", chosen=config.load(None, ["batch.timeout=5"]))) == []


def test_a_deleted_record_is_made_again(tmp_path: Path) -> None:
    folder, out = write(tmp_path / "in", a__md=ENGLISH, b__md=PERSIAN), tmp_path / "out"
    inline(folder, out)
    before = records(out)
    (out / "b.jsonl").unlink()
    assert made(inline(folder, out)) == ["b"]
    assert records(out) == before


def test_a_record_changed_by_hand_is_made_again_and_the_changed_one_is_not_lost(tmp_path: Path) -> None:
    folder, out = write(tmp_path / "in", a__md=ENGLISH), tmp_path / "out"
    inline(folder, out)
    before = records(out)
    (out / "a.yaml").write_text("schema: dozaban/1\n# my own\n", encoding="utf-8")
    (outcome,) = inline(folder, out)
    assert outcome.note is not None
    assert records(out) == before
    assert "# my own" in (out / ".dozaban" / "changed-by-hand" / "a.yaml").read_text(encoding="utf-8")


def test_failures_are_kept_until_they_are_to_be_tried_again(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=b"")
    inline(folder, tmp_path / "out")
    (kept,) = inline(folder, tmp_path / "out")
    assert (kept.made, kept.code) == (False, "E-EMPTY")
    (again,) = inline(folder, tmp_path / "out", retry_failed=True)
    assert (again.made, again.code) == (True, "E-EMPTY")


def test_force_makes_everything_again_from_the_source(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH)
    inline(folder, tmp_path / "out")
    (outcome,) = inline(folder, tmp_path / "out", force=True)
    assert stages(outcome) == list(Config().stages)


def test_a_limit_leaves_the_rest_for_another_run(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH, b__md=PERSIAN, c__md=ENGLISH + PERSIAN)
    assert made(inline(folder, tmp_path / "out", limit=2)) == ["a", "b"]
    assert made(inline(folder, tmp_path / "out", limit=2)) == ["c"]


def test_records_that_lie_among_the_articles_are_not_taken_for_articles(tmp_path: Path) -> None:
    write(tmp_path, a__md=ENGLISH, b__md=PERSIAN)
    assert len(list(pipeline.Batch(tmp_path, output=tmp_path, engine="inline"))) == 2
    write(tmp_path / "report", index__html="<p>what a run writes</p>")
    again = pipeline.Batch(tmp_path, output=tmp_path, engine="inline")
    assert [record.id for record in again] == ["a", "b"]
    assert [outcome.made for outcome in again.outcomes] == [False, False]


def test_fail_fast_stops_at_the_first_failure(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH, b__md=b"", c__md=PERSIAN)
    options = Options(engine="inline", fail_fast=True)
    assert [o.id for o in run(discover([folder], [".md"]), Config(), tmp_path / "out", options=options)] == ["a", "b"]
    assert not (tmp_path / "out" / "c.yaml").exists()


def test_a_damaged_ledger_is_set_aside_and_costs_no_more_than_the_work(tmp_path: Path) -> None:
    folder, out = write(tmp_path / "in", a__md=ENGLISH), tmp_path / "out"
    inline(folder, out)
    before = records(out)
    (out / ".dozaban" / "ledger.sqlite").write_bytes(b"this is no database, and long enough to be seen as none" * 9)
    assert made(inline(folder, out)) == ["a"]
    assert records(out) == before
    assert (out / ".dozaban" / "ledger.set-aside.sqlite").is_file()


def test_the_ledger_is_a_plain_database_in_write_ahead_mode(tmp_path: Path) -> None:
    inline(write(tmp_path / "in", a__md=ENGLISH, b__md=b""), tmp_path / "out")
    with sqlite3.connect(tmp_path / "out" / ".dozaban" / "ledger.sqlite") as db:
        assert db.execute("pragma journal_mode").fetchone() == ("wal",)
        rows = db.execute("select id, json_extract(outcome, '$.code') from articles order by id").fetchall()
    assert rows == [("a", None), ("b", "E-EMPTY")]


def test_only_one_run_writes_to_a_folder_at_a_time(tmp_path: Path) -> None:
    with State(str(tmp_path)), pytest.raises(OutputError) as error, State(str(tmp_path)):
        pass
    assert error.value.code == "E-OUTPUT-BUSY"


# ── workers ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_worker_that_grows_is_replaced_between_two_articles(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH, b__md=PERSIAN)
    small = config.load(None, ["batch.recycle_megabytes=1"])
    outcomes = list(run(discover([folder], [".md"]), small, tmp_path / "out", options=Options(1)))
    assert all(o.status != "failed" for o in outcomes)
    assert len({o.worker for o in outcomes}) == 2


def test_an_article_that_needs_too_much_memory_is_given_up(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH)
    small = config.load(None, ["batch.max_megabytes=60"])
    (outcome,) = run(discover([folder], [".md"]), small, tmp_path / "out", options=Options(1))
    assert outcome.code == "E-WORKER-MEMORY"


def test_an_article_whose_worker_is_killed_from_outside_gets_another_one(tmp_path: Path) -> None:
    """As when the system takes memory back from whoever it finds."""
    folder = write(tmp_path / "in", a__md=ENGLISH)
    killed: list[int] = []

    def kill() -> None:
        import psutil

        while not killed:
            for child in psutil.Process().children():
                if "pipeline.batch.worker" in child.cmdline():
                    time.sleep(0.8)
                    child.send_signal(signal.SIGKILL)
                    killed.append(child.pid)
            time.sleep(0.05)

    thread = threading.Thread(target=kill)
    thread.start()
    outcomes = list(run(discover([folder], [".md"]), Config(), tmp_path / "out", options=Options(1)))
    thread.join()
    assert [o.status for o in outcomes] != ["failed"]
    assert not outcomes[0].worker.endswith(f":{killed[0]}")


def test_workers_that_cannot_start_end_the_run_in_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "broken", numpy__py="raise ImportError('this numpy is broken')")
    write(tmp_path / "broken", pydantic__py="raise ImportError('this pydantic is broken')")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "broken"), *sys.path])
    folder = write(tmp_path / "in", a__md=ENGLISH)
    with pytest.raises(pipeline.errors.WorkerError, match="pydantic is broken"):
        list(run(discover([folder], [".md"]), Config(), tmp_path / "out", options=Options(1)))


# ── from Python ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_batch_streams_records_in_order_and_keeps_failures_apart(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH, b__md=b"", c__md=PERSIAN)
    batch = pipeline.Batch(folder, output=tmp_path / "out", engine="inline")
    found = [(record.id, record.text) for record in batch]
    assert found == [("a", ENGLISH), ("c", PERSIAN)]
    assert [outcome.code for outcome in batch.failures] == ["E-EMPTY"]


def test_a_batch_is_lazy(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH, b__md=PERSIAN)
    next(iter(pipeline.Batch(folder, output=tmp_path / "out", engine="inline")))
    assert sorted(records(tmp_path / "out")) == ["a.jsonl", "a.txt", "a.yaml"]


def test_a_script_needs_no_main_guard_for_several_processes(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__md=ENGLISH, b__md=PERSIAN)
    script = tmp_path / "script.py"
    script.write_text(
        "import pipeline\n"
        f"print([r.id for r in pipeline.Batch({str(folder)!r}, output={str(tmp_path / 'out')!r}, jobs=2)])\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, env=environment, check=False)
    assert done.stdout == "['a', 'b']\n", done.stderr


def test_the_spacy_component_lays_the_facts_of_the_record_on_the_document() -> None:
    import spacy

    import pipeline.spacy_component  # noqa: F401 (an installed Dozaban is found by its entry point)

    nlp = spacy.blank("en")
    nlp.add_pipe("dozaban", config={"media_type": "text/markdown"})
    doc = nlp(ENGLISH)
    labels = {(span.text, span.label_, span.kb_id_) for span in doc.ents}
    assert ("Iran", "GPE", "gpe/iran") in labels
    assert any(label == "DATE" for _, label, _ in labels)
    assert len(doc.spans["dozaban"]) >= len(doc.ents)
    assert doc._.dozaban.text == ENGLISH
    assert nlp("").ents == ()
