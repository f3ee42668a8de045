"""The article's text as HTML, block by block, with its mentions marked.

The text content of a block's element is exactly the text of its span, so that a selection on the page is a span of the
text: count the code points before it. Mentions that lie in one another become elements in one another; two that cross
are cut where the first ends.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from pipeline.record import Block, Record
from pipeline.text.offsets import Span

#: Characters of Markdown that are shown pale: they are part of the text, but not of its words.
_MARKUP = re.compile(r"\*{1,3}|^#{1,6}(?= )|\\(?=[-_*.#\[\]()])|&lt;/?\w+&gt;", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention as the page shows it: its place, its fact, and the classes that give it its colour."""

    span: Span
    fact: str
    classes: str


def marks_of(record: Record) -> list[Mark]:
    """Every mention of an entity, date or system, in text order, the outer of two first."""
    found = []
    for layer in ("entities", "dates", "systems"):
        for fact in getattr(record, layer):
            kind = kind_class(layer, fact)
            for _, mention in fact.mentions.all():
                method = mention.method or fact.method
                sure = fact.confidence if mention.confidence is None else mention.confidence
                classes = kind + (" ok" if method.startswith("review:") else "") + (" low" if sure < 0.7 else "")
                found.append(Mark(mention.span, fact.id, classes))
    return sorted(found, key=lambda mark: (mark.span.start, -mark.span.end, mark.fact))


def kind_class(layer: str, fact: object) -> str:
    """The class of a kind of fact: ``k-gpe``, ``k-date``, ``k-system``."""
    return f"k-{str(getattr(fact, 'type', '')).lower()}" if layer == "entities" else f"k-{layer.removesuffix('s')}"


def blocks_html(record: Record) -> list[str]:
    """Each block of the text as an element."""
    text = record.text or ""
    marks = marks_of(record)
    starts = [mark.span.start for mark in marks]
    language = record.metadata.language if record.metadata.language != "und" else "en"
    result = []
    for index, block in enumerate(record.blocks):
        first = bisect_left(starts, block.span.start)
        last = bisect_left(starts, block.span.end)
        language = block.language if block.language != "und" else language
        result.append(_block(text, index, block, language, marks[first:last]))
    return result


def columns(record: Record, html: Sequence[str]) -> tuple[list[str], list[str]]:
    """The blocks of the English column and of the Persian one; what has no language goes where the text before went."""
    sides: dict[str, list[str]] = {"en": [], "fa": []}
    language = record.metadata.language if record.metadata.language != "und" else "en"
    for block, element in zip(record.blocks, html, strict=True):
        language = block.language if block.language != "und" else language
        sides["fa" if language == "fa" else "en"].append(element)
    return sides["en"], sides["fa"]


def _block(text: str, index: int, block: Block, language: str, marks: Iterable[Mark]) -> str:
    inner = _marked(text, block.span, marks)
    persian = language == "fa"
    attributes = f'lang="{"fa" if persian else "en"}" dir="{"rtl" if persian else "ltr"}"'
    element, focus = ("div", ' tabindex="0"') if block.kind in ("table", "code") else ("p", "")
    head = f'<{element} class="b b-{block.kind}" id="b{index}" data-o="{block.span.start}" {attributes}{focus}>'
    return f"{head}{inner}</{element}>"


def _marked(text: str, span: Span, marks: Iterable[Mark]) -> str:
    heap = [(mark.span.start, -min(mark.span.end, span.end), order, mark) for order, mark in enumerate(marks)]
    heapq.heapify(heap)
    out: list[str] = []
    open_ends: list[int] = []
    at = span.start

    def up_to(offset: int) -> None:
        nonlocal at
        while open_ends and open_ends[-1] <= offset:
            out.append(_plain(text[at : open_ends[-1]]))
            at = open_ends.pop()
            out.append("</mark>")
        if offset > at:
            out.append(_plain(text[at:offset]))
            at = offset

    while heap:
        start, negative, order, mark = heapq.heappop(heap)
        end = -negative
        up_to(start)
        if open_ends and end > open_ends[-1]:
            heapq.heappush(heap, (open_ends[-1], negative, order, mark))
            end = open_ends[-1]
        depth = min(len(open_ends), 3)
        place = f"{mark.span.start}-{mark.span.end}"
        out.append(f'<mark class="{mark.classes} d{depth}" data-f="{escape(mark.fact)}" data-s="{place}">')
        open_ends.append(end)
    up_to(span.end)
    while open_ends:
        open_ends.pop()
        out.append("</mark>")
    return "".join(out)


def _plain(text: str) -> str:
    return _MARKUP.sub(lambda match: f'<span class="mu">{match[0]}</span>', escape(text, quote=False))
