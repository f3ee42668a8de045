"""The articles that the PDF set is made from, and what a reader must find in every PDF of them.

One YAML file is both the source that the engines typeset and the ground truth that readers are measured by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import yaml

HERE = Path(__file__).resolve().parent
Kind = Literal["title", "author", "heading", "paragraph", "caption", "table"]
_NOTE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3]")


@dataclass(frozen=True)
class Part:
    """A block of an article. ``text`` holds ``{{note}}`` where a footnote is called; a table has ``rows`` instead."""

    kind: Kind
    language: str
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)

    @property
    def rtl(self) -> bool:
        """Whether the block is set from right to left."""
        return self.language == "fa"


@dataclass(frozen=True)
class Article:
    """One article; ``digits`` writes a number in the digits of its language."""

    name: str
    language: str
    head: str
    watermark: str
    parts: list[Part]

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
                found.append((part.kind, " ".join(cell for row in part.rows for cell in row)))
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
        return [words for page in range(1, pages + 1) for words in (self.head, self.digits(page), self.watermark)]

    @property
    def mixed(self) -> list[str]:
        """The blocks whose words run in both directions."""
        return [text for _, text in self.body if _ARABIC.search(text) and re.search(r"[A-Za-z]|[0-9]", text)]


def load(name: str) -> Article:
    """The article ``<name>.yaml`` beside this module."""
    data = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    parts = []
    for block in data["blocks"]:
        language = block.pop("language", data["language"])
        ((kind, content),) = block.items()
        if kind == "table":
            parts.append(Part(kind, language, rows=content))
        else:
            parts.append(Part(kind, language, text=" ".join(content.split(" "))))
    return Article(name, data["language"], data["head"], data["watermark"], parts)


ARTICLES = tuple(sorted(path.stem for path in HERE.glob("*.yaml")))
