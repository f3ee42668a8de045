"""Tables: rows, cells with their spans, header, caption."""

from __future__ import annotations

import re

from pipeline import record
from pipeline.segment.draft import Draft, Piece, flowed, line_starts, trimmed
from pipeline.text.offsets import Span

_RULE_ROW = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_CAPTION = re.compile(
    r"\W*(?:table|tab\.|figure|fig\.|chart|box|جدول|نمودار|شکل|کادر|تصویر|نقشه)\s*(?:شماره\s*)?[\dIVX]+(?:[-–.]\d+)?\s*[.:：\-–—ـ)]?",
    re.IGNORECASE,
)
_TABLE_CAPTION = re.compile(r"\W*(?:table|tab\.|جدول|box|کادر)\b", re.IGNORECASE)
_LONGEST_CAPTION = 45


def mark_tables(draft: Draft) -> None:
    """Give tables that came as tab-separated lines, and captions, their kinds."""
    for piece in draft.pieces:
        if piece.kind == "heading" and _TABLE_CAPTION.match(piece.text) and _CAPTION.match(piece.text):
            piece.kind, piece.level = "caption", None
        if piece.kind != "paragraph":
            continue
        lines = [line for line in piece.text.split("\n") if line.strip()]
        tabs = {line.strip("\n").count("\t") for line in lines}
        if len(lines) > 1 and min(tabs) > 0:
            piece.kind = "table"
        elif piece.words <= _LONGEST_CAPTION and _CAPTION.match(piece.text):
            piece.kind = "caption"


def table_layer(draft: Draft) -> list[record.Table]:
    """Every table, with the caption before it or, failing that, after it."""
    tables: list[record.Table] = []
    heard = [piece for piece in draft.pieces if not piece.silent]
    taken: set[int] = set()
    for at, piece in enumerate(heard):
        if piece.kind != "table":
            continue
        rows, header = _rows(draft, piece)
        if not rows:
            continue
        header = header or any(
            each.field == "tables.header" and piece.span.contains(each.span) for each in draft.article.stated
        )
        caption = None
        for neighbour in (*heard[max(at - 1, 0) : at], *heard[at + 1 : at + 2]):
            if neighbour.kind == "caption" and id(neighbour) not in taken and _TABLE_CAPTION.match(neighbour.text):
                taken.add(id(neighbour))
                caption = flowed(neighbour.text)
                break
        values = [["" if cell is None else flowed(draft.article.view(cell).text) for cell in row] for row in rows]
        tables.append(
            record.Table(
                id=f"table/{len(tables) + 1}",
                caption=caption,
                language=piece.language,
                span=piece.span,
                columns=values[0] if header else None,
                rows=values[1:] if header else values,
                cells=rows,
            )
        )
    return tables


def _rows(draft: Draft, piece: Piece) -> tuple[list[list[Span | None]], bool]:
    """The spans of the cells, row by row, and whether the first row is a header."""
    text = draft.article.text
    source = draft.surface(piece.span)
    rows: list[list[Span | None]] = []
    ruled = False
    for start in line_starts(source):
        end = source.find("\n", start)
        line = Span(piece.span.start + start, piece.span.start + (len(source) if end < 0 else end))
        raw = text[line.start : line.end]
        if _RULE_ROW.match(raw) and "-" in raw:
            ruled = ruled or len(rows) == 1
            continue
        rows.append(_cells(draft, line, raw))
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        row.extend([None] * (width - len(row)))
    if width < 2:
        return [], False
    return rows, len(rows) > 1 and (ruled or _is_header(draft, rows))


def _cells(draft: Draft, line: Span, raw: str) -> list[Span | None]:
    if "|" in raw:
        inner = trimmed(raw, Span(0, len(raw)))
        start = inner.start + (raw[inner.start] == "|")
        end = inner.end - (raw[inner.end - 1] == "|" and not raw[: inner.end].endswith("\\|"))
        breaks = [match.span() for match in _PIPE.finditer(raw, start, max(start, end))]
    else:
        start, end = 0, len(raw)
        breaks = [match.span() for match in re.finditer(r"\t", raw)]
    cells: list[Span | None] = []
    at = start
    for begin, after in [*breaks, (end, end)]:
        cells.append(_cell(draft, Span(line.start + at, line.start + begin)))
        at = after
    return cells


def _cell(draft: Draft, span: Span) -> Span | None:
    """A cell's words without markup and white space at its edges; None when it is empty."""
    view = draft.article.view(span)
    inner = trimmed(view.text, Span(0, len(view.text)))
    return view.to_source(inner.start, inner.end) if inner.start < inner.end else None


def _is_header(draft: Draft, rows: list[list[Span | None]]) -> bool:
    """A first row of short entries, without a figure in it, is a header."""
    first = [draft.surface(cell) if cell else "" for cell in rows[0]]
    return all(first[1:]) and all(len(cell.split()) <= 5 and not any(c.isdigit() for c in cell) for cell in first)
