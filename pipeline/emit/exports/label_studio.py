"""Label Studio: a task for each article, its mentions as predictions with scores, its relations as relations.

Offsets are code points, as the editor's own tests want them (“Should calculate offsets by code points in text”); old
versions counted UTF-16 units, and reading back takes both. A region's ``id`` carries the fact and its place, so that
:mod:`.label_studio_back` can tell a moved region from a new one.
"""

from __future__ import annotations

import json
from typing import Any

from lxml import etree

from pipeline.emit.exports.annotations import LABELS, Annotation, marks_of
from pipeline.emit.exports.brat import RELATIONS
from pipeline.emit.exports.exporter import Files
from pipeline.record import Record

_COLOURS = (
    "#c2410c", "#1d4ed8", "#15803d", "#0f766e", "#92400e", "#7e22ce", "#be123c", "#4d7c0f", "#a16207", "#0369a1",
    "#6b7280", "#b91c1c",
)  # fmt: skip


def render(record: Record) -> Files:
    """``.tasks.json``: a list of one task."""
    return {".tasks.json": (json.dumps([task(record)], ensure_ascii=False, indent=1) + "\n").encode("utf-8")}


def task(record: Record) -> dict[str, Any]:
    """The article as a task."""
    marks = marks_of(record)
    regions = [_region(mark) for mark in marks]
    score = sum(mark.confidence for mark in marks) / len(marks) if marks else 0.0
    return {
        "data": {
            "text": record.text,
            "article": record.id,
            "title_en": record.metadata.title.en or "",
            "title_fa": record.metadata.title.fa or "",
            "text_sha256": record.source.text_sha256,
        },
        "predictions": [
            {
                "model_version": f"dozaban {record.produced_by.dozaban}",
                "score": round(score, 4),
                "result": [*regions, *_relations(record, marks)],
            }
        ],
    }


def companions() -> Files:
    """The labelling interface. Each paragraph is shown in the direction of its own script."""
    view = etree.Element("View")
    etree.SubElement(
        view, "Style"
    ).text = ".htx-text { white-space: pre-wrap; unicode-bidi: plaintext; line-height: 2; }"
    etree.SubElement(view, "Header", value="$title_en")
    etree.SubElement(view, "Header", value="$title_fa")
    relations = etree.SubElement(view, "Relations")
    for name in RELATIONS:
        etree.SubElement(relations, "Relation", value=name)
    labels = etree.SubElement(view, "Labels", name="label", toName="text")
    for name, colour in zip(LABELS, _COLOURS, strict=True):
        etree.SubElement(labels, "Label", value=name, background=colour)
    etree.SubElement(view, "Text", name="text", value="$text")
    etree.indent(view)
    return {"label-config.xml": etree.tostring(view, encoding="UTF-8") + b"\n"}


def region_id(mark: Annotation) -> str:
    """The id of a region: the fact, and where it was found."""
    return f"{mark.fact}@{mark.span.start}-{mark.span.end}"


def _region(mark: Annotation) -> dict[str, Any]:
    return {
        "id": region_id(mark),
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "score": round(mark.confidence, 4),
        "value": {"start": mark.span.start, "end": mark.span.end, "text": mark.surface, "labels": [mark.label]},
        "meta": {"text": [mark.fact]},
    }


def _relations(record: Record, marks: list[Annotation]) -> list[dict[str, Any]]:
    found = []
    for system in record.systems:
        for relation in system.relations:
            ends = []
            for fact in (system.id, relation.target):
                places = [mark for mark in marks if mark.fact == fact]
                near = min(places, key=lambda mark: abs(mark.span.start - relation.evidence[0]), default=None)
                ends.append(region_id(near) if near else None)
            if ends[0] and ends[1]:
                found.append(
                    {
                        "type": "relation",
                        "from_id": ends[0],
                        "to_id": ends[1],
                        "direction": "right",
                        "labels": [relation.type],
                    }
                )
    return found
