"""The cells of a table apart from each other, however the format writes them.

Between two cells stands `` | `` then, whether the table came with pipes or with tabs, so that no name reaches from one
cell into the next and the same table reads the same from every format.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from pipeline.article import Article
from pipeline.text.offsets import MappedText

_BETWEEN = " | "
_TAB = re.compile(r" *\t[ \t]*")


def with_cells_apart(article: Article, view: MappedText) -> MappedText:
    """The view with a bar between the cells of its tables; the bars stand for what parted the cells."""
    text = view.text
    edits: dict[int, tuple[int, str]] = {}
    for block in article.blocks:
        if block.kind != "table":
            continue
        place = view.from_source(*block.span)
        if place is None:
            continue
        for match in _TAB.finditer(text, place.start, place.end):
            edits[match.start()] = (match.end(), _BETWEEN)
    for mark in article.markup:
        if mark.kind == "table":
            start, end, new = _around(text, bisect_left(view.starts, mark.span.end))
            if end > start:
                edits[start] = (end, new)
    if not edits:
        return view
    ordered: list[tuple[int, int, str]] = []
    for start, (end, new) in sorted(edits.items()):
        if not ordered or start >= ordered[-1][1]:
            ordered.append((start, end, new))
    return view.edited(ordered)


def _around(text: str, at: int) -> tuple[int, int, str]:
    """The white space around the place of a pipe, and what is to stand there; a row of nothing but pipes goes."""
    start = end = at
    while start and text[start - 1] in " \t":
        start -= 1
    while end < len(text) and text[end] in " \t":
        end += 1
    opens = not start or text[start - 1] == "\n"
    closes = end == len(text) or text[end] == "\n"
    if opens and closes:
        return (max(start - 1, 0), end, "")
    return (start, end, "" if opens or closes else _BETWEEN)
