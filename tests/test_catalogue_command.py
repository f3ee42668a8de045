"""The catalogue on the command line: runs feed it, it is built from records, and a person asks it."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from catalogue_records import library

from pipeline.catalogue import tables as t
from pipeline.catalogue.building import build, following
from pipeline.catalogue.engine import located, reading
from pipeline.catalogue.feeding import feed, opened, remove, transaction
from pipeline.catalogue.search import FIELDS, TYPES, search
from pipeline.catalogue.statements import read_only

ROOT = Path(__file__).parents[1]
OUTPUTS = ROOT / "outputs"
ARTICLE = "# On straits\n\n## Abstract\n\nIran ratified nothing in 1982. The strait stayed open.\n"


def dozaban(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's own records, with their catalogue."""
    folder = tmp_path_factory.mktemp("library") / "records"
    shutil.copytree(OUTPUTS, folder, ignore=shutil.ignore_patterns("catalogue.sqlite*"))
    assert len(list(folder.glob("*.yaml"))) > 5
    done = dozaban("catalogue", "build", folder, "--catalogue", folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_a_run_feeds_the_catalogue_beside_its_records(tmp_path: Path) -> None:
    (tmp_path / "strait.md").write_text(ARTICLE, encoding="utf-8")
    out = tmp_path / "out"
    assert dozaban("run", tmp_path, "-o", out, "--jobs", "1").returncode == 0
    assert (out / "catalogue.sqlite").is_file()
    found = json.loads(dozaban("query", "ایران", "--catalogue", out, "--json").stdout)
    assert [(each["kind"], each["article"], each["name_en"]) for each in found] == [("GPE", "strait", "Iran")]
    assert dozaban("run", tmp_path, "-o", tmp_path / "bare", "--set", "catalogue.url=none").returncode == 0
    assert not (tmp_path / "bare" / "catalogue.sqlite").exists()


def test_a_run_whose_catalogue_cannot_be_fed_goes_on_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "strait.md").write_text(ARTICLE, encoding="utf-8")
    done = dozaban("run", tmp_path, "-o", tmp_path / "out", "--set", "catalogue.url=/proc/none/catalogue.sqlite")
    assert done.returncode == 0
    assert "the catalogue was not fed any further" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out" / "strait.yaml").is_file()


def test_a_run_feeds_what_one_that_was_killed_had_made_and_not_fed(tmp_path: Path) -> None:
    for name in ("strait", "gulf", "coast"):
        (tmp_path / f"{name}.md").write_text(ARTICLE.replace("straits", name), encoding="utf-8")
    out = tmp_path / "out"
    assert dozaban("run", tmp_path, "-o", out, "--jobs", "1").returncode == 0
    place = located("sqlite", out)
    whole = rows_of(out)
    # As a run leaves it that is killed when records are in their places and wait to be fed: one is not in the
    # catalogue, of another it has what was made before.
    with opened(place) as connection, transaction(connection):
        remove(connection, ["gulf"])
        connection.execute(t.articles.update().where(t.articles.c.article == "coast").values(fingerprint="before"))
    assert len(rows_of(out)) == 2
    done = dozaban("run", tmp_path, "-o", out, "--jobs", "1", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[0])["to_make"] == 0
    assert rows_of(out) == whole


def rows_of(folder: Path) -> list[tuple[str, str]]:
    """Each article of a folder's catalogue, with what its record was when it was fed."""
    with reading(located("sqlite", folder)) as connection:
        statement = "SELECT article, fingerprint FROM articles ORDER BY article"
        return [(row[0], row[1]) for row in read_only(connection, statement)[1]]


def test_a_run_killed_at_any_moment_and_run_again_has_every_record_in_its_catalogue(tmp_path: Path) -> None:
    for number in range(16):
        (tmp_path / f"a{number:02}.md").write_text(ARTICLE.replace("straits", f"strait {number}"), encoding="utf-8")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "pipeline", "run", str(tmp_path), "-o", str(out), "--jobs", "1"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT) as process:
        while process.poll() is None and len(list(out.glob("*.yaml"))) < 13:
            time.sleep(0.01)
        process.kill()
    made = len(list(out.glob("*.yaml")))
    assert len(rows_of(out)) < made
    assert dozaban("run", tmp_path, "-o", out, "--jobs", "1").returncode == 0
    assert len(rows_of(out)) == 16


def test_an_error_of_the_run_itself_is_not_taken_for_one_of_the_catalogue(tmp_path: Path) -> None:
    from pipeline.errors import ModelMissingError

    def outcomes() -> Iterator[object]:
        raise ModelMissingError("no model")
        yield

    warnings: list[str] = []
    with pytest.raises(ModelMissingError):
        list(following(outcomes(), tmp_path, "sqlite", warnings.append))  # type: ignore[type-var]
    assert warnings == []


def test_a_build_passes_over_what_has_not_changed_and_takes_out_what_has_gone(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    shutil.copytree(OUTPUTS, folder, ignore=shutil.ignore_patterns("catalogue.sqlite*"))
    count = len(list(folder.glob("*.yaml")))
    first = build([folder], "sqlite")
    assert (first.fed, first.unchanged, first.problems) == (count, 0, [])
    edited, gone, broken, *_ = sorted(folder.glob("*.yaml"))
    text = edited.read_text(encoding="utf-8")
    edited.write_text(text.replace("gpe/iran", "gpe/elsewhere"), encoding="utf-8")
    os.utime(edited, (time.time() + 5, time.time() + 5))
    for path in folder.glob(f"{gone.stem}.*"):
        path.unlink()
    broken.write_text("schema: other", encoding="utf-8")
    os.utime(broken, (time.time() + 5, time.time() + 5))
    second = build([folder], "sqlite", prune=True)
    assert (second.fed, second.unchanged, second.removed) == (1, count - 3, 1)
    assert len(second.problems) == 1
    assert "E-RECORD-SCHEMA" in second.problems[0]
    with reading(located("sqlite", folder)) as connection:
        names = [row[0] for row in read_only(connection, "SELECT article FROM articles ORDER BY article")[1]]
        assert gone.stem not in names
        assert broken.stem in names
        facts = read_only(connection, "SELECT count(*) FROM facts WHERE fact = 'gpe/elsewhere'")[1]
        assert [row[0] for row in facts] == [1]


def test_an_answer_shows_title_thing_and_context_with_the_match_marked(records: Path) -> None:
    done = dozaban("query", "Persepolis", "--type", "system", "--catalogue", records)
    assert done.returncode == 0, done.stderr
    heading, title, article, english, persian = done.stdout.splitlines()
    for words in ("Persepolis", "پرسپولیس", "warship"):
        assert words in heading
    for words in ("Bushehr and the Birth", "بوشهر و زایش"):
        assert words in title
    assert article.strip().startswith("naval-history-bushehr: mentions")
    assert "the steamship [Persepolis] from Germany" in english
    assert "«[پرسپولیس]» از آلمان" in persian


def test_json_keeps_persian_as_it_is_and_its_offsets_are_those_of_the_text(records: Path) -> None:
    done = dozaban("query", "نيروي دريايي", "--field", "text", "--json", "--catalogue", records)
    assert "نیروی دریایی" in done.stdout
    assert "\\u" not in done.stdout
    answer = json.loads(done.stdout)[0]
    text = (records / f"{answer['article']}.txt").read_text(encoding="utf-8")
    for each in answer["snippets"]:
        assert text[each["start"] : each["stop"]] == each["match"]


def test_tsv_has_a_line_for_each_snippet(records: Path) -> None:
    lines = dozaban("query", "ایران", "--tsv", "--catalogue", records).stdout.splitlines()
    assert len(lines) > 5
    assert len({line.count("\t") for line in lines}) == 1


def test_sql_and_stats_print_what_is_there(records: Path) -> None:
    done = dozaban("sql", "SELECT count(*) AS n FROM articles", "--json", "--catalogue", records)
    assert json.loads(done.stdout) == [{"n": len(list(records.glob("*.yaml")))}]
    assert json.loads(dozaban("stats", "--json", "--catalogue", records).stdout)["rows"]["articles"] > 5
    assert "articles by language" in dozaban("stats", "--catalogue", records).stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["query", "x", "--catalogue", "build/no-such-folder"], 2, "dozaban catalogue build"),
        (["query", "!!", "--catalogue", "RECORDS"], 2, "there is no word in '!!'"),
        (["query", "x", "--type", "dragon", "--catalogue", "RECORDS"], 2, "unknown type 'dragon'; there are system,"),
        (["query", "x", "--field", "smell", "--catalogue", "RECORDS"], 2, "unknown field 'smell'"),
        (["query", "x", "--language", "de", "--catalogue", "RECORDS"], 2, "language"),
        (["query", "soon", "--type", "date", "--catalogue", "RECORDS"], 2, "is no date"),
        (["query", "zzzzqq", "--catalogue", "RECORDS"], 1, "nothing found for 'zzzzqq'"),
        (["sql", "DROP TABLE articles", "--catalogue", "RECORDS"], 2, "only SELECT"),
        (["sql", "SELECT x", "--catalogue", "RECORDS"], 2, "no such column: x"),
        (["catalogue", "build", "build/no-such-folder"], 2, "no folder of records"),
        (["stats", "--catalogue", "mysql://x/y"], 2, "E-CATALOGUE-URL"),
    ],
)
def test_wrong_use_ends_in_one_clear_line(records: Path, arguments: list[str], code: int, words: str) -> None:
    done = dozaban(*(str(records) if each == "RECORDS" else each for each in arguments))
    assert done.returncode == code, done.stdout + done.stderr
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


# ── the documentation ──────────────────────────────────────────────────────────────────────────────────────────

PAGE = (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```sql\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.mark.parametrize("statement", EXAMPLES, ids=[each.splitlines()[0][3:] for each in EXAMPLES])
def test_the_examples_of_the_page_give_rows_in_both_databases(tmp_path: Path, postgres: str, statement: str) -> None:
    found = []
    for url in (located("sqlite", tmp_path), located(postgres, tmp_path)):
        feed(library(), url)
        with reading(url) as connection:
            columns, rows = read_only(connection, statement)
            found.append((columns, [tuple(row) for row in rows]))
    assert found[0] == found[1]
    assert found[0][1]


def test_the_page_names_every_table_field_and_type() -> None:
    from pipeline.catalogue.migrations import _VIEWS
    from pipeline.catalogue.tables import metadata

    assert len(EXAMPLES) >= 6
    for name in (*metadata.tables, *FIELDS, *(kind for kind in TYPES if kind.lower() not in ("organisation",
                 "organization", "programme", "gpe", "loc", "fac"))):  # fmt: skip
        assert f"`{name}`" in PAGE, name
    for view in _VIEWS:
        assert view.split()[2] in PAGE


# ── Datasette ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_datasette_opens_the_file_unchanged(records: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    file = records / "catalogue.sqlite"
    before = file.read_bytes()
    server = subprocess.Popen(
        [sys.executable, "-m", "datasette", str(file), "--port", str(port), "--setting", "num_sql_threads", "1"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        base = f"http://127.0.0.1:{port}/catalogue"
        database = _fetch(f"{base}.json", server)
        tables = {table["name"]: table for table in database["tables"]}
        assert tables["passages"]["fts_table"] == "passages_fts"
        assert tables["names"]["fts_table"] == "names_fts"
        keys = {(key["column"], key["other_table"]) for key in tables["facts"]["foreign_keys"]["outgoing"]}
        assert keys == {("article_id", "articles"), ("entity_id", "entities")}
        assert "entity_overview" in database["views"] or any(v["name"] == "entity_overview" for v in database["views"])
        rows = _fetch(f"{base}/passages.json?_search=iran&_shape=objects", server)["rows"]
        with reading(located("sqlite", records)) as connection:
            assert len(rows) > 3
            assert search(connection, "iran", field="text")
    finally:
        server.terminate()
        server.wait(timeout=20)
    assert file.read_bytes() == before


def _fetch(url: str, server: subprocess.Popen[bytes]) -> dict[str, object]:
    for _ in range(240):
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return json.loads(answer.read())  # type: ignore[no-any-return]
        except OSError:
            assert server.poll() is None, server.stderr.read() if server.stderr else ""
            time.sleep(0.25)
    raise AssertionError(f"{url} did not answer")
