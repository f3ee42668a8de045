"""Headings of documents whose author never used a style: paragraphs set in bold type throughout, or in larger type.

Only where a document declares no heading at all; levels are then ranked by type size. A paragraph that is bold because
it is an abstract, or a label with its text behind it, is none.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.read.composer import Paragraph, heading
from pipeline.read.inline import Inline
from pipeline.read.line_patterns import begins_with_head, is_known_head

#: Words a heading, and a title, may have.
_LONGEST, _LONGEST_TITLE = 16, 30
#: How much larger than the text a heading's type is when it is not bold.
_LARGER = 1.2
#: The share of a document's paragraphs that may look like headings.
_MOST = 0.4
_SENTENCE_END = re.compile(r"[^.][.؛;،,]\s*$|[؛;،,:]\s*$")


@dataclass(slots=True)
class Type:
    """How a paragraph is set: its size in half points (0 where nothing says), bold throughout, and its bare words."""

    size: int
    bold: bool
    plain: Inline


def with_headings(paragraphs: list[Paragraph], types: dict[int, Type]) -> list[Paragraph]:
    """The paragraphs, those that look like headings made headings. ``types`` are by ``id`` of the paragraph."""
    if any(each.kind == "heading" and (each.level or 0) > 1 for each in paragraphs):
        return paragraphs
    if sum(each.kind == "heading" for each in paragraphs) > 2:
        return paragraphs
    sizes: Counter[int] = Counter()
    for each in paragraphs:
        if id(each) in types:
            sizes[types[id(each)].size] += len(each.inline.words)
    usual = sizes.most_common(1)[0][0] if sizes else 0
    found = [
        each
        for at, each in enumerate(paragraphs)
        if id(each) in types and _is_heading(each, types[id(each)], usual, first=at < 3)
    ]
    if not found or len(found) > max(_MOST * len(paragraphs), 3):
        return paragraphs
    ranks = sorted({types[id(each)].size for each in found}, reverse=True)
    chosen = {id(each): 1 + min(ranks.index(types[id(each)].size), 3) for each in found}
    lowest = 1 + any(each.kind == "heading" for each in paragraphs)
    return [
        heading(types[id(each)].plain, max(chosen[id(each)], lowest), each.language) if id(each) in chosen else each
        for each in paragraphs
    ]


def _is_heading(paragraph: Paragraph, type_: Type, usual: int, *, first: bool) -> bool:
    words = type_.plain.words
    count = len(words.split())
    larger = usual > 0 and type_.size >= _LARGER * usual
    if paragraph.kind != "paragraph" or not (type_.bold or larger) or "@" in words or "\n" in words:
        return False
    if not 0 < count <= (_LONGEST_TITLE if first or larger else _LONGEST) or not any(c.isalpha() for c in words):
        return False
    if is_known_head(words):
        return True
    return not begins_with_head(words) and _SENTENCE_END.search(words) is None
