"""Back from Label Studio: what a person made of the predictions, as a gold file and a list of changes.

The result is plain data in the layout of a gold file (``dozaban evaluate`` reads it), with ``changes`` beside it: what
was added, removed, moved or given another label, each with the fact it concerns, so that decisions can be told from
what was left as it was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pipeline.emit.exports.annotations import DATE, LABELS, SYSTEM, Annotation, marks_of
from pipeline.emit.exports.label_studio import region_id
from pipeline.errors import ExportError
from pipeline.record import Record, Span
from pipeline.text.language import language_of_name
from pipeline.text.utf16 import CodeUnits

#: Types of time expression that no calendar anchors; gold files mark them.
_UNANCHORED = frozenset(["relative", "duration", "set"])


@dataclass(frozen=True, slots=True)
class Region:
    """A region as a person left it, in code points; ``fact`` is that of the prediction it came from."""

    id: str
    span: Span
    label: str
    surface: str
    language: str
    before: Annotation | None

    @property
    def fact(self) -> str | None:
        """The fact it still speaks of: a region with another label speaks of another thing."""
        return self.before.fact if self.before is not None and self.before.label == self.label else None


def read_tasks(data: bytes, name: str) -> list[dict[str, Any]]:
    """The tasks of a JSON export of Label Studio. Raises ExportError (``E-IMPORT``) when it is none."""
    try:
        tasks = json.loads(data)
    except ValueError:
        raise ExportError(
            f"{name} is not JSON; export the project from Label Studio as JSON", code="E-IMPORT"
        ) from None
    tasks = [tasks] if isinstance(tasks, dict) else tasks
    if not isinstance(tasks, list) or not all(isinstance(t, dict) and isinstance(t.get("data"), dict) for t in tasks):
        raise ExportError(
            f"{name} is no export of Label Studio (a list of tasks with `data`); choose JSON, not JSON-MIN",
            code="E-IMPORT",
        )
    return tasks


def article_of(task: Mapping[str, Any], name: str) -> str:
    """The id of the record a task was made from. Raises ExportError (``E-IMPORT``)."""
    article = task["data"].get("article")
    if not isinstance(article, str):
        raise ExportError(f"{name}: a task does not say its article; it was not exported by Dozaban", code="E-IMPORT")
    return article


def gold_of(task: Mapping[str, Any], record: Record) -> dict[str, Any] | None:
    """What a person made of a task, as the data of a gold file; None when nobody has annotated it.

    Of several annotations the one marked as ground truth counts, otherwise the last that was not cancelled. Raises
    ExportError (``E-IMPORT``) when the task's text is not the record's or a region does not fit into it.
    """
    text = task["data"].get("text")
    if not isinstance(text, str) or hashlib.sha256(text.encode("utf-8")).hexdigest() != _digest(record):
        raise ExportError(
            f"{record.id}: the text of the task is not the one of the record; export the record again", code="E-IMPORT"
        )
    result = _chosen(task)
    if result is None:
        return None
    before = marks_of(record)
    regions = sorted(_regions(result, record, text, before), key=lambda region: (region.span, region.label))
    return {
        "document": f"{record.id}.txt",
        "text_sha256": record.source.text_sha256,
        "annotated_with": "label-studio",
        "title": {side: title for side in ("en", "fa") if (title := getattr(record.metadata.title, side))},
        "entities": [_entity(region) for region in regions if region.label not in (DATE, SYSTEM)],
        "dates": [_date(region, record) for region in regions if region.label == DATE],
        "systems": _systems([region for region in regions if region.label == SYSTEM], record),
        "changes": list(_changes(regions, before)),
    }


def _digest(record: Record) -> str:
    if record.source.text_sha256:
        return record.source.text_sha256
    return hashlib.sha256((record.text or "").encode("utf-8")).hexdigest()


def _chosen(task: Mapping[str, Any]) -> list[Any] | None:
    given = [a for a in task.get("annotations") or () if isinstance(a, dict) and not a.get("was_cancelled")]
    if not given:
        return None
    truth = [annotation for annotation in given if annotation.get("ground_truth")]
    result = (truth or given)[-1].get("result")
    return result if isinstance(result, list) else []


def _regions(result: list[Any], record: Record, text: str, before: list[Annotation]) -> Iterator[Region]:
    units = CodeUnits(text)
    by_id = {region_id(mark): mark for mark in before}
    by_place = {(mark.span, mark.label): mark for mark in before}
    for item in result:
        if not isinstance(item, dict) or item.get("type") != "labels":
            continue
        value = item.get("value") or {}
        labels = [label for label in value.get("labels") or () if label in LABELS]
        if not labels:
            given = value.get("labels")
            raise ExportError(f"{record.id}: Dozaban does not know the label {given!r} of a region", code="E-IMPORT")
        span = _span(value, text, units, record.id)
        name = str(item.get("id") or "")
        yield Region(
            id=name,
            span=span,
            label=labels[0],
            surface=text[span.start : span.end],
            language=_language(record, span, text[span.start : span.end], labels[0]),
            before=by_id.get(name) or by_place.get((span, labels[0])),
        )


def _span(value: Mapping[str, Any], text: str, units: CodeUnits, article: str) -> Span:
    """The span of a region. Its own text tells code points from UTF-16 units where the two differ."""
    try:
        start, end = int(value["start"]), int(value["end"])
    except (KeyError, TypeError, ValueError):
        raise ExportError(f"{article}: a region has no start and end", code="E-IMPORT") from None
    said = value.get("text")
    if 0 <= start < end <= len(text) and (said is None or _same(text[start:end], said)):
        return Span(start, end)
    try:
        found = Span(units.to_points(start), units.to_points(end))
    except ValueError:
        found = None
    if (
        found is None
        or found.start >= found.end
        or (said is not None and not _same(text[found.start : found.end], said))
    ):
        raise ExportError(f"{article}: the region [{start}, {end}) {said!r} does not fit the text", code="E-IMPORT")
    return found


def _same(surface: str, said: Any) -> bool:
    """Label Studio writes the line breaks of a selection as the two characters ``\\n``."""
    return " ".join(str(said).replace("\\n", " ").split()) == " ".join(surface.replace("\\n", " ").split())


def _language(record: Record, span: Span, surface: str, label: str) -> str:
    """That of the block; the name of an entity (not of a system) has its script's, as the extractor gives it."""
    stated = next((b.language for b in record.blocks if b.span[0] <= span.start < b.span[1]), "und")
    language = stated if stated != "und" else record.metadata.language
    around: Literal["en", "fa"] = "fa" if language == "fa" else "en"
    return language_of_name(surface, around) if label not in (DATE, SYSTEM) else around


def _place(region: Region) -> dict[str, Any]:
    return {"start": region.span.start, "end": region.span.end, "surface": region.surface}


def _entity(region: Region) -> dict[str, Any]:
    return {
        **({"id": region.fact} if region.fact else {}),
        "type": region.label,
        "lang": region.language,
        **_place(region),
    }


def _date(region: Region, record: Record) -> dict[str, Any]:
    known = next((date for date in record.dates if date.id == region.fact), None)
    unchanged = region.before is not None and region.before.span == region.span
    value = known.value if known is not None and unchanged else None
    return {
        **_place(region),
        "edtf": value.edtf if value else None,
        **({"native": value.native} if value and value.native else {}),
        "role": known.role if known else "text",
        **({"core": False} if known is not None and known.type in _UNANCHORED else {}),
    }


def _systems(regions: list[Region], record: Record) -> list[dict[str, Any]]:
    """Regions of one fact are one system; new ones are joined by their words."""
    groups: dict[str, list[Region]] = {}
    for region in regions:
        groups.setdefault(region.fact or f"new/{' '.join(region.surface.split()).casefold()}", []).append(region)
    systems = []
    for fact, members in groups.items():
        known = next((system for system in record.systems if system.id == fact), None)
        first = {side: next((r.surface for r in members if r.language == side), None) for side in ("en", "fa")}
        systems.append(
            {
                **({"id": fact} if known else {}),
                "name_en": (known.name.en if known else None) or first["en"],
                "name_fa": (known.name.fa if known else None) or first["fa"],
                "kind": known.kind_id if known else None,
                "mentions": [_place(region) for region in members],
            }
        )
    return systems


def _changes(regions: list[Region], before: list[Annotation]) -> Iterator[dict[str, Any]]:
    kept = {id(region.before) for region in regions if region.before is not None}
    for region in regions:
        old = region.before
        place = {"label": region.label, **_place(region)}
        if old is None:
            yield {"change": "added", **place}
        elif old.label != region.label:
            yield {"change": "relabelled", "fact": old.fact, "from_label": old.label, **place}
        elif old.span != region.span:
            yield {"change": "moved", "fact": old.fact, "from": list(old.span), **place}
    for mark in before:
        if id(mark) not in kept:
            yield {
                "change": "removed",
                "fact": mark.fact,
                "label": mark.label,
                "start": mark.span.start,
                "end": mark.span.end,
                "surface": mark.surface,
            }
