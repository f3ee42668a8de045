"""How far the reference list and the notes at the end reach.

They begin at their heading and end with their last entry, not with the next heading: in plain text the other
language's title page may follow without one.
"""

from __future__ import annotations

import re

from pipeline.segment.draft import Draft, Piece
from pipeline.segment.labels import is_sublist_heading
from pipeline.segment.references import begins_entry

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2)
_NUMBER = re.compile(
    r"\W{0,4}(\[\s*\d{1,3}\s*\]|\(\s*\d{1,3}\s*\)|\d{1,3}\s*[.)\-–ـ]|\d{1,3}\s|\^\d{1,3}|[¹²³⁰⁴-⁹]{1,3})"
)


def mark_back_matter(draft: Draft) -> None:
    """Mark the pieces that are entries of a reference list or of the notes at the end, or lie between two of them."""
    run: list[Piece] | None = None
    for piece in draft.pieces:
        if piece.silent:
            continue
        if (piece.label and piece.label.alone and piece.label.role in ("references", "notes")) or (
            run is not None and piece.kind == "heading" and is_sublist_heading(piece.text)
        ):
            _mark(draft, run)
            run = []
        elif piece.kind == "heading" or (piece.label and piece.label.role in ("abstract", "keywords")):
            _mark(draft, run)
            run = None
        elif run is not None:
            run.append(piece)
    _mark(draft, run)


def _mark(draft: Draft, run: list[Piece] | None) -> None:
    """Mark a run up to its last entry: entries look like the first one, and their numbers rise."""
    if not run:
        return
    numbered = _number(draft, run[0]) is not None
    last, reach = 0, 0
    for at, piece in enumerate(run):
        number = _number(draft, piece)
        if numbered:
            matches = piece.kind == "reference" or (number is not None and number > last)
        else:
            matches = piece.kind in ("list_item", "reference") or begins_entry(piece.text)
        if matches or piece.continues or piece.kind == "note":
            last, reach = number or last, at
    for piece in run[: reach + 1]:
        piece.listed = True


def _number(draft: Draft, piece: Piece) -> int | None:
    match = _NUMBER.match(draft.surface(piece.span))
    digits = re.sub(r"\D", "", match[1].translate(_DIGITS)) if match else ""
    return int(digits) if digits else None
