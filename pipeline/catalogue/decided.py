"""What persons decided about an article, from the files that own it into the catalogue's table ``decisions``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert

from pipeline.catalogue import tables as t
from pipeline.decisions.entries import Entry
from pipeline.decisions.files import FOLDER, read_reviews
from pipeline.errors import ReviewError


def feed_decisions(connection: Connection, article: str, folder: Path) -> None:
    """Put the decisions in ``folder/reviews`` about an article in place of those the catalogue holds.

    Within the connection's transaction. Files that cannot be read leave what is there: the page and the next run name
    them.
    """
    try:
        reviews = read_reviews(folder / FOLDER, article)
    except ReviewError:
        return
    if not reviews:
        return  # decisions outlive their files here: a catalogue may be fed from a folder without them
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    for review in reviews:
        for entry in review.entries:
            reviewer = review.user or entry.by
            rows[reviewer, entry.number] = _row(article, reviewer, entry)
    connection.execute(delete(t.decisions).where(t.decisions.c.article == article))
    if rows:
        connection.execute(insert(t.decisions), list(rows.values()))


def _row(article: str, reviewer: str, entry: Entry) -> dict[str, Any]:
    first = entry.where[0] if entry.where else None
    return {
        "article": article,
        "number": entry.number,
        "reviewer": reviewer,
        "decided_at": entry.at,
        "action": entry.do,
        "layer": entry.layer,
        "fact": entry.fact,
        "part": entry.part,
        "language": first.language if first else None,
        "surface": first.surface if first else None,
        "start": first.span.start if first else None,
        "stop": first.span.end if first else None,
        "old_value": _json(entry.old),
        "new_value": _json(entry.new),
        "note": entry.note,
    }


def _json(value: dict[str, Any]) -> str | None:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else None
