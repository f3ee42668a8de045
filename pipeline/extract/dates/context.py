"""What the rest of an article says about an expression: its calendar, its year, and whether it is a date at all.

:func:`coordinated` looks at neighbours: «۱۲۹۷، ۱۳۰۵ و ۱۳۱۳ ق.» has one mark for three years, «۱۳۲۴ (۱۹۰۶)» gives one
year in two calendars, "12 May and 3 June 2015" one year for two days. :func:`settled` looks at the whole article, whose
marked dates (a :class:`Profile`) tell how its unmarked ones count: in a study of Timurid Herat «سال ۸۷۳» and a bare
«۸۹۲» are Hijri years. Nothing here changes where an expression stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.extract.dates.values import Expression, moved, same_year
from pipeline.text.calendars import CalendarName, Period, Unit

#: Between members of a list, and between the two readings of a double dating.
_LIST = re.compile(r"\s?[،,]?\s?(?:(?:و|and|or|یا|&)\s(?:the\s)?)?")
_DOUBLE = re.compile(
    r"\s?(?:\((?:=\s?)?|\[|/|=|[،,]?\s?(?:برابر\sبا|مطابق\sبا|مصادف\sبا|مقارن\sبا|مطابق|برابر|معادل)\s|,?\sor\s)\s?"
)

#: Years further apart than this do not lend each other a calendar.
_NEAR = 120
#: The last year that, unmarked, may be a Hijri one in running text: then Iran changed to the Jalali calendar.
_LAST_HIJRI = 1345
#: Years of print that are only possible in the Hijri calendar, since Jalali ones lie in the future.
_HIJRI_IMPRINTS = range(1407, 1461)
#: Years that an English text of an Iranian author means in the Jalali calendar, when nothing else is medieval in it.
_JALALI_IN_ENGLISH = range(1300, 1407)

_CERTAIN = 0.85


@dataclass(frozen=True, slots=True)
class Profile:
    """The marked years of an article, and whether it speaks of the Middle Ages."""

    hijri: tuple[int, ...] = ()
    jalali: tuple[int, ...] = ()
    gregorian_medieval: bool = False

    @classmethod
    def of(cls, expressions: Iterable[tuple[Expression, Literal["en", "fa"]]]) -> Profile:
        """The profile that the expressions of an article give it."""
        years: dict[CalendarName, list[int]] = {"hijri": [], "jalali": [], "gregorian": []}
        medieval = False
        for expression, language in expressions:
            for period in (expression.first, expression.last):
                if period is None or period.year is None:
                    continue
                if expression.marked and expression.calendar_confidence >= _CERTAIN:
                    year = period.year * 100 - 50 if period.unit == "century" else period.year
                    years[period.calendar].append(year)
                medieval = medieval or _is_medieval(period, language)
        return cls(tuple(sorted(years["hijri"])), tuple(sorted(years["jalali"])), medieval)

    def speaks_for_hijri(self, year: int) -> bool:
        """Whether more marked Hijri years than marked Jalali ones lie near a year."""
        near = sum(abs(year - each) <= _NEAR for each in self.hijri)
        return near > sum(abs(year - each) <= _NEAR for each in self.jalali)

    @property
    def is_iranian(self) -> bool:
        """Whether the article reckons in the Jalali calendar anywhere."""
        return bool(self.jalali)


def _is_medieval(period: Period, language: Literal["en", "fa"]) -> bool:
    """Whether a period shows that an English year like 1382 can be meant as it stands."""
    year = period.year or 0
    if period.calendar == "hijri":
        return (year < 12 if period.unit == "century" else year < 1100) and period.unit != "decade"
    if language == "fa" or period.calendar != "gregorian":
        return False
    return 6 <= year <= 17 if period.unit == "century" else 500 <= year < 1300 or 1410 < year < 1700


def coordinated(found: Sequence[Expression], text: str) -> list[Expression]:
    """The expressions of a text with what their neighbours give them: a calendar, or a year."""
    result = list(found)
    for at in range(len(result) - 2, -1, -1):
        one, two = result[at], result[at + 1]
        if two.start - one.end > 16 or one.first is None or two.first is None or bool(one.last) != bool(two.last):
            continue
        between = text[one.end : two.start]
        if _LIST.fullmatch(between) and between.strip() and one.last is None:
            result[at] = _listed(one, two)
        elif _DOUBLE.fullmatch(between):
            result[at], result[at + 1] = _doubled(one, two)
    return result


def _listed(one: Expression, two: Expression) -> Expression:
    """The first of two members of a list, with the calendar or the year that only the second gives."""
    if one.first is None or two.first is None or one.bound:
        return one
    if one.first.unit in ("day", "month") and two.first.unit == one.first.unit and one.first.year is None:
        before = (one.first.part or 0, one.first.day or 0) <= (two.first.part or 0, two.first.day or 0)
        if one.first.calendar == two.first.calendar and two.first.year is not None and before:
            return _with(one, year=two.first.year)
    years = one.first.unit == two.first.unit == "year" and one.first.year is not None and two.first.year is not None
    if years and two.marked and not one.marked and abs((one.first.year or 0) - (two.first.year or 0)) <= _NEAR:
        return replace(_with(one, calendar=two.first.calendar), calendar_confidence=0.9, marked=True, doubted=False)
    return one


def _doubled(one: Expression, two: Expression) -> tuple[Expression, Expression]:
    """Two readings of one year, the unmarked one in the calendar in which the two overlap."""
    if one.first is None or two.first is None or not (one.first.year and two.first.year):
        return one, two
    (year, low), (later, high) = sorted([(one.first.year, one), (two.first.year, two)], key=lambda pair: pair[0])
    other = same_year(year, later)
    if low.last and high.last and other != same_year(low.last.year or 0, high.last.year or 0):
        return one, two
    if other is None or low.marked or _unit(low) != "year" or _calendar(high) != "gregorian":
        return one, two
    sure = replace(_with(low, calendar=other), calendar_confidence=0.95, marked=True, doubted=False)
    return (sure, two) if low is one else (one, sure)


def _calendar(expression: Expression) -> CalendarName | None:
    return expression.first.calendar if expression.first else None


def _unit(expression: Expression) -> Unit | None:
    return expression.first.unit if expression.first else None


def settled(
    expression: Expression, profile: Profile, language: Literal["en", "fa"], *, cited: bool = False
) -> Expression | None:
    """The expression as its article makes it: in another calendar, or None where it turns out to be no date."""
    first = expression.first
    if first is None or first.year is None or expression.marked or first.unit == "day":
        return None if expression.doubted else expression
    if language == "en":
        return _settled_english(expression, profile, cited)
    if cited:
        if first.calendar != "hijri" and first.year in _HIJRI_IMPRINTS and first.unit == "year":
            return replace(_with(expression, calendar="hijri"), calendar_confidence=0.8)
        return None if expression.doubted else expression
    if first.unit == "century":
        return (
            replace(expression, calendar_confidence=0.8) if first.calendar == "hijri" and profile.hijri else expression
        )
    last = expression.last.year if expression.last else first.year
    if (last or 0) <= _LAST_HIJRI and profile.speaks_for_hijri(first.year):
        return replace(_with(expression, calendar="hijri"), calendar_confidence=_CERTAIN, doubted=False)
    return None if expression.doubted else expression


def _settled_english(expression: Expression, profile: Profile, cited: bool) -> Expression | None:
    first = expression.first
    unsure = expression.calendar_confidence < _CERTAIN
    if first is None or first.calendar != "gregorian" or first.unit != "year" or not unsure:
        return None if expression.doubted else expression
    if first.year in _JALALI_IN_ENGLISH and (cited or (profile.is_iranian and not profile.gregorian_medieval)):
        return replace(_with(expression, calendar="jalali"), calendar_confidence=0.9 if cited else 0.7)
    return None if expression.doubted and not profile.gregorian_medieval else expression


def _with(expression: Expression, *, calendar: CalendarName | None = None, year: int | None = None) -> Expression:
    """The expression with its period (or both of a range) in another calendar, or its period in a year."""
    first, last = expression.first, expression.last
    new_first = moved(first, calendar=calendar, year=year) if first else None
    new_last = moved(last, calendar=calendar) if last else None
    if new_first is None or (last and new_last is None):
        return expression
    return replace(expression, first=new_first, last=new_last)
