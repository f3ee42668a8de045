"""What the page knows of each fact: plain data, from which the card beside the text is drawn."""

from __future__ import annotations

import re
from typing import Any

from pipeline.facts import DateValue, Event, Mentions, System
from pipeline.record import Record
from pipeline.review.drafting import part_name

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"(\d{4})")


def cards(record: Record) -> dict[str, dict[str, Any]]:
    """Every fact by id, in the order of the record."""
    found: dict[str, dict[str, Any]] = {}
    for entity in record.entities:
        found[entity.id] = _card("entities", entity, entity.type, entity.name.en, entity.name.fa)
        found[entity.id]["ids"] = entity.identifiers
    for date in record.dates:
        en, fa = (mentions[0].surface if mentions else None for mentions in (date.mentions.en, date.mentions.fa))
        value = date.value
        shown = {"edtf": value.edtf, "calendar": value.calendar, "native": value.native, "solar": solar(value)}
        found[date.id] = {**_card("dates", date, "date", en, fa), "value": shown, "role": date.role, "sort": date.type}
    for system in record.systems:
        found[system.id] = {**_card("systems", system, "system", system.name.en, system.name.fa), **_of_system(system)}
    for event in record.timeline:
        found[event.id] = _event(event)
    return found


def solar(value: DateValue) -> str | None:
    """A Gregorian day, month or year in the solar Hijri calendar, as far as that can be said; else the stated form."""
    if value.calendar == "jalali" and value.native:
        return value.native
    edtf = (value.gregorian or value.edtf or "").strip("~?")
    first, _, last = edtf.partition("/")
    parts = [part for part in (_solar(first, end=False), _solar(last or first, end=True)) if part]
    if len(parts) < 2:
        return None
    return parts[0] if parts[0] == parts[1] else f"{parts[0]}/{parts[1]}"


def _solar(day: str, *, end: bool) -> str | None:
    import jdatetime

    try:
        if match := _DAY.fullmatch(day):
            solar_day = jdatetime.date.fromgregorian(year=int(match[1]), month=int(match[2]), day=int(match[3]))
            return str(solar_day.strftime("%Y-%m-%d"))
        if match := _MONTH.fullmatch(day):
            of_month = jdatetime.date.fromgregorian(year=int(match[1]), month=int(match[2]), day=28 if end else 1)
            return str(of_month.strftime("%Y-%m"))
        if match := _YEAR.fullmatch(day):
            return str(int(match[1]) - (621 if end else 622))
    except ValueError:
        return None
    return None


def _card(layer: str, fact: Any, kind: str, en: str | None, fa: str | None) -> dict[str, Any]:
    return {
        "layer": layer, "kind": kind, "en": en, "fa": fa, "confidence": fact.confidence, "low": fact.low,
        "method": fact.method, "ok": fact.method.startswith("review:"),
        "link": fact.alignment.method if fact.alignment else None, "mentions": _places(fact.mentions),
    }  # fmt: skip


def _places(mentions: Mentions) -> list[list[Any]]:
    found = [[m.span[0], m.span[1], language, m.confidence, m.method] for language, m in mentions.all()]
    return sorted(found, key=lambda place: place[0])


def _of_system(system: System) -> dict[str, Any]:
    return {
        "sort": system.kind.en, "sort_fa": system.kind.fa,
        "origin": [[origin.country, list(origin.evidence) if origin.evidence else None] for origin in system.origin],
        "properties": [
            {"part": part_name(p), "name": p.name, "value": p.value, "unit": p.unit, "confidence": p.confidence,
             "evidence": list(p.evidence)} for p in system.properties
        ],
        "relations": [
            {"part": part_name(r), "type": r.type, "target": r.target, "confidence": r.confidence,
             "evidence": list(r.evidence)} for r in system.relations
        ],
    }  # fmt: skip


def _event(event: Event) -> dict[str, Any]:
    return {
        "layer": "timeline", "kind": "event", "en": event.what, "fa": None, "confidence": event.confidence or 0.0,
        "low": event.low, "method": "", "ok": event.confidence == 1.0, "link": None, "mentions": [], "date": event.date,
        "sort": event.type, "evidence": list(event.evidence),
        "who": [*event.participants, *filter(None, [event.place])],
    }  # fmt: skip
