"""Keyword lists: where they are, and the span of each keyword.

A label announces a list; what separates the keywords (semicolons, commas, dashes, bullets, lines) is read from the
list itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import record
from pipeline.segment.draft import Draft, Piece, line_starts
from pipeline.segment.front_text import SIDES, FrontText, Side
from pipeline.text.language import language_of


def find_keyword_lists(draft: Draft) -> dict[Side, FrontText]:
    """The keyword list of each language: the one the reader knew as such, else the first that a label announces."""
    found: dict[Side, FrontText] = {}
    for piece in draft.pieces:
        if piece.given and piece.kind == "keywords" and piece.language != "und":
            start = piece.label.end if piece.label and piece.label.role == "keywords" else 0
            found.setdefault(piece.language, FrontText(piece.language, [piece], start, piece))
    for index, piece in enumerate(draft.pieces):
        label = piece.label
        if label is None or label.role != "keywords":
            continue
        pieces, start = (
            ([piece, *_continued(draft, index)], label.end) if not label.alone else (_listed_after(draft, index), 0)
        )
        text = "".join(p.text[start if n == 0 else 0 :] for n, p in enumerate(pieces))
        language = language_of(text)[0]
        if not text.strip() or language == "und":
            continue
        if language not in found:
            found[language] = FrontText(language, pieces, start, piece)
    return found


def _continued(draft: Draft, index: int) -> list[Piece]:
    """The pieces that go on with a keyword list after a column or page break."""
    pieces: list[Piece] = []
    for piece in draft.pieces[index + 1 :]:
        if not piece.silent:
            if not piece.continues or piece.words > 40:
                break
            pieces.append(piece)
    return pieces


def _listed_after(draft: Draft, index: int) -> list[Piece]:
    """The pieces after a keyword label that stands alone: the list items, or one paragraph."""
    pieces: list[Piece] = []
    for piece in draft.pieces[index + 1 :]:
        if piece.silent:
            continue
        if piece.kind == "heading" or piece.label or (pieces and not (piece.kind == pieces[0].kind == "list_item")):
            break
        if piece.words > 60:
            break
        pieces.append(piece)
    return pieces


_NEW_LINE_ITEM = re.compile(r"\s*(?:[-–—•▪■●*]|\d{1,2}\s*[.)\-–])\s*")
_SEPARATORS = (
    re.compile(r"[;؛]"),
    re.compile(r"[,،٬](?!\d)"),
    re.compile(r"\s(?:[-–—]{1,2}|ـ{1,3})\s|[•▪■●·|]|\s/\s"),
    re.compile(r"(?<=[\u0620-\u06ff]{2})\s*[-–—]\s+|\s+[-–—]\s*(?=[\u0620-\u06ff]{2})"),
)
_EDGES = ' \t\r\n\u00a0\u200c\u200b\u200e\u200f\ufeff.,،;؛:-–—•▪■●*|"“”«»[]'
_ABBREVIATION = re.compile(r"(?:[^\W\d_]\.){2,}$")
_AND = re.compile(r"(?:and|&)\s+(?=\S)", re.IGNORECASE)


def keyword_layer(found: dict[Side, FrontText], draft: Draft) -> list[record.Keyword]:
    """The keywords, English ones first, not yet paired."""
    keywords = []
    for side in SIDES:
        stated = [each for each in draft.article.stated if each.field == f"keywords.{side}"]
        for each in stated:
            keyword = record.Keyword(spans=record.BilingualSpans(**{side: each.span}))
            setattr(keyword, side, each.value)
            keywords.append(keyword)
        if side not in found or stated:
            continue
        for view in found[side].views():
            for begin, finish in _keyword_ranges(view.text):
                span = view.to_source(begin, finish)
                value = " ".join(view.text[begin:finish].split())
                if side == "en":
                    keywords.append(record.Keyword(en=value, spans=record.BilingualSpans(en=span)))
                else:
                    keywords.append(record.Keyword(fa=value, spans=record.BilingualSpans(fa=span)))
    return keywords


def _keyword_ranges(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of the single keywords of a list. Separators inside parentheses separate nothing."""
    masked = re.sub(r"\([^()]*\)", lambda m: "_" * len(m[0]), text)
    separator = next((s for s in _SEPARATORS if s.search(masked)), None)
    bounds = [0]
    if separator is None or len(line_starts(text)) > 2:
        starts = line_starts(text)[1:]
        if separator is None or all(_NEW_LINE_ITEM.match(text, at) for at in starts):
            bounds += starts
    cuts: list[tuple[int, int]] = [(at, at) for at in bounds[1:]]
    if separator:
        cuts += [match.span() for match in separator.finditer(masked)]
    at = 0
    for start, end in [*sorted(cuts), (len(text), len(text))]:
        if start >= at:
            item = _trimmed_keyword(text, at, start)
            if item:
                yield item
            at = end


def _trimmed_keyword(text: str, start: int, end: int) -> tuple[int, int] | None:
    marker = re.compile(r"\s*\d{1,2}\s*[.)\-–]\s+").match(text, start, end)
    if marker:
        start = marker.end()
    while start < end and text[start] in _EDGES:
        start += 1
    joined = _AND.match(text, start, end)
    if joined:
        start = joined.end()
    while end > start and text[end - 1] in _EDGES:
        if text[end - 1] == "." and _ABBREVIATION.search(text, start, end):
            break
        end -= 1
    return (start, end) if start < end else None
