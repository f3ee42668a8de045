"""How well a reader read one PDF of the set: every number that the tests and ``make bench-reading`` ask for.

Texts are compared after runs of white space are folded to one space. Errors are counted in code points (Levenshtein).
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pdfset.article import Article

ZWNJ = "\u200c"
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")


@dataclass(frozen=True)
class Scores:
    """Of one file. Rates lie in [0, 1]; ``lost`` lists what was not found, for a person to look at."""

    character_errors: float
    word_order: float
    half_spaces: float
    furniture_precision: float
    furniture_recall: float
    notes: float
    cells: float
    headings: float
    lost: list[str]


def folded(text: str) -> str:
    """NFC, one spelling of ه with hamza (they look the same), runs of white space as one space, none at either end."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\u06c0", "\u0647\u0654").split())


def scores(article: Article, blocks: Sequence[tuple[str, str]], pages: int) -> Scores:
    """Measure blocks, given as (kind, text) in reading order."""
    lost: list[str] = []
    truth = folded(" ".join(text for _, text in article.body))
    read = folded(" ".join(text for kind, text in blocks if kind not in ("note", "furniture")))
    found_furniture = Counter(_plain(text) for kind, text in blocks if kind == "furniture")
    right_furniture = Counter(_plain(text) for text in article.furniture(pages))
    right = sum((found_furniture & right_furniture).values())
    lost += [f"not furniture: {text}" for text in found_furniture - right_furniture]
    lost += [f"furniture: {text}" for text in right_furniture - found_furniture]
    notes = [folded(text) for kind, text in blocks if kind == "note"]
    found_notes = [_has_note(notes, number, text) for number, text in article.notes]
    lost += [f"note: {text}" for (_, text), found in zip(article.notes, found_notes, strict=True) if not found]
    tables = [[row.split("\t") for row in text.split("\n")] for kind, text in blocks if kind == "table"]
    cells = [
        (t, r, c, cell)
        for t, rows in enumerate(article.tables)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
    ]
    found_cells = [_cell(tables, t, r, c) == folded(cell) for t, r, c, cell in cells]
    lost += [f"cell: {cell[3]}" for cell, found in zip(cells, found_cells, strict=True) if not found]
    headings = {ordered(text) for kind, text in blocks if kind in ("heading", "title")}
    wanted = [ordered(text) for kind, text in article.body if kind in ("heading", "subheading", "title")]
    lost += [f"heading: {text}" for text in wanted if text not in headings]
    in_order = words_in_order(article.mixed, read)
    lost += [f"order: {text}" for text, found in zip(article.mixed, in_order, strict=True) if not found]
    return Scores(
        character_errors=Levenshtein.distance(truth, read) / len(truth),
        word_order=_share(in_order),
        half_spaces=half_space_recall(truth, read),
        furniture_precision=right / max(1, found_furniture.total()),
        furniture_recall=right / max(1, right_furniture.total()),
        notes=_share(found_notes),
        cells=_share(found_cells),
        headings=sum(text in headings for text in wanted) / len(wanted),
        lost=lost,
    )


def half_space_recall(truth: str, read: str) -> float:
    """The share of the half-spaces of ``truth`` that stand in ``read`` at the same place."""
    total = truth.count(ZWNJ)
    kept = 0
    for tag, start, end, _, _ in Levenshtein.opcodes(truth, read):
        if tag == "equal":
            kept += truth[start:end].count(ZWNJ)
    return kept / total if total else 1.0


def words_in_order(blocks: Sequence[str], read: str) -> list[bool]:
    """For each block whether all its words stand in ``read`` one after the other; a word may have one wrong letter."""
    words = ordered(read).split(" ")
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(words):
        places[word].append(at)
    found = []
    for block in blocks:
        wanted = ordered(block).split(" ")
        starts = {at - offset for offset in range(min(5, len(wanted))) for at in places.get(wanted[offset], ())}
        found.append(
            any(
                start >= 0
                and start + len(wanted) <= len(words)
                and all(
                    Levenshtein.distance(a, b, score_cutoff=1) <= 1 for a, b in zip(wanted, words[start:], strict=False)
                )
                for start in starts
            )
        )
    return found


def ordered(text: str) -> str:
    """A text as its words, whatever stands between them: half-spaces and white space do not count."""
    return folded(text.replace(ZWNJ, ""))


def _plain(text: str) -> str:
    return folded(text).translate(_DIGITS)


def _share(found: Sequence[bool]) -> float:
    return sum(found) / len(found) if found else 1.0


def _has_note(notes: Sequence[str], number: str, text: str) -> bool:
    """Whether a note was found whole and begins with its number, in whatever digits and with or without a stop."""
    for note in notes:
        label, _, rest = note.partition(" ")
        if rest == folded(text) and label.translate(_DIGITS).rstrip(".") == number.translate(_DIGITS):
            return True
    return False


def _cell(tables: Sequence[Sequence[Sequence[str]]], table: int, row: int, column: int) -> str | None:
    try:
        return folded(tables[table][row][column])
    except IndexError:
        return None
