"""JSON, JSON Lines, CSV, Parquet and XLSX, read back by programs that share no code with what wrote them."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import openpyxl
import pytest
from exporting import OUTPUTS, loaded, made_up, rendered
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

import pipeline
from pipeline import record as model
from pipeline.emit.exports import deliver, exporter
from pipeline.emit.exports.annotations import marks_of
from pipeline.emit.exports.cells import CELL_LIMIT, guarded, shortened, unguarded
from pipeline.emit.exports.layer_tables import TABLES
from pipeline.record import Record, json_schema

Folder = Callable[[str], Path]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The folder of one format, written once from all of the project's records."""
    made: dict[str, Path] = {}

    def of(form: str) -> Path:
        if form not in made:
            made[form] = tmp_path_factory.mktemp(form)
            done = deliver(map(loaded, OUTPUTS), [exporter(form)], made[form])
            assert not done.failures
        return made[form]

    return of


def mentions_in_records() -> list[tuple[str, str, int, int, str]]:
    return sorted(
        (record.id, mark.fact, mark.span.start, mark.span.end, mark.surface)
        for record in map(loaded, OUTPUTS)
        for mark in marks_of(record)
    )


@pytest.mark.parametrize("path", OUTPUTS, ids=lambda path: path.stem)
def test_json_is_a_record_of_the_schema_and_loads_as_the_same_record(path: Path) -> None:
    data = json.loads(rendered("json", path)[".json"])
    jsonschema.validate(data, json_schema())
    assert Record.model_validate(data).to_dict() == loaded(path).to_dict()


def test_json_lines_hold_a_record_a_line_for_any_reader(folder: Folder) -> None:
    lines = folder("jsonl") / "records.jsonl"
    rows = duckdb.sql(f"SELECT id, len(entities) FROM read_json('{lines}', maximum_object_size=50000000)").fetchall()
    assert sorted(rows) == [(record.id, len(record.entities)) for record in map(loaded, OUTPUTS)]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_mentions_come_back_from_tables_with_their_offsets(form: str, folder: Folder) -> None:
    table = folder(form) / f"mentions.{form}"
    source = f"read_csv('{table}', all_varchar=true)" if form == "csv" else f"read_parquet('{table}')"
    rows = duckdb.sql(f'SELECT article, fact, start::INT, "end"::INT, surface FROM {source}').fetchall()
    rows = [(*row[:4], unguarded(row[4]) if form == "csv" else row[4]) for row in rows]
    assert sorted(rows) == mentions_in_records()
    texts = {record.id: record.text or "" for record in map(loaded, OUTPUTS)}
    assert all(texts[article][start:end] == surface for article, _, start, end, surface in rows)


def test_a_table_for_every_layer_has_its_columns_and_rows_in_csv_parquet_and_xlsx(folder: Folder) -> None:
    book = CalamineWorkbook.from_path(str(folder("xlsx") / "records.xlsx"))
    for table in TABLES:
        expected = sum(1 for record in map(loaded, OUTPUTS) for _ in table.of(record))
        csv, parquet = folder("csv") / f"{table.name}.csv", folder("parquet") / f"{table.name}.parquet"
        for source in (f"read_csv('{csv}', all_varchar=true, header=true)", f"read_parquet('{parquet}')"):
            found = duckdb.sql(f"SELECT * FROM {source}")
            assert found.columns == [column.name for column in table.columns]
            assert len(found.fetchall()) == expected
        sheets = [f"{table.name} (en)", table.fa] if table.languages else [table.name]
        assert sum(len(book.get_sheet_by_name(sheet).to_python()) - 1 for sheet in sheets) == expected


def test_numbers_are_numbers_in_parquet(folder: Folder) -> None:
    types = dict(
        duckdb.sql(
            f"SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet('{folder('parquet')}/mentions.parquet'))"
        ).fetchall()
    )
    assert (types["start"], types["confidence"], types["surface"]) == ("BIGINT", "DOUBLE", "VARCHAR")


def test_csv_opens_as_utf8_in_excel_and_keeps_half_spaces(folder: Folder) -> None:
    data = (folder("csv") / "sentences.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert "می‌شود" in data.decode("utf-8-sig")


def test_persian_sheets_read_from_right_to_left_under_persian_headings(folder: Folder) -> None:
    book = openpyxl.load_workbook(folder("xlsx") / "records.xlsx")
    persian = [sheet.title for sheet in book if sheet.sheet_view.rightToLeft]
    assert persian == [table.fa for table in TABLES if table.languages]
    sheet: Any = book["جمله‌های چکیده"]
    assert [cell.value for cell in sheet[1]][:3] == ["مقاله", "زبان", "شماره"]
    assert {row[1].value for row in sheet.iter_rows(min_row=2)} == {"fa"}
    assert any("می‌شود" in row[5].value for row in sheet.iter_rows(min_row=2))
    names: Any = book["entities"]
    assert names.sheet_view.rightToLeft is not True
    column = [cell.value for cell in names[1]].index("name_fa")
    assert names[2][column].alignment.readingOrder == 2


DANGEROUS = ["=HYPERLINK(1)", "+98 21", "-1+1|cmd", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''-2", "'quoted'", "plain", ""]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_begins_like_a_formula_in_csv_and_the_guard_comes_off_exactly(text: str) -> None:
    assert not re.match(r"[=+\-@\t\r]", guarded(text))
    assert unguarded(guarded(text)) == text


@given(st.text(alphabet="'=+-@\t\rیa", max_size=6))
def test_the_guard_of_any_text_comes_off_exactly(text: str) -> None:
    assert not re.match(r"[=+\-@\t\r]", guarded(text))
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "+98", "-x", "@a", "#N/A", "1392", "TRUE"])
@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_text_like_a_formula_is_a_text_in_the_workbook(text: str, language: str, tmp_path: Path) -> None:
    record = made_up(f"{text} و پایان", [(0, len(text))], language=language)
    deliver([record], [exporter("xlsx")], tmp_path)
    book = openpyxl.load_workbook(tmp_path / "records.xlsx")
    sheet: Any = book["جای نام‌ها" if language == "fa" else "mentions (en)"]
    cell = sheet.cell(2, 7)
    assert (cell.value, cell.data_type) == (text, "s")
    with zipfile.ZipFile(tmp_path / "records.xlsx") as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_a_cell_of_excel_holds_no_more_than_it_can_and_control_characters_are_replaced(tmp_path: Path) -> None:
    long = "😀" * CELL_LIMIT
    assert len(shortened(long).encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert shortened(long).endswith("😀…")
    record = made_up(f"پیش\x0bپس\x01 {long}", [(0, 7)])
    deliver([record], [exporter("xlsx")], tmp_path)
    rows = CalamineWorkbook.from_path(str(tmp_path / "records.xlsx")).get_sheet_by_name("جای نام‌ها").to_python()
    assert rows[1][6] == "پیش\nپس\ufffd"


def test_numbers_and_nothing_are_told_apart(tmp_path: Path) -> None:
    record = made_up("تهران", [(0, 5)])
    record.entities[0].confidence = 1.0
    record.keywords = model.Layer([model.Keyword(fa="تهران")])
    deliver([record], [exporter("csv")], tmp_path)
    rows = duckdb.sql(
        f"SELECT en, fa, confidence FROM read_csv('{tmp_path}/keywords.csv', all_varchar=true)"
    ).fetchall()
    assert rows == [(None, "تهران", None)]
    sure = duckdb.sql(f"SELECT confidence FROM read_csv('{tmp_path}/entities.csv')").fetchall()
    assert sure == [(1.0,)]


def test_a_standoff_record_gives_its_tables_without_passages(tmp_path: Path) -> None:
    from pipeline.emit.standoff import standoff

    record = standoff(pipeline.load(OUTPUTS[0]))
    assert not deliver([record], [exporter("csv")], tmp_path).failures
    texts = duckdb.sql(f"SELECT text FROM read_csv('{tmp_path}/blocks.csv', all_varchar=true)").fetchall()
    assert texts
    assert all(text is None for (text,) in texts)
