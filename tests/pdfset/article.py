"""The articles that the PDF set is made from, and what a reader must find in every PDF of them.

One YAML file is both the source that the engines typeset and the ground truth that readers are measured by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml

HERE = Path(__file__).resolve().parent
Kind = Literal["title", "author", "heading", "subheading", "paragraph", "item", "caption", "table"]
Cell = tuple[int, int]
_NOTE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")


@dataclass(frozen=True)
class Part:
    """A block of an article. ``text`` holds ``{{note}}`` where a footnote is called; a table has ``rows`` instead.

    ``spans`` gives the rows and columns that a merged cell reaches over; in ``rows`` it is followed by empty cells.
    ``side`` is set on the blocks of two columns that stand side by side (0 the first in reading order), ``figure`` on
    a caption under a picture.
    """

    kind: Kind
    language: str
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)
    spans: dict[Cell, tuple[int, int]] = field(default_factory=dict)
    side: int | None = None
    figure: bool = False

    @property
    def rtl(self) -> bool:
        """Whether the block is set from right to left."""
        return self.language == "fa"

    def drawn_cells(self) -> list[list[tuple[str, int, int]]]:
        """The cells of a table that are drawn, row by row: words, and how many rows and columns they reach over."""
        covered = {
            (r + down, c + across)
            for (r, c), (rows, columns) in self.spans.items()
            for down in range(rows)
            for across in range(columns)
            if down or across
        }
        return [
            [(cell, *self.spans.get((r, c), (1, 1))) for c, cell in enumerate(row) if (r, c) not in covered]
            for r, row in enumerate(self.rows)
        ]


@dataclass(frozen=True)
class Article:
    """One article; ``digits`` writes a number in the digits of its language. ``even`` is the head of even pages."""

    name: str
    language: str
    head: str
    watermark: str
    parts: list[Part]
    even: str = ""

    def digits(self, number: int) -> str:
        """A number as the article's language writes it."""
        return str(number).translate(_PERSIAN_DIGITS) if self.language == "fa" else str(number)

    def pieces(self, part: Part, first: int) -> list[tuple[str, int | None]]:
        """A part's text cut at its notes: ``(words, None)`` and ``(note, number)``, the first numbered ``first``."""
        found: list[tuple[str, int | None]] = []
        for index, piece in enumerate(_NOTE.split(part.text)):
            if index % 2:
                found.append((piece, first))
                first += 1
            elif piece:
                found.append((piece, None))
        return found

    def numbered(self) -> list[tuple[Part, list[tuple[str, int | None]]]]:
        """Every part with its pieces, the notes numbered through the article."""
        number, found = 1, []
        for part in self.parts:
            pieces = self.pieces(part, number)
            number += sum(1 for _, note in pieces if note)
            found.append((part, pieces))
        return found

    # ── ground truth ───────────────────────────────────────────────────────────────────────────────────────────

    @property
    def body(self) -> list[tuple[Kind, str]]:
        """Kind and words of every block that is neither note nor furniture; a table's cells are joined by spaces."""
        found: list[tuple[Kind, str]] = []
        for part, pieces in self.numbered():
            if part.rows:
                found.append((part.kind, " ".join(cell for row in part.rows for cell in row if cell)))
            else:
                found.append((part.kind, "".join(text if n is None else self.digits(n) for text, n in pieces)))
        return found

    @property
    def notes(self) -> list[tuple[str, str]]:
        """Number and words of every footnote."""
        return [(self.digits(n), text) for _, pieces in self.numbered() for text, n in pieces if n is not None]

    @property
    def tables(self) -> list[list[list[str]]]:
        """The cells of every table, row by row, each row in reading order."""
        return [part.rows for part in self.parts if part.rows]

    def furniture(self, pages: int) -> list[str]:
        """The words of every line that belongs to a page: its head, its number and the portal's mark."""
        found = []
        for page in range(1, pages + 1):
            head = self.even if self.even and page % 2 == 0 else self.head
            found += [words for words in (head, self.digits(page), self.watermark) if words]
        return found

    @property
    def mixed(self) -> list[str]:
        """The blocks whose words run in both directions."""
        return [text for _, text in self.body if _ARABIC.search(text) and re.search(r"[A-Za-z]|[0-9]", text)]


def load(name: str) -> Article:
    """The article ``<name>.yaml`` beside this module."""
    data = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    parts: list[Part] = []
    for block in data["blocks"]:
        if "pair" in block:
            for side, blocks in enumerate(block["pair"]):
                parts.extend(_part(each, data["language"], side) for each in blocks)
        else:
            parts.append(_part(block, data["language"], None))
    watermark = data.get("watermark", "")
    return Article(name, data["language"], data["head"], watermark, parts, data.get("even", ""))


def _part(block: dict[str, Any], language: str, side: int | None) -> Part:
    language = block.pop("language", language)
    figure = block.pop("figure", False)
    ((kind, content),) = block.items()
    if kind == "table":
        rows, spans = _grid(content)
        return Part(kind, language, rows=rows, spans=spans)
    return Part(kind, language, text=" ".join(content.split(" ")), side=side, figure=figure)


def _grid(rows: list[list[Any]]) -> tuple[list[list[str]], dict[Cell, tuple[int, int]]]:
    """Every place of a table, the ones that merged cells reach over empty; and how far these reach."""
    places: dict[Cell, str] = {}
    spans: dict[Cell, tuple[int, int]] = {}
    for r, row in enumerate(rows):
        c = 0
        for cell in row:
            while (r, c) in places:
                c += 1
            down, across = (cell.get("rows", 1), cell.get("columns", 1)) if isinstance(cell, dict) else (1, 1)
            for y in range(down):
                for x in range(across):
                    places[r + y, c + x] = ""
            places[r, c] = cell["text"] if isinstance(cell, dict) else cell
            if down * across > 1:
                spans[r, c] = (down, across)
    width = max(c for _, c in places) + 1
    return [[places.get((r, c), "") for c in range(width)] for r in range(len(rows))], spans


ARTICLES = tuple(sorted(path.stem for path in HERE.glob("*.yaml")))
