"""Persian text cut as the tagger sees it.

A piece is a run of letters, a number, or one sign. Half-spaces and spaces cut alike, because corpora differ in which
of them they keep: ``می‌کنند``, ``می کنند`` and a corpus token with a space inside all become the same two pieces. What
the tagger learns from one way of writing therefore holds for the others.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.text.orthography import fold

_MARKS = "\u064b-\u0655\u0670"
_PIECE = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_MARKS}])*|\d+(?:[.,/٫٬]\d+)*|[^\w\s{_MARKS}\u200b-\u200f]|_")
_MARK = re.compile(f"[{_MARKS}\u0640]")
_STOP = frozenset(".!?؟…؛")

#: Stands between two sentences that are read together.
BREAK = "\n"


class Piece(NamedTuple):
    """A piece ``text[start:end]`` and its form: letters and digits folded, vowel marks and tatweel left out."""

    start: int
    end: int
    form: str


def pieces(text: str) -> list[Piece]:
    """The pieces of a text, from left to right. Offsets are code points of ``text``."""
    folded = fold(text)
    marked = _MARK.search(folded) is not None
    found = []
    for match in _PIECE.finditer(folded):
        form = match.group()
        if marked and len(form) > 1:
            form = _MARK.sub("", form) or form
        found.append(Piece(*match.span(), form))
    return found


def forms(word: str) -> list[str]:
    """The forms of the pieces of one token of a corpus."""
    return [piece.form for piece in pieces(word)]


def sentences(text: str, found: list[Piece]) -> list[tuple[int, int]]:
    """Ranges of pieces that are read as one sentence: up to a stop before white space, or to an empty line.

    Coarser than :mod:`pipeline.text.sentences`, and cheaper: the tagger needs no more than a place to breathe.
    """
    ranges = []
    start = 0
    for i in range(len(found) - 1):
        gap = text[found[i].end : found[i + 1].start]
        if gap and ((found[i].form in _STOP and gap[0].isspace()) or gap.count("\n") > 1):
            ranges.append((start, i + 1))
            start = i + 1
    if start < len(found):
        ranges.append((start, len(found)))
    return ranges
