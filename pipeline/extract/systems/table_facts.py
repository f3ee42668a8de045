"""What tables say of systems: a row names one, the heads of the columns name its properties and its country.

``Range (km)`` over ``220`` is a range of 220 km; ``In service`` over ``2021`` is the year it was introduced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.extract.systems.found import Found
from pipeline.extract.systems.owners import Owners
from pipeline.extract.systems.pack import PropertyRule
from pipeline.extract.systems.scene import Scene
from pipeline.extract.systems.si import in_si
from pipeline.record import Origin, Property
from pipeline.text.offsets import Span

_UNIT = re.compile(r"[(\[]\s*(?P<unit>[^()\[\]]{1,24})\s*[)\]]")
_NUMBER = re.compile(r"(?P<low>\d[\d,٬]*(?:[.٫]\d+)?)(?:\s?[-–—تا]+\s?(?P<high>\d[\d,٬]*(?:[.٫]\d+)?))?")
_YEAR = re.compile(r"(?<!\d)(1[0-9]\d\d|20\d\d)(?!\d)")
_COUNTRY_HEAD = re.compile(r"\b(?:country|origin|made in|nation)\b|کشور|سازنده|مبدأ|خاستگاه|ساخت", re.IGNORECASE)
_YEAR_HEADS = re.compile(r"in service|introduced|entered|commissioned|year|ورود به خدمت|سال|به خدمت", re.IGNORECASE)


def table_facts(scene: Scene, owners: Owners) -> Iterator[tuple[Found, Property | Origin]]:
    """The properties and origins that the tables of a reading state."""
    text = scene.reading.text
    for rows in scene.reading.tables:
        heads = rows[0]
        for row in rows[1:]:
            first = row[0]
            if first is None or len(row) != len(heads):
                continue
            named = [each for each in owners.found if first.start <= each.span.start < first.end]
            if len(named) != 1:
                continue
            for head, cell in zip(heads[1:], row[1:], strict=True):
                if head is not None and cell is not None:
                    yield from _of_cell(scene, owners, named[0], text[head.start : head.end], cell)


def _of_cell(
    scene: Scene, owners: Owners, each: Found, head: str, span: Span
) -> Iterator[tuple[Found, Property | Origin]]:
    cell = scene.reading.text[span.start : span.end]
    if _COUNTRY_HEAD.search(head):
        words = {word.code: word for word in scene.countries_within(span)}
        for word in words.values():
            yield each, Origin(country=word.code, evidence=scene.reading.source(word.span))
        return
    rule = _rule(scene, head)
    if rule is None or not owners.can_have(each, rule.of):
        return
    evidence = scene.reading.source(span)
    if rule.type == "year":
        if year := _YEAR.search(cell):
            yield each, Property(name=rule.name, value=int(year[0]), unit="year", evidence=evidence, confidence=0.8)
        return
    unit = _unit(scene, rule, head) or _unit(scene, rule, f"({cell.lstrip('0123456789.,-– ')})")
    number = _NUMBER.search(cell)
    if unit is None or number is None:
        return
    low = _value(number["low"])
    high = _value(number["high"]) if number["high"] else None
    value = high if high is not None else low
    minimum, maximum = (low, high) if high is not None else (None, value if rule.bound else None)
    yield (
        each,
        Property(
            name=rule.name, value=value, minimum=minimum, maximum=maximum, unit=unit,
            si=in_si(unit, value, minimum, maximum), evidence=evidence, confidence=0.85,
        ),
    )  # fmt: skip


def _rule(scene: Scene, head: str) -> PropertyRule | None:
    """The property that a column's head names, the longest cue first."""
    bare = _UNIT.sub("", head).strip(" :*").lower()
    rules = [rule for rule in scene.vocabulary.pack.properties if rule.type in {"measure", "year"}]
    cues = [(cue, rule) for rule in rules for cue in (*rule.cues.en, *rule.cues.fa)]
    fitting = [(len(cue), rule) for cue, rule in cues if cue.lower() == bare or bare.startswith(cue.lower() + " ")]
    if fitting:
        return max(fitting, key=lambda each: each[0])[1]
    if _YEAR_HEADS.search(bare):
        return next((rule for rule in rules if rule.type == "year"), None)
    return None


def _unit(scene: Scene, rule: PropertyRule, text: str) -> str | None:
    match = _UNIT.search(text)
    written = match["unit"].strip() if match else ""
    return next((unit for unit in rule.units if written in {unit, *scene.vocabulary.pack.units[unit]}), None)


def _value(number: str) -> int | float:
    value = float(re.sub(r"[,٬]", "", number).replace("٫", "."))
    return int(value) if value == int(value) else value
