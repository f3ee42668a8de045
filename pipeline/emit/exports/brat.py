"""brat stand-off: the text as it is, and an ``.ann`` file of mentions, their identifiers, and the systems' relations.

brat counts code points, as the record does. A mention that runs over a line break is written as fragments, one a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.emit.exports.annotations import LABELS, Annotation, marks_of
from pipeline.emit.exports.exporter import Files
from pipeline.record import Record, Span, System

RELATIONS = (
    "variant_of", "based_on", "copy_of", "derived_from", "renamed_as", "similar_to", "carried_by", "supplied_by",
    "supplied_to",
)  # fmt: skip
_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_WORD = re.compile(r"\W+")


def render(record: Record) -> Files:
    """``.txt`` and ``.ann``."""
    text = record.text or ""
    lines: list[str] = []
    marks = marks_of(record)
    numbers: dict[str, list[tuple[Span, str]]] = {}
    normalized = 0
    for number, mark in enumerate(marks, 1):
        name = f"T{number}"
        numbers.setdefault(mark.fact, []).append((mark.span, name))
        fragments = list(_fragments(text, mark.span))
        places = ";".join(f"{start} {end}" for start, end in fragments)
        surface = " ".join(text[start:end] for start, end in fragments)
        lines.append(f"{name}\t{mark.label} {places}\t{surface}")
        for key, value in mark.identifiers:
            normalized += 1
            lines.append(
                f"N{normalized}\tReference {name} {_WORD.sub('_', key)}:{_WORD.sub('_', value)}\t{_title(mark)}"
            )
        lines.append(f"#{number}\tAnnotatorNotes {name}\t{_note(mark)}")
    lines += _relations(record.systems, numbers)
    return {".txt": text.encode("utf-8"), ".ann": "".join(f"{line}\n" for line in lines).encode("utf-8")}


def companions() -> Files:
    """The configuration that brat wants beside the files."""
    entities = "\n".join(LABELS)
    relations = "\n".join(f"{name}\tArg1:SYSTEM, Arg2:<ENTITY>" for name in RELATIONS)
    annotation = f"[entities]\n{entities}\n\n[relations]\n{relations}\n\n[events]\n\n[attributes]\n"
    return {"annotation.conf": annotation.encode("utf-8")}


def _fragments(text: str, span: Span) -> Iterator[tuple[int, int]]:
    for line in _LINE.finditer(text, span.start, span.end):
        start, end = line.span()
        while end > start and text[end - 1].isspace():
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            yield start, end


def _title(mark: Annotation) -> str:
    return " ".join((mark.name.en or mark.name.fa or mark.surface).split())


def _note(mark: Annotation) -> str:
    parts = [f"fact={mark.fact}", f"confidence={mark.confidence:.4g}", f"method={mark.method}"]
    if mark.value:
        parts.append(f"value={mark.value}")
    if mark.normalized:
        parts.append(f"normalized={' '.join(mark.normalized.split())}")
    return "; ".join(parts)


def _relations(systems: list[System], numbers: dict[str, list[tuple[Span, str]]]) -> Iterator[str]:
    """A relation joins the mentions nearest to its evidence."""
    number = 0
    for system in systems:
        for relation in system.relations:
            ends = [_nearest(numbers.get(fact, []), relation.evidence[0]) for fact in (system.id, relation.target)]
            if ends[0] and ends[1]:
                number += 1
                yield f"R{number}\t{relation.type} Arg1:{ends[0]} Arg2:{ends[1]}"


def _nearest(places: list[tuple[Span, str]], offset: int) -> str | None:
    return min(places, key=lambda place: abs(place[0].start - offset))[1] if places else None
