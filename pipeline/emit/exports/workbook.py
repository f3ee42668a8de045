"""XLSX: a workbook with a sheet for each layer, written row by row by openpyxl.

A layer whose rows have a language is two sheets: the English one reads from left to right, the Persian one from right
to left under Persian headings. Bilingual layers are one sheet, their Persian columns set from right to left. Every
text is stored as text, so that nothing is run as a formula.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.emit.exports.cells import shortened
from pipeline.emit.exports.layer_tables import TABLES, Column, Table, Value, plain
from pipeline.emit.exports.xml_text import legal
from pipeline.record import Record

#: Rows of a sheet of Excel; the rest goes on in a further sheet.
_ROWS = 1_048_576
#: The time of every file: a workbook says what it was made from, not when.
_THEN = (1980, 1, 1, 0, 0, 0)
_WIDTHS = {"text": 28, "int": 10, "float": 12, "bool": 10}
_NARROW = frozenset(
    {"language", "side", "label", "volume", "issue", "unit", "severity", "stage", "pack", "role", "type"}
)
_WIDE = frozenset({"text", "what", "message", "title_en", "title_fa", "title", "normalized"})


class Collect:
    """Writes ``records.xlsx``."""

    def __init__(self, folder: Path) -> None:
        from openpyxl import Workbook

        self._path = folder / "records.xlsx"
        self._book: Any = Workbook(write_only=True)
        self._sheets: list[tuple[Table, _Sheet, _Sheet | None]] = []
        for table in TABLES:
            if table.languages:
                english, persian = _Sheet(self._book, table, "en"), _Sheet(self._book, table, "fa")
                self._sheets.append((table, english, persian))
            else:
                self._sheets.append((table, _Sheet(self._book, table, None), None))

    def add(self, record: Record) -> None:
        """Append the rows of one record."""
        for table, sheet, persian in self._sheets:
            for row in table.of(record):
                (persian if persian is not None and row[1] == "fa" else sheet).append(row)

    def close(self) -> None:
        """Write the workbook; the same rows always give the same bytes."""
        stamp = datetime(*_THEN)
        self._book.properties.creator = "dozaban"
        self._book.properties.created = stamp
        stream = io.BytesIO()
        self._book.save(stream)
        _repack(stream, self._path, stamp)


class _Sheet:
    """One sheet, continued in another when it is full."""

    def __init__(self, book: Any, table: Table, language: str | None) -> None:
        from openpyxl.cell import WriteOnlyCell

        self._book = book
        self._table = table
        self._language = language
        self._part = 0
        self._new_cell: Any = WriteOnlyCell
        self._styles: dict[tuple[bool, bool, bool, bool], Any] = {}
        self._begin()

    def append(self, row: tuple[Value, ...]) -> None:
        if self._rows >= _ROWS:
            self._begin()
        self._sheet.append([self._cell(value, column) for value, column in zip(row, self._table.columns, strict=True)])
        self._rows += 1

    def _begin(self) -> None:
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.properties import PageSetupProperties

        self._part += 1
        persian = self._language == "fa"
        title = self._table.fa if persian else self._table.name + (" (en)" if self._language else "")
        self._sheet = self._book.create_sheet(f"{title} {self._part}" if self._part > 1 else title)
        self._sheet.sheet_view.rightToLeft = persian
        self._sheet.freeze_panes = "B2"
        # On paper: lying, as wide as the page, the headings on each.
        self._sheet.page_setup.orientation = "landscape"
        self._sheet.page_setup.fitToHeight = 0
        self._sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        self._sheet.print_title_rows = "1:1"
        for number, column in enumerate(self._table.columns, 1):
            width = 70 if column.name in _WIDE else 10 if column.name in _NARROW else _WIDTHS[column.type]
            self._sheet.column_dimensions[get_column_letter(number)].width = width
        heading = [column.fa if persian else column.name for column in self._table.columns]
        self._sheet.append([self._text(words, persian, bold=True) for words in heading])
        self._rows = 1

    def _cell(self, value: Value, column: Column) -> Any:
        if not isinstance(value, str):
            return plain(value)
        persian = column.name.endswith("fa") or (self._language == "fa" and column.name in _PERSIAN)
        return self._text(value, persian, wrap=column.name in _WIDE)

    def _text(self, words: str, persian: bool, *, bold: bool = False, wrap: bool = False) -> Any:
        text = shortened(legal(words))
        formula = text[:1] in _SIGNS
        if not (formula or persian or bold or wrap):
            return text
        cell = self._new_cell(self._sheet, value=text)
        cell.data_type = "s"
        # Making a style is fifty times the work of a cell: cells of one look share it.
        look = (persian, wrap, bold, formula)
        if look not in self._styles:
            self._styles[look] = self._style(*look)
        cell._style = self._styles[look]
        return cell

    def _style(self, persian: bool, wrap: bool, bold: bool, formula: bool) -> Any:
        from openpyxl.styles import Alignment, Font

        cell = self._new_cell(self._sheet, value="")
        if persian:
            cell.alignment = Alignment(horizontal="right", vertical="top", readingOrder=2, wrap_text=wrap)
        elif wrap:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        if bold:
            cell.font = Font(bold=True)
        cell.quotePrefix = formula
        return cell._style


#: What a text begins with that a spreadsheet would not take for a text (``#`` begins its error values).
_SIGNS = frozenset("=+-@#")
_PERSIAN = frozenset({"text", "normalized", "surface", "title", "caption", "authors"})


def _repack(made: io.BytesIO, target: Path, stamp: datetime) -> None:
    """The workbook with one time on all its parts, the time of saving in its properties included."""
    from openpyxl.packaging.core import DocumentProperties
    from openpyxl.xml.functions import tostring

    properties = DocumentProperties(creator="dozaban", created=stamp, modified=stamp)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result:
        for name in source.namelist():
            data = tostring(properties.to_tree()) if name == "docProps/core.xml" else source.read(name)
            result.writestr(zipfile.ZipInfo(name, _THEN), data, zipfile.ZIP_DEFLATED)
