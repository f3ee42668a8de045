"""Cells of spreadsheets: nothing in them is ever run as a formula.

A program that opens a CSV file takes a text beginning with ``=``, ``+``, ``-`` or ``@`` (also behind a tab or a
carriage return) for a formula. Such a text gets an apostrophe in front, which spreadsheets take for “this is text”.
:func:`unguarded` takes exactly those apostrophes off again.
"""

from __future__ import annotations

import re

#: What a cell of Excel holds at most.
CELL_LIMIT = 32_767
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(text: str) -> str:
    """``text`` as a cell that no spreadsheet runs."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text of a cell that :func:`guarded` made."""
    return cell[1:] if _GUARDED.match(cell) else cell


def shortened(text: str) -> str:
    """``text`` as long as a cell of Excel allows, which counts UTF-16 units; an ellipsis marks what is missing."""
    if len(text) * 2 <= CELL_LIMIT or len(text.encode("utf-16-le", "replace")) // 2 <= CELL_LIMIT:
        return text
    units = text.encode("utf-16-le", "replace")[: (CELL_LIMIT - 1) * 2]
    return units.decode("utf-16-le", "ignore") + "…"
