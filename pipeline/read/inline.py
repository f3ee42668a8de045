"""The words of one block in the making, for formats that are not text themselves (DOCX, HTML, JATS).

The text of such an article is written with the marks of Markdown: ``*`` and ``**`` for emphasis, ``<sup>`` for what is
raised, ``[^1]`` where a note is called. They are listed as markup, so that no stage takes them for words; nothing reads
them a second time, so an asterisk of the source needs no escape.

White space is folded: a run of spaces, tabs and line ends is one space, at the edges of a block it is nothing, and it
never stands inside the marks of emphasis.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pipeline.article import MarkupKind
from pipeline.text.encoding import storable

_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_ARABIC = "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff"
#: A soft hyphen between two letters that join: how typists of Persian write a half-space in a word processor.
_FALSE_HALF_SPACE = re.compile(rf"(?<=[{_ARABIC}])[\u00ad\u00ac]+(?=[{_ARABIC}])")

#: A mark or an anchor: what it is, and where it begins and ends in the block.
Mark = tuple[MarkupKind, int, int]
Anchor = tuple[str, int, int]


class Inline:
    """Characters of a block and which of them are markup. ``anchors`` name stretches that somebody wants to find again.

    >>> words = Inline()
    >>> words.write("A "); words.open("**", "emphasis"); words.write("bold "); words.close("**", "emphasis")
    >>> words.write("word"); words.text
    'A **bold** word'
    """

    def __init__(self, words: str = "") -> None:
        self._parts: list[str] = []
        self._length = 0
        self._space = ""
        self._opening: list[tuple[str, MarkupKind]] = []
        self._closed: tuple[str, MarkupKind] | None = None
        self.marks: list[Mark] = []
        self.anchors: list[Anchor] = []
        self.calls: list[str] = []
        if words:
            self.write(words)

    @property
    def text(self) -> str:
        """What was written so far, without white space at the end."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    @property
    def words(self) -> str:
        """The text without its marks."""
        pieces, at = [], 0
        for _, start, end in sorted(self.marks, key=lambda mark: mark[1]):
            pieces.append(self.text[at:start])
            at = max(at, end)
        return "".join((*pieces, self.text[at:])).strip()

    def __len__(self) -> int:
        return self._length

    def write(self, words: str) -> None:
        """Add words; white space is folded."""
        pieces = _SPACE.split(words)
        for number, piece in enumerate(pieces):
            if number and self._length:
                self._space = self._space or " "
            if piece:
                self._settle()
                self._put(piece)

    def line_break(self) -> None:
        """Begin a new line within the block."""
        if self._length:
            self._space = "\n"

    def cell(self) -> None:
        """Begin the next cell of a table's row, however empty the one before."""
        self._space = ""
        self._closed = None
        self._put("\t")

    def row(self) -> None:
        """Begin the next row of a table."""
        self._space = ""
        self._closed = None
        self._put("\n")

    def open(self, mark: str, kind: MarkupKind) -> None:
        """Begin a stretch between two marks; the mark is written when the first word comes."""
        if not self._opening and self._closed == (mark, kind) and self._parts[-1:] == [mark]:
            self._parts.pop()
            self._length -= len(mark)
            self.marks.pop()
            self._closed = None
            return  # the stretch that ended here goes on
        self._opening.append((mark, kind))

    def close(self, mark: str, kind: MarkupKind, after: str = "") -> None:
        """End the stretch; nothing is written for an empty one. ``after`` follows the mark and belongs to it."""
        if self._opening:
            self._opening.pop()
            return
        start = self._length
        self._put(mark + after)
        self.marks.append((kind, start, self._length))
        self._closed = (mark, kind) if not after else None

    def literal(self, characters: str, kind: MarkupKind | None = None) -> None:
        """Add characters as they are, as one mark when ``kind`` is given."""
        self._settle()
        start = self._length
        self._put(characters)
        if kind is not None:
            self.marks.append((kind, start, self._length))

    def call(self, label: str) -> None:
        """The mark that calls the note ``label``, set close to the word before it."""
        space, self._space = self._space, ""
        self.literal(f"[^{label}]", "note_marker")
        self._space = space
        self.calls.append(label)

    def here(self) -> int:
        """Where the next word will begin, for an anchor."""
        self._settle()
        return self._length

    def anchor(self, name: str, start: int) -> None:
        """Name what was written since ``start``."""
        if self._length > start:
            self.anchors.append((name, start, self._length))

    def extend(self, other: Inline) -> None:
        """Add another block's words, with their marks and anchors."""
        if not other.text:
            return
        self._settle()
        base = self._length
        self._put(other.text)
        self.marks.extend((kind, base + start, base + end) for kind, start, end in other.marks)
        self.anchors.extend((name, base + start, base + end) for name, start, end in other.anchors)
        self.calls.extend(other.calls)

    def _settle(self) -> None:
        """Write the white space and the opening marks that wait for a word."""
        if self._space:
            self._put(self._space)
            self._space = ""
        for mark, kind in self._opening:
            start = self._length
            self._put(mark)
            self.marks.append((kind, start, self._length))
        self._opening.clear()
        self._closed = None

    def _put(self, characters: str) -> None:
        self._parts.append(characters)
        self._length += len(characters)


def clean(text: str) -> str:
    """A format's characters fit to be kept: storable, soft hyphens gone, or half-spaces where they served as ones."""
    if "\u00ad" in text or "\u00ac" in text:
        text = _FALSE_HALF_SPACE.sub("\u200c", text).replace("\u00ad", "")
    return storable(text)


def composed(text: str, bounds: Iterable[int]) -> tuple[str, dict[int, int]]:
    """``text`` in NFC, and where each of the ``bounds`` (offsets) stands in it.

    A bound inside a letter and its combining marks moves behind them.
    """
    wanted = sorted({0, len(text), *bounds})
    if unicodedata.is_normalized("NFC", text):
        return text, {bound: bound for bound in wanted}
    moved: dict[int, int] = {}
    pieces: list[str] = []
    length = at = 0
    for bound in wanted:
        cut = max(bound, at)
        while 0 < cut < len(text) and _joins(text, cut):
            cut += 1
        piece = unicodedata.normalize("NFC", text[at:cut])
        pieces.append(piece)
        length += len(piece)
        at = cut
        moved[bound] = length
    return "".join(pieces), moved


def _joins(text: str, at: int) -> bool:
    """Whether the character at an offset may compose with the ones before it."""
    return unicodedata.combining(text[at]) > 0 or not unicodedata.is_normalized("NFC", text[at - 1 : at + 1])
