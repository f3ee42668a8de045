"""Making a fact that the machine did not find, or finds no longer, from what a decision says of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast, get_args

from pydantic import ValidationError

from pipeline.decisions.bench import Bench, Fact, Stale
from pipeline.facts import Bilingual, Calendar, Date, DateType, DateValue, Entity, EntityType, System
from pipeline.text.calendars import Period, Unit
from pipeline.text.numerals import fold_digits
from pipeline.text.slugs import slug

_VALUE = re.compile(r"(?P<year>\d{1,4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")
_DECADE = re.compile(r"(?P<decade>\d{2,3})X")


def made(bench: Bench, layer: str, what: Mapping[str, Any], by: str, fact_id: str | None = None) -> Fact:
    """A fact without mentions, put into its layer. ``what`` holds ``type`` and ``name``, or ``value``.

    Raises Stale when the description is none.
    """
    name = Bilingual(**{k: v for k, v in (what.get("name") or {}).items() if k in ("en", "fa")})
    said = name.en or name.fa or ""
    method = f"review:{by}"
    fact: Fact
    try:
        if layer == "entities":
            kind = cast(EntityType, what.get("type"))
            wanted = fact_id or f"{str(kind).lower()}/{slug(said)}"
            fact = Entity(id=bench.free_id(layer, wanted), type=kind, name=name, method=method, confidence=1.0)
        elif layer == "systems":
            wanted = fact_id or f"system/{slug(said)}"
            kinds = Bilingual(**(what.get("kind") or {}))
            fact = System(
                id=bench.free_id(layer, wanted), name=name, kind=kinds, kind_id=what.get("kind_id"),
                designation=what.get("designation"), pack=what.get("pack") or "review", method=method, confidence=1.0,
            )  # fmt: skip
        else:
            value, kind_of_date = date_value(what.get("value") or {}, what.get("type"))
            wanted = fact_id or f"date/{value.edtf or value.native or 'unknown'}"
            fact = Date(
                id=bench.free_id(layer, wanted), type=kind_of_date, value=value, method=method, confidence=1.0
            )  # fmt: skip
    except (ValidationError, TypeError) as error:
        raise Stale(f"what it says of the fact is not complete ({str(error).splitlines()[0]})") from None
    bench.layer(layer).append(fact)
    return fact


def described(fact: Fact) -> dict[str, Any]:
    """What a decision keeps of a fact, enough to make it again."""
    if isinstance(fact, Date):
        return {"type": fact.type, "value": _kept(fact.value.model_dump(exclude_none=True))}
    said: dict[str, Any] = {"name": fact.name.model_dump(exclude_none=True)}
    if isinstance(fact, Entity):
        return {"type": fact.type, **said}
    kind = fact.kind.model_dump(exclude_none=True)
    more = {"kind": kind, "kind_id": fact.kind_id, "designation": fact.designation, "pack": fact.pack}
    return {**said, **{key: value for key, value in more.items() if value}}


def date_value(said: Mapping[str, Any], kind: str | None = None) -> tuple[DateValue, DateType]:
    """The value of a date as a person states it, and its type.

    ``native`` is the period in the calendar named (``1394-03``), from which the Gregorian interval is computed; without
    a calendar, or in the Gregorian one, ``edtf`` is taken as it is. Raises Stale for a value that is none.
    """
    if said.get("calendar", "gregorian") not in get_args(Calendar):
        raise Stale(f"{said.get('calendar')!r} is no calendar")
    calendar = cast(Calendar, said.get("calendar", "gregorian"))
    native = fold_digits(str(said.get("native") or "")).strip()
    edtf = fold_digits(str(said.get("edtf") or "")).strip()
    read = _period(native if calendar != "gregorian" else edtf, calendar)
    if calendar != "gregorian" and read is not None and not (edtf and said.get("gregorian")):
        period, unit = read
        value = DateValue(edtf=period.edtf, calendar=calendar, gregorian=period.edtf, native=period.native)
        return value, _type(kind, unit)
    if not edtf:
        raise Stale("it states no value of the date")
    fields = {key: said[key] for key in ("gregorian", "native", "modifier") if said.get(key)}
    fields.setdefault("gregorian", re.sub(r"[~?%]", "", edtf))
    return DateValue(edtf=edtf, calendar=calendar, **fields), _type(kind, read[1] if read else None, edtf)


def _period(value: str, calendar: Any) -> tuple[Period, Unit] | None:
    try:
        if match := _DECADE.fullmatch(value):
            return Period(calendar, "decade", int(match["decade"]) * 10), "decade"
        if match := _VALUE.fullmatch(value):
            unit: Unit = "day" if match["day"] else "month" if match["month"] else "year"
            month, day = (int(match[part]) if match[part] else None for part in ("month", "day"))
            return Period(calendar, unit, int(match["year"]), month, day), unit
    except ValueError as error:
        raise Stale(f"{value} is no day of that calendar ({error})") from None
    return None


def _type(kind: str | None, unit: Unit | None, edtf: str = "") -> DateType:
    if unit is not None:
        return "date" if unit == "day" else unit
    if "/" in edtf:
        return "open_range" if ".." in edtf else "range"
    return cast(DateType, kind) if kind in get_args(DateType) else "date"


def _kept(value: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in value.items() if key != "calendar_confidence"}
