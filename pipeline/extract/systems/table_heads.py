"""Cells of tables whose column is headed by what its things are called: ``System``, ``Weapon``, «سامانه»."""

from __future__ import annotations

import re

from pipeline.extract.systems.scene import Scene
from pipeline.text.offsets import Span

_HEAD = re.compile(
    r"[\W_]*(?:(?:weapons?|missile|defen[cs]e|air[- ]defen[cs]e) )?"
    r"(?:systems?|weapons?|equipment|platforms?|designations?|models?|types?)[\W_]*"
    r"|[\W_]*(?:نام )?(?:سامانه|سلاح|جنگ.?افزار|تجهیزات|مدل|نوع سلاح)(?:\u200cها)?[\W_]*",
    re.IGNORECASE,
)


def stands_under_system(scene: Scene, span: Span) -> bool:
    """Whether a designation is a whole cell of a column headed so, or headed by a noun of kind."""
    text = scene.reading.text
    for rows in scene.reading.tables:
        for row in rows[1:]:
            column = next((at for at, cell in enumerate(row) if cell is not None and cell.contains(span)), None)
            if column is None:
                continue
            cell = row[column]
            head = rows[0][column] if column < len(rows[0]) else None
            if cell is None or head is None or text[cell.start : cell.end].strip(" *_") != text[span.start : span.end]:
                return False
            return _HEAD.fullmatch(text, *head) is not None or any(
                not noun.kind.weak for noun in scene.nouns_within(head)
            )
    return False
