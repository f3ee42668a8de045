"""The facts of a TEI document: persons, organisations, places and the rest as lists, and where each is mentioned."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.emit.exports.annotations import marks_of
from pipeline.emit.exports.tei_elements import Element, Tei
from pipeline.emit.exports.tei_header import sides
from pipeline.record import Bilingual, Date, Entity, Event, Span, System

#: For each type of entity: its list, its element, its name's element.
_LISTS: dict[str, tuple[str, str, str]] = {
    "PERSON": ("listPerson", "person", "persName"),
    "ORG": ("listOrg", "org", "orgName"),
    "NORP": ("listOrg", "org", "orgName"),
    "PROGRAM": ("listOrg", "org", "orgName"),
    "GPE": ("listPlace", "place", "placeName"),
    "LOC": ("listPlace", "place", "placeName"),
    "FAC": ("listPlace", "place", "placeName"),
    "EVENT": ("listEvent", "event", "label"),
    "LAW": ("listBibl", "bibl", "title"),
    "WORK": ("listBibl", "bibl", "title"),
}

#: A decade or a century of EDTF: 198X, 19XX.
_ROUGH = re.compile(r"[0-9]{3}X|[0-9]{2}XX")


def standoff(tei: Tei) -> None:
    """Write ``standOff``, when the article has facts."""
    record = tei.record
    if not (record.entities or record.dates or record.systems or record.timeline):
        return
    element = tei.add(tei.root, "standOff")
    for name in dict.fromkeys(listed for listed, _, _ in _LISTS.values()):
        entities = [entity for entity in record.entities if _LISTS[entity.type][0] == name]
        if entities:
            listed = tei.add(element, name)
            for entity in entities:
                _entity(tei, listed, entity)
    if record.systems:
        listed = tei.add(element, "listObject", type="systems")
        for system in record.systems:
            _system(tei, listed, system)
    if record.dates:
        listed = tei.add(element, "list", type="dates")
        for date in record.dates:
            _date(tei, listed, date)
    if record.timeline:
        listed = tei.add(element, "listEvent", type="timeline")
        for event in record.timeline:
            _event(tei, listed, event)
    _relations(tei, element)
    _annotations(tei, element)


def _entity(tei: Tei, parent: Element, entity: Entity) -> None:
    _, kind, name = _LISTS[entity.type]
    element = tei.add(parent, kind, id=tei.names.of(entity.id), cert=_number(entity.confidence))
    element.set("role" if kind == "person" else "type", entity.type)
    _names(tei, element, name, entity.name, entity.aliases.items())
    for key, value in sorted(entity.identifiers.items()):
        if kind != "event":
            tei.add(element, "idno", value, type=key)


def _names(tei: Tei, element: Element, tag: str, name: Bilingual, aliases: Iterable[tuple[str, list[str]]]) -> None:
    for side, text in sides(name):
        tei.add(element, tag, text, lang=side, type="main")
    for side in ("en", "fa"):
        for language, listed in aliases:
            if language == side:
                for alias in listed:
                    tei.add(element, tag, alias, lang=side, type="alias")


def _system(tei: Tei, parent: Element, system: System) -> None:
    element = tei.add(parent, "object", id=tei.names.of(system.id), type="system", cert=_number(system.confidence))
    named = tei.add(element, "objectIdentifier")
    _names(tei, named, "objectName", system.name, system.aliases.items())
    if system.designation:
        tei.add(named, "idno", system.designation, type="designation")
    if not len(named):
        tei.add(named, "objectName", system.id)
    for side, text in sides(system.kind):
        tei.add(element, "note", text, lang=side, type="kind")
    for origin in system.origin:
        tei.add(element, "note", origin.country, type="origin")
    for item in system.properties:
        amount = f"{item.value}" + (f" {item.unit}" if item.unit else "")
        tei.add(
            element, "note", amount, type="property", subtype=item.name.replace(" ", "_"),
            target=tei.pointer(Span(*item.evidence)), cert=_number(item.confidence),
        )  # fmt: skip


def _date(tei: Tei, parent: Element, date: Date) -> None:
    value = date.value
    item = tei.add(parent, "item", id=tei.names.of(date.id), cert=_number(date.confidence))
    said = next((mention.surface for _, mention in date.mentions.all() if mention.surface), None)
    words = value.native or value.gregorian or value.edtf or said
    made = tei.add(item, "date", words, type=date.type, subtype=date.role)
    made.set("calendar", f"#calendar-{value.calendar}")
    period = value.edtf if date.type == "open_range" else value.gregorian or value.edtf
    for key, text in _when(period).items():
        made.set(key, text)
    if value.edtf:
        tei.add(item, "idno", value.edtf, type="EDTF")


def _when(period: str | None) -> dict[str, str]:
    """The attributes of W3C dates for a plain period; none where it is not made of plain days, months or years."""
    if period is None:
        return {}
    start, found, end = period.partition("/")
    if _ROUGH.fullmatch(period):
        return {"from": period.replace("X", "0"), "to": period.replace("X", "9")}
    if not found:
        return {"when": start} if _plain(start) else {}
    return {key: text for key, text in (("from", start), ("to", end)) if _plain(text)}


def _plain(date: str) -> bool:
    parts = date.split("-")
    lengths = [len(part) for part in parts]
    if not all(part.isascii() and part.isdigit() for part in parts) or lengths not in ([4], [4, 2], [4, 2, 2]):
        return False
    return parts[0] != "0000" and (len(parts) == 1 or 1 <= int(parts[1]) <= 12)  # EDTF counts seasons from 21


def _event(tei: Tei, parent: Element, event: Event) -> None:
    element = tei.add(
        parent, "event", id=tei.names.of(event.id), type=event.type.replace(" ", "_"), cert=_number(event.confidence),
        where=f"#{tei.names.of(event.place)}" if event.place else None,
    )  # fmt: skip
    for key, text in _when(event.date).items():
        element.set(key, text)
    tei.add(element, "label", event.date)
    if event.what:
        tei.add(element, "desc", event.what)
    if event.participants:
        note = tei.add(element, "note", type="participants")
        for participant in event.participants:
            tei.add(note, "ptr", target=f"#{tei.names.of(participant)}")


def _relations(tei: Tei, parent: Element) -> None:
    found = [(system.id, relation) for system in tei.record.systems for relation in system.relations]
    if found:
        listed = tei.add(parent, "listRelation")
        for source, relation in found:
            tei.add(
                listed, "relation", name=relation.type, active=f"#{tei.names.of(source)}",
                passive=f"#{tei.names.of(relation.target)}", cert=_number(relation.confidence),
            )  # fmt: skip


def _annotations(tei: Tei, parent: Element) -> None:
    record, names = tei.record, tei.names
    listed = None
    places = [(mark.span, names.of(mark.fact), mark.confidence) for mark in marks_of(record)]
    places += [(Span(*c.span), names.of(c.reference), c.confidence or 0.0) for c in record.citations if c.reference]
    for note in record.notes:
        if note.id in tei.notes:
            places += [(Span(*marker), tei.notes[note.id], 1.0) for marker in note.markers]
    for span, fact, confidence in sorted(places, key=lambda place: (place[0], place[1])):
        target = tei.pointer(span)
        if target is None:
            continue
        if listed is None:
            listed = tei.add(parent, "listAnnotation")
        annotation = tei.add(
            listed, "annotation", id=names.of(f"mention-{span.start}-{fact}"), target=target, motivation="linking",
            cert=_number(confidence),
        )  # fmt: skip
        tei.add(annotation, "ptr", target=f"#{fact}")


def _number(confidence: float | None) -> str | None:
    return None if confidence is None else f"{round(confidence, 4):g}"
