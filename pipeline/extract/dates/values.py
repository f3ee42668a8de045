"""What a time expression means, and its value in the record.

An :class:`Expression` is what a grammar reads; :func:`date_type` and :func:`date_value` turn it into the record's
terms by the conventions of the record: an open range keeps the whole named period as its bound, a modifier stands
beside the whole period, a period of another calendar is an interval of Gregorian days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal

from pipeline.record import DateType, DateValue, Modifier
from pipeline.text.calendars import CalendarName, Period, Unit

Bound = Literal["after", "before"]

#: A calendar that the words do not name is held for certain from here on, when two expressions are joined.
_SURE = 0.9

#: The longest range, in years, over which the mark of its end holds for its beginning.
_LONGEST = 300

_QUALIFIER: dict[Modifier, str] = {"approximate": "~", "uncertain": "?"}


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression: its place in the text that was read, and what it says.

    ``first`` is the named period, ``last`` the one that closes a range, ``bound`` tells an open range. ``plain`` is
    set instead for expressions without a calendar, which may have a ``duration`` (ISO 8601) and a ``shift`` in years.
    ``figures`` marks an expression without any word of time, which may be another kind of number; a ``weak`` one is
    a bare year and needs support from its surroundings. ``marked`` says that the words name the calendar; a
    ``doubted`` expression is a date only if the rest of the article speaks for it (see :mod:`context`).
    """

    start: int
    end: int
    rule: str
    confidence: float
    first: Period | None = None
    last: Period | None = None
    bound: Bound | None = None
    modifier: Modifier | None = None
    calendar_confidence: float = 1.0
    figures: bool = False
    weak: bool = False
    plain: Literal["relative", "duration", "set"] | None = None
    duration: str | None = None
    shift: int | None = None
    resolved: str | None = None
    marked: bool = False
    doubted: bool = False


def join(first: Expression, second: Expression) -> Expression | None:
    """The range from one expression to another, or None when the two make none.

    A year that only one of them gives holds for both («March to May 2014»), and so does a calendar.
    """
    if first.first is None or second.first is None or first.last or second.last or first.bound or second.bound:
        return None
    begin, end = first.first, second.first
    if begin.calendar != end.calendar and begin.unit == "year":
        near = abs((begin.year or 0) - (end.year or 0)) <= _LONGEST
        if first.calendar_confidence < _SURE or (second.marked and not first.marked and near):
            begin = moved(begin, calendar=end.calendar) or begin
    if begin.year is None and end.year is not None and begin.calendar == end.calendar:
        begin = moved(begin, year=end.year) or begin
    if end.year is None and begin.year is not None and begin.calendar == end.calendar:
        end = moved(end, year=begin.year) or end
    if (begin.year is None) != (end.year is None) or (begin.year is None and begin.calendar != end.calendar):
        return None
    if begin.calendar == end.calendar and _order(begin) > _order(end):
        return None
    return replace(
        first,
        end=second.end,
        first=begin,
        last=end,
        modifier=first.modifier if first.modifier == second.modifier else None,
        confidence=min(first.confidence, second.confidence),
        calendar_confidence=max(first.calendar_confidence, second.calendar_confidence),
        figures=first.figures and second.figures,
        weak=first.weak and second.weak,
        marked=first.marked or second.marked,
        doubted=first.doubted and second.doubted,
    )


def named(match: re.Match[str], period: Period, confidence: float, **more: Any) -> Expression:
    """The expression that a match is, with its period; ``more`` are further fields."""
    return Expression(match.start(), match.end(), "", confidence, period, **more)


def period_or_none(
    calendar: CalendarName, unit: Unit, year: int | None, part: int | None = None, day: int | None = None
) -> Period | None:
    """The period, or None where no such day or month exists."""
    try:
        return Period(calendar, unit, year, part, day)
    except ValueError:
        return None


def moved(period: Period, *, calendar: CalendarName | None = None, year: int | None = None) -> Period | None:
    """The period in another calendar or year, or None where no such one exists."""
    return period_or_none(
        calendar or period.calendar, period.unit, period.year if year is None else year, period.part, period.day
    )  # fmt: skip


def date_type(expression: Expression) -> DateType:
    """The record's type of an expression."""
    if expression.plain:
        return expression.plain
    if expression.bound:
        return "open_range"
    if expression.last or expression.first is None:
        return "range"
    unit = expression.first.unit
    return "date" if unit == "day" else unit


def date_value(expression: Expression) -> DateValue:
    """The record's value of an expression."""
    if expression.first is None:
        edtf = expression.duration if expression.plain in ("duration", "set") else expression.resolved
        return DateValue(edtf=edtf, gregorian=expression.resolved, modifier=expression.modifier)
    first, last = expression.first, expression.last
    calendar = first.calendar
    return DateValue(
        edtf=_edtf(expression, first, last),
        calendar=calendar,
        gregorian=_gregorian(first, last),
        native=None if calendar == "gregorian" else _native(expression, first, last),
        modifier=expression.modifier,
        calendar_confidence=None if expression.calendar_confidence >= 1 else round(expression.calendar_confidence, 2),
    )


def full_years(text: str) -> int:
    """The year that two figures stand for in Persian usage: 13xx, and 14xx where a zero comes first."""
    return (1400 if text.startswith("0") else 1300) + int(text)


def calendar_of_year(year: int) -> tuple[CalendarName, float]:
    """The likely calendar of an unmarked year in a Persian text, with the confidence in it."""
    if 1250 <= year <= 1420:
        return "jalali", 0.9 if 1290 <= year <= 1410 else 0.75
    if 1600 <= year <= 2100:
        return "gregorian", 0.95
    if 1420 < year < 1450:
        return "hijri", 0.5
    return ("hijri", 0.5) if year < 1250 else ("gregorian", 0.6)


def month_fits(calendar: CalendarName, year: int | None) -> bool:
    """Whether a year can stand beside a calendar's month: «Azar, 2015» is an author, not a month."""
    return year is None or calendar == "gregorian" or year <= 1460


def same_year(year: int, gregorian: int) -> CalendarName | None:
    """The calendar in which a year overlaps a Gregorian one, as in a double dating («۱۳۵۷/۱۹۷۹», «1324/1906»)."""
    if gregorian - year in (621, 622):
        return "jalali"
    if 1 <= year <= 1500 and gregorian in (start := int(622.54 + 0.970225 * (year - 1)), start + 1):
        return "hijri"
    return None


def _edtf(expression: Expression, first: Period, last: Period | None) -> str | None:
    mark = _QUALIFIER.get(expression.modifier, "") if expression.modifier else ""
    if first.calendar != "gregorian" and first.year is None:
        return None
    match expression.bound:
        case "after":
            return f"{_opening(first)}{mark}/.."
        case "before":
            return f"../{_closing(last or first)}{mark}"
    plain = _gregorian(first, last)
    if plain is None or not mark:
        return plain
    return "/".join(f"{end}{mark}" for end in plain.split("/"))


def _gregorian(first: Period, last: Period | None) -> str | None:
    if last is None:
        return first.edtf
    if first.year is None and first.calendar != "gregorian":
        return None
    return f"{_opening(first)}/{_closing(last)}"


def _native(expression: Expression, first: Period, last: Period | None) -> str:
    if expression.bound == "after":
        return f"{first.native}/.."
    if expression.bound == "before":
        return f"../{(last or first).native}"
    return first.native if last is None or last.calendar != first.calendar else f"{first.native}/{last.native}"


def _opening(period: Period) -> str:
    return period.native if period.calendar == "gregorian" else period.first_day


def _closing(period: Period) -> str:
    return period.native if period.calendar == "gregorian" else period.last_day


def _order(period: Period) -> tuple[int, int, int]:
    year = period.year or 0
    if period.unit == "century":
        year *= 100
    return year, (period.part or 0) if period.unit in ("month", "day") else 0, period.day or 0
